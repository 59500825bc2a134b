// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_PLAN_RECORDS_H_
#define TALLYSTICK_CORE_ALLIANCE_PLAN_RECORDS_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "core/alliance/state.h"
#include "tallystick/v1/entry.pb.h"

// What a party takes from a file of records that both sides may have: claims of
// what it gave itself, and answers to what the partner has claimed.
namespace tallystick::alliance {

struct RecordRow {
  // The line's own id, "C27"; together with the kind it names the record.
  std::string reference;
  // YYYY-MM-DD, not after today.
  std::string date;
  // Short name or domain of the giver.
  std::string giver;
  std::string kind;
  // Decimal, more than 0.
  std::string claimed;
  // Decimal, at least 0; empty: the file says nothing of it.
  std::string acknowledged;
  std::string note;
  int line = 0;
};

struct RecordPlan {
  // To be appended in this order.
  std::vector<v1::Body> statements;
  int claimed = 0;
  int acknowledged = 0;
  int unchanged = 0;
  // References to acknowledge that the partner has not claimed yet.
  std::vector<std::string> waiting;
};

// 16 fresh random bytes.
using UidSource = std::function<std::string()>;

// A row of ours whose figure, day or note differs from what we claimed becomes
// a claim that corrects it. A row of the partner's that it has claimed is
// acknowledged unless it has been, with this figure. INVALID_ARGUMENT holds
// every violation (plan_violations.h).
absl::StatusOr<RecordPlan> PlanRecords(const AllianceState& state,
                                       v1::Party own_party,
                                       const expectation::PartyNames& names,
                                       absl::Span<const RecordRow> rows,
                                       const expectation::Date& today,
                                       const UidSource& new_uid);

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_PLAN_RECORDS_H_
