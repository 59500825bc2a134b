// SPDX-License-Identifier: Apache-2.0
// Between v1::Value and Value. The bounds are those that value.proto states.
#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/evidence/plain_text.h"
#include "core/expectation/unicode.h"
#include "core/expectation/value.h"
#include "core/status_macros.h"

namespace tallystick::expectation {
namespace {

absl::Status Refuse(absl::string_view reason) {
  return absl::InvalidArgumentError(reason);
}

absl::Status CheckWord(absl::string_view word, absl::string_view what) {
  if (word.empty() || word.size() > kWordSizeMax) {
    return Refuse(absl::StrCat(what, " has ", word.size(),
                               " bytes, allowed are 1 to ", kWordSizeMax));
  }
  if (!evidence::IsPlainLine(word, kWordSizeMax)) {
    return Refuse(absl::StrCat(what, " is not one line of plain UTF-8 text"));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> ItemsFromProto(
    const v1::Items& message) {
  if (static_cast<size_t>(message.items_size()) > kItemCountMax) {
    return Refuse(absl::StrCat("a list has ", message.items_size(),
                               " items, the limit is ", kItemCountMax));
  }
  std::vector<std::string> items(message.items().begin(),
                                 message.items().end());
  for (const std::string& item : items) {
    TALLYSTICK_RETURN_IF_ERROR(CheckWord(item, "an item"));
  }
  std::vector<std::string> sorted = items;
  std::sort(sorted.begin(), sorted.end());
  const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
  if (twice != sorted.end()) {
    return Refuse(absl::StrCat("\"", Excerpt(*twice), "\" is listed twice"));
  }
  return items;
}

absl::StatusOr<Quantity> QuantityFromProto(const v1::Quantity& message) {
  if (!message.has_amount()) return Refuse("a quantity has no amount");
  Quantity quantity;
  TALLYSTICK_ASSIGN_OR_RETURN(quantity.amount,
                              DecimalFromProto(message.amount()));
  if (!message.unit().empty()) {
    TALLYSTICK_RETURN_IF_ERROR(CheckWord(message.unit(), "a unit"));
  }
  quantity.unit = message.unit();
  return quantity;
}

absl::StatusOr<Period> PeriodFromProto(const v1::Period& message) {
  Period period;
  if (message.unit() < v1::Period::DAY ||
      message.unit() > v1::Period::OPEN_ENDED) {
    return Refuse("a length of time has no unit");
  }
  period.unit = static_cast<Period::Unit>(message.unit());
  const bool open_ended = period.unit == Period::Unit::kOpenEnded;
  if (message.has_count() == open_ended) {
    return Refuse(open_ended ? "an open-ended time has a count"
                             : "a length of time has no count");
  }
  if (open_ended) return period;
  TALLYSTICK_ASSIGN_OR_RETURN(period.count, DecimalFromProto(message.count()));
  if (period.count.unscaled < 0) return Refuse("a length of time is negative");
  return period;
}

absl::StatusOr<Interval> IntervalFromProto(const v1::Interval& message) {
  if (!message.has_low() || !message.has_high()) {
    return Refuse("an interval lacks an end");
  }
  Interval interval;
  TALLYSTICK_ASSIGN_OR_RETURN(interval.low, DecimalFromProto(message.low()));
  TALLYSTICK_ASSIGN_OR_RETURN(interval.high, DecimalFromProto(message.high()));
  if (Compare(interval.low, interval.high) > 0) {
    return Refuse("an interval ends before it begins");
  }
  return interval;
}

absl::StatusOr<Value> ValueAtDepth(const v1::Value& message, int depth);

absl::StatusOr<ValueMap> MapFromProto(const v1::ValueMap& message, int depth) {
  if (depth > kMapDepthMax) {
    return Refuse(
        absl::StrCat("maps are nested more than ", kMapDepthMax, " deep"));
  }
  if (static_cast<size_t>(message.entries_size()) > kMapEntriesMax) {
    return Refuse(absl::StrCat("a map has ", message.entries_size(),
                               " entries, the limit is ", kMapEntriesMax));
  }
  ValueMap map;
  map.entries.reserve(static_cast<size_t>(message.entries_size()));
  for (const v1::MapEntry& entry : message.entries()) {
    TALLYSTICK_RETURN_IF_ERROR(CheckWord(entry.key(), "a key"));
    TALLYSTICK_ASSIGN_OR_RETURN(Value value,
                                ValueAtDepth(entry.value(), depth));
    map.entries.push_back({entry.key(), std::move(value)});
  }
  std::sort(map.entries.begin(), map.entries.end(),
            [](const MapEntry& a, const MapEntry& b) { return a.key < b.key; });
  const auto twice = std::adjacent_find(
      map.entries.begin(), map.entries.end(),
      [](const MapEntry& a, const MapEntry& b) { return a.key == b.key; });
  if (twice != map.entries.end()) {
    return Refuse(
        absl::StrCat("the key \"", Excerpt(twice->key), "\" comes twice"));
  }
  return map;
}

absl::StatusOr<Text> TextFromProto(const std::string& text) {
  if (text.size() > kTextSizeMax) {
    return Refuse(absl::StrCat("a text has ", text.size(),
                               " bytes, the limit is ", kTextSizeMax));
  }
  if (!evidence::IsPlainText(text, kTextSizeMax)) {
    return Refuse("a text is not plain UTF-8 text");
  }
  return Text{text};
}

// `depth`: how many maps are around it.
absl::StatusOr<Value> ValueAtDepth(const v1::Value& message, int depth) {
  Value value;
  switch (message.kind_case()) {
    case v1::Value::kOption:
      TALLYSTICK_RETURN_IF_ERROR(CheckWord(message.option(), "an option"));
      value.kind = Option{message.option()};
      return value;
    case v1::Value::kSet: {
      TALLYSTICK_ASSIGN_OR_RETURN(std::vector<std::string> items,
                                  ItemsFromProto(message.set()));
      std::sort(items.begin(), items.end());
      value.kind = ItemSet{std::move(items)};
      return value;
    }
    case v1::Value::kRanking: {
      TALLYSTICK_ASSIGN_OR_RETURN(std::vector<std::string> items,
                                  ItemsFromProto(message.ranking()));
      value.kind = Ranking{std::move(items)};
      return value;
    }
    case v1::Value::kQuantity: {
      TALLYSTICK_ASSIGN_OR_RETURN(value.kind,
                                  QuantityFromProto(message.quantity()));
      return value;
    }
    case v1::Value::kPeriod: {
      TALLYSTICK_ASSIGN_OR_RETURN(value.kind,
                                  PeriodFromProto(message.period()));
      return value;
    }
    case v1::Value::kMoney: {
      TALLYSTICK_ASSIGN_OR_RETURN(value.kind, MoneyFromProto(message.money()));
      return value;
    }
    case v1::Value::kDate: {
      TALLYSTICK_ASSIGN_OR_RETURN(value.kind, DateFromProto(message.date()));
      return value;
    }
    case v1::Value::kInterval: {
      TALLYSTICK_ASSIGN_OR_RETURN(value.kind,
                                  IntervalFromProto(message.interval()));
      return value;
    }
    case v1::Value::kMap: {
      TALLYSTICK_ASSIGN_OR_RETURN(value.kind,
                                  MapFromProto(message.map(), depth + 1));
      return value;
    }
    case v1::Value::kText: {
      TALLYSTICK_ASSIGN_OR_RETURN(value.kind, TextFromProto(message.text()));
      return value;
    }
    case v1::Value::KIND_NOT_SET:
      break;
  }
  return Refuse("a value is empty or of an unknown kind");
}

// Writes one kind of value into a message.
struct ProtoWriter {
  v1::Value& message;

  void operator()(const Option& option) { message.set_option(option.text); }
  void operator()(const ItemSet& set) {
    message.mutable_set()->mutable_items()->Add(set.items.begin(),
                                                set.items.end());
  }
  void operator()(const Ranking& ranking) {
    message.mutable_ranking()->mutable_items()->Add(ranking.items.begin(),
                                                    ranking.items.end());
  }
  void operator()(const Quantity& quantity) {
    *message.mutable_quantity()->mutable_amount() =
        DecimalToProto(quantity.amount);
    message.mutable_quantity()->set_unit(quantity.unit);
  }
  void operator()(const Period& period) {
    v1::Period& out = *message.mutable_period();
    out.set_unit(static_cast<v1::Period::Unit>(period.unit));
    if (period.unit != Period::Unit::kOpenEnded) {
      *out.mutable_count() = DecimalToProto(period.count);
    }
  }
  void operator()(const Money& money) {
    *message.mutable_money() = MoneyToProto(money);
  }
  void operator()(const Date& date) {
    *message.mutable_date() = DateToProto(date);
  }
  void operator()(const Interval& interval) {
    *message.mutable_interval()->mutable_low() = DecimalToProto(interval.low);
    *message.mutable_interval()->mutable_high() = DecimalToProto(interval.high);
  }
  void operator()(const ValueMap& map) {
    v1::ValueMap& out = *message.mutable_map();
    for (const MapEntry& entry : map.entries) {
      v1::MapEntry& added = *out.add_entries();
      added.set_key(entry.key);
      *added.mutable_value() = ValueToProto(entry.value);
    }
  }
  void operator()(const Text& text) { message.set_text(text.text); }
};

}  // namespace

absl::StatusOr<Decimal> DecimalFromProto(const v1::Decimal& message) {
  const Decimal number = {message.unscaled(), message.scale()};
  if (!IsValid(number)) {
    return Refuse(absl::StrCat("the decimal ", message.unscaled(), "e-",
                               message.scale(),
                               " is too large or has trailing zeros"));
  }
  return number;
}

v1::Decimal DecimalToProto(Decimal number) {
  v1::Decimal message;
  message.set_unscaled(number.unscaled);
  message.set_scale(number.scale);
  return message;
}

absl::StatusOr<Date> DateFromProto(const v1::Date& message) {
  const Date date = {message.year(), message.month(), message.day()};
  if (!IsCalendarDay(date)) {
    return Refuse(absl::StrCat("there is no day ", date.year, "-", date.month,
                               "-", date.day, " between 1900 and 9999"));
  }
  return date;
}

v1::Date DateToProto(const Date& date) {
  v1::Date message;
  message.set_year(date.year);
  message.set_month(date.month);
  message.set_day(date.day);
  return message;
}

absl::StatusOr<Money> MoneyFromProto(const v1::Money& message) {
  if (message.minor_units() > kUnscaledMax ||
      message.minor_units() < -kUnscaledMax) {
    return Refuse("an amount of money is above 10^15 minor units");
  }
  if (!IsCurrency(message.currency())) {
    return Refuse(absl::StrCat("\"", Excerpt(message.currency()),
                               "\" is not a currency of three capital "
                               "letters"));
  }
  return Money{message.minor_units(), message.currency()};
}

v1::Money MoneyToProto(const Money& money) {
  v1::Money message;
  message.set_minor_units(money.minor_units);
  message.set_currency(money.currency);
  return message;
}

bool IsCurrency(absl::string_view text) {
  return text.size() == 3 && std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isupper(static_cast<unsigned char>(c));
         });
}

absl::StatusOr<Value> ValueFromProto(const v1::Value& message) {
  return ValueAtDepth(message, 0);
}

v1::Value ValueToProto(const Value& value) {
  v1::Value message;
  std::visit(ProtoWriter{message}, value.kind);
  return message;
}

}  // namespace tallystick::expectation
