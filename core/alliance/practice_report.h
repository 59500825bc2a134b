// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_PRACTICE_REPORT_H_
#define TALLYSTICK_CORE_ALLIANCE_PRACTICE_REPORT_H_

#include <optional>
#include <string>
#include <vector>

#include "core/alliance/state.h"
#include "core/alliance/terms.h"
#include "core/drift/findings.h"
#include "core/drift/monitor.h"
#include "core/expectation/topic_ref.h"

// Where practice has drifted from what was agreed: each measured series, of the
// readings in both logs, held against the figure in force (measures.md, c.2 to
// c.8). The detectors are those of core/drift.
namespace tallystick::alliance {

struct PracticeRow {
  MeasureKey key;
  drift::Practice practice;
  std::vector<drift::Point> points;
  // As many as points.
  std::vector<drift::ChartRow> chart;
  std::optional<drift::PracticeTrend> trend;
  drift::Measure measure;
  std::string unit;
  // Who agreed the figure; none: nobody has, and the series is only compared
  // with its own past.
  std::optional<TermSource> source;
  // For people; its id is "people_present@meridian".
  drift::Subject subject;
};

enum class PracticeDetail {
  // Without points, chart and trend: what an alert takes.
  kJudgement,
  kWhole
};

// One series; `terms` are those in force. None if there are neither readings
// nor a figure for it, or the figure is one that no series can be held against.
std::optional<PracticeRow> FindPractice(const AllianceState& state,
                                        const Terms& terms,
                                        const expectation::PartyNames& names,
                                        const MeasureKey& key,
                                        PracticeDetail detail);

// All that is measured or is to be, as of the end of `on`, worst first.
std::vector<PracticeRow> PracticeReport(const AllianceState& state,
                                        const expectation::PartyNames& names,
                                        const expectation::Date& on);

// What is measured or is to be.
std::vector<MeasureKey> MeasuredSeries(const AllianceState& state,
                                       const Terms& terms);

// What is open, as findings of an alert.
std::vector<drift::Finding> FindingsOf(const PracticeRow& row);

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_PRACTICE_REPORT_H_
