// SPDX-License-Identifier: Apache-2.0
#include "core/explain/comparison.h"

#include <string>

#include "core/expectation/answer.h"
#include "core/explain/explanation.h"
#include "gtest/gtest.h"
#include "tests/core/alliance/plan_two_logs.h"

namespace tallystick::explain {
namespace {

using alliance::kNames;

expectation::Value Answer(const expectation::Topic& topic,
                          const v1::RawValue& raw) {
  return *expectation::ParseAnswer(topic, raw, kNames);
}

std::string Describe(const std::string& id, const v1::RawValue& a,
                     const v1::RawValue& b) {
  const expectation::Topic& topic = *expectation::BuiltInCatalogue().Find(id);
  const expectation::Value x = Answer(topic, a);
  const expectation::Value y = Answer(topic, b);
  return DescribeDistance(topic, x, expectation::Compare(topic, x, y));
}

v1::RawValue List(std::initializer_list<const char*> items) {
  v1::RawValue raw;
  for (const char* item : items) {
    raw.mutable_list()->add_values()->set_scalar(item);
  }
  return raw;
}

TEST(ComparisonTest, StepsOnAScale) {
  EXPECT_EQ(Describe("frame/spectrum-position", alliance::Raw("innovative"),
                     alliance::Raw("cooperative")),
            "1 of 3 steps apart: 1 / 3 = 0.3333");
}

TEST(ComparisonTest, ItemsInCommon) {
  EXPECT_EQ(
      Describe("frame/scope-in", List({"bottled_coffee", "canned_coffee"}),
               List({"bottled_coffee", "canned_coffee", "energy"})),
      "2 of 3 items in common: 1 - 2 / 3 = 0.3333");
}

TEST(ComparisonTest, MoneyIsCountedInWholeUnitsOfItsCurrency) {
  EXPECT_EQ(
      Describe("performance/revenue-influenced", alliance::Raw("120000000 USD"),
               alliance::Raw("90000000 USD")),
      "30000000 USD apart, the larger 120000000 USD: 30000000 / "
      "120000000 = 0.25");
}

TEST(ComparisonTest, PeriodsAreCountedInDays) {
  EXPECT_EQ(Describe("collaboration/consult-frequency", alliance::Raw("7 days"),
                     alliance::Raw("30 days")),
            "23 days apart, the larger 30 days: 23 / 30 = 0.7667");
}

TEST(ComparisonTest, RankingsByTheirPairs) {
  EXPECT_EQ(
      Describe("frame/outcome-priority", List({"reach", "revenue", "learning"}),
               List({"revenue", "reach", "learning"})),
      "1 of 3 pairs the other way round: 1 / 3 = 0.3333");
}

TEST(ComparisonTest, WhatIsTheSameOrNotNeedsNoArithmetic) {
  EXPECT_EQ(Describe("deal/ip-ownership", alliance::Raw("party_a"),
                     alliance::Raw("joint")),
            "not the same: 1");
}

TEST(ComparisonTest, AmountsInAnotherCurrencyCannotBeCompared) {
  EXPECT_EQ(Describe("performance/revenue-influenced", alliance::Raw("120 USD"),
                     alliance::Raw("120 EUR")),
            "cannot be compared: another type, unit or currency");
}

TEST(ComparisonTest, OnTheToleranceCountsAsTheSame) {
  EXPECT_EQ(DescribeMatch(0.2, 0.2),
            "0.2 is within the tolerance 0.2: counts as the same");
  EXPECT_EQ(DescribeMatch(0.3333, 0.2),
            "0.3333 is more than the tolerance 0.2: not the same");
}

TEST(NumberTest, HasAtMostFourDecimalsAndNoneThatSayNothing) {
  EXPECT_EQ(Number(1.0 / 3), "0.3333");
  EXPECT_EQ(Number(2.5), "2.5");
  EXPECT_EQ(Number(10), "10");
  EXPECT_EQ(Number(-0.00001), "0");
}

}  // namespace
}  // namespace tallystick::explain
