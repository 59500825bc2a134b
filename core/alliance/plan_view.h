// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_PLAN_VIEW_H_
#define TALLYSTICK_CORE_ALLIANCE_PLAN_VIEW_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "core/alliance/private_answers.h"
#include "core/alliance/state.h"
#include "core/expectation/answer.h"
#include "tallystick/v1/entry.pb.h"
#include "tallystick/v1/raw_value.pb.h"

// What has to be stated so that a party's view says what a file says: only what
// changes, and nothing at all if any row is wrong.
namespace tallystick::alliance {

// What a file says about one topic.
struct ViewRow {
  std::string topic;
  // Absent: the row says nothing of this cell. Present without a kind: the
  // cell is meant, but the row gives no value (see `withdraw`).
  std::optional<v1::RawValue> own;
  std::optional<v1::RawValue> prediction;
  // YYYY-MM-DD, not after today; empty: today.
  std::string stated;
  std::string reason;
  // The own answer is declined; a prediction may be stated beside it.
  bool decline = false;
  // The own answer has been given elsewhere and is not open yet.
  bool seal = false;
  // Takes the named cells back, or both if none is named.
  bool withdraw = false;
  // Texts: whether the own answer and the prediction mean the same to the
  // party; absent: the row says nothing of it.
  std::optional<bool> prediction_means_same;
  // Stays at this node, like every topic the catalogue calls private.
  bool keep_private = false;
  // Line in the file, from 1; 0: none.
  int line = 0;
};

struct ViewChange {
  expectation::TopicRef topic;
  v1::Stance::Cell cell = v1::Stance::CELL_UNSPECIFIED;
  // For people. Absent: the cell was empty.
  std::optional<std::string> before;
  std::string after;
  // The partner will hold it.
  bool disclosed = true;
  // Otherwise what it goes on holding, for people; absent: nothing.
  std::optional<std::string> partner_holds;
};

struct ViewPlan {
  // To be appended in this order.
  std::vector<v1::Body> stances;
  // To be kept beside the log, once the stances are in it.
  std::vector<PrivateAnswer> private_answers;
  std::vector<ViewChange> changes;
  // Cells of the rows that say what is stated already.
  int unchanged = 0;
};

// Rows count in their order: a later one on the same cell is compared with the
// earlier one. A cell is unchanged if the row says what the cell says now, or,
// with a date, what it said on that date; so a file with a history can be
// applied again. The same answer with a later date is stated anew: it has been
// looked at since. `private_answers` are those kept so far; an open answer
// comes in the place of a private one. INVALID_ARGUMENT holds every violation
// (plan_violations.h).
absl::StatusOr<ViewPlan> PlanView(
    const AllianceState& state, v1::Party own_party,
    const expectation::PartyNames& names,
    absl::Span<const PrivateAnswer> private_answers,
    absl::Span<const ViewRow> rows, const expectation::Date& today);

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_PLAN_VIEW_H_
