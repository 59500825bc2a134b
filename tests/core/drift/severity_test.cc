// SPDX-License-Identifier: Apache-2.0
// The examples of measures.md, c.8, and when alerts open and close.
#include "core/drift/severity.h"

#include "core/drift/hysteresis.h"
#include "core/expectation/coorient.h"
#include "gtest/gtest.h"

namespace tallystick::drift {
namespace {

TEST(SeverityTest, SeverityFollowsPoints) {
  EXPECT_EQ(SeverityOf(4), Severity::kInfo);
  EXPECT_EQ(SeverityOf(5), Severity::kWatch);
  EXPECT_EQ(SeverityOf(11), Severity::kWatch);
  EXPECT_EQ(SeverityOf(12), Severity::kWarning);
  EXPECT_EQ(SeverityOf(23), Severity::kWarning);
  EXPECT_EQ(SeverityOf(24), Severity::kCritical);
}

TEST(SeverityTest, C8CoorientationExamples) {
  const auto nominal = expectation::CoorientationSeverity(5, 1, 0, 3);
  EXPECT_EQ(nominal.points, 45);
  EXPECT_EQ(SeverityOf(nominal.points), Severity::kCritical);
  const auto case_1 = expectation::CoorientationSeverity(4, 0.5, 0.25, 3);
  EXPECT_EQ(case_1.points, 24);
  EXPECT_EQ(SeverityOf(case_1.points), Severity::kCritical);
}

TEST(SeverityTest, C8SymmetryExamples) {
  EXPECT_EQ(Rate(5, SkewBand(.14, .10), kAsymmetryFactor),
            (Rating{1, 10, Severity::kWatch}));
  EXPECT_EQ(Rate(5, SkewBand(.30, .10), kAsymmetryFactor),
            (Rating{2, 20, Severity::kWarning}));
  EXPECT_EQ(SkewBand(-.31, .10), 3);
  EXPECT_EQ(SkewBand(-.20, .10), 1);
}

TEST(SeverityTest, C8DriftExample) {
  EXPECT_EQ(Rate(4, DriftBand(6.0, 4), kPracticeFactor),
            (Rating{1, 8, Severity::kWatch}));
}

TEST(SeverityTest, TheBandsOfDriftIncludeTheirLimits) {
  EXPECT_EQ(DriftBand(0.5, 4), 1);
  EXPECT_EQ(DriftBand(6.001, 4), 2);
  EXPECT_EQ(DriftBand(8, 4), 2);
  EXPECT_EQ(DriftBand(8.001, 4), 3);
}

TEST(SeverityTest, WithNoToleranceAnyDriftIsInTheHighestBand) {
  EXPECT_EQ(DriftBand(0.1, 0), 3);
}

// measures.md b.3, c.8.
TEST(SeverityTest, AnOverclaimOnTheLimitOfAWarningIsInTheLowestBand) {
  const int band = OverclaimBand(0.60 + 0.65 - 1);
  EXPECT_EQ(Rate(kWeightDefault, band, kOverclaimFactor),
            (Rating{1, 3, Severity::kInfo}));
  EXPECT_EQ(OverclaimBand(-0.26), 2);
  EXPECT_EQ(OverclaimBand(0.38), 3);
}

TEST(SeverityTest, AWeightOutOfRangeCountsAsTheNearest) {
  EXPECT_EQ(Rate(0, 1, 1).points, 1);
  EXPECT_EQ(Rate(99, 1, 1).points, 5);
}

TEST(HysteresisTest, AMatterOfDistanceClosesInALaterExchangeOnly) {
  EXPECT_EQ(DistanceCondition(0.3, 0.2, true), Condition::kOn);
  EXPECT_EQ(DistanceCondition(0.2, 0.2, false), Condition::kHold);
  EXPECT_EQ(DistanceCondition(0.2, 0.2, true), Condition::kOff);
}

TEST(HysteresisTest, ASkewClosesAtEightTenthsOfTheBand) {
  EXPECT_EQ(SkewCondition(0.1001, 0.1), Condition::kOn);
  EXPECT_EQ(SkewCondition(-0.1001, 0.1), Condition::kOn);
  EXPECT_EQ(SkewCondition(0.1, 0.1), Condition::kHold);
  EXPECT_EQ(SkewCondition(-0.09, 0.1), Condition::kHold);
  EXPECT_EQ(SkewCondition(0.08, 0.1), Condition::kOff);
  EXPECT_EQ(SkewCondition(-0.08, 0.1), Condition::kOff);
}

}  // namespace
}  // namespace tallystick::drift
