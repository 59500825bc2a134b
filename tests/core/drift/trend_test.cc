// SPDX-License-Identifier: Apache-2.0
#include "core/drift/trend.h"

#include <optional>
#include <vector>

#include "gtest/gtest.h"

namespace tallystick::drift {
namespace {

// Values at t = 1, 2, 3, ...
std::optional<Trend> Fit(const std::vector<double>& values) {
  std::vector<TrendPoint> points;
  points.reserve(values.size());
  for (const double x : values) {
    points.push_back({static_cast<double>(points.size() + 1), x});
  }
  return FitTrend(points);
}

TEST(TrendTest, C7TheWorkedSeries) {
  const auto trend = FitTrend({{0, 95}, {7, 94}, {15, 92}, {30, 90}, {44, 85}});
  ASSERT_TRUE(trend);
  EXPECT_NEAR(trend->slope, -0.2136, 5e-5);
  EXPECT_EQ(trend->s, -10);
  EXPECT_NEAR(trend->variance, 16.6667, 5e-5);
  EXPECT_NEAR(trend->z, -2.2045, 5e-5);
  EXPECT_TRUE(trend->significant());
  EXPECT_TRUE(trend->note_only());
}

TEST(TrendTest, TiesLessenTheVariance) {
  // 4 x 3 x 13 = 156, less two pairs of 2 x 1 x 9 each, over 18.
  const auto trend = Fit({1, 1, 2, 2});
  ASSERT_TRUE(trend);
  EXPECT_EQ(trend->s, 4);
  EXPECT_NEAR(trend->variance, (156 - 36) / 18.0, 1e-12);
  EXPECT_NEAR(trend->z, 3 / 2.581988897, 1e-8);
}

TEST(TrendTest, NothingButTiesIsNoTrend) {
  const auto trend = Fit({3, 3, 3, 3, 3});
  ASSERT_TRUE(trend);
  EXPECT_EQ(trend->slope, 0);
  EXPECT_EQ(trend->s, 0);
  EXPECT_EQ(trend->z, 0);
  EXPECT_FALSE(trend->significant());
}

TEST(TrendTest, AnEvenNumberOfSlopesTakesTheMiddle) {
  // Slopes 1, 3 and 5.
  EXPECT_EQ(FitTrend({{0, 0}, {1, 1}, {2, 6}})->slope, 3);
  // Slopes 1, 3, 5, 4, 5.5 and 6.
  EXPECT_EQ(FitTrend({{0, 0}, {1, 1}, {2, 6}, {3, 12}})->slope, 4.5);
}

TEST(TrendTest, PairsAtOneTimeHaveNoSlope) {
  const auto trend = FitTrend({{1, 5}, {1, 9}, {2, 7}});
  ASSERT_TRUE(trend);
  // 2 and -2.
  EXPECT_EQ(trend->slope, 0);
}

TEST(TrendTest, ItTakesTwoTimes) {
  EXPECT_FALSE(FitTrend({}));
  EXPECT_FALSE(FitTrend({{1, 5}}));
  EXPECT_FALSE(FitTrend({{1, 5}, {1, 6}}));
}

TEST(TrendTest, FromEightPointsOnItIsMoreThanANote) {
  EXPECT_TRUE(Fit({1, 2, 3, 4, 5, 6, 7})->note_only());
  EXPECT_FALSE(Fit({1, 2, 3, 4, 5, 6, 7, 8})->note_only());
}

TEST(TrendTest, OfALongSeriesTheNewestPointsCount) {
  std::vector<double> values(500, 100.0);
  for (size_t i = 0; i < kTrendPointsMax; ++i) {
    values.push_back(static_cast<double>(i));
  }
  const auto trend = Fit(values);
  ASSERT_TRUE(trend);
  EXPECT_EQ(trend->n, kTrendPointsMax);
  EXPECT_EQ(trend->slope, 1);
}

}  // namespace
}  // namespace tallystick::drift
