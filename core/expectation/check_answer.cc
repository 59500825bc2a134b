// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/expectation/answer.h"
#include "core/expectation/party_keys.h"
#include "core/expectation/unicode.h"
#include "core/status_macros.h"

namespace tallystick::expectation {
namespace {

absl::Status Refuse(absl::string_view reason) {
  return absl::InvalidArgumentError(reason);
}

bool Contains(const std::vector<std::string>& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

absl::Status CheckOption(const Topic& topic, const Option& option) {
  if (Contains(topic.options, option.text)) return absl::OkStatus();
  return Refuse(absl::StrCat("\"", Excerpt(option.text), "\" is not one of: ",
                             absl::StrJoin(topic.options, ", ")));
}

absl::Status CheckItems(const Topic& topic,
                        const std::vector<std::string>& items) {
  if (topic.open) return absl::OkStatus();
  for (const std::string& item : items) {
    if (!Contains(topic.items, item)) {
      return Refuse(absl::StrCat("\"", Excerpt(item), "\" is not one of: ",
                                 absl::StrJoin(topic.items, ", ")));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckRanking(const Topic& topic, const Ranking& ranking) {
  if (ranking.items.empty()) {
    return Refuse("a ranking names at least one item");
  }
  return CheckItems(topic, ranking.items);
}

// Percentages and scores.
absl::Status CheckScale(const Topic& topic, const Quantity& quantity) {
  const double amount = quantity.amount.ToDouble();
  if (amount < 0 || amount > topic.scale) {
    return Refuse(absl::StrCat(ToText(quantity.amount), " is not from 0 to ",
                               topic.scale));
  }
  return absl::OkStatus();
}

absl::Status CheckPeriod(const Topic& topic, const Period& period) {
  if (period.unit == Period::Unit::kOpenEnded && !topic.allow_open_ended) {
    return Refuse("open_ended is not an answer here");
  }
  return absl::OkStatus();
}

// Exactly, in units of 10^-9: the sum may be off by one of them, for shares
// like a third.
absl::Status CheckShares(const Topic& topic, const ValueMap& map) {
  int64_t sum = 0;
  for (const MapEntry& entry : map.entries) {
    const Quantity* share = entry.value.As<Quantity>();
    if (share == nullptr || !share->unit.empty()) {
      return Refuse(absl::StrCat("the share of \"", Excerpt(entry.key),
                                 "\" is not a plain number"));
    }
    const Decimal amount = share->amount;
    if (Compare(amount, {0, 0}) < 0 || Compare(amount, {1, 0}) > 0) {
      return Refuse(
          absl::StrCat("the share ", ToText(amount), " is not from 0 to 1"));
    }
    int64_t parts = amount.unscaled;
    for (uint32_t i = amount.scale; i < kScaleMax; ++i) parts *= 10;
    sum += parts;
  }
  if (topic.keys == "parties" && map.entries.size() != 2) {
    return Refuse("shares name both parties");
  }
  constexpr int64_t kWhole = 1'000'000'000;
  if (std::abs(sum - kWhole) > 1) {
    return Refuse(absl::StrCat("the shares add up to ",
                               ToText(MakeDecimal(sum, kScaleMax)),
                               ", not to 1"));
  }
  return absl::OkStatus();
}

absl::Status CheckElement(const Topic& topic, const Value& value) {
  if (const ValueMap* map = value.As<ValueMap>()) {
    for (const MapEntry& entry : map->entries) {
      TALLYSTICK_RETURN_IF_ERROR(CheckElement(topic, entry.value));
    }
    return absl::OkStatus();
  }
  if (topic.element == Element::kRelative && !value.As<Quantity>() &&
      !value.As<Period>() && !value.As<Money>()) {
    return Refuse(absl::StrCat(KindName(value),
                               " stands where a number is "
                               "asked for"));
  }
  return absl::OkStatus();
}

absl::Status CheckMap(const Topic& topic, const ValueMap& map) {
  if (map.entries.empty()) return Refuse("the map has no entries");
  for (const MapEntry& entry : map.entries) {
    if (topic.keys == "parties" &&
        PartyOfKey(entry.key) == v1::PARTY_UNSPECIFIED) {
      return Refuse(
          absl::StrCat("the key \"", Excerpt(entry.key), "\" is not a party"));
    }
  }
  if (topic.element == Element::kShare) return CheckShares(topic, map);
  for (const MapEntry& entry : map.entries) {
    TALLYSTICK_RETURN_IF_ERROR(CheckElement(topic, entry.value));
  }
  return absl::OkStatus();
}

absl::Status WrongType(const Topic& topic, const Value& value) {
  return Refuse(absl::StrCat(KindName(value), " is not an answer of type ",
                             ToText(topic.answer_type)));
}

}  // namespace

absl::Status CheckAnswer(const Topic& topic, const Value& value) {
  switch (topic.answer_type) {
    case AnswerType::kOrdinal:
    case AnswerType::kNominal:
      if (const auto* option = value.As<Option>()) {
        return CheckOption(topic, *option);
      }
      break;
    case AnswerType::kSet:
      if (const auto* set = value.As<ItemSet>()) {
        return CheckItems(topic, set->items);
      }
      break;
    case AnswerType::kRanking:
      if (const auto* ranking = value.As<Ranking>()) {
        return CheckRanking(topic, *ranking);
      }
      break;
    case AnswerType::kQuantity:
      if (value.As<Quantity>()) return absl::OkStatus();
      break;
    case AnswerType::kPercentage:
    case AnswerType::kScore:
      if (const auto* quantity = value.As<Quantity>()) {
        return CheckScale(topic, *quantity);
      }
      break;
    case AnswerType::kDuration:
      if (const auto* period = value.As<Period>()) {
        return CheckPeriod(topic, *period);
      }
      break;
    case AnswerType::kMoney:
      if (value.As<Money>()) return absl::OkStatus();
      break;
    case AnswerType::kDate:
      if (value.As<Date>()) return absl::OkStatus();
      break;
    case AnswerType::kInterval:
      if (value.As<Interval>() || value.As<Quantity>()) {
        return absl::OkStatus();
      }
      break;
    case AnswerType::kMap:
      if (const auto* map = value.As<ValueMap>()) return CheckMap(topic, *map);
      break;
    case AnswerType::kText:
      if (value.As<Text>()) return absl::OkStatus();
      break;
  }
  return WrongType(topic, value);
}

absl::StatusOr<Value> ReadAnswer(const Topic& topic, const v1::Value& message) {
  TALLYSTICK_ASSIGN_OR_RETURN(Value value, ValueFromProto(message));
  TALLYSTICK_RETURN_IF_ERROR(CheckAnswer(topic, value));
  return value;
}

}  // namespace tallystick::expectation
