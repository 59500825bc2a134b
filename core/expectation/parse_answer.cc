// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "core/evidence/plain_text.h"
#include "core/expectation/answer.h"
#include "core/expectation/party_keys.h"
#include "core/expectation/unicode.h"
#include "core/status_macros.h"

namespace tallystick::expectation {
namespace {

// How much of what was given is repeated in a message.
std::string Given(const v1::RawValue& raw) {
  switch (raw.kind_case()) {
    case v1::RawValue::kScalar:
      return absl::StrCat("\"", Excerpt(raw.scalar()), "\"");
    case v1::RawValue::kList:
      return "a list";
    case v1::RawValue::kMap:
      return "a map";
    case v1::RawValue::KIND_NOT_SET:
      break;
  }
  return "nothing";
}

absl::Status Refuse(const v1::RawValue& raw, absl::string_view reason) {
  return absl::InvalidArgumentError(absl::StrCat(Given(raw), " ", reason));
}

// `allowed` completes "write ...".
absl::StatusOr<std::string> ScalarOf(const v1::RawValue& raw,
                                     absl::string_view allowed) {
  if (raw.kind_case() != v1::RawValue::kScalar) {
    return Refuse(raw, absl::StrCat("is no answer here; write ", allowed));
  }
  const absl::string_view text = absl::StripAsciiWhitespace(raw.scalar());
  if (text.empty()) {
    return Refuse(raw, absl::StrCat("is empty; write ", allowed));
  }
  if (text.size() > kTextSizeMax) {
    return Refuse(raw, absl::StrCat("has ", text.size(),
                                    " bytes, the limit is ", kTextSizeMax));
  }
  // Wherever it was typed, a line ends alike.
  std::string plain = absl::StrReplaceAll(text, {{"\r\n", "\n"}, {"\r", "\n"}});
  if (!evidence::IsPlainText(plain, kTextSizeMax)) {
    return Refuse(raw, "has control characters, or is not UTF-8");
  }
  return plain;
}

// Composed, so that the same word typed on two machines is the same item.
absl::StatusOr<std::string> WordOf(const v1::RawValue& raw,
                                   absl::string_view allowed) {
  TALLYSTICK_ASSIGN_OR_RETURN(std::string word, ScalarOf(raw, allowed));
  if (!evidence::IsPlainLine(word, kTextSizeMax)) {
    return Refuse(raw, "has more than one line, or a tab");
  }
  word = Nfc(word);
  if (word.size() > kWordSizeMax) {
    return Refuse(raw, absl::StrCat("has ", word.size(),
                                    " bytes, the limit is ", kWordSizeMax));
  }
  return word;
}

absl::StatusOr<Option> ParseOption(const Topic& topic, const v1::RawValue& raw,
                                   const PartyNames& names) {
  const std::string allowed =
      absl::StrCat("one of: ", absl::StrJoin(topic.options, ", "));
  TALLYSTICK_ASSIGN_OR_RETURN(const std::string word, WordOf(raw, allowed));
  const auto is_option = [&topic](absl::string_view text) {
    return std::find(topic.options.begin(), topic.options.end(), text) !=
           topic.options.end();
  };
  if (is_option(word)) return Option{word};
  // "4" for "fully (4)".
  const std::string number = absl::StrCat("(", word, ")");
  std::vector<std::string> numbered;
  for (const std::string& option : topic.options) {
    if (absl::EndsWith(option, number)) numbered.push_back(option);
  }
  if (numbered.size() == 1) return Option{numbered.front()};
  // The party's name for "party_a".
  if (const absl::string_view key = KeyOf(names.Find(word)); is_option(key)) {
    return Option{std::string(key)};
  }
  return Refuse(raw, absl::StrCat("is not an answer; write ", allowed));
}

absl::StatusOr<std::vector<std::string>> ParseItems(const Topic& topic,
                                                    const v1::RawValue& raw) {
  const std::string allowed =
      topic.items.empty()
          ? "a list: [first, second]"
          : absl::StrCat("a list of: ", absl::StrJoin(topic.items, ", "));
  if (raw.kind_case() != v1::RawValue::kList) {
    return Refuse(raw, absl::StrCat("is not a list; write ", allowed));
  }
  if (static_cast<size_t>(raw.list().values_size()) > kItemCountMax) {
    return Refuse(raw, absl::StrCat("has ", raw.list().values_size(),
                                    " items, the limit is ", kItemCountMax));
  }
  std::vector<std::string> items;
  for (const v1::RawValue& one : raw.list().values()) {
    TALLYSTICK_ASSIGN_OR_RETURN(std::string item, WordOf(one, allowed));
    if (std::find(items.begin(), items.end(), item) != items.end()) {
      return Refuse(one, "is listed twice");
    }
    items.push_back(std::move(item));
  }
  return items;
}

absl::StatusOr<ItemSet> ParseSet(const Topic& topic, const v1::RawValue& raw) {
  TALLYSTICK_ASSIGN_OR_RETURN(std::vector<std::string> items,
                              ParseItems(topic, raw));
  std::sort(items.begin(), items.end());
  return ItemSet{std::move(items)};
}

// "12", "12 fte", "97.5 %": a number, and nothing or the unit of the topic.
absl::StatusOr<Quantity> ParseQuantity(const Topic& topic,
                                       const v1::RawValue& raw) {
  const bool percent = topic.answer_type == AnswerType::kPercentage;
  const std::string unit = percent ? "%" : topic.unit;
  const std::string allowed =
      unit.empty() ? "a number: 12.5"
                   : absl::StrCat("a number: 12.5, or 12.5 ", unit);
  TALLYSTICK_ASSIGN_OR_RETURN(const std::string text, ScalarOf(raw, allowed));
  absl::string_view number = text;
  if (percent && absl::EndsWith(number, "%")) {
    number =
        absl::StripTrailingAsciiWhitespace(number.substr(0, number.size() - 1));
  }
  const size_t blank = number.find(' ');
  if (blank != absl::string_view::npos) {
    const absl::string_view given =
        absl::StripLeadingAsciiWhitespace(number.substr(blank));
    number = number.substr(0, blank);
    if (topic.unit.empty() ||
        (given != topic.unit && given != absl::StrCat(topic.unit, "s"))) {
      return Refuse(raw, absl::StrCat("has another unit; write ", allowed));
    }
  }
  TALLYSTICK_ASSIGN_OR_RETURN(const Decimal amount, ParseDecimal(number));
  return Quantity{amount, ""};
}

std::optional<Period::Unit> UnitOf(absl::string_view word) {
  if (absl::EndsWith(word, "s")) word.remove_suffix(1);
  if (word == "day") return Period::Unit::kDay;
  if (word == "week") return Period::Unit::kWeek;
  if (word == "month") return Period::Unit::kMonth;
  if (word == "quarter") return Period::Unit::kQuarter;
  if (word == "year") return Period::Unit::kYear;
  return std::nullopt;
}

absl::StatusOr<Period> ParsePeriod(const Topic& topic,
                                   const v1::RawValue& raw) {
  const std::string allowed = absl::StrCat(
      "a number and days, weeks, months, quarters or years: 5 days",
      topic.allow_open_ended ? "; or open_ended" : "");
  TALLYSTICK_ASSIGN_OR_RETURN(const std::string text, ScalarOf(raw, allowed));
  if (text == "open_ended") {
    if (topic.allow_open_ended) {
      return Period{Decimal{}, Period::Unit::kOpenEnded};
    }
    return Refuse(raw, absl::StrCat("is not allowed here; write ", allowed));
  }
  const size_t blank = text.find(' ');
  const std::optional<Period::Unit> unit =
      blank == std::string::npos ? std::nullopt
                                 : UnitOf(absl::StripLeadingAsciiWhitespace(
                                       absl::string_view(text).substr(blank)));
  if (!unit) {
    return Refuse(raw,
                  absl::StrCat("is not a length of time; write ", allowed));
  }
  TALLYSTICK_ASSIGN_OR_RETURN(
      const Decimal count,
      ParseDecimal(absl::string_view(text).substr(0, blank)));
  if (count.unscaled < 0) {
    return Refuse(raw, absl::StrCat("is negative; write ", allowed));
  }
  return Period{count, *unit};
}

// The two words of "120 USD" or of {amount: 120, currency: USD}.
absl::StatusOr<std::pair<std::string, std::string>> MoneyParts(
    const v1::RawValue& raw, const std::string& allowed) {
  std::pair<std::string, std::string> parts;
  if (raw.kind_case() == v1::RawValue::kMap) {
    for (const v1::RawValue::Field& field : raw.map().fields()) {
      std::string* const part = field.key() == "amount"     ? &parts.first
                                : field.key() == "currency" ? &parts.second
                                                            : nullptr;
      if (part == nullptr || !part->empty()) {
        return absl::InvalidArgumentError(
            absl::StrCat("\"", Excerpt(field.key()), "\" is ",
                         part == nullptr ? "not a part of money" : "said twice",
                         "; write ", allowed));
      }
      TALLYSTICK_ASSIGN_OR_RETURN(*part, ScalarOf(field.value(), allowed));
    }
  } else {
    TALLYSTICK_ASSIGN_OR_RETURN(const std::string text, ScalarOf(raw, allowed));
    const size_t blank = text.find(' ');
    parts.first = text.substr(0, blank);
    if (blank != std::string::npos) {
      parts.second = std::string(absl::StripLeadingAsciiWhitespace(
          absl::string_view(text).substr(blank)));
    }
  }
  if (parts.first.empty() || parts.second.empty()) {
    return Refuse(
        raw, absl::StrCat("lacks an amount or a currency; write ", allowed));
  }
  return parts;
}

absl::StatusOr<Money> ParseMoney(const Topic& topic, const v1::RawValue& raw) {
  const std::string example = topic.currency.empty() ? "EUR" : topic.currency;
  const std::string allowed = absl::StrCat(
      "{amount: 1500000, currency: ", example, "} or 1500000 ", example);
  TALLYSTICK_ASSIGN_OR_RETURN(const auto parts, MoneyParts(raw, allowed));
  const auto& [amount, currency] = parts;
  if (!IsActiveCurrency(currency)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "\"", Excerpt(currency),
        "\" is not a currency; write its three letters: ", example));
  }
  TALLYSTICK_ASSIGN_OR_RETURN(const Decimal major, ParseDecimal(amount));
  const uint32_t digits = static_cast<uint32_t>(MinorDigits(currency));
  if (major.scale > digits) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", Excerpt(amount), "\" is finer than ", currency,
                     ", which has ", digits, " digits after the point"));
  }
  int64_t minor = major.unscaled;
  for (uint32_t i = major.scale; i < digits; ++i) {
    // At most 10^16 here, far from the end of int64_t.
    minor *= 10;
    if (minor > kUnscaledMax || minor < -kUnscaledMax) {
      return absl::InvalidArgumentError(absl::StrCat(
          "\"", Excerpt(amount), "\" ", currency, " is too much; at most ",
          "10^15 of its smallest units"));
    }
  }
  return Money{minor, currency};
}

