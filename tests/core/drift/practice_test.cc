// SPDX-License-Identifier: Apache-2.0
// How a series is judged: the methods of measures.md, c.7, and when drift opens
// and closes (c.8).
#include <cmath>
#include <string>
#include <vector>

#include "core/drift/monitor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/core/drift/builders.h"

namespace tallystick::drift {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using Values = std::vector<std::string>;

TEST(PracticeTest, WithoutReadingsItSaysSo) {
  const Practice practice = MonitorOf(Standard(), {}).practice();
  EXPECT_EQ(practice.state, PracticeState::kNoReadings);
  EXPECT_EQ(practice.method, Method::kNone);
  EXPECT_EQ(practice.n, 0);
  EXPECT_EQ(practice.statistic, std::nullopt);
}

TEST(PracticeTest, OnePointIsJudgedByToleranceOnly) {
  const Practice practice = MonitorOf(Standard(), {"9"}).practice();
  EXPECT_EQ(practice.state, PracticeState::kQuiet);
  EXPECT_EQ(practice.method, Method::kRuleOfTwo);
  EXPECT_EQ(practice.statistic, std::nullopt);
}

TEST(PracticeTest, C7TwoOfTheLastThreeOutOfToleranceAreAWatch) {
  const Practice practice =
      MonitorOf(Standard(), {"2.1", "0", "2.1"}).practice();
  EXPECT_EQ(practice.state, PracticeState::kOutOfTolerance);
  ASSERT_THAT(practice.open, SizeIs(1));
  EXPECT_EQ(practice.open[0].side, Side::kUp);
  EXPECT_EQ(practice.open[0].found_by, Method::kRuleOfTwo);
  EXPECT_EQ(practice.open[0].signal_at, 3);
  EXPECT_EQ(practice.open[0].rating.severity, Severity::kWatch);
  EXPECT_EQ(practice.open[0].rating.points, 8);
  EXPECT_EQ(practice.open[0].ratio, std::nullopt);
}

TEST(PracticeTest, OnTheToleranceIsWithinIt) {
  EXPECT_THAT(MonitorOf(Standard(), {"2", "2", "2"}).practice().open,
              IsEmpty());
}

TEST(PracticeTest, OutOfToleranceOnTheGoodSideIsNoWatch) {
  EXPECT_THAT(MonitorOf(Standard(), {"-9", "-9", "-9"}).practice().open,
              IsEmpty());
}

TEST(PracticeTest, TwoOutOfFourWithTwoBetweenAreNoWatch) {
  EXPECT_THAT(MonitorOf(Standard(), {"3", "0", "0", "3"}).practice().open,
              IsEmpty());
}

TEST(PracticeTest, AWatchIsAWatchWhateverTheWeight) {
  Measure measure = Standard();
  measure.weight = 1;
  const Practice practice = MonitorOf(measure, {"3", "3"}).practice();
  ASSERT_THAT(practice.open, SizeIs(1));
  EXPECT_EQ(practice.open[0].rating.severity, Severity::kWatch);
}

TEST(PracticeTest, AnAgreedToleranceReplacesTwoSigma) {
  Measure measure = Standard();
  measure.tolerance = 0.5;
  EXPECT_THAT(MonitorOf(measure, {"0.6", "0.6"}).practice().open, SizeIs(1));
  measure.tolerance = 5;
  EXPECT_THAT(MonitorOf(measure, {"4", "4"}).practice().open, IsEmpty());
}

TEST(PracticeTest, TheWatchOfTheBeginningLastsUntilPracticeHasSettled) {
  // The sum stays below its limit: only the rule of two saw it.
  const Values start = {"2.1", "2.1", "0", "0"};
  EXPECT_EQ(MonitorOf(Standard(), start).practice().state,
            PracticeState::kOutOfTolerance);
  const Monitor five = MonitorOf(Standard(), start + Values{"0.5"});
  EXPECT_EQ(five.practice().method, Method::kCusum);
  EXPECT_EQ(five.practice().state, PracticeState::kOutOfTolerance);
  EXPECT_EQ(MonitorOf(Standard(), start + Repeat("0", 3)).practice().state,
            PracticeState::kQuiet);
}

TEST(PracticeTest, ClosingTheWatchOfTheBeginningLeavesTheSumsAlone) {
  const Monitor monitor =
      MonitorOf(Standard(), Values{"2.1", "2.1", "0", "0", "0", "0"});
  EXPECT_THAT(monitor.practice().open, IsEmpty());
  EXPECT_NEAR(*monitor.practice().statistic, 3.2 - 4 * 0.5, 1e-12);
}

TEST(PracticeTest, FromFivePointsOnTheSumDetects) {
  // The sum was above h from the first point on; below five it does not speak.
  EXPECT_THAT(MonitorOf(Standard(), {"6", "0", "0", "0"}).practice().open,
              IsEmpty());
  const Practice practice =
      MonitorOf(Standard(), {"6", "0", "0", "2", "2"}).practice();
  EXPECT_EQ(practice.state, PracticeState::kDrifting);
  ASSERT_THAT(practice.open, SizeIs(1));
  EXPECT_EQ(practice.open[0].found_by, Method::kCusum);
  EXPECT_EQ(practice.open[0].signal_at, 1);
  EXPECT_EQ(practice.open[0].signal_on, DayAfter(0));
  EXPECT_EQ(practice.open[0].onset_at, 1);
  EXPECT_NEAR(*practice.open[0].statistic, 5.5 - 1 + 3, 1e-12);
  EXPECT_NEAR(*practice.open[0].ratio, 7.5 / 4, 1e-12);
  EXPECT_EQ(practice.open[0].rating, (Rating{2, 16, Severity::kWarning}));
}

TEST(PracticeTest, TheRatioGrowsWhileNobodyAnswers) {
  Severity severity = Severity::kInfo;
  for (size_t n = 6; n <= 12; n += 3) {
    const Practice practice =
        MonitorOf(Standard(), Repeat("0", 2) + Repeat("1.5", n - 1)).practice();
    ASSERT_THAT(practice.open, SizeIs(1));
    EXPECT_GT(practice.open[0].rating.severity, severity);
    severity = practice.open[0].rating.severity;
  }
  EXPECT_EQ(severity, Severity::kCritical);
}

TEST(PracticeTest, TheGoodSideGivesANote) {
  const Practice practice = MonitorOf(Standard(), Repeat("-2", 8)).practice();
  EXPECT_EQ(practice.state, PracticeState::kQuiet);
  EXPECT_THAT(practice.open, IsEmpty());
  EXPECT_TRUE(practice.better_than_agreed);
  EXPECT_EQ(practice.statistic, 0);
}

TEST(PracticeTest, OnATwoSidedMeasureBothSidesAreBad) {
  Measure measure = Standard();
  measure.good = Good::kTwoSided;
  const Practice practice = MonitorOf(measure, Repeat("-2", 8)).practice();
  ASSERT_THAT(practice.open, SizeIs(1));
  EXPECT_EQ(practice.open[0].side, Side::kDown);
  EXPECT_EQ(practice.statistic, 12);
  EXPECT_FALSE(practice.better_than_agreed);
}

TEST(PracticeTest, C8DriftClosesWhenTheAverageHasSettledAndBothSumsRestart) {
  // As in the example: from an average of about 1.92 it takes seven points.
  const Values drifting = Repeat("0", 5) + Repeat("2", 15);
  const Monitor six = MonitorOf(Standard(), drifting + Repeat("0", 6));
  EXPECT_EQ(six.practice().state, PracticeState::kDrifting);
  EXPECT_GT(*six.practice().statistic, 4);
  const Monitor seven = MonitorOf(Standard(), drifting + Repeat("0", 7));
  EXPECT_EQ(seven.practice().state, PracticeState::kQuiet);
  EXPECT_EQ(seven.practice().statistic, 0);
  EXPECT_TRUE(six.practice().ewma_signal_at);
  EXPECT_FALSE(seven.practice().ewma_signal_at);
  EXPECT_GT(*seven.practice().highest, 20);
  const std::vector<ChartRow> rows = seven.Rows();
  EXPECT_TRUE(rows.back().closed);
  EXPECT_GT(rows.back().sums[0], 4);
}

TEST(PracticeTest, ItDoesNotCloseWhileOneOfTheLastThreeIsOut) {
  // Alternating keeps the average low, but never three in a row within.
  const Values swinging = {"-3", "2.1", "-3", "2.1", "-3", "2.1"};
  const Monitor monitor =
      MonitorOf(Standard(), Repeat("0", 5) + Repeat("3", 3) + swinging);
  const std::vector<ChartRow> rows = monitor.Rows();
  EXPECT_LT(rows.back().ewma, rows.back().ewma_limit / 2);
  EXPECT_EQ(monitor.practice().state, PracticeState::kDrifting);
}

TEST(PracticeTest, AfterClosingANewDriftHasItsOwnOnset) {
  const Monitor monitor =
      MonitorOf(Standard(), Repeat("2", 6) + Repeat("0", 10) + Repeat("2", 4));
  const Practice practice = monitor.practice();
  ASSERT_THAT(practice.open, SizeIs(1));
  EXPECT_EQ(practice.open[0].onset_at, 17);
  EXPECT_EQ(practice.open[0].signal_at, 19);
}

TEST(PracticeTest, TheCloseRuleGoesByItsOwnAverage) {
  // A slow average is drawn; the rule still uses lambda 0.2.
  Measure slow = Standard();
  slow.ewma = {0.01, 2.814};
  const Values values = Repeat("2", 15) + Repeat("0", 7);
  EXPECT_EQ(MonitorOf(slow, values).practice().state,
            MonitorOf(Standard(), values).practice().state);
  EXPECT_EQ(MonitorOf(slow, values).practice().state, PracticeState::kQuiet);
}

TEST(PracticeTest, ATwoSidedDriftClosesWhenBothSidesAreQuiet) {
  Measure measure = Standard();
  measure.good = Good::kTwoSided;
  const Monitor turned = MonitorOf(measure, Repeat("3", 8) + Repeat("-3", 20));
  EXPECT_THAT(turned.practice().open, SizeIs(2));
  const Monitor quiet =
      MonitorOf(measure, Repeat("3", 8) + Repeat("-3", 20) + Repeat("0", 10));
  EXPECT_THAT(quiet.practice().open, IsEmpty());
}

TEST(PracticeTest, WithoutSpreadItGoesByItsOwnPastFromFivePointsOn) {
  const Values values = {"10", "11",   "9",  "10", "10.5",
                         "13", "13.5", "14", "13"};
  Measure measure = WithoutFigure();
  const Monitor four = MonitorOf(measure, {values.begin(), values.begin() + 4});
  EXPECT_EQ(four.practice().state, PracticeState::kTooFew);
  EXPECT_EQ(four.practice().method, Method::kNone);
  const Practice practice = MonitorOf(measure, values).practice();
  EXPECT_EQ(practice.method, Method::kSelfStarting);
  ASSERT_THAT(practice.open, SizeIs(1));
  EXPECT_EQ(practice.open[0].found_by, Method::kSelfStarting);
  EXPECT_EQ(practice.open[0].signal_at, 9);
  EXPECT_EQ(practice.open[0].onset_at, 6);
  EXPECT_NEAR(*practice.statistic, 4.1407, 5e-5);
}

TEST(PracticeTest, WithoutSpreadTheFirstFiveAreHeldAgainstFigureAndTolerance) {
  Measure measure = WithoutSigma();
  measure.tolerance = 2;
  // Off from the start and steady: the chart alone would be content.
  const Values off = {"5", "5.1", "4.9", "5", "5.1", "5", "4.9"};
  const Practice practice = MonitorOf(measure, off).practice();
  EXPECT_EQ(practice.method, Method::kSelfStarting);
  EXPECT_EQ(practice.state, PracticeState::kOutOfTolerance);
  // Until it has come to where it was agreed to be.
  EXPECT_EQ(MonitorOf(measure, off + Values{"1", "1", "1"}).practice().state,
            PracticeState::kQuiet);
  // What is off only later the chart must see.
  EXPECT_EQ(MonitorOf(measure, {"0", "0.1", "0", "0.1", "5", "5"})
                .practice()
                .open[0]
                .found_by,
            Method::kSelfStarting);
}

TEST(PracticeTest, ThatWatchClosesByTheFigureAndNotByThePast) {
  Measure measure = WithoutSigma();
  measure.tolerance = 2;
  // Within tolerance for three readings, though high for its own past.
  const Monitor monitor = MonitorOf(measure, {"-1", "0", "2.1", "0", "2.1", "0",
                                              "2.1", "2.1", "2", "2", "2"});
  const ChartRow row = monitor.Rows().back();
  EXPECT_GT(row.ewma, row.ewma_limit / 2);
  EXPECT_EQ(monitor.practice().state, PracticeState::kQuiet);
}

TEST(PracticeTest, TheRuleOfTwoSeesTheFifthPointOnlyWithoutSpread) {
  Measure measure = WithoutSigma();
  measure.tolerance = 2;
  const Practice without =
      MonitorOf(measure, {"0", "0.1", "0", "3", "3"}).practice();
  EXPECT_EQ(without.method, Method::kSelfStarting);
  EXPECT_EQ(without.state, PracticeState::kOutOfTolerance);
  ASSERT_THAT(without.open, SizeIs(1));
  EXPECT_EQ(without.open[0].signal_at, 5);
  EXPECT_EQ(
      MonitorOf(Standard(), {"0", "0", "0", "2.1", "2.1"}).practice().state,
      PracticeState::kQuiet);
}

TEST(PracticeTest, FromTwelvePointsOnTheSpreadIsEstimated) {
  const Values eleven = {"1", "-1", "1", "-1", "1", "-1",
                         "1", "-1", "1", "-1", "1"};
  EXPECT_EQ(MonitorOf(WithoutSigma(), eleven).practice().method,
            Method::kSelfStarting);
  const Practice twelve =
      MonitorOf(WithoutSigma(), eleven + Values{"-1"}).practice();
  EXPECT_EQ(twelve.method, Method::kCusum);
  EXPECT_EQ(twelve.reference.sigma_source, SigmaSource::kEstimated);
  EXPECT_NEAR(*twelve.reference.sigma, 2 / 1.128, 1e-12);
  // All ranges count, the newest too.
  const Practice thirteen =
      MonitorOf(WithoutSigma(), eleven + Values{"-1", "3"}).practice();
  EXPECT_NEAR(*thirteen.reference.sigma, (11 * 2 + 4) / 12.0 / 1.128, 1e-12);
}

TEST(PracticeTest, AConstantSeriesIsQuietByEveryMethod) {
  for (const Measure& measure : {Standard(), WithoutSigma(), WithoutFigure()}) {
    for (const size_t n : {1, 2, 5, 12, 30}) {
      const Monitor monitor = MonitorOf(measure, Repeat("0", n));
      EXPECT_THAT(monitor.practice().open, IsEmpty());
      for (const ChartRow& row : monitor.Rows()) {
        EXPECT_TRUE(std::isfinite(row.ewma) && std::isfinite(row.sums[0]));
      }
    }
  }
}

TEST(PracticeTest, WithoutAScoreThereIsNoAverage) {
  const Practice practice =
      MonitorOf(WithoutFigure(), Repeat("7", 6)).practice();
  EXPECT_EQ(practice.method, Method::kSelfStarting);
  EXPECT_EQ(practice.statistic, 0);
  EXPECT_EQ(practice.ewma, std::nullopt);
}

TEST(PracticeTest, TheLargestNumbersStayFinite) {
  Measure measure = WithoutSigma();
  measure.agreed = -1e15;
  const Monitor monitor = MonitorOf(measure, Repeat("999999999999999", 40));
  const Practice practice = monitor.practice();
  EXPECT_EQ(practice.state, PracticeState::kDrifting);
  EXPECT_TRUE(std::isfinite(*practice.open[0].ratio));
  EXPECT_TRUE(std::isfinite(*practice.ewma));
}

}  // namespace
}  // namespace tallystick::drift
