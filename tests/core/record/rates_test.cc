// SPDX-License-Identifier: Apache-2.0
#include "core/record/rates.h"

#include "core/evidence/refusal.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/status_matchers.h"

namespace tallystick::record {
namespace {

using expectation::Date;
using expectation::Decimal;

Decimal Number(const char* text) { return *expectation::ParseDecimal(text); }

RateTable Table(uint32_t version, Date effective_on, const char* compute) {
  return {.version = version,
          .effective_on = effective_on,
          .currency = "EUR",
          .rates = {{"compute_kh", Number(compute)},
                    {"researcher_day", Number("870.25")}}};
}

int64_t Units(const RateBook& book, const char* kind, const char* quantity,
              Date day) {
  const auto value = ValueOf(book, kind, Number(quantity), day);
  EXPECT_THAT(value, testing::IsOk());
  EXPECT_TRUE(*value);
  return *value ? (*value)->units : -1;
}

constexpr Date kJanuary = {2025, 1, 1};
constexpr Date kMarch = {2025, 3, 31};
constexpr Date kApril = {2025, 4, 1};

// measures.md b.4.
TEST(RatesTest, ALineIsWorthItsQuantityAtTheRate) {
  const RateBook book({Table(1, kJanuary, "45")});
  EXPECT_EQ(Units(book, "researcher_day", "12.5", kMarch), 1'087'812);
  EXPECT_EQ((*ValueOf(book, "researcher_day", {1, 0}, kMarch))->currency,
            "EUR");
}

// measures.md b.4.
TEST(RatesTest, TheRateIsThatInForceOnTheDayOfTheLine) {
  const RateBook book({Table(2, kApril, "52"), Table(1, kJanuary, "45")});
  EXPECT_EQ(Units(book, "compute_kh", "700", kMarch), 3'150'000);
  EXPECT_EQ(Units(book, "compute_kh", "700", kApril), 3'640'000);
}

// measures.md b.4.
TEST(RatesTest, AChangedRateRevaluesThePastOnlyIfItSaysSo) {
  RateTable changed = Table(2, kApril, "52");
  changed.revalues_past = true;
  const RateBook book({Table(1, kJanuary, "45"), changed});
  EXPECT_EQ(Units(book, "compute_kh", "700", kMarch), 3'640'000);
}

TEST(RatesTest, ALineBeforeTheFirstTableIsUnvalued) {
  const RateBook book({Table(1, kApril, "45")});
  EXPECT_EQ(*ValueOf(book, "compute_kh", {1, 0}, kMarch), std::nullopt);
}

TEST(RatesTest, AKindThatTheNewTableDropsIsUnvaluedFromThen) {
  RateTable second = Table(2, kApril, "52");
  second.rates.erase("researcher_day");
  const RateBook book({Table(1, kJanuary, "45"), second});
  EXPECT_EQ(*ValueOf(book, "researcher_day", {1, 0}, kApril), std::nullopt);
}

TEST(RatesTest, MoneyAndPointsStandSideBySide) {
  const RateBook book({Table(1, kJanuary, "45"),
                       {.version = 1,
                        .effective_on = kJanuary,
                        .currency = std::string(kPoints),
                        .rates = {{"publication", {10, 0}}}}});
  EXPECT_EQ((*ValueOf(book, "publication", {4, 0}, kMarch))->units, 4000);
  EXPECT_EQ((*ValueOf(book, "publication", {4, 0}, kMarch))->currency, kPoints);
  EXPECT_EQ(Units(book, "compute_kh", "1", kMarch), 4500);
}

TEST(RatesTest, TablesOfTwoCurrenciesAreInForceSideBySide) {
  const RateBook book({Table(1, kJanuary, "45"),
                       {.version = 1,
                        .effective_on = kApril,
                        .currency = "USD",
                        .rates = {{"plant_hour", {1800, 0}}}}});
  EXPECT_EQ(Units(book, "compute_kh", "1", kApril), 4500);
  EXPECT_EQ((*ValueOf(book, "plant_hour", {1, 0}, kApril))->currency, "USD");
}

TEST(RatesTest, AValueThatMoneyDoesNotHoldIsRefusedByName) {
  const RateBook book({Table(1, kJanuary, "45")});
  EXPECT_EQ(evidence::ReasonOf(ValueOf(book, "compute_kh",
                                       {expectation::kUnscaledMax, 0}, kMarch)
                                   .status()),
            "amount_overflow");
}

// measures.md b.4.
TEST(ValuationTest, UnvaluedKindsAreListedAndNeverZero) {
  Valuation a;
  a.AddValued(4500);
  a.AddUnvalued("dataset_access");
  a.AddUnvalued("dataset_access");
  EXPECT_EQ(a.Total(), record::Units(4500));
  EXPECT_THAT(a.unvalued,
              ::testing::ElementsAre(::testing::Pair("dataset_access", 2)));
  Valuation b;
  b.AddUnvalued("toolkit_licence");
  EXPECT_EQ(b.Total(), std::nullopt);
}

// measures.md b.4.
TEST(ValuationTest, BelowFourFifthsOfTheLinesAShareIsPartial) {
  Valuation a;
  Valuation b;
  EXPECT_EQ(Coverage(a, b), std::nullopt);
  EXPECT_FALSE(IsPartial(std::nullopt));
  for (int i = 0; i < 4; ++i) a.AddValued(1);
  b.AddUnvalued("toolkit_licence");
  EXPECT_DOUBLE_EQ(*Coverage(a, b), 0.8);
  EXPECT_FALSE(IsPartial(Coverage(a, b)));
  b.AddUnvalued("toolkit_licence");
  EXPECT_TRUE(IsPartial(Coverage(a, b)));
}

}  // namespace
}  // namespace tallystick::record
