// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_DRIFT_MEASURE_H_
#define TALLYSTICK_CORE_DRIFT_MEASURE_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "core/drift/cusum.h"
#include "core/drift/ewma.h"
#include "core/drift/severity.h"
#include "core/expectation/catalogue.h"
#include "core/expectation/value.h"
#include "tallystick/v1/value.pb.h"

// What a measured series is held against: one baseline version of a monitored
// measure, as agreed and as the catalogue has it (measures.md, c.2).
namespace tallystick::drift {

using Good = expectation::PracticeMeasure::Good;

struct Measure {
  // As people know it: "handoff_lead_time", "people_present@meridian".
  std::string name;
  // Of the linked topic, 1 to 5.
  int weight = kWeightDefault;
  Good good = Good::kHigher;

  // The agreed figure. None: the series is only compared with its own past.
  std::optional<double> agreed;
  // Where the spread comes from, in this order: agreed with the figure; the
  // default of topic or measure; topic_tolerance x |agreed| / 2; an estimate.
  std::optional<double> sigma;
  std::optional<double> sigma_default;
  // Of the linked topic, a part of the figure: 0.2.
  std::optional<double> topic_tolerance;
  // An estimate is never below this.
  double sigma_min = 1e-9;
  // How far from the figure a point may lie, in the unit of the measure, if
  // that was agreed; else 2 sigma.
  std::optional<double> tolerance;

  // Nominal time from one reading to the next.
  double interval_days = 30;
  // The gaps differ, and the moving average is to allow for it.
  bool irregular = false;

  // Limit of the cumulative sum; none: DefaultH.
  std::optional<double> h;
  double k = 0.5;
  // What is drawn beside it.
  EwmaRule ewma;

  // Set by a decision that replaced an earlier one: readings before that day
  // belong to the baseline before.
  std::optional<expectation::Date> since;
  // Who reports by agreement; unspecified: either.
  v1::Party reporter = v1::PARTY_UNSPECIFIED;
};

// INVALID_ARGUMENT names the measure and the figure that cannot be: a spread,
// tolerance, limit or interval that is not more than 0, anything not finite or
// beyond +-10^15.
absl::Status CheckMeasure(const Measure& measure);

// 4 for monthly and slower series, 5 for quicker ones.
double DefaultH(double interval_days);

// With more charts than this one of them soon errs by chance: advise a limit of
// at least kLargerH.
inline constexpr int kChartsMax = 8;
inline constexpr double kLargerH = 5;
bool AdviseLargerH(int charts, double h);

enum class SigmaSource { kNone, kAgreed, kDefault, kTolerance, kEstimated };

// Mean moving range / 1.128, from so many points on.
inline constexpr int kEstimatePointsMin = 12;

class MovingRange {
 public:
  void Add(double x);
  // None below kEstimatePointsMin points.
  std::optional<double> Sigma() const;

 private:
  int count_ = 0;
  double newest_ = 0;
  double sum_ = 0;
};

// The figures that are used. `sigma` is present exactly if there is a source.
struct Reference {
  std::optional<double> agreed;
  std::optional<double> sigma;
  SigmaSource sigma_source = SigmaSource::kNone;
  // How far from the figure a point may lie; none without figure or spread.
  std::optional<double> tolerance;
  double h = 0;

  friend bool operator==(const Reference&, const Reference&) = default;
};

// `ranges`: of the readings that are held against this baseline.
Reference Resolve(const Measure& measure, const MovingRange& ranges);

// Whether going this way is going wrong.
bool IsBad(Good good, Side side);

// "up", "down"; "agreed", "default", "tolerance", "estimated", "none".
absl::string_view ToText(Side side);
absl::string_view ToText(SigmaSource source);

}  // namespace tallystick::drift

#endif  // TALLYSTICK_CORE_DRIFT_MEASURE_H_
