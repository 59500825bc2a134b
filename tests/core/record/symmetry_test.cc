// SPDX-License-Identifier: Apache-2.0
#include "core/record/symmetry.h"

#include "gtest/gtest.h"

namespace tallystick::record {
namespace {

constexpr double kFourDecimals = 5e-5;
constexpr Target kTarget = {0.40, 0.10};

// measures.md b.1.
TEST(SymmetryTest, GivesTheWorkedExamples) {
  struct Row {
    double a, b, share, skew;
    Balance balance;
    double index;
  };
  for (const Row& row :
       {Row{300, 400, 0.4286, 0.0286, Balance::kBalanced, 0.9524},
        Row{540, 460, 0.54, 0.14, Balance::kWatch, 0.7667},
        Row{700, 300, 0.70, 0.30, Balance::kBreach, 0.5}}) {
    const Symmetry got = MeasureSymmetry(row.a, row.b, kTarget, false);
    EXPECT_NEAR(*got.share_of_a, row.share, kFourDecimals);
    EXPECT_NEAR(*got.skew, row.skew, kFourDecimals);
    EXPECT_NEAR(*got.index, row.index, kFourDecimals);
    EXPECT_EQ(got.balance, row.balance) << row.a;
  }
}

// measures.md b.1.
TEST(SymmetryTest, NothingOnBothSidesIsNoData) {
  for (const auto& got :
       {MeasureSymmetry(0, 0, kTarget, false),
        MeasureSymmetry(std::nullopt, std::nullopt, kTarget, false)}) {
    EXPECT_EQ(got.balance, Balance::kNoData);
    EXPECT_FALSE(got.share_of_a || got.skew || got.index);
  }
}

// measures.md b.1, b.7.
TEST(SymmetryTest, WhatOneSideHasNotReportedIsNotZero) {
  for (const auto& got : {MeasureSymmetry(120, std::nullopt, kTarget, false),
                          MeasureSymmetry(std::nullopt, 120, kTarget, false)}) {
    EXPECT_EQ(got.balance, Balance::kOneSided);
    EXPECT_FALSE(got.share_of_a || got.skew || got.index);
  }
  EXPECT_DOUBLE_EQ(*MeasureSymmetry(120, 0, kTarget, false).share_of_a, 1);
}

// measures.md b.1: x_A, x_B >= 0.
TEST(SymmetryTest, ALossIsNoShareOfAnything) {
  for (const auto& got : {MeasureSymmetry(-100, 300, kTarget, false),
                          MeasureSymmetry(300, -100, kTarget, false),
                          MeasureSymmetry(-100, 100, kTarget, false)}) {
    EXPECT_EQ(got.balance, Balance::kNegative);
    EXPECT_FALSE(got.share_of_a || got.skew || got.index);
  }
}

// measures.md b.1.
TEST(SymmetryTest, WithoutAnAgreedShareNoneIsAssumed) {
  const Symmetry got = MeasureSymmetry(300, 400, std::nullopt, false);
  EXPECT_EQ(got.balance, Balance::kNoTarget);
  EXPECT_NEAR(*got.share_of_a, 0.4286, kFourDecimals);
  EXPECT_FALSE(got.skew || got.index);
}

// measures.md b.4.
TEST(SymmetryTest, APartialShareIsShownAndNotJudged) {
  const Symmetry got = MeasureSymmetry(700, 300, kTarget, true);
  EXPECT_EQ(got.balance, Balance::kPartial);
  EXPECT_NEAR(*got.skew, 0.3, kFourDecimals);
}

TEST(SymmetryTest, AValueOnTheLimitIsWithin) {
  EXPECT_EQ(MeasureSymmetry(0.5, 0.5, kTarget, false).balance,
            Balance::kBalanced);
  EXPECT_EQ(MeasureSymmetry(0.3, 0.7, kTarget, false).balance,
            Balance::kBalanced);
  EXPECT_EQ(MeasureSymmetry(0.6, 0.4, kTarget, false).balance, Balance::kWatch);
  EXPECT_EQ(MeasureSymmetry(0.6001, 0.3999, kTarget, false).balance,
            Balance::kBreach);
}

// measures.md b.1.
TEST(OverallTest, OneDimensionDoesNotMakeUpForAnother) {
  const Overall overall = Summarize({MeasureSymmetry(300, 400, kTarget, false),
                                     MeasureSymmetry(700, 300, kTarget, false),
                                     MeasureSymmetry(0, 0, kTarget, false)});
  EXPECT_EQ(overall.measured, 2);
  EXPECT_NEAR(*overall.mean_index, (0.9524 + 0.5) / 2, kFourDecimals);
  EXPECT_NEAR(*overall.least_index, 0.5, kFourDecimals);
  EXPECT_FALSE(Summarize({}).mean_index);
}

}  // namespace
}  // namespace tallystick::record
