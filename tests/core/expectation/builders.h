// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_CORE_EXPECTATION_BUILDERS_H_
#define TALLYSTICK_TESTS_CORE_EXPECTATION_BUILDERS_H_

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/expectation/answer.h"
#include "core/expectation/catalogue.h"
#include "core/expectation/value.h"

// Topics and values in one line each, for tests.
namespace tallystick::expectation {

inline const PartyNames kNames = {"cascadia", "meridian"};

inline Topic MakeTopic(AnswerType type, Comparator comparator,
                       double tolerance = 0) {
  Topic topic;
  topic.id = "test/topic";
  topic.answer_type = type;
  topic.comparator = comparator;
  topic.tolerance = tolerance;
  topic.open = true;
  return topic;
}

// Five steps, as the worked cases use.
inline Topic FiveSteps(double tolerance = 0.25) {
  Topic topic =
      MakeTopic(AnswerType::kOrdinal, Comparator::kOrdinalStep, tolerance);
  topic.options = {"not (0)", "1", "2", "3", "fully (4)"};
  return topic;
}

inline Value Step(size_t index) {
  return Value{Option{FiveSteps().options[index]}};
}

inline Value SetOf(std::vector<std::string> items) {
  std::sort(items.begin(), items.end());
  return Value{ItemSet{std::move(items)}};
}

// One letter per item.
inline Value Ranked(const std::string& letters) {
  Ranking ranking;
  for (const char c : letters) ranking.items.emplace_back(1, c);
  return Value{std::move(ranking)};
}

inline Decimal Number(const std::string& text) { return *ParseDecimal(text); }

inline Value Amount(const std::string& text, const std::string& unit = "") {
  return Value{Quantity{Number(text), unit}};
}

inline Value From(const std::string& low, const std::string& high) {
  return Value{Interval{Number(low), Number(high)}};
}

// Keys in order.
inline Value MapOf(std::vector<MapEntry> entries) {
  return Value{ValueMap{std::move(entries)}};
}

inline v1::RawValue RawFromYaml(const YAML::Node& node) {
  v1::RawValue raw;
  if (node.IsSequence()) {
    raw.mutable_list();
    for (const YAML::Node& one : node) {
      *raw.mutable_list()->add_values() = RawFromYaml(one);
    }
  } else if (node.IsMap()) {
    raw.mutable_map();
    for (const auto& field : node) {
      v1::RawValue::Field& added = *raw.mutable_map()->add_fields();
      added.set_key(field.first.as<std::string>());
      *added.mutable_value() = RawFromYaml(field.second);
    }
  } else {
    raw.set_scalar(node.as<std::string>());
  }
  return raw;
}

inline v1::RawValue Raw(const std::string& yaml) {
  return RawFromYaml(YAML::Load(yaml));
}

inline absl::StatusOr<Value> Answer(const Topic& topic,
                                    const std::string& yaml) {
  return ParseAnswer(topic, Raw(yaml), kNames);
}

using Random = std::mt19937;

inline int Pick(Random& random, int low, int high) {
  return std::uniform_int_distribution<int>(low, high)(random);
}

inline std::vector<std::string> RandomWords(Random& random) {
  std::vector<std::string> words = {"a", "b", "c", "d", "e", "f"};
  std::shuffle(words.begin(), words.end(), random);
  words.resize(static_cast<size_t>(Pick(random, 1, 6)));
  return words;
}

inline Decimal RandomDecimal(Random& random, int low, int high) {
  return MakeDecimal(Pick(random, low, high),
                     static_cast<uint32_t>(Pick(random, 0, 4)));
}

// Two shares that add up to 1.
inline Value RandomShares(Random& random) {
  const int part = Pick(random, 0, 1000);
  return MapOf({{"party_a", Value{Quantity{MakeDecimal(part, 3), ""}}},
                {"party_b", Value{Quantity{MakeDecimal(1000 - part, 3), ""}}}});
}

// An answer to `topic`, as ParseAnswer would make it.
Value RandomAnswer(const Topic& topic, Random& random);

}  // namespace tallystick::expectation

#endif  // TALLYSTICK_TESTS_CORE_EXPECTATION_BUILDERS_H_
