// SPDX-License-Identifier: Apache-2.0
#include "core/record/equity.h"

#include "gtest/gtest.h"

namespace tallystick::record {
namespace {

constexpr double kFourDecimals = 5e-5;

// measures.md b.2.
TEST(EquityTest, GivesTheWorkedExample) {
  const Equity equity = MeasureEquity({420, 300}, {360, 400});
  EXPECT_NEAR(*equity.ratio, 1.5556, kFourDecimals);
  EXPECT_NEAR(*equity.log_ratio, 0.4418, kFourDecimals);
  EXPECT_EQ(equity.state, EquityState::kFavoursA);
}

TEST(EquityTest, SeenFromTheOtherSideTheLogarithmChangesItsSign) {
  const Equity equity = MeasureEquity({360, 400}, {420, 300});
  EXPECT_NEAR(*equity.log_ratio, -0.4418, kFourDecimals);
  EXPECT_EQ(equity.state, EquityState::kFavoursB);
}

TEST(EquityTest, ARatioOnTheLimitIsInBalance) {
  EXPECT_EQ(MeasureEquity({125, 100}, {100, 100}).state,
            EquityState::kBalanced);
  EXPECT_EQ(MeasureEquity({100, 100}, {125, 100}).state,
            EquityState::kBalanced);
  EXPECT_EQ(MeasureEquity({126, 100}, {100, 100}).state,
            EquityState::kFavoursA);
  EXPECT_EQ(MeasureEquity({126, 100}, {100, 100}, 0.3).state,
            EquityState::kBalanced);
}

// measures.md b.2.
TEST(EquityTest, WithoutAnyInputTheRatioIsUndefined) {
  EXPECT_EQ(MeasureEquity({420, 0}, {360, 400}).state, EquityState::kUndefined);
  EXPECT_EQ(MeasureEquity({420, 300}, {360, 0}).state, EquityState::kUndefined);
  EXPECT_EQ(MeasureEquity({420, 300}, {0, 400}).state, EquityState::kUndefined);
}

// measures.md b.2.
TEST(EquityTest, ANegativeOutcomeShowsNetValuesInThePlaceOfARatio) {
  const Equity equity = MeasureEquity({-20, 300}, {360, 400});
  EXPECT_EQ(equity.state, EquityState::kNegative);
  EXPECT_FALSE(equity.ratio);
  EXPECT_DOUBLE_EQ(*equity.net_a, -320);
  EXPECT_DOUBLE_EQ(*equity.net_b, -40);
}

// measures.md b.7.
TEST(EquityTest, AFigureThatIsMissingIsNotZero) {
  const Equity equity = MeasureEquity({420, 300}, {360, std::nullopt});
  EXPECT_EQ(equity.state, EquityState::kMissing);
  EXPECT_FALSE(equity.ratio);
  EXPECT_DOUBLE_EQ(*equity.net_a, 120);
}

TEST(EquityTest, ARatioOfZeroHasNoLogarithm) {
  const Equity equity = MeasureEquity({0, 300}, {360, 400});
  EXPECT_DOUBLE_EQ(*equity.ratio, 0);
  EXPECT_FALSE(equity.log_ratio);
  EXPECT_EQ(equity.state, EquityState::kFavoursB);
}

}  // namespace
}  // namespace tallystick::record
