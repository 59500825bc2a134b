// SPDX-License-Identifier: Apache-2.0
// The worked series of measures.md, c.3 to c.5, and the charts' own rules.
#include <cmath>
#include <optional>
#include <vector>

#include "core/drift/cusum.h"
#include "core/drift/ewma.h"
#include "core/drift/exceeds.h"
#include "core/drift/page_hinkley.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tallystick::drift {
namespace {

using ::testing::DoubleNear;
using ::testing::Each;
using ::testing::Pointwise;

const std::vector<double> kScores = {0.2, -0.4, 0.9, 1.4, 1.1,
                                     1.8, 0.7,  2.0, 1.6};

// To four decimals.
auto Are(const std::vector<double>& expected) {
  return Pointwise(::testing::DoubleNear(5e-5), expected);
}

// First index, counted from 1, at which a value exceeds its limit; 0: none.
int FirstAbove(const std::vector<double>& values, double limit) {
  for (size_t i = 0; i < values.size(); ++i) {
    if (Exceeds(values[i], limit)) return static_cast<int>(i) + 1;
  }
  return 0;
}

TEST(CusumTest, C3TheWorkedSeries) {
  Cusum cusum(0.5);
  std::vector<double> up;
  std::vector<double> down;
  std::vector<int> onsets;
  for (const double z : kScores) {
    cusum.Add(z);
    up.push_back(cusum.sum(Side::kUp));
    down.push_back(cusum.sum(Side::kDown));
    onsets.push_back(cusum.onset(Side::kUp));
  }
  EXPECT_THAT(up, Are({0, 0, 0.4, 1.3, 1.9, 3.2, 3.4, 4.9, 6.0}));
  EXPECT_THAT(down, Each(0));
  EXPECT_EQ(FirstAbove(up, 4), 8);
  EXPECT_EQ(FirstAbove(up, 5), 9);
  EXPECT_EQ(onsets[7], 3);
  EXPECT_EQ(onsets[8], 3);
}

TEST(CusumTest, TheSignalIsStrict) {
  Cusum cusum(0.5);
  cusum.Add(4.5);
  EXPECT_FALSE(Exceeds(cusum.sum(Side::kUp), 4));
}

TEST(CusumTest, NoiseInTheLastDigitDoesNotMoveTheOnset) {
  Cusum cusum(0.5);
  // 0.5000000000000002, which is meant to be k.
  cusum.Add(2.2 - 1.7);
  cusum.Add(3);
  EXPECT_EQ(cusum.onset(Side::kUp), 2);
}

TEST(CusumTest, AnObservationWithoutScoreCountsAndChangesNothing) {
  Cusum cusum(0.5);
  cusum.Add(std::nullopt);
  cusum.Add(2);
  cusum.Add(std::nullopt);
  EXPECT_EQ(cusum.sum(Side::kUp), 1.5);
  EXPECT_EQ(cusum.onset(Side::kUp), 2);
}

TEST(CusumTest, ARestartIsAsIfItHadBeenZero) {
  Cusum cusum(0.5);
  cusum.Add(3);
  cusum.Add(3);
  cusum.Restart();
  cusum.Add(-2);
  EXPECT_EQ(cusum.sum(Side::kUp), 0);
  EXPECT_EQ(cusum.sum(Side::kDown), 1.5);
  EXPECT_EQ(cusum.onset(Side::kDown), 3);
}

struct Average {
  std::vector<double> values;
  std::vector<double> limits;
  // 0: none.
  int signal_at = 0;
};

Average Draw(const EwmaRule& rule, const std::vector<double>& scores,
             const std::vector<double>& gaps = {}) {
  Ewma ewma(rule);
  Average average;
  for (size_t i = 0; i < scores.size(); ++i) {
    ewma.Add(scores[i], gaps.empty() ? 1 : gaps[i]);
    average.values.push_back(ewma.value());
    average.limits.push_back(ewma.limit());
    if (ewma.signals() && average.signal_at == 0) {
      average.signal_at = static_cast<int>(i) + 1;
    }
  }
  return average;
}

TEST(EwmaTest, C4TheWorkedSeries) {
  const Average average = Draw({0.2, 2.962}, kScores);
  EXPECT_THAT(average.values, Are({0.04, -0.048, 0.1416, 0.3933, 0.5346, 0.7877,
                                   0.7702, 1.0161, 1.1329}));
  EXPECT_THAT(average.limits, Are({0.5924, 0.7586, 0.8481, 0.9007, 0.9328,
                                   0.9528, 0.9654, 0.9733, 0.9784}));
  EXPECT_EQ(average.signal_at, 8);
}

TEST(EwmaTest, C4TheSlowerRule) {
  const Average average = Draw({0.1, 2.814}, kScores);
  EXPECT_NEAR(average.values[7], 0.6223, 5e-5);
  EXPECT_NEAR(average.limits[7], 0.5827, 5e-5);
  EXPECT_EQ(average.signal_at, 8);
}

TEST(EwmaTest, C4IrregularSpacing) {
  const Average average = Draw({0.2, 2.962}, {0.5, 1.0, 2.0}, {1, 3, 2});
  EXPECT_THAT(average.values, Are({0.1, 0.5392, 1.0651}));
  EXPECT_THAT(average.limits, Are({0.5924, 1.4769, 1.4250}));
  EXPECT_EQ(average.signal_at, 0);
}

TEST(EwmaTest, AGapForgetsNoMoreThanSixIntervals) {
  EXPECT_THAT(Draw({}, {1, 1}, {1, 100}).values,
              Pointwise(DoubleNear(0), Draw({}, {1, 1}, {1, 6}).values));
}

TEST(EwmaTest, TheExactLimitTendsToTheAsymptoticOne) {
  const EwmaRule rule;
  Ewma ewma(rule);
  EXPECT_EQ(ewma.limit(), 0);
  for (int i = 0; i < 200; ++i) ewma.Add(0);
  EXPECT_NEAR(ewma.limit(),
              rule.width * std::sqrt(rule.lambda / (2 - rule.lambda)), 1e-9);
}

TEST(EwmaTest, ItSignalsOnBothSides) {
  EXPECT_EQ(Draw({}, {-3}).signal_at, 1);
  EXPECT_EQ(Draw({}, {3}).signal_at, 1);
  // On the limit is within.
  EXPECT_EQ(Draw({}, {2.962}).signal_at, 0);
}

TEST(PageHinkleyTest, C5TheWorkedSeries) {
  PageHinkley test(0.25);
  std::vector<double> up;
  std::vector<double> down;
  for (const double x : {10, 11, 9, 10, 14, 15, 14}) {
    test.Add(x);
    up.push_back(test.up());
    down.push_back(test.down());
  }
  EXPECT_THAT(up, Are({0, 0.25, 0, 0, 2.95, 6.2, 8.0929}));
  EXPECT_THAT(down, Are({0, 0, 0.75, 0.5, 0, 0, 0}));
  EXPECT_EQ(FirstAbove(up, 8), 7);
}

}  // namespace
}  // namespace tallystick::drift
