// SPDX-License-Identifier: Apache-2.0
#include "core/drift/monitor.h"

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/core/drift/builders.h"
#include "tests/status_matchers.h"

namespace tallystick::drift {
namespace {

using ::tallystick::testing::IsOk;
using ::tallystick::testing::StatusIs;
using ::testing::SizeIs;

TEST(MonitorTest, IrregularGapsMoveTheAverageAndNotTheSum) {
  Measure measure = Standard();
  measure.irregular = true;
  Monitor monitor = *Monitor::Create(measure);
  for (const auto& [day, value] : {std::pair{0, "0.5"}, {21, "1"}, {35, "2"}}) {
    monitor.Add(ReadingOn(DayAfter(day), value));
  }
  const std::vector<ChartRow> rows = monitor.Rows();
  EXPECT_NEAR(rows[1].ewma, 0.5392, 5e-5);
  EXPECT_NEAR(rows[2].ewma, 1.0651, 5e-5);
  EXPECT_NEAR(rows[2].ewma_limit, 1.4250, 5e-5);
  EXPECT_NEAR(rows[2].sums[0], 2, 1e-12);
}

TEST(MonitorTest, ANewBaselineStartsAfresh) {
  Monitor monitor = MonitorOf(Standard(), Repeat("2", 10));
  ASSERT_EQ(monitor.practice().state, PracticeState::kDrifting);
  Measure next = Standard();
  next.agreed = 2;
  next.since = DayAfter(7 * 8);
  ASSERT_THAT(monitor.SetMeasure(next), IsOk());
  EXPECT_EQ(monitor.practice().n, 2);
  EXPECT_EQ(monitor.practice().state, PracticeState::kQuiet);
  EXPECT_THAT(monitor.Rows(), SizeIs(2));
  // What happened before that day belongs to the baseline before.
  monitor.Add(ReadingOn(DayAfter(3), "99"));
  EXPECT_EQ(monitor.practice().n, 2);
}

TEST(MonitorTest, ARefusedBaselineChangesNothing) {
  Monitor monitor = MonitorOf(Standard(), Repeat("2", 10));
  const Practice before = monitor.practice();
  Measure bad = Standard();
  bad.sigma = 0;
  EXPECT_THAT(monitor.SetMeasure(bad),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(monitor.practice(), before);
}

TEST(MonitorTest, TheTrendSaysHowFastAndWhichWay) {
  Measure measure = Standard();
  const auto rising =
      MonitorOf(measure, {"0", "0.7", "1.4", "2.1", "2.8", "3.5", "4.2", "4.9"})
          .FindTrend();
  ASSERT_TRUE(rising);
  EXPECT_NEAR(rising->per_month, 3, 1e-9);
  EXPECT_TRUE(rising->is_bad);
  EXPECT_FALSE(rising->trend.note_only());
  measure.good = Good::kHigher;
  EXPECT_FALSE(
      MonitorOf(measure, {"0", "1", "2", "3", "4"}).FindTrend()->is_bad);
  EXPECT_EQ(MonitorOf(measure, {"0"}).FindTrend(), std::nullopt);
}

// Everything that can be asked of a monitor, from the start.
void ExpectTheSame(const Monitor& a, const Monitor& b) {
  EXPECT_EQ(a.practice(), b.practice());
  EXPECT_EQ(a.Rows(), b.Rows());
}

TEST(MonitorTest, AnyOrderOfArrivalGivesTheSameToTheLastBit) {
  std::mt19937 random(7);
  std::vector<Measure> measures = {Standard(), WithoutSigma(), WithoutFigure()};
  measures.push_back(Standard());
  measures.back().good = Good::kTwoSided;
  measures.back().irregular = true;
  for (int run = 0; run < 200; ++run) {
    const Measure& measure = measures[random() % measures.size()];
    std::vector<Reading> readings;
    const int n = static_cast<int>(random() % 40);
    for (int i = 0; i < n; ++i) {
      const int tenths = static_cast<int>(random() % 60) - 20;
      readings.push_back({DayAfter(static_cast<int>(random() % 60)),
                          random() % 3 == 0 ? v1::PARTY_B : v1::PARTY_A,
                          static_cast<uint64_t>(i),
                          expectation::MakeDecimal(tenths, 1)});
    }
    std::vector<Reading> by_day = readings;
    std::stable_sort(
        by_day.begin(), by_day.end(),
        [](const Reading& a, const Reading& b) { return a.on < b.on; });
    Monitor ordered = *Monitor::Create(measure);
    for (const Reading& reading : by_day) ordered.Add(reading);
    Monitor shuffled = *Monitor::Create(measure);
    std::shuffle(readings.begin(), readings.end(), random);
    // Some come, go, and come again.
    for (const Reading& reading : readings) {
      shuffled.Add(reading);
      if (random() % 4 == 0) {
        shuffled.Remove(reading);
        shuffled.Add(reading);
      }
    }
    ExpectTheSame(ordered, shuffled);
    // And the state that was kept is the state from the start.
    Monitor again = *Monitor::Create(measure);
    for (const Reading& reading : shuffled.series().readings()) {
      again.Add(reading);
    }
    ExpectTheSame(again, shuffled);
  }
}

TEST(MonitorTest, ANewestReadingCostsOnePointHoweverManySeriesThereAre) {
  std::vector<Monitor> monitors(1000, MonitorOf(Standard(), Repeat("0", 300)));
  int64_t before = 0;
  for (const Monitor& monitor : monitors) before += monitor.points_computed();
  // Both parties report the newest day.
  monitors[500].Add(ReadingOn(DayAfter(2100), "1", v1::PARTY_A));
  monitors[500].Add(ReadingOn(DayAfter(2100), "1.5", v1::PARTY_B));
  int64_t after = 0;
  for (const Monitor& monitor : monitors) after += monitor.points_computed();
  EXPECT_EQ(after - before, 2);
}

TEST(MonitorTest, AnEarlierReadingComputesItsOwnSeriesAgain) {
  Monitor monitor = MonitorOf(Standard(), Repeat("0", 300));
  const int64_t before = monitor.points_computed();
  monitor.Add(ReadingOn(DayAfter(3), "1"));
  EXPECT_EQ(monitor.points_computed() - before, 301);
}

}  // namespace
}  // namespace tallystick::drift