absl::StatusOr<Date> ParseDay(const v1::RawValue& raw) {
  TALLYSTICK_ASSIGN_OR_RETURN(const std::string text,
                              ScalarOf(raw, "a day: 2025-09-30"));
  return ParseDate(text);
}

// [10, 20], or a single number for a point.
absl::StatusOr<Value> ParseInterval(const Topic& topic,
                                    const v1::RawValue& raw) {
  if (raw.kind_case() == v1::RawValue::kScalar) {
    TALLYSTICK_ASSIGN_OR_RETURN(Quantity point, ParseQuantity(topic, raw));
    return Value{std::move(point)};
  }
  if (raw.kind_case() != v1::RawValue::kList || raw.list().values_size() != 2) {
    return Refuse(raw, "is not an interval; write [10, 20] or 15");
  }
  TALLYSTICK_ASSIGN_OR_RETURN(const Quantity low,
                              ParseQuantity(topic, raw.list().values(0)));
  TALLYSTICK_ASSIGN_OR_RETURN(const Quantity high,
                              ParseQuantity(topic, raw.list().values(1)));
  if (Compare(low.amount, high.amount) > 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("the interval from ", ToText(low.amount), " to ",
                     ToText(high.amount), " ends before it begins"));
  }
  return Value{Interval{low.amount, high.amount}};
}

