// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_GAP_REPORT_H_
#define TALLYSTICK_CORE_ALLIANCE_GAP_REPORT_H_

#include <optional>
#include <string>
#include <vector>

#include "core/alliance/private_answers.h"
#include "core/alliance/state.h"
#include "core/expectation/coorient.h"
#include "core/expectation/scores.h"

// Where the two views differ, and where a party only thinks they agree: the
// coorientation of every topic and what all of it comes to (measures.md, a.1 to
// a.6), told from one side.
namespace tallystick::alliance {

// Which of the four cells hold an answer.
struct StatedCells {
  bool own = false;
  bool prediction = false;
  bool partner_own = false;
  bool partner_prediction = false;
};

struct GapRow {
  expectation::TopicRef ref;
  // Of the state's catalogue.
  const expectation::Topic* topic = nullptr;
  // Distances, 0 to 1; absent where they cannot be known.
  std::optional<double> agreement;
  std::optional<double> congruency_own;
  std::optional<double> accuracy_own;
  std::optional<double> congruency_partner;
  std::optional<double> accuracy_partner;
  expectation::State state_own = expectation::State::kUnstated;
  expectation::State state_partner = expectation::State::kUnstated;
  expectation::JointState joint = expectation::JointState::kUnstated;
  std::optional<v1::Party> joint_party;
  std::vector<v1::Party> misread;
  bool stale = false;
  std::optional<expectation::Severity> severity;
  // The four cells and the agreed value, for people.
  std::optional<std::string> own;
  std::optional<std::string> prediction;
  std::optional<std::string> partner_own;
  std::optional<std::string> partner_prediction;
  std::optional<std::string> agreed;
  StatedCells stated;
  // Whether a prediction that is stated was made before the other's answer was
  // in view.
  std::optional<bool> prediction_blind;
  std::optional<bool> partner_prediction_blind;
  // Texts: whether the party says that both own answers mean the same; absent:
  // it has not said, or a text has changed since.
  std::optional<bool> verdict_own;
  std::optional<bool> verdict_partner;
  // An answer of our own is kept at this node. The row is what we alone can
  // see; scores and counts go by what both hold.
  bool is_private = false;
};

// What the rows are made from.
struct GapQuestion {
  v1::Party own_party = v1::PARTY_UNSPECIFIED;
  expectation::PartyNames names;
  // Answers are stale as of this day.
  expectation::Date on;
  // Position whose weights the layers have, one of the catalogue; none: the
  // agreed one.
  std::optional<std::string> position;
  // Own ones, in force.
  PrivateAnswers private_answers;
};

enum class PositionSource {
  // No position is agreed: all layers weigh the same.
  kNone,
  kAsked,
  // Agreed value of the catalogue's position topic.
  kAgreed
};

struct GapReport {
  // The topics on which anything was ever stated, worst first: by points, then
  // weight, then topic.
  std::vector<GapRow> rows;
  // The same at both nodes, if the position is.
  expectation::Scores scores;
  std::optional<std::string> position;
  PositionSource position_source = PositionSource::kNone;
};

GapReport CompareViews(const AllianceState& state, const GapQuestion& question);

// A cell for people: the answer, "declined", "withdrawn" or
// "sealed".
std::string CellText(const expectation::Topic& topic, const Version& version,
                     const expectation::PartyNames& names);

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_GAP_REPORT_H_
