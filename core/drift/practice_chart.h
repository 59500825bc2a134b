// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_DRIFT_PRACTICE_CHART_H_
#define TALLYSTICK_CORE_DRIFT_PRACTICE_CHART_H_

#include <array>
#include <optional>
#include <vector>

#include "core/drift/cusum.h"
#include "core/drift/ewma.h"
#include "core/drift/measure.h"
#include "core/drift/self_starting.h"
#include "core/drift/series.h"

// The control chart of one series under one baseline: a recursion over its
// points, so the newest costs the same however many came before, and the same
// points always give the same figures, closings included.
//
// Points are standardised by agreed figure and sigma (measures.md, c.2), or
// where one of them is missing by their own past (self_starting.h). The scores
// run into a CUSUM, which detects, and an EWMA, which is drawn beside it.
//
// Drift opens on a bad side when its sum exceeds h. It closes when on every bad
// side the EWMA with lambda 0.2 is at most half its limit and the last three
// points are within tolerance; then both sums restart at 0 (c.8). Beside that
// runs the rule for a beginning too short for statistics (c.7): two of the last
// three points out of tolerance on the bad side.
namespace tallystick::drift {

// With fewer points there are no statistics.
inline constexpr int kStatisticsPointsMin = 5;

struct Episode {
  Side side = Side::kUp;
  // Points, counted from 1. The onset is an estimate.
  int signal_at = 0;
  int onset_at = 0;
  // 0: open.
  int closed_at = 0;

  friend bool operator==(const Episode&, const Episode&) = default;
};

// All that is computed at one point: what is drawn and explained.
struct ChartRow {
  expectation::Date on;
  double value = 0;
  // z, or u of a self-starting chart, and then Student's t before it. Absent
  // where a self-starting chart can say nothing.
  std::optional<double> score;
  std::optional<double> t;
  // Both sums, up first, before a restart.
  std::array<double, 2> sums = {0, 0};
  double ewma = 0;
  double ewma_limit = 0;
  bool ewma_signals = false;
  // Out of tolerance on this side, which is a bad one.
  std::array<bool, 2> out = {false, false};
  // Drift was noticed on this side at this point.
  std::array<bool, 2> opened = {false, false};
  // What was open closed at this point, and the sums restarted.
  bool closed = false;

  friend bool operator==(const ChartRow&, const ChartRow&) = default;
};

class PracticeChart {
 public:
  // Both checked (CheckMeasure, Resolve).
  PracticeChart(const Measure& measure, const Reference& reference);

  // The next point, later than all before.
  ChartRow Add(const Point& point);

  const Reference& reference() const { return reference_; }
  // Standardised by what was agreed; false: self-starting.
  bool standardised() const;
  int count() const { return count_; }
  double sum(Side side) const { return cusum_.sum(side); }
  // The highest the sum ever was.
  double highest(Side side) const { return highest_[IndexOf(side)]; }
  const Ewma& ewma() const { return shown_; }
  // The first point at which the EWMA signalled since the last closing; 0:
  // none.
  int ewma_signal_at() const { return ewma_signal_at_; }

  const std::vector<Episode>& episodes() const { return episodes_; }
  // Null if no drift is open on this side.
  const Episode* OpenOn(Side side) const;
  // The point at which the rule of two found this side off from the start, if
  // that still stands; 0: it does not.
  int early(Side side) const { return early_[IndexOf(side)]; }

 private:
  void Standardise(const Point& point, ChartRow& row);
  void NoteTolerance(ChartRow& row);
  bool LastThreeWithin() const;
  bool AverageHasSettled() const;
  void Close(ChartRow& row);
  void Open(ChartRow& row);

  Good good_;
  double interval_days_;
  bool irregular_;
  Reference reference_;

  int count_ = 0;
  std::optional<expectation::Date> scored_on_;
  SelfStarting self_starting_;
  Cusum cusum_;
  Ewma shown_;
  Ewma closing_{EwmaRule{}};
  std::array<double, 2> highest_ = {0, 0};
  int ewma_signal_at_ = 0;
  // Bit 0: the newest point was out on this side; bit 1: the one before.
  std::array<unsigned, 2> out_ = {0, 0};
  std::array<int, 2> early_ = {0, 0};
  std::vector<Episode> episodes_;
};

}  // namespace tallystick::drift

#endif  // TALLYSTICK_CORE_DRIFT_PRACTICE_CHART_H_
