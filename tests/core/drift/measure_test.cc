// SPDX-License-Identifier: Apache-2.0
#include "core/drift/measure.h"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/core/drift/builders.h"
#include "tests/status_matchers.h"

namespace tallystick::drift {
namespace {

using ::tallystick::testing::IsOk;
using ::tallystick::testing::StatusIs;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Every source of a spread that there is.
Measure WithAllSources() {
  Measure measure = Standard();
  measure.agreed = 50;
  measure.sigma = 1;
  measure.sigma_default = 2;
  measure.topic_tolerance = 0.2;
  return measure;
}

MovingRange RangesOf(const std::vector<double>& values) {
  MovingRange ranges;
  for (const double x : values) ranges.Add(x);
  return ranges;
}

const std::vector<double> kTwelve = {1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2};

TEST(MeasureTest, C2TheSpreadComesFromTheFirstSourceThereIs) {
  const MovingRange ranges = RangesOf(kTwelve);
  Measure measure = WithAllSources();
  Reference reference = Resolve(measure, ranges);
  EXPECT_EQ(reference.sigma, 1);
  EXPECT_EQ(reference.sigma_source, SigmaSource::kAgreed);

  measure.sigma.reset();
  reference = Resolve(measure, ranges);
  EXPECT_EQ(reference.sigma, 2);
  EXPECT_EQ(reference.sigma_source, SigmaSource::kDefault);

  measure.sigma_default.reset();
  reference = Resolve(measure, ranges);
  EXPECT_EQ(reference.sigma, 0.2 * 50 / 2);
  EXPECT_EQ(reference.sigma_source, SigmaSource::kTolerance);

  measure.topic_tolerance.reset();
  reference = Resolve(measure, ranges);
  EXPECT_NEAR(*reference.sigma, 1 / 1.128, 1e-12);
  EXPECT_EQ(reference.sigma_source, SigmaSource::kEstimated);
}

TEST(MeasureTest, BelowTwelvePointsNothingIsEstimated) {
  Measure measure = Standard();
  measure.sigma.reset();
  const Reference reference =
      Resolve(measure, RangesOf({1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1}));
  EXPECT_EQ(reference.sigma, std::nullopt);
  EXPECT_EQ(reference.sigma_source, SigmaSource::kNone);
  EXPECT_EQ(reference.tolerance, std::nullopt);
}

TEST(MeasureTest, AToleranceOfNothingGivesNoSpread) {
  Measure measure = WithAllSources();
  measure.sigma.reset();
  measure.sigma_default.reset();
  measure.topic_tolerance = 0;
  EXPECT_EQ(Resolve(measure, {}).sigma, std::nullopt);
  measure.topic_tolerance = 0.2;
  measure.agreed = 0;
  EXPECT_EQ(Resolve(measure, {}).sigma, std::nullopt);
}

TEST(MeasureTest, AnEstimateIsNeverBelowTheLeast) {
  Measure measure = Standard();
  measure.sigma.reset();
  measure.sigma_min = 0.25;
  EXPECT_EQ(Resolve(measure, RangesOf(std::vector<double>(12, 7.0))).sigma,
            0.25);
}

TEST(MeasureTest, C2TheToleranceIsTwoSigmaUnlessAgreed) {
  Measure measure = Standard();
  EXPECT_EQ(Resolve(measure, {}).tolerance, 2);
  measure.tolerance = 0.5;
  EXPECT_EQ(Resolve(measure, {}).tolerance, 0.5);
}

TEST(MeasureTest, TheLimitFollowsTheIntervalUnlessAgreed) {
  EXPECT_EQ(DefaultH(1), 5);
  EXPECT_EQ(DefaultH(7), 5);
  EXPECT_EQ(DefaultH(28), 4);
  EXPECT_EQ(DefaultH(30), 4);
  EXPECT_EQ(DefaultH(91), 4);
  Measure measure = Standard();
  measure.h.reset();
  EXPECT_EQ(Resolve(measure, {}).h, 5);
  measure.h = 3.5;
  EXPECT_EQ(Resolve(measure, {}).h, 3.5);
}

TEST(MeasureTest, WithManyChartsALargerLimitIsAdvised) {
  EXPECT_FALSE(AdviseLargerH(8, 4));
  EXPECT_TRUE(AdviseLargerH(9, 4));
  EXPECT_FALSE(AdviseLargerH(9, 5));
}

TEST(MeasureTest, WhatCannotBeIsNamed) {
  EXPECT_THAT(CheckMeasure(WithAllSources()), IsOk());
  struct Case {
    void (*spoil)(Measure&, double);
    const char* name;
    std::vector<double> bad;
  };
  const Case kCases[] = {
      {[](Measure& m, double x) { m.agreed = x; },
       "the agreed figure",
       {NAN, kInfinity, -1e16}},
      {[](Measure& m, double x) { m.sigma = x; },
       "sigma",
       {0, -1, NAN, kInfinity, 1e-12}},
      {[](Measure& m, double x) { m.sigma_default = x; }, "sigma", {0, NAN}},
      {[](Measure& m, double x) { m.sigma_min = x; }, "sigma", {0, -1}},
      {[](Measure& m, double x) { m.topic_tolerance = x; },
       "tolerance of the topic",
       {-0.1, NAN}},
      {[](Measure& m, double x) { m.tolerance = x; }, "tolerance", {0, NAN}},
      {[](Measure& m, double x) { m.interval_days = x; }, "interval", {0, NAN}},
      {[](Measure& m, double x) { m.h = x; }, "h is", {0, -4, NAN}},
      {[](Measure& m, double x) { m.k = x; }, "k is", {-0.5, NAN}},
      {[](Measure& m, double x) { m.ewma.lambda = x; },
       "lambda",
       {0, 1.01, NAN}},
      {[](Measure& m, double x) { m.ewma.width = x; }, "L is", {0, kInfinity}},
  };
  for (const Case& c : kCases) {
    for (const double x : c.bad) {
      Measure measure = WithAllSources();
      c.spoil(measure, x);
      EXPECT_THAT(CheckMeasure(measure),
                  StatusIs(absl::StatusCode::kInvalidArgument,
                           AllOf(HasSubstr("test_measure"), HasSubstr(c.name))))
          << x;
      EXPECT_FALSE(Monitor::Create(measure).ok());
    }
  }
}

TEST(MeasureTest, WhichSideIsBadFollowsWhatIsGood) {
  EXPECT_TRUE(IsBad(Good::kLower, Side::kUp));
  EXPECT_FALSE(IsBad(Good::kLower, Side::kDown));
  EXPECT_FALSE(IsBad(Good::kHigher, Side::kUp));
  EXPECT_TRUE(IsBad(Good::kHigher, Side::kDown));
  EXPECT_TRUE(IsBad(Good::kTwoSided, Side::kUp));
  EXPECT_TRUE(IsBad(Good::kTwoSided, Side::kDown));
}

}  // namespace
}  // namespace tallystick::drift
