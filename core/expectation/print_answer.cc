// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/expectation/answer.h"
#include "core/expectation/party_keys.h"
#include "core/expectation/unicode.h"

namespace tallystick::expectation {
namespace {

// What a person would type for a key of the map at `depth`.
std::string KeyForPeople(const Topic& topic, const std::string& key,
                         const PartyNames& names, int depth) {
  const v1::Party party = PartyOfKey(key);
  if (party == v1::PARTY_UNSPECIFIED || !HasPartyKeys(topic, depth)) return key;
  return std::string(names.NameOf(party));
}

std::string PeriodText(const Period& period) {
  if (period.unit == Period::Unit::kOpenEnded) return "open_ended";
  static constexpr absl::string_view kUnits[] = {"",      "day",     "week",
                                                 "month", "quarter", "year"};
  const bool one = period.count == Decimal{1, 0};
  return absl::StrCat(ToText(period.count), " ",
                      kUnits[static_cast<size_t>(period.unit)], one ? "" : "s");
}

Decimal MajorUnits(const Money& money) {
  return MakeDecimal(money.minor_units,
                     static_cast<uint32_t>(MinorDigits(money.currency)));
}

// "120,000,000.00 USD": all minor digits, thousands apart.
std::string MoneyText(const Money& money) {
  const size_t digits = static_cast<size_t>(MinorDigits(money.currency));
  const bool negative = money.minor_units < 0;
  std::string text =
      absl::StrCat(negative ? -money.minor_units : money.minor_units);
  if (text.size() <= digits) text.insert(0, digits + 1 - text.size(), '0');
  const size_t whole = text.size() - digits;
  if (digits > 0) text.insert(whole, 1, '.');
  for (size_t at = whole; at > 3; at -= 3) text.insert(at - 3, 1, ',');
  return absl::StrCat(negative ? "-" : "", text, " ", money.currency);
}

std::string QuantityText(const Topic& topic, const Quantity& quantity) {
  if (topic.answer_type == AnswerType::kPercentage && quantity.unit.empty()) {
    return absl::StrCat(ToText(quantity.amount), " %");
  }
  const bool plain = topic.answer_type == AnswerType::kMap;
  const std::string unit =
      quantity.unit.empty() && !plain ? topic.unit : quantity.unit;
  return unit.empty() ? ToText(quantity.amount)
                      : absl::StrCat(ToText(quantity.amount), " ", unit);
}

struct TextWriter {
  const Topic& topic;
  const PartyNames& names;
  int depth;

  std::string operator()(const Option& option) const { return option.text; }
  std::string operator()(const ItemSet& set) const { return List(set.items); }
  std::string operator()(const Ranking& ranking) const {
    return List(ranking.items);
  }
  std::string operator()(const Quantity& quantity) const {
    return QuantityText(topic, quantity);
  }
  std::string operator()(const Period& period) const {
    return PeriodText(period);
  }
  std::string operator()(const Money& money) const { return MoneyText(money); }
  std::string operator()(const Date& date) const { return ToText(date); }
  std::string operator()(const Interval& interval) const {
    return absl::StrCat("[", ToText(interval.low), ", ", ToText(interval.high),
                        "]");
  }
  std::string operator()(const Text& text) const { return text.text; }
  std::string operator()(const ValueMap& map) const {
    const TextWriter inner = {topic, names, depth + 1};
    std::vector<std::string> parts;
    for (const MapEntry& entry : map.entries) {
      std::string text = std::visit(inner, entry.value.kind);
      if (entry.value.As<ValueMap>() || entry.value.As<ItemSet>()) {
        text = absl::StrCat("{", text, "}");
      }
      parts.push_back(absl::StrCat(KeyForPeople(topic, entry.key, names, depth),
                                   " ", text));
    }
    return absl::StrJoin(parts, ", ");
  }

  static std::string List(const std::vector<std::string>& items) {
    return items.empty() ? "(none)" : absl::StrJoin(items, ", ");
  }
};

struct RawWriter {
  const Topic& topic;
  const PartyNames& names;
  int depth;

