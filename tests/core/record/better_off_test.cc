// SPDX-License-Identifier: Apache-2.0
#include "core/record/better_off.h"

#include "gtest/gtest.h"

namespace tallystick::record {
namespace {

constexpr double kFourDecimals = 5e-5;

Account OfA() { return {900, 420, 60, 160, 200}; }
Account OfB() { return {800, 380, 40, 100, 310}; }

// measures.md b.6.
TEST(BetterOffTest, GivesTheWorkedExample) {
  EXPECT_EQ(ValueWith(OfA()), Units(260));
  EXPECT_EQ(ValueWith(OfB()), Units(280));
  EXPECT_EQ(BetterBy(OfA()), Units(60));
  EXPECT_EQ(BetterBy(OfB()), Units(-30));
  EXPECT_EQ(JudgeBetterOff(BetterBy(OfA())), BetterOff::kYes);
  EXPECT_EQ(JudgeBetterOff(BetterBy(OfB())), BetterOff::kNo);
}

// measures.md b.6.
TEST(BetterOffTest, APositiveSumDoesNotHelpThePartyThatLoses) {
  EXPECT_EQ(Synergy(BetterBy(OfA()), BetterBy(OfB())), Units(30));
  EXPECT_EQ(SurplusShareOfA(60, -30), std::nullopt);
  EXPECT_EQ(SynergyProven(BetterOff::kYes, BetterOff::kNo), std::nullopt);
}

// measures.md b.6.
TEST(BetterOffTest, TwoYesesProveSynergyWithoutAFigure) {
  EXPECT_EQ(SynergyProven(BetterOff::kYes, BetterOff::kYes), true);
  EXPECT_EQ(SynergyProven(BetterOff::kYes, BetterOff::kUndecided),
            std::nullopt);
}

TEST(BetterOffTest, TheSurplusIsSharedWhereBothGain) {
  EXPECT_NEAR(*SurplusShareOfA(60, 20), 0.75, kFourDecimals);
}

TEST(BetterOffTest, JustAsWellIsNotBetter) {
  EXPECT_EQ(JudgeBetterOff(Units(0)), BetterOff::kNo);
}

// measures.md b.7.
TEST(BetterOffTest, WhatIsNotKnownLeavesItUndecided) {
  Account account = OfA();
  account.upkeep = std::nullopt;
  EXPECT_EQ(ValueWith(account), std::nullopt);
  EXPECT_EQ(JudgeBetterOff(BetterBy(account)), BetterOff::kUndecided);
  account = OfA();
  account.value_alone = std::nullopt;
  EXPECT_EQ(ValueWith(account), Units(260));
  EXPECT_EQ(JudgeBetterOff(BetterBy(account)), BetterOff::kUndecided);
}

// measures.md b.6.
TEST(UpkeepTest, GivesTheWorkedExample) {
  EXPECT_NEAR(*MeasureUpkeep(60, 900).ratio, 0.0667, kFourDecimals);
  EXPECT_NEAR(*MeasureUpkeep(40, 800).ratio, 0.05, kFourDecimals);
  EXPECT_NEAR(*MeasureUpkeep(100, 1700).ratio, 0.0588, kFourDecimals);
  EXPECT_EQ(MeasureUpkeep(60, 900).level, UpkeepLevel::kOrdinary);
}

TEST(UpkeepTest, ARatioOnALimitIsWithin) {
  EXPECT_EQ(MeasureUpkeep(15, 100).level, UpkeepLevel::kOrdinary);
  EXPECT_EQ(MeasureUpkeep(16, 100).level, UpkeepLevel::kWatch);
  EXPECT_EQ(MeasureUpkeep(25, 100).level, UpkeepLevel::kWatch);
  EXPECT_EQ(MeasureUpkeep(26, 100).level, UpkeepLevel::kWarning);
}

TEST(UpkeepTest, WithoutBenefitThereIsNoRatio) {
  EXPECT_EQ(MeasureUpkeep(15, 0).level, UpkeepLevel::kNoData);
  EXPECT_EQ(MeasureUpkeep(15, std::nullopt).level, UpkeepLevel::kNoData);
  EXPECT_EQ(MeasureUpkeep(std::nullopt, 100).level, UpkeepLevel::kNoData);
}

}  // namespace
}  // namespace tallystick::record
