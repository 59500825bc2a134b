// SPDX-License-Identifier: Apache-2.0
#include "core/expectation/distance.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "core/expectation/answer.h"
#include "core/expectation/kendall.h"

namespace tallystick::expectation {
namespace {

bool SameUnit(const Topic& topic, const std::string& a, const std::string& b) {
  return (a.empty() ? topic.unit : a) == (b.empty() ? topic.unit : b);
}

std::optional<size_t> OptionIndex(const Topic& topic, const Value& value) {
  const Option* option = value.As<Option>();
  if (option == nullptr) return std::nullopt;
  const auto at =
      std::find(topic.options.begin(), topic.options.end(), option->text);
  if (at == topic.options.end()) return std::nullopt;
  return static_cast<size_t>(at - topic.options.begin());
}

Distance OrdinalStep(const Topic& topic, const Value& a, const Value& b) {
  const std::optional<size_t> i = OptionIndex(topic, a);
  const std::optional<size_t> j = OptionIndex(topic, b);
  if (!i || !j) return Distance::Incomparable();
  if (*i == *j) return Distance::Known(0);
  return Distance::Ratio(
      static_cast<double>(std::max(*i, *j) - std::min(*i, *j)),
      static_cast<double>(topic.options.size() - 1));
}

Distance Exact(const Topic& topic, const Value& a, const Value& b) {
  const Quantity* x = a.As<Quantity>();
  const Quantity* y = b.As<Quantity>();
  if (a.kind.index() != b.kind.index()) return Distance::Incomparable();
  if (x == nullptr) return Distance::Known(a == b ? 0 : 1);
  if (!SameUnit(topic, x->unit, y->unit)) return Distance::Incomparable();
  return Distance::Known(x->amount == y->amount ? 0 : 1);
}

Distance Jaccard(const Value& a, const Value& b) {
  const ItemSet* x = a.As<ItemSet>();
  const ItemSet* y = b.As<ItemSet>();
  if (x == nullptr || y == nullptr) return Distance::Incomparable();
  std::vector<std::string> common;
  std::set_intersection(x->items.begin(), x->items.end(), y->items.begin(),
                        y->items.end(), std::back_inserter(common));
  const size_t all = x->items.size() + y->items.size() - common.size();
  if (all == 0) return Distance::Known(0);
  return Distance::Overlap(static_cast<double>(common.size()),
                           static_cast<double>(all));
}

Distance RelativeNumbers(double x, double y, double floor) {
  const double larger = std::max({std::abs(x), std::abs(y), floor});
  if (larger <= 0) return Distance::Known(0);
  return Distance::Ratio(std::abs(x - y), larger);
}

Distance RelativePeriods(const Period& a, const Period& b, double floor) {
  const bool open_a = a.unit == Period::Unit::kOpenEnded;
  const bool open_b = b.unit == Period::Unit::kOpenEnded;
  if (open_a || open_b) return Distance::Known(open_a && open_b ? 0 : 1);
  return RelativeNumbers(InDays(a), InDays(b), floor);
}

// In minor units of `rate.to`.
double Exchange(const Money& money, const ExchangeRate& rate) {
  return static_cast<double>(money.minor_units) * rate.rate.ToDouble() *
         std::pow(10.0, MinorDigits(rate.to) - MinorDigits(rate.from));
}

double MinorFloor(const Topic& topic, absl::string_view currency) {
  return topic.floor * std::pow(10.0, MinorDigits(currency));
}

Distance RelativeMoney(const Topic& topic, const Money& x, const Money& y,
                       const ExchangeRates& rates) {
  if (x.currency == y.currency) {
    return RelativeNumbers(static_cast<double>(x.minor_units),
                           static_cast<double>(y.minor_units),
                           MinorFloor(topic, x.currency));
  }
  for (const ExchangeRate& rate : rates) {
    const Money& from = rate.from == x.currency ? x : y;
    const Money& to = rate.from == x.currency ? y : x;
    if (rate.from != from.currency || rate.to != to.currency) continue;
    Distance distance = RelativeNumbers(Exchange(from, rate),
                                        static_cast<double>(to.minor_units),
                                        MinorFloor(topic, to.currency));
    distance.exchanged = true;
    return distance;
  }
  return Distance::Incomparable();
}

Distance Relative(const Topic& topic, const Value& a, const Value& b,
                  const ExchangeRates& rates) {
  if (a.kind.index() != b.kind.index()) return Distance::Incomparable();
  if (const Quantity* x = a.As<Quantity>()) {
    const Quantity* y = b.As<Quantity>();
    if (!SameUnit(topic, x->unit, y->unit)) return Distance::Incomparable();
    return RelativeNumbers(x->amount.ToDouble(), y->amount.ToDouble(),
                           topic.floor);
  }
  if (const Period* x = a.As<Period>()) {
    return RelativePeriods(*x, *b.As<Period>(), topic.floor);
  }
  if (const Money* x = a.As<Money>()) {
    return RelativeMoney(topic, *x, *b.As<Money>(), rates);
  }
  return Distance::Incomparable();
}

Distance Scaled(const Topic& topic, const Value& a, const Value& b) {
  const Quantity* x = a.As<Quantity>();
  const Quantity* y = b.As<Quantity>();
  if (x == nullptr || y == nullptr || topic.scale <= 0 ||
      !SameUnit(topic, x->unit, y->unit)) {
    return Distance::Incomparable();
  }
  return Distance::Ratio(std::abs(x->amount.ToDouble() - y->amount.ToDouble()),
                         topic.scale);
}

Distance ScaledDays(const Topic& topic, const Value& a, const Value& b) {
  const Date* x = a.As<Date>();
  const Date* y = b.As<Date>();
  if (x == nullptr || y == nullptr || topic.window_days <= 0) {
    return Distance::Incomparable();
  }
  return Distance::Ratio(
      static_cast<double>(std::abs(DayNumber(*x) - DayNumber(*y))),
      topic.window_days);
}

struct Range {
  double low;
  double high;
};

// An interval, or a number as a point.
std::optional<Range> RangeOf(const Topic& topic, const Value& value) {
  if (const Interval* interval = value.As<Interval>()) {
    return Range{interval->low.ToDouble(), interval->high.ToDouble()};
  }
  const Quantity* point = value.As<Quantity>();
  if (point == nullptr || !SameUnit(topic, point->unit, "")) {
    return std::nullopt;
  }
  return Range{point->amount.ToDouble(), point->amount.ToDouble()};
}

Distance IntervalJaccard(const Topic& topic, const Value& a, const Value& b) {
  std::optional<Range> x = RangeOf(topic, a);
  std::optional<Range> y = RangeOf(topic, b);
  if (!x || !y) return Distance::Incomparable();
  for (Range* range : {&*x, &*y}) {
    if (range->low < range->high) continue;
    range->low -= topic.resolution / 2;
    range->high += topic.resolution / 2;
  }
  const double common =
      std::max(0.0, std::min(x->high, y->high) - std::max(x->low, y->low));
  const double all = (x->high - x->low) + (y->high - y->low) - common;
  if (all <= 0) return Distance::Known(x->low == y->low ? 0 : 1);
  return Distance::Overlap(common, all);
}

Distance IntervalGap(const Topic& topic, const Value& a, const Value& b) {
  const std::optional<Range> x = RangeOf(topic, a);
  const std::optional<Range> y = RangeOf(topic, b);
  if (!x || !y || topic.scale <= 0) return Distance::Incomparable();
  const double gap = std::max(x->low, y->low) - std::min(x->high, y->high);
  return Distance::Ratio(std::max(0.0, gap), topic.scale);
}

Distance Kendall(const Value& a, const Value& b) {
  const Ranking* x = a.As<Ranking>();
  const Ranking* y = b.As<Ranking>();
  if (x == nullptr || y == nullptr) return Distance::Incomparable();
  const Discordance found = FindDiscordance(x->items, y->items);
  return Distance::Ratio(found.discordant, found.pairs);
}

// Every key of either map once, with what the maps hold there (null: nothing).
template <typename Use>
void ForEachKey(const ValueMap& a, const ValueMap& b, Use use) {
  auto x = a.entries.begin();
  auto y = b.entries.begin();
  while (x != a.entries.end() || y != b.entries.end()) {
    const bool end_x = x == a.entries.end();
    const bool end_y = y == b.entries.end();
    const int order = end_x ? 1 : end_y ? -1 : x->key.compare(y->key);
    use(order <= 0 ? &x->value : nullptr, order >= 0 ? &y->value : nullptr);
    if (order <= 0) ++x;
    if (order >= 0) ++y;
  }
}

Distance ShareVariation(const Value& a, const Value& b) {
  const ValueMap* x = a.As<ValueMap>();
  const ValueMap* y = b.As<ValueMap>();
  if (x == nullptr || y == nullptr) return Distance::Incomparable();
  double sum = 0;
  bool comparable = true;
  // A key that is missing stands for a share of 0.
  const auto share = [&comparable](const Value* value) {
    if (value == nullptr) return 0.0;
    const Quantity* quantity = value->As<Quantity>();
    if (quantity == nullptr) comparable = false;
    return quantity == nullptr ? 0.0 : quantity->amount.ToDouble();
  };
  ForEachKey(*x, *y, [&](const Value* left, const Value* right) {
    sum += std::abs(share(left) - share(right));
  });
  return comparable ? Distance::Ratio(sum, 2) : Distance::Incomparable();
}

// Columns are compared by the type of what stands in them.
Distance Typed(const Topic& topic, const Value& a, const Value& b,
               const ExchangeRates& rates) {
  if (a.As<Quantity>() || a.As<Period>() || a.As<Money>()) {
    return Relative(topic, a, b, rates);
  }
  if (a.As<ItemSet>()) return Jaccard(a, b);
  if (a.As<Ranking>()) return Kendall(a, b);
  if (a.As<Date>() && topic.window_days > 0) return ScaledDays(topic, a, b);
  if (a.As<Interval>()) return IntervalJaccard(topic, a, b);
  return Exact(topic, a, b);
}

Distance MapMean(const Topic& topic, const Value& a, const Value& b,
                 const ExchangeRates& rates);

Distance ElementDistance(const Topic& topic, const Value& a, const Value& b,
                         const ExchangeRates& rates) {
  if (a.As<ValueMap>() && b.As<ValueMap>()) {
    return MapMean(topic, a, b, rates);
  }
  switch (topic.element) {
    case Element::kRelative:
      return Relative(topic, a, b, rates);
    case Element::kTyped:
      return Typed(topic, a, b, rates);
    case Element::kNone:
    case Element::kExact:
    case Element::kShare:
      break;
  }
  // Two elements of different types are simply not equal.
  if (a.kind.index() != b.kind.index()) return Distance::Known(1);
  return Exact(topic, a, b);
}

// Maps are at most kMapDepthMax deep, and so is the recursion.
Distance MapMean(const Topic& topic, const Value& a, const Value& b,
                 const ExchangeRates& rates) {
  const ValueMap* x = a.As<ValueMap>();
  const ValueMap* y = b.As<ValueMap>();
  if (x == nullptr || y == nullptr) return Distance::Incomparable();
  double sum = 0;
  size_t keys = 0;
  bool comparable = true;
  ForEachKey(*x, *y, [&](const Value* left, const Value* right) {
    ++keys;
    const Distance element = left == nullptr || right == nullptr
                                 ? Distance::Known(1)
                                 : ElementDistance(topic, *left, *right, rates);
    comparable = comparable && element.known();
    sum += element.d;
  });
  if (!comparable) return Distance::Incomparable();
  return keys == 0 ? Distance::Known(0)
                   : Distance::Ratio(sum, static_cast<double>(keys));
}

Distance ConfirmedText(const Value& a, const Value& b) {
  const Text* x = a.As<Text>();
  const Text* y = b.As<Text>();
  if (x == nullptr || y == nullptr) return Distance::Incomparable();
  const bool same = NormaliseText(x->text) == NormaliseText(y->text);
  return same ? Distance::Known(0) : Distance::Unconfirmed();
}

}  // namespace

double InDays(const Period& period) {
  switch (period.unit) {
    case Period::Unit::kWeek:
      return period.count.ToDouble() * 7;
    case Period::Unit::kMonth:
      return period.count.ToDouble() * 30;
    case Period::Unit::kQuarter:
      return period.count.ToDouble() * 91;
    case Period::Unit::kYear:
      return period.count.ToDouble() * 365;
    case Period::Unit::kDay:
    case Period::Unit::kOpenEnded:
      break;
  }
  return period.count.ToDouble();
}

Distance Compare(const Topic& topic, const Value& a, const Value& b,
                 const ExchangeRates& rates) {
  switch (topic.comparator) {
    case Comparator::kOrdinalStep:
      return OrdinalStep(topic, a, b);
    case Comparator::kExact:
      return Exact(topic, a, b);
    case Comparator::kJaccard:
      return Jaccard(a, b);
    case Comparator::kRelative:
      return Relative(topic, a, b, rates);
    case Comparator::kScaled:
      return Scaled(topic, a, b);
    case Comparator::kScaledDays:
      return ScaledDays(topic, a, b);
    case Comparator::kIntervalJaccard:
      return IntervalJaccard(topic, a, b);
    case Comparator::kIntervalGap:
      return IntervalGap(topic, a, b);
    case Comparator::kKendall:
      return Kendall(a, b);
    case Comparator::kShareVariation:
      return ShareVariation(a, b);
    case Comparator::kMapMean:
      return MapMean(topic, a, b, rates);
    case Comparator::kConfirmedText:
      return ConfirmedText(a, b);
  }
  return Distance::Incomparable();
}

bool Matches(double d, double tolerance) { return d <= tolerance + kSlack; }

double Grade(double d, double tolerance) {
  if (tolerance >= 1 || Matches(d, tolerance)) return 1;
  return std::clamp(1 - (d - tolerance) / (1 - tolerance), 0.0, 1.0);
}

}  // namespace tallystick::expectation
