// SPDX-License-Identifier: Apache-2.0
// Whatever people or a partner write: it is an answer that can be compared, or
// an error in one line. Seeded, so that a failure happens again.
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/expectation/distance.h"
#include "gmock/gmock.h"
#include "tests/core/expectation/builders.h"

namespace tallystick::expectation {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// What tends to break readers of numbers, dates, money and words.
const std::string kWords[] = {"",
                              "0",
                              "-0",
                              "1",
                              "0.5",
                              "-5",
                              "100",
                              "100.01",
                              "1e5",
                              "1e999",
                              "nan",
                              "inf",
                              "-inf",
                              "0x10",
                              "9223372036854775807",
                              "9223372036854775808",
                              "-9223372036854775808",
                              "0.000000000000000001",
                              "99999999999999999999999999999999",
                              "1.",
                              ".5",
                              "+3",
                              "1,000",
                              "5 days",
                              "0 days",
                              "-1 days",
                              "1 years",
                              "2 fortnights",
                              "open_ended",
                              "2025-02-29",
                              "2024-02-29",
                              "0000-00-00",
                              "9999-12-31",
                              "10000-01-01",
                              "120 USD",
                              "1 usd",
                              "0.001 USD",
                              "5 JPY",
                              "0.5 JPY",
                              "92233720368547758.08 USD",
                              "1 EURO",
                              "cascadia",
                              "meridian",
                              "party_a",
                              "true",
                              "null",
                              "~",
                              "a",
                              "b",
                              "yes",
                              "no",
                              "\xc3\xa9",
                              "e\xcc\x81",
                              "\xff\xfe",
                              std::string(1, '\0'),
                              "line\nbreak",
                              "\x1b[31m",
                              std::string(3000, 'x')};

class Fuzzer {
 public:
  explicit Fuzzer(unsigned seed) : random_(seed) {}

  v1::RawValue Raw(const Topic& topic, int depth = 0) {
    v1::RawValue raw;
    const int kind = Pick(random_, 0, 9);
    if (kind < 6 || depth > 3) {
      raw.set_scalar(Word(topic));
    } else if (kind < 8) {
      raw.mutable_list();
      for (int i = Pick(random_, 0, 4); i > 0; --i) {
        *raw.mutable_list()->add_values() = Raw(topic, depth + 1);
      }
    } else {
      raw.mutable_map();
      for (int i = Pick(random_, 0, 4); i > 0; --i) {
        v1::RawValue::Field& field = *raw.mutable_map()->add_fields();
        field.set_key(Word(topic));
        *field.mutable_value() = Raw(topic, depth + 1);
      }
    }
    return raw;
  }

  // An answer as it would be stored, with some of its bytes changed.
  std::string Bytes(const Topic& topic) {
    std::string bytes =
        ValueToProto(RandomAnswer(topic, random_)).SerializeAsString();
    for (int i = Pick(random_, 0, 3); i > 0 && !bytes.empty(); --i) {
      const auto at = static_cast<size_t>(
          Pick(random_, 0, static_cast<int>(bytes.size()) - 1));
      bytes[at] = static_cast<char>(Pick(random_, 0, 255));
    }
    return bytes;
  }

 private:
  std::string Word(const Topic& topic) {
    const bool known = Pick(random_, 0, 2) == 0;
    const std::vector<std::string>& words =
        topic.options.empty() ? topic.items : topic.options;
    if (known && !words.empty()) {
      return words[static_cast<size_t>(
          Pick(random_, 0, static_cast<int>(words.size()) - 1))];
    }
    return kWords[Pick(random_, 0, static_cast<int>(std::size(kWords)) - 1)];
  }

  Random random_;
};

void ExpectSound(const Topic& topic, const Value& a, const Value& b) {
  const ExchangeRates rates = {{"EUR", "USD", Number("1.08")}};
  const Distance there = Compare(topic, a, b, rates);
  const Distance back = Compare(topic, b, a, rates);
  EXPECT_EQ(there.kind, back.kind);
  EXPECT_EQ(there.d, back.d);
  EXPECT_GE(there.d, 0);
  EXPECT_LE(there.d, 1);
  EXPECT_FALSE(std::isnan(there.part)) << topic.id;
  const Distance same = Compare(topic, a, a, rates);
  if (same.known()) {
    EXPECT_NEAR(same.d, 0, 1e-12) << topic.id;
  }
}

class FuzzTest : public ::testing::TestWithParam<unsigned> {};

TEST_P(FuzzTest, AnyWordsAreAnAnswerOrAnErrorInOneLine) {
  Fuzzer fuzzer(GetParam());
  for (const Topic& topic : BuiltInCatalogue().topics) {
    std::optional<Value> before;
    for (int i = 0; i < 200; ++i) {
      const auto answer = ParseAnswer(topic, fuzzer.Raw(topic), kNames);
      if (!answer.ok()) {
        EXPECT_THAT(std::string(answer.status().message()),
                    Not(HasSubstr("\n")));
        continue;
      }
      EXPECT_TRUE(CheckAnswer(topic, *answer).ok()) << topic.id;
      const auto again =
          ParseAnswer(topic, AnswerToRaw(topic, *answer, kNames), kNames);
      ASSERT_TRUE(again.ok()) << topic.id << ": " << again.status();
      EXPECT_EQ(*again, *answer) << topic.id;
      if (before) ExpectSound(topic, *before, *answer);
      before = *answer;
    }
  }
}

TEST_P(FuzzTest, AnyBytesOfAPartnerAreAnAnswerOrRefused) {
  Fuzzer fuzzer(GetParam());
  int read = 0;
  int refused = 0;
  for (const Topic& topic : BuiltInCatalogue().topics) {
    std::optional<Value> before;
    for (int i = 0; i < 200; ++i) {
      v1::Value message;
      if (!message.ParseFromString(fuzzer.Bytes(topic))) continue;
      const auto answer = ReadAnswer(topic, message);
      if (!answer.ok()) {
        ++refused;
        continue;
      }
      ++read;
      EXPECT_FALSE(AnswerToText(topic, *answer, kNames).empty()) << topic.id;
      if (before) ExpectSound(topic, *before, *answer);
      before = *answer;
    }
  }
  EXPECT_GT(read, 1000);
  EXPECT_GT(refused, 100);
}

INSTANTIATE_TEST_SUITE_P(Seeds, FuzzTest, ::testing::Range(1u, 6u));

}  // namespace
}  // namespace tallystick::expectation
