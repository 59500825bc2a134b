// SPDX-License-Identifier: Apache-2.0
#include "core/record/exposure.h"

#include "core/evidence/refusal.h"
#include "core/record/symmetry.h"
#include "gtest/gtest.h"
#include "tests/status_matchers.h"

namespace tallystick::record {
namespace {

ExpectedLoss Loss(absl::string_view likelihood, int64_t impact,
                  expectation::Decimal borne_by_a) {
  const auto loss =
      MeasureExposure(DefaultScale(), likelihood, impact, borne_by_a);
  EXPECT_THAT(loss, testing::IsOk());
  return (*loss).value_or(ExpectedLoss{-1, -1});
}

// measures.md b.5.
TEST(ExposureTest, GivesTheWorkedExample) {
  const ExpectedLoss first = Loss("possible", 500'000, {8, 1});
  EXPECT_EQ(first, (ExpectedLoss{160'000, 40'000}));
  const ExpectedLoss second = Loss("unlikely", 300'000, {0, 0});
  EXPECT_EQ(second, (ExpectedLoss{0, 60'000}));
  const Symmetry symmetry = MeasureSymmetry(
      static_cast<double>(first.a + second.a),
      static_cast<double>(first.b + second.b), Target{0.5, 0.1}, false);
  EXPECT_NEAR(*symmetry.share_of_a, 0.6154, 5e-5);
  EXPECT_NEAR(*symmetry.skew, 0.1154, 5e-5);
  EXPECT_EQ(symmetry.balance, Balance::kWatch);
}

// measures.md b.5.
TEST(ExposureTest, TheDefaultScaleIsTheOneOfTheDefinition) {
  EXPECT_EQ(Loss("rare", 100, {1, 0}).a, 5);
  EXPECT_EQ(Loss("unlikely", 100, {1, 0}).a, 20);
  EXPECT_EQ(Loss("possible", 100, {1, 0}).a, 40);
  EXPECT_EQ(Loss("likely", 100, {1, 0}).a, 65);
  EXPECT_EQ(Loss("almost_certain", 100, {1, 0}).a, 90);
}

TEST(ExposureTest, AWordThatTheScaleDoesNotHaveIsNoFigure) {
  const auto loss = MeasureExposure(DefaultScale(), "sometimes", 1, {1, 0});
  ASSERT_THAT(loss, testing::IsOk());
  EXPECT_FALSE(*loss);
}

TEST(ExposureTest, EachPartIsRoundedHalfToEvenOnce) {
  // 0.05 x 50 x 0.5 = 1.25, and 0.05 x 30 = 1.5.
  EXPECT_EQ(Loss("rare", 50, {5, 1}), (ExpectedLoss{1, 1}));
  EXPECT_EQ(Loss("rare", 30, {1, 0}), (ExpectedLoss{2, 0}));
}

}  // namespace
}  // namespace tallystick::record
