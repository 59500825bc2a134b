// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_PLAN_RECORDS_H_
#define TALLYSTICK_CORE_ALLIANCE_PLAN_RECORDS_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "core/alliance/record_row.h"
#include "core/alliance/state.h"
#include "tallystick/v1/entry.pb.h"

// What a party takes from a file of records that both sides may have: claims of
// what it gave itself, and answers to what the partner has claimed.
namespace tallystick::alliance {

struct RecordPlan {
  // To be appended in this order.
  std::vector<v1::Body> statements;
  int claimed = 0;
  // Of those, references of what stands in the place of an earlier claim, whose
  // answer then no longer counts.
  std::vector<std::string> replaced;
  int acknowledged = 0;
  int unchanged = 0;
  // References to acknowledge that the partner has not claimed yet.
  std::vector<std::string> waiting;
  // Rows of which the partner claims something else. Both stand.
  std::vector<std::string> conflicting;
};

// `undated_on`: the day of rows that name none.
struct PlanDays {
  expectation::Date today;
  expectation::Date undated_on;
};

// 16 fresh random bytes.
using UidSource = std::function<std::string()>;

// A row of ours that differs from what we claimed becomes a claim that corrects
// it. A row of the partner's that it has claimed is acknowledged unless it has
// been, with this figure. What is nobody's row (a reading, a meeting) is
// claimed by whoever comes first; the other acknowledges it if the file says
// the same, and else claims its own. So a file can be applied again: nothing
// changes. INVALID_ARGUMENT holds every violation (plan_violations.h).
absl::StatusOr<RecordPlan> PlanRecords(const AllianceState& state,
                                       v1::Party own_party,
                                       const expectation::PartyNames& names,
                                       absl::Span<const RecordRow> rows,
                                       const PlanDays& days,
                                       const UidSource& new_uid);

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_PLAN_RECORDS_H_
