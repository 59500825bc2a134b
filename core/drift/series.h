// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_DRIFT_SERIES_H_
#define TALLYSTICK_CORE_DRIFT_SERIES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "core/expectation/decimal.h"
#include "core/expectation/value.h"
#include "tallystick/v1/value.pb.h"

// What was measured, one point a day, in whatever order it arrived.
namespace tallystick::drift {

// One party's figure for one day.
struct Reading {
  expectation::Date on;
  v1::Party reporter = v1::PARTY_UNSPECIFIED;
  // Where it stands in the reporter's log: of two figures for one day the later
  // one counts.
  uint64_t order = 0;
  expectation::Decimal value;

  friend bool operator==(const Reading&, const Reading&) = default;
};

// INVALID_ARGUMENT, naming the measure: no calendar day, a day after `today`,
// no reporter, a number out of bounds.
absl::Status CheckReading(absl::string_view measure, const Reading& reading,
                          const expectation::Date& today);

// A day of the series.
struct Point {
  expectation::Date on;
  // What is charted: the figure of the agreed reporter if there is one and it
  // reported, else what was reported, of two figures the mean. So both nodes
  // chart the same, and neither party's figure prevails unless agreed.
  double value = 0;
  std::optional<expectation::Decimal> by_a;
  std::optional<expectation::Decimal> by_b;

  // The parties report different figures: itself worth a flag.
  bool reports_differ() const { return by_a && by_b && !(*by_a == *by_b); }

  friend bool operator==(const Point&, const Point&) = default;
};

class Series {
 public:
  // Where a change begins, in points(); what comes after it has moved.
  struct Change {
    size_t index = 0;
    enum class Kind { kNone, kNewDay, kSameDay, kDayGone } kind = Kind::kNone;
  };

  // `reporter`: who reports by agreement; unspecified: whoever does.
  explicit Series(v1::Party reporter = v1::PARTY_UNSPECIFIED)
      : reporter_(reporter) {}

  // A reading with the day, reporter and order of one that is there replaces
  // it. O(1) for the newest day.
  Change Add(const Reading& reading);
  // Takes back a reading that was added, such as one that has been corrected to
  // another day.
  Change Remove(const Reading& reading);

  // By day, each once.
  const std::vector<Point>& points() const { return points_; }
  // Days for which the parties report different figures.
  int differing_days() const { return differing_days_; }
  // All that were added, by day, reporter and order.
  const std::vector<Reading>& readings() const { return readings_; }

 private:
  Change Recompute(const expectation::Date& on);

  v1::Party reporter_;
  std::vector<Reading> readings_;
  std::vector<Point> points_;
  int differing_days_ = 0;
};

template <typename Archive>
void Visit(Archive& archive, Reading& reading) {
  archive(reading.on);
  archive(reading.reporter);
  archive(reading.order);
  archive(reading.value);
}

}  // namespace tallystick::drift

#endif  // TALLYSTICK_CORE_DRIFT_SERIES_H_
