// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_GAP_REPORT_H_
#define TALLYSTICK_CORE_ALLIANCE_GAP_REPORT_H_

#include <optional>
#include <string>
#include <vector>

#include "core/alliance/state.h"
#include "core/expectation/coorient.h"

// Where the two views differ, and where a party only thinks they agree: the
// coorientation of every topic (measures.md, a.1 to a.4), told from one side.
namespace tallystick::alliance {

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
};

// The topics on which anything was ever stated, worst first: by points, then
// weight, then topic. Answers are stale as of the day `on`.
std::vector<GapRow> GapReport(const AllianceState& state, v1::Party own_party,
                              const expectation::PartyNames& names,
                              const expectation::Date& on);

// A cell for people: the answer, "declined" or "withdrawn".
std::string CellText(const expectation::Topic& topic, const Version& version,
                     const expectation::PartyNames& names);

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_GAP_REPORT_H_