bool IsMoneyMap(const v1::RawValue& raw) {
  const auto& fields = raw.map().fields();
  return fields.size() == 2 &&
         std::all_of(fields.begin(), fields.end(), [](const auto& field) {
           return field.key() == "amount" || field.key() == "currency";
         });
}

// A cell of a row with typed columns: the narrowest type that fits.
absl::StatusOr<Value> ParseTypedCell(const Topic& topic,
                                     const v1::RawValue& raw) {
  if (raw.kind_case() == v1::RawValue::kMap) {
    TALLYSTICK_ASSIGN_OR_RETURN(Money money, ParseMoney(topic, raw));
    return Value{std::move(money)};
  }
  if (auto quantity = ParseQuantity(topic, raw); quantity.ok()) {
    return Value{*std::move(quantity)};
  }
  if (auto period = ParsePeriod(topic, raw); period.ok()) {
    return Value{*period};
  }
  if (auto money = ParseMoney(topic, raw); money.ok()) {
    return Value{*std::move(money)};
  }
  if (auto date = ParseDay(raw); date.ok()) return Value{*date};
  TALLYSTICK_ASSIGN_OR_RETURN(std::string word, WordOf(raw, "a value"));
  return Value{Text{std::move(word)}};
}

absl::StatusOr<Value> ParseMap(const Topic& topic, const v1::RawValue& raw,
                               const PartyNames& names, int depth);