  v1::RawValue operator()(const Option& option) const {
    return Scalar(option.text);
  }
  v1::RawValue operator()(const ItemSet& set) const { return List(set.items); }
  v1::RawValue operator()(const Ranking& ranking) const {
    return List(ranking.items);
  }
  v1::RawValue operator()(const Quantity& quantity) const {
    const std::string amount = ToText(quantity.amount);
    return Scalar(quantity.unit.empty()
                      ? amount
                      : absl::StrCat(amount, " ", quantity.unit));
  }
  v1::RawValue operator()(const Period& period) const {
    return Scalar(PeriodText(period));
  }
  v1::RawValue operator()(const Money& money) const {
    v1::RawValue raw;
    AddField(raw, "amount", Scalar(ToText(MajorUnits(money))));
    AddField(raw, "currency", Scalar(money.currency));
    return raw;
  }
  v1::RawValue operator()(const Date& date) const {
    return Scalar(ToText(date));
  }
  v1::RawValue operator()(const Interval& interval) const {
    return List({ToText(interval.low), ToText(interval.high)});
  }
  v1::RawValue operator()(const Text& text) const { return Scalar(text.text); }
  v1::RawValue operator()(const ValueMap& map) const {
    const RawWriter inner = {topic, names, depth + 1};
    v1::RawValue raw;
    raw.mutable_map();
    for (const MapEntry& entry : map.entries) {
      AddField(raw, KeyForPeople(topic, entry.key, names, depth),
               std::visit(inner, entry.value.kind));
    }
    return raw;
  }

  static v1::RawValue Scalar(const std::string& text) {
    v1::RawValue raw;
    raw.set_scalar(text);
    return raw;
  }
  static v1::RawValue List(const std::vector<std::string>& items) {
    v1::RawValue raw;
    raw.mutable_list();
    for (const std::string& item : items) {
      raw.mutable_list()->add_values()->set_scalar(item);
    }
    return raw;
  }
  static void AddField(v1::RawValue& raw, const std::string& key,
                       v1::RawValue value) {
    v1::RawValue::Field& field = *raw.mutable_map()->add_fields();
    field.set_key(key);
    *field.mutable_value() = std::move(value);
  }
};

// The element of a map in an example.
absl::string_view ElementExample(const Topic& topic) {
  if (topic.element == Element::kShare) return "0.5";
  return topic.element == Element::kRelative ? "10" : "name";
}

std::string MapExample(const Topic& topic, const PartyNames& names) {
  const absl::string_view element = ElementExample(topic);
  if (topic.keys == "parties") {
    return absl::StrCat("{", names.a, ": ", element, ", ", names.b, ": ",
                        element, "}");
  }
  return absl::StrCat("{first: ", element, ", second: ", element, "}");
}

std::string ListExample(const Topic& topic) {
  if (topic.items.size() < 2) return "[first, second]";
  return absl::StrCat("[", topic.items[0], ", ", topic.items[1], "]");
}

}  // namespace

v1::RawValue AnswerToRaw(const Topic& topic, const Value& value,
                         const PartyNames& names) {
  return std::visit(RawWriter{topic, names, 1}, value.kind);
}

std::string AnswerToText(const Topic& topic, const Value& value,
                         const PartyNames& names) {
  return OneLine(std::visit(TextWriter{topic, names, 1}, value.kind));
}

std::string AnswerExample(const Topic& topic, const PartyNames& names) {
  switch (topic.answer_type) {
    case AnswerType::kOrdinal:
    case AnswerType::kNominal:
      return topic.options.empty() ? "" : topic.options.back();
    case AnswerType::kSet:
    case AnswerType::kRanking:
      return ListExample(topic);
    case AnswerType::kQuantity:
    case AnswerType::kScore:
      return "12";
    case AnswerType::kPercentage:
      return "97.5";
    case AnswerType::kDuration:
      return topic.allow_open_ended ? "5 years, or open_ended" : "5 days";
    case AnswerType::kMoney:
      return absl::StrCat("{amount: 1500000, currency: ",
                          topic.currency.empty() ? "EUR" : topic.currency, "}");
    case AnswerType::kDate:
      return "2025-09-30";
    case AnswerType::kInterval:
      return "[10, 20]";
    case AnswerType::kMap:
      return MapExample(topic, names);
    case AnswerType::kText:
      return "one or two sentences";
  }
  return "";
}

}  // namespace tallystick::expectation
