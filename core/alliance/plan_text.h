// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_PLAN_TEXT_H_
#define TALLYSTICK_CORE_ALLIANCE_PLAN_TEXT_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/alliance/state.h"
#include "tallystick/v1/entry.pb.h"

// What a party says of two texts: its own answer, and the partner's or what it
// predicted that to be (measures.md, a.2). Only people compare them.
namespace tallystick::alliance {

// The text that a cell says in the log; null: it says none.
const std::string* TextOf(const AllianceState& state, const CellKey& key);

// The statement about two texts, as of `stated_on`.
struct TextComparison {
  expectation::TopicRef topic;
  absl::string_view own;
  absl::string_view other;
  bool of_prediction = false;
  bool same_meaning = false;
  expectation::Date stated_on;
};
v1::Body CompareTexts(const TextComparison& said,
                      const expectation::Date& today);

// What the party says now of these two texts, if it says anything.
std::optional<bool> SaidOf(const AllianceState& state, v1::Party party,
                           const TextComparison& texts);

struct TextPlan {
  expectation::TopicRef topic;
  std::string own;
  std::string other;
  // Absent: it was said before.
  std::optional<v1::Body> statement;
  // What the partner says of the same two texts; absent: nothing yet. Never of
  // a prediction.
  std::optional<bool> partner_says_same;
};

struct TextQuestion {
  // As typed: "governance/unwind-plan".
  std::string topic;
  bool same_meaning = true;
  bool of_prediction = false;
  // YYYY-MM-DD, not after today; empty: today.
  std::string stated;
  // SHA-256 of the normalised texts in hex, if certain texts are meant.
  std::string own_hash;
  std::string other_hash;
};

// INVALID_ARGUMENT: no such topic, its answers are no texts, a bad date.
// FAILED_PRECONDITION: one of the two texts has not been stated, is not the one
// that is meant, or they are the same word for word.
absl::StatusOr<TextPlan> PlanText(const AllianceState& state,
                                  v1::Party own_party,
                                  const expectation::PartyNames& names,
                                  const TextQuestion& question,
                                  const expectation::Date& today);

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_PLAN_TEXT_H_
