// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_DRIFT_MONITOR_H_
#define TALLYSTICK_CORE_DRIFT_MONITOR_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/drift/measure.h"
#include "core/drift/practice_chart.h"
#include "core/drift/series.h"
#include "core/drift/severity.h"
#include "core/drift/trend.h"

// Practice drift: one monitored measure, its readings, and what follows
// (measures.md, c.2 to c.8).
namespace tallystick::drift {

// How the series is judged (c.7).
enum class Method {
  // Not at all: no readings, or too few with nothing to hold them against.
  kNone,
  // Fewer than 5 points: two of the last three out of tolerance.
  kRuleOfTwo,
  // Against the agreed figure.
  kCusum,
  // Against its own past; and the first five points by the rule of two, if
  // there are figure and tolerance.
  kSelfStarting
};

enum class PracticeState {
  kNoReadings,
  // There are readings, but nothing can be said yet.
  kTooFew,
  kQuiet,
  // By the rule of two.
  kOutOfTolerance,
  // By the chart.
  kDrifting
};

// Drift that is open on one side.
struct OpenDrift {
  Side side = Side::kUp;
  // kRuleOfTwo or that of the chart.
  Method found_by = Method::kRuleOfTwo;
  // The point at which it was noticed, counted from 1 in this baseline.
  int signal_at = 0;
  expectation::Date signal_on;
  // Where it seems to have begun; absent if found by the rule of two.
  std::optional<int> onset_at;
  std::optional<expectation::Date> onset_on;
  // The sum and how many times h it is, both at the newest point; absent if
  // found by the rule of two.
  std::optional<double> statistic;
  std::optional<double> ratio;
  // Family practice drift. The rule of two gives watch, whatever the weight.
  Rating rating;

  friend bool operator==(const OpenDrift&, const OpenDrift&) = default;
};

// As of the newest reading.
struct Practice {
  PracticeState state = PracticeState::kNoReadings;
  Method method = Method::kNone;
  Reference reference;
  // Points of this baseline.
  int n = 0;
  // The sum on the bad side and the highest it was; of two bad sides the
  // greater. Absent below 5 points.
  std::optional<double> statistic;
  std::optional<double> highest;
  // The average drawn beside it, its limit, and the first point at which it
  // signalled since the last closing.
  std::optional<double> ewma;
  std::optional<double> ewma_limit;
  std::optional<int> ewma_signal_at;
  // At most one for each bad side, up first.
  std::vector<OpenDrift> open;
  // Better than agreed, by the same chart: a note.
  bool better_than_agreed = false;
  // Days, of any baseline, for which the parties report different figures:
  // itself worth a flag.
  int differing_days = 0;

  friend bool operator==(const Practice&, const Practice&) = default;
};

// How practice moves, in words people use.
struct PracticeTrend {
  Trend trend;
  // The slope for a month. Monthly and slower series are fitted over the
  // numbers of their months, others over days, 30 to the month.
  double per_month = 0;
  // Clearly moving to a bad side.
  bool is_bad = false;
};

class Monitor {
 public:
  // Errors as CheckMeasure.
  static absl::StatusOr<Monitor> Create(Measure measure);

  // Adds a reading that was checked. O(1) if it is of the newest day; else, and
  // while sigma is estimated from the readings themselves, it computes this
  // series again.
  void Add(const Reading& reading);
  void Remove(const Reading& reading);

  // A new baseline: all statistics start afresh. On an error, which is one of
  // CheckMeasure, nothing has changed.
  absl::Status SetMeasure(Measure measure);

  const Measure& measure() const { return measure_; }
  const Series& series() const { return series_; }
  // The points that are held against this baseline.
  std::vector<Point> Charted() const;

  Practice practice() const;
  // The figures at every point, by the same recursion from the start.
  std::vector<ChartRow> Rows() const;
  // None below two points.
  std::optional<PracticeTrend> FindTrend() const;

  // Points computed so far, for those who watch what an update costs.
  int64_t points_computed() const { return points_computed_; }

 private:
  explicit Monitor(Measure measure);

  void Apply(const Series::Change& change);
  void Rebuild();
  size_t FirstCharted() const;

  Measure measure_;
  Series series_;
  PracticeChart chart_;
  // As it was without the newest point, which a second report may still change.
  PracticeChart chart_before_;
  int64_t points_computed_ = 0;
};

}  // namespace tallystick::drift

#endif  // TALLYSTICK_CORE_DRIFT_MONITOR_H_