absl::StatusOr<Value> ParseElement(const Topic& topic, const v1::RawValue& raw,
                                   const PartyNames& names, int depth) {
  const bool typed = topic.element == Element::kTyped;
  if (raw.kind_case() == v1::RawValue::kMap &&
      topic.element != Element::kShare && !(typed && IsMoneyMap(raw))) {
    return ParseMap(topic, raw, names, depth + 1);
  }
  const bool words = typed || topic.element == Element::kExact;
  if (raw.kind_case() == v1::RawValue::kList && words) {
    TALLYSTICK_ASSIGN_OR_RETURN(ItemSet set, ParseSet(topic, raw));
    return Value{std::move(set)};
  }
  if (typed) return ParseTypedCell(topic, raw);
  if (words) {
    TALLYSTICK_ASSIGN_OR_RETURN(std::string word, WordOf(raw, "a name"));
    return Value{Text{std::move(word)}};
  }
  TALLYSTICK_ASSIGN_OR_RETURN(Quantity quantity, ParseQuantity(topic, raw));
  return Value{std::move(quantity)};
}

// The key as it is kept: "party_a" for a party's name where keys are parties.
absl::StatusOr<std::string> ParseKey(const Topic& topic, const std::string& key,
                                     const PartyNames& names, int depth) {
  v1::RawValue raw;
  raw.set_scalar(key);
  TALLYSTICK_ASSIGN_OR_RETURN(std::string word, WordOf(raw, "a name as key"));
  if (!HasPartyKeys(topic, depth)) return word;
  const v1::Party party = names.Find(word);
  if (party != v1::PARTY_UNSPECIFIED) return std::string(KeyOf(party));
  if (depth > 1) return word;
  return absl::InvalidArgumentError(absl::StrCat("\"", Excerpt(key),
                                                 "\" is not a party; write ",
                                                 names.a, " and ", names.b));
}

