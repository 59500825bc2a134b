// SPDX-License-Identifier: Apache-2.0
#include "tests/core/expectation/builders.h"

namespace tallystick::expectation {
namespace {

Value RandomElement(const Topic& topic, Random& random, int depth) {
  if (depth < kMapDepthMax && Pick(random, 0, 4) == 0) {
    return MapOf({{"inner", RandomElement(topic, random, depth + 1)},
                  {"party_a", RandomElement(topic, random, depth + 1)}});
  }
  if (topic.element == Element::kRelative) {
    return Value{Quantity{RandomDecimal(random, 0, 9999), ""}};
  }
  return Value{Text{RandomWords(random).front()}};
}

Value RandomMap(const Topic& topic, Random& random) {
  if (topic.element == Element::kShare) return RandomShares(random);
  std::vector<std::string> keys = {"party_a", "party_b"};
  if (topic.keys != "parties") keys = RandomWords(random);
  std::sort(keys.begin(), keys.end());
  std::vector<MapEntry> entries;
  for (const std::string& key : keys) {
    entries.push_back({key, RandomElement(topic, random, 1)});
  }
  return MapOf(std::move(entries));
}

Value RandomPeriod(const Topic& topic, Random& random) {
  const auto unit = static_cast<Period::Unit>(
      Pick(random, 1, topic.allow_open_ended ? 6 : 5));
  if (unit == Period::Unit::kOpenEnded) return Value{Period{{}, unit}};
  return Value{Period{RandomDecimal(random, 0, 9999), unit}};
}

Value RandomMoney(Random& random) {
  static const std::vector<std::string> kCurrencies = {"USD", "JPY", "KWD"};
  return Value{Money{
      int64_t{Pick(random, -1'000'000, 1'000'000)} * Pick(random, 1, 1000),
      kCurrencies[static_cast<size_t>(Pick(random, 0, 2))]}};
}

}  // namespace

Value RandomAnswer(const Topic& topic, Random& random) {
  switch (topic.answer_type) {
    case AnswerType::kOrdinal:
    case AnswerType::kNominal:
      return Value{Option{topic.options[static_cast<size_t>(
          Pick(random, 0, static_cast<int>(topic.options.size()) - 1))]}};
    case AnswerType::kSet:
    case AnswerType::kRanking: {
      std::vector<std::string> words = RandomWords(random);
      if (!topic.items.empty()) {
        words = topic.items;
        std::shuffle(words.begin(), words.end(), random);
      }
      if (topic.answer_type == AnswerType::kSet) return SetOf(words);
      return Value{Ranking{words}};
    }
    case AnswerType::kQuantity:
      return Value{Quantity{RandomDecimal(random, -9999, 9999), ""}};
    case AnswerType::kPercentage:
    case AnswerType::kScore:
      return Value{Quantity{MakeDecimal(Pick(random, 0, 1000), 1), ""}};
    case AnswerType::kDuration:
      return RandomPeriod(topic, random);
    case AnswerType::kMoney:
      return RandomMoney(random);
    case AnswerType::kDate:
      return Value{Date{Pick(random, 1900, 9999), Pick(random, 1, 12),
                        Pick(random, 1, 28)}};
    case AnswerType::kInterval: {
      const Decimal low = RandomDecimal(random, 0, 99);
      if (Pick(random, 0, 3) == 0) return Value{Quantity{low, ""}};
      return Value{Interval{low, {Pick(random, 100, 200), 0}}};
    }
    case AnswerType::kMap:
      return RandomMap(topic, random);
    case AnswerType::kText:
      break;
  }
  return Value{Text{RandomWords(random).front()}};
}

}  // namespace tallystick::expectation
