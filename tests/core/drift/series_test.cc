// SPDX-License-Identifier: Apache-2.0
#include "core/drift/series.h"

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
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using Kind = Series::Change::Kind;

std::vector<double> Values(const Series& series) {
  std::vector<double> values;
  for (const Point& point : series.points()) values.push_back(point.value);
  return values;
}

TEST(SeriesTest, PointsAreInTheOrderOfDays) {
  Series series;
  series.Add(ReadingOn(DayAfter(14), "3"));
  series.Add(ReadingOn(DayAfter(0), "1"));
  const Series::Change change = series.Add(ReadingOn(DayAfter(7), "2"));
  EXPECT_THAT(Values(series), ElementsAre(1, 2, 3));
  EXPECT_EQ(change.kind, Kind::kNewDay);
  EXPECT_EQ(change.index, 1u);
}

TEST(SeriesTest, TheReportersLaterFigureForADayReplacesTheEarlier) {
  Series series;
  series.Add(ReadingOn(DayAfter(0), "1", v1::PARTY_A, 5));
  EXPECT_EQ(series.Add(ReadingOn(DayAfter(0), "2", v1::PARTY_A, 9)).kind,
            Kind::kSameDay);
  EXPECT_THAT(Values(series), ElementsAre(2));
  // However they arrive.
  EXPECT_EQ(series.Add(ReadingOn(DayAfter(0), "3", v1::PARTY_A, 7)).kind,
            Kind::kNone);
  EXPECT_THAT(Values(series), ElementsAre(2));
}

TEST(SeriesTest, TakingBackTheLaterFigureBringsBackTheEarlier) {
  Series series;
  series.Add(ReadingOn(DayAfter(0), "1", v1::PARTY_A, 5));
  const Reading later = ReadingOn(DayAfter(0), "2", v1::PARTY_A, 9);
  series.Add(later);
  series.Remove(later);
  EXPECT_THAT(Values(series), ElementsAre(1));
}

TEST(SeriesTest, TakingBackTheOnlyFigureTakesTheDay) {
  Series series;
  const Reading reading = ReadingOn(DayAfter(0), "1");
  series.Add(reading);
  EXPECT_EQ(series.Remove(reading).kind, Kind::kDayGone);
  EXPECT_THAT(series.points(), SizeIs(0));
  EXPECT_EQ(series.Remove(reading).kind, Kind::kNone);
}

TEST(SeriesTest, DifferentReportsAreFlaggedAndTheirMeanIsCharted) {
  Series series;
  series.Add(ReadingOn(DayAfter(0), "5.1", v1::PARTY_A));
  EXPECT_EQ(series.differing_days(), 0);
  series.Add(ReadingOn(DayAfter(0), "6.4", v1::PARTY_B));
  EXPECT_TRUE(series.points()[0].reports_differ());
  EXPECT_EQ(series.differing_days(), 1);
  EXPECT_NEAR(series.points()[0].value, 5.75, 1e-12);
  // Until one of them corrects it.
  series.Add(ReadingOn(DayAfter(0), "5.1", v1::PARTY_B, 2));
  EXPECT_EQ(series.differing_days(), 0);
  EXPECT_THAT(Values(series), ElementsAre(5.1));
}

TEST(SeriesTest, TheAgreedReportersFigureIsCharted) {
  Series series(v1::PARTY_B);
  series.Add(ReadingOn(DayAfter(0), "1", v1::PARTY_A));
  series.Add(ReadingOn(DayAfter(7), "2", v1::PARTY_A));
  series.Add(ReadingOn(DayAfter(7), "3", v1::PARTY_B));
  EXPECT_THAT(Values(series), ElementsAre(1, 3));
  EXPECT_EQ(series.differing_days(), 1);
}

TEST(SeriesTest, OneAndTheSameFigureFromBothIsOnePoint) {
  Series series;
  series.Add(ReadingOn(DayAfter(0), "0.1", v1::PARTY_A));
  series.Add(ReadingOn(DayAfter(0), "0.1", v1::PARTY_B));
  EXPECT_THAT(Values(series), ElementsAre(0.1));
  EXPECT_FALSE(series.points()[0].reports_differ());
}

absl::Status Check(const Reading& reading) {
  return CheckReading("lead_time", reading, Day("2025-02-01"));
}

TEST(ReadingTest, ThatOfTodayIsFine) {
  EXPECT_THAT(Check(ReadingOn(Day("2025-02-01"), "-5.25")), IsOk());
}

TEST(ReadingTest, EachBoundIsCheckedAndNamed) {
  const auto refused = [](const std::string& why) {
    return StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(why));
  };
  EXPECT_THAT(Check(ReadingOn(Day("2025-02-02"), "1")),
              refused("2025-02-02 is in the future"));
  EXPECT_THAT(Check(ReadingOn({2025, 2, 30}, "1")),
              refused("not in the calendar"));
  EXPECT_THAT(Check(ReadingOn(Day("2025-01-01"), "1", v1::PARTY_UNSPECIFIED)),
              refused("nobody reports"));
  Reading huge = ReadingOn(Day("2025-01-01"), "1");
  huge.value.unscaled = expectation::kUnscaledMax + 1;
  EXPECT_THAT(Check(huge), refused("too large"));
}

}  // namespace
}  // namespace tallystick::drift
