// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_DRIFT_TREND_H_
#define TALLYSTICK_CORE_DRIFT_TREND_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

// Which way a series goes, how fast, and whether that can be chance
// (measures.md, c.7):
//
//   slope  median of (x_j - x_i) / (t_j - t_i) over pairs with t_i != t_j
//          (Theil 1950, Sen 1968)
//   S      sum of sign(x_j - x_i) over pairs i < j (Mann-Kendall)
//   Var    (n (n-1) (2n+5) - sum of c (c-1) (2c+5)) / 18, over groups of c
//          equal values
//   Z      (S - 1) / sqrt(Var) for S > 0, (S + 1) / sqrt(Var) for S < 0, else 0
namespace tallystick::drift {

struct TrendPoint {
  // In whatever unit the slope is wanted per.
  double t = 0;
  double x = 0;
};

struct Trend {
  // |Z| must be more than this.
  static constexpr double kLimit = 1.645;
  // With fewer points a trend is a note and no alarm by itself.
  static constexpr size_t kAlarmPointsMin = 8;

  // Points that were used.
  size_t n = 0;
  double slope = 0;
  int64_t s = 0;
  double variance = 0;
  double z = 0;

  bool significant() const;
  bool note_only() const { return n < kAlarmPointsMin; }
};

// The work grows with the square: of a longer series, the newest so many.
inline constexpr size_t kTrendPointsMax = 1000;

// `points` in the order of time, all finite. None if there are not two
// different times.
std::optional<Trend> FitTrend(const std::vector<TrendPoint>& points);

}  // namespace tallystick::drift

#endif  // TALLYSTICK_CORE_DRIFT_TREND_H_
