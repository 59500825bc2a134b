// SPDX-License-Identifier: Apache-2.0
#include "core/drift/self_starting.h"

#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "core/drift/cusum.h"
#include "core/drift/exceeds.h"
#include "core/drift/quantiles.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tallystick::drift {
namespace {

auto Are(const std::vector<double>& expected) {
  return ::testing::Pointwise(::testing::DoubleNear(5e-5), expected);
}

// Reference values to 17 digits by an arbitrary-precision incomplete beta and
// complementary error function.
struct Quantile {
  double t, degrees, tail, normal;
};

constexpr Quantile kQuantiles[] = {
    {2, 5, 0.050969739414929178, 1.6355228967003491},
    {1.5, 3, 0.11529193262241153, 1.198856200308185},
    {0.1, 1, 0.46827448256944643, 0.079608084483594986},
    {0.3, 4, 0.38956071413872986, 0.28046414744700938},
    {3.5, 2, 0.036413675027234668, 1.7939111589906147},
    {10, 8, 4.244090763814246e-6, 4.4524859011367544},
    {50, 3, 8.8085760206359871e-6, 4.2931303327951235},
    {5, 100, 1.2250867067519002e-6, 4.7122327148016932},
    {0.5, 1000, 0.30859254041693741, 0.49984378029037787},
    {40, 30, 6.8630225972032014e-28, 10.884091474053866},
    {2, 1, 0.14758361765043327, 1.0468533173349317},
    {0.001, 7, 0.49961500862249942, 0.00096503042211825162},
};

TEST(QuantilesTest, StudentsTailIsRightFarOutToo) {
  for (const Quantile& q : kQuantiles) {
    EXPECT_NEAR(StudentUpperTail(q.t, q.degrees) / q.tail, 1, 1e-12)
        << q.t << " with " << q.degrees;
  }
}

TEST(QuantilesTest, TheNormalValueIsAsFarOutAsStudents) {
  for (const Quantile& q : kQuantiles) {
    EXPECT_NEAR(NormalFromStudent(q.t, q.degrees), q.normal, 1e-11);
    EXPECT_EQ(NormalFromStudent(-q.t, q.degrees),
              -NormalFromStudent(q.t, q.degrees));
  }
}

TEST(QuantilesTest, C7TheChecks) {
  EXPECT_NEAR(NormalFromStudent(2.0, 5), 1.6355, 5e-5);
  EXPECT_NEAR(NormalFromStudent(-1.5, 3), -1.1989, 5e-5);
}

TEST(QuantilesTest, TheNormalQuantileIsRightInEveryRange) {
  EXPECT_EQ(NormalQuantile(0.5), 0);
  EXPECT_NEAR(NormalQuantile(0.3), -0.524400512708040784, 1e-14);
  EXPECT_NEAR(NormalQuantile(0.9), 1.28155156554460047, 1e-14);
  EXPECT_NEAR(NormalQuantile(0.975), 1.95996398454005424, 1e-14);
  EXPECT_NEAR(NormalQuantile(0.075), -1.43953147093845592, 1e-14);
  EXPECT_NEAR(NormalQuantile(0.0750001), -1.43953076450172969, 1e-14);
  EXPECT_NEAR(NormalQuantile(1e-10), -6.3613409024040562, 1e-13);
  EXPECT_NEAR(NormalQuantile(1e-100), -21.2734535609653243, 1e-13);
  EXPECT_NEAR(NormalQuantile(1e-300), -37.0470962993611992, 1e-13);
}

TEST(QuantilesTest, NoValueIsTooFarOut) {
  for (const double t : {0.0, 1e-300, 1e10, 1e200, 1e308}) {
    for (const double degrees : {1.0, 2.0, 50.0, 1e6}) {
      const double u = NormalFromStudent(t, degrees);
      EXPECT_TRUE(std::isfinite(u)) << t << " with " << degrees;
      EXPECT_GE(u, 0);
      EXPECT_LT(u, 38);
    }
  }
}

TEST(SelfStartingTest, C7TheWorkedSeries) {
  SelfStarting chart;
  Cusum cusum(0.5);
  std::vector<double> t;
  std::vector<double> u;
  std::vector<double> up;
  int signal_at = 0;
  int onset_at = 0;
  int i = 0;
  for (const double x : {10.0, 11.0, 9.0, 10.0, 10.5, 13.0, 13.5, 14.0, 13.0}) {
    ++i;
    const auto score = chart.Add(x);
    EXPECT_EQ(score.has_value(), i >= 3);
    cusum.Add(score ? std::optional(score->u) : std::nullopt);
    if (!score) continue;
    t.push_back(score->t);
    u.push_back(score->u);
    up.push_back(cusum.sum(Side::kUp));
    if (signal_at == 0 && Exceeds(up.back(), 4)) {
      signal_at = i;
      onset_at = cusum.onset(Side::kUp);
    }
  }
  EXPECT_THAT(t, Are({-1.7321, 0, 0.5477, 3.5697, 1.9898, 1.6922, 0.8210}));
  EXPECT_THAT(u, Are({-0.9674, 0, 0.4930, 2.2671, 1.6292, 1.4700, 0.7744}));
  EXPECT_THAT(up, Are({0, 0, 0, 1.7671, 2.8963, 3.8663, 4.1407}));
  EXPECT_EQ(signal_at, 9);
  EXPECT_EQ(onset_at, 6);
}

TEST(SelfStartingTest, WhileAllWereEqualThereIsNoScore) {
  SelfStarting chart;
  for (int i = 0; i < 20; ++i) EXPECT_EQ(chart.Add(0.1), std::nullopt);
  // The first that differs is still measured by a spread of 0.
  EXPECT_EQ(chart.Add(0.2), std::nullopt);
  EXPECT_NE(chart.Add(0.2), std::nullopt);
}

}  // namespace
}  // namespace tallystick::drift