absl::StatusOr<Value> ParseMap(const Topic& topic, const v1::RawValue& raw,
                               const PartyNames& names, int depth) {
  if (raw.kind_case() != v1::RawValue::kMap) {
    return Refuse(
        raw, absl::StrCat("is not a map; write ", AnswerExample(topic, names)));
  }
  if (depth > kMapDepthMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("maps are nested more than ", kMapDepthMax, " deep"));
  }
  if (static_cast<size_t>(raw.map().fields_size()) > kMapEntriesMax) {
    return Refuse(raw, absl::StrCat("has ", raw.map().fields_size(),
                                    " keys, the limit is ", kMapEntriesMax));
  }
  ValueMap map;
  for (const v1::RawValue::Field& field : raw.map().fields()) {
    TALLYSTICK_ASSIGN_OR_RETURN(std::string key,
                                ParseKey(topic, field.key(), names, depth));
    TALLYSTICK_ASSIGN_OR_RETURN(
        Value value, ParseElement(topic, field.value(), names, depth));
    const auto at = std::lower_bound(
        map.entries.begin(), map.entries.end(), key,
        [](const MapEntry& e, const std::string& k) { return e.key < k; });
    if (at != map.entries.end() && at->key == key) {
      return absl::InvalidArgumentError(
          absl::StrCat("the key \"", Excerpt(field.key()), "\" comes twice"));
    }
    map.entries.insert(at, {std::move(key), std::move(value)});
  }
  return Value{std::move(map)};
}

// By the type of the topic; CheckAnswer does the rest.
absl::StatusOr<Value> ParseByType(const Topic& topic, const v1::RawValue& raw,
                                  const PartyNames& names) {
  Value value;
  switch (topic.answer_type) {
    case AnswerType::kOrdinal:
    case AnswerType::kNominal: {
      TALLYSTICK_ASSIGN_OR_RETURN(value.kind, ParseOption(topic, raw, names));
      return value;
    }
    case AnswerType::kSet: {
      TALLYSTICK_ASSIGN_OR_RETURN(value.kind, ParseSet(topic, raw));
      return value;
    }
    case AnswerType::kRanking: {
      TALLYSTICK_ASSIGN_OR_RETURN(std::vector<std::string> items,
                                  ParseItems(topic, raw));
      value.kind = Ranking{std::move(items)};
      return value;
    }
    case AnswerType::kQuantity:
    case AnswerType::kPercentage:
    case AnswerType::kScore: {
      TALLYSTICK_ASSIGN_OR_RETURN(value.kind, ParseQuantity(topic, raw));
      return value;
    }
    case AnswerType::kDuration: {
      TALLYSTICK_ASSIGN_OR_RETURN(value.kind, ParsePeriod(topic, raw));
      return value;
    }
    case AnswerType::kMoney: {
      TALLYSTICK_ASSIGN_OR_RETURN(value.kind, ParseMoney(topic, raw));
      return value;
    }
    case AnswerType::kDate: {
      TALLYSTICK_ASSIGN_OR_RETURN(value.kind, ParseDay(raw));
      return value;
    }
    case AnswerType::kInterval:
      return ParseInterval(topic, raw);
    case AnswerType::kMap:
      return ParseMap(topic, raw, names, 1);
    case AnswerType::kText: {
      TALLYSTICK_ASSIGN_OR_RETURN(std::string text, ScalarOf(raw, "a text"));
      value.kind = Text{std::move(text)};
      return value;
    }
  }
  return absl::InvalidArgumentError("the topic has no answer type");
}

}  // namespace

absl::StatusOr<Value> ParseAnswer(const Topic& topic, const v1::RawValue& raw,
                                  const PartyNames& names) {
  TALLYSTICK_ASSIGN_OR_RETURN(Value value, ParseByType(topic, raw, names));
  TALLYSTICK_RETURN_IF_ERROR(CheckAnswer(topic, value));
  return value;
}

}  // namespace tallystick::expectation
