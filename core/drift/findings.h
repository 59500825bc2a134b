// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_DRIFT_FINDINGS_H_
#define TALLYSTICK_CORE_DRIFT_FINDINGS_H_

#include <string>

#include "core/drift/alert_book.h"
#include "core/drift/monitor.h"
#include "core/drift/statement_drift.h"
#include "core/expectation/topic_ref.h"

// What detectors computed, in words and with the key of an alert. Nothing is
// computed here.
namespace tallystick::drift {

inline constexpr absl::string_view kPracticeDrift = "practice_drift";

struct Subject {
  // What it is about: "deal/share-benefit", "d-4", "people_present@meridian".
  std::string id;
  // The same for people; may be empty.
  std::string title;
  expectation::PartyNames names;
  // Names the baseline; another one starts afresh.
  std::string baseline;
  // The baseline has been agreed; else it is what was stated first.
  bool agreed = true;
  // The two answers as people write them, for the kinds that compare answers.
  std::string before;
  std::string now;
};

// The variant of a finding on one side: "up@charter:7".
std::string VariantOf(Side side, absl::string_view baseline);

Finding ToFinding(const StatementDrift& drift, const Subject& subject);

// `about`: whom the measure is about; unspecified: nobody in particular.
Finding ToFinding(const OpenDrift& drift, const Practice& practice,
                  v1::Party about, const Subject& subject);

// The keys such findings have or would have.
std::string StatementKey(StatementKind kind, v1::Party party,
                         const Subject& subject);
std::string PracticeKey(Side side, v1::Party about, const Subject& subject);

}  // namespace tallystick::drift

#endif  // TALLYSTICK_CORE_DRIFT_FINDINGS_H_
