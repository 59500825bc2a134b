// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_DECISION_ENCODING_H_
#define TALLYSTICK_NODE_API_DECISION_ENCODING_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/alliance/plan_violations.h"
#include "core/decision/decision.h"
#include "node/api/names.h"
#include "tallystick/v1/decision_service.pb.h"

// Decisions between their form in the state and the one people see.
namespace tallystick::node {

// Everything about a decision, who it waits for and what to do next.
v1::Decision EncodeDecision(const AllianceNode& alliance,
                            const StateView& state,
                            const decision::Decision& decision);

// What is decided: type, title, text, topics, terms and days.
void EncodeContent(const AllianceNode& alliance,
                   const alliance::AllianceState& state,
                   const v1::DecisionContent& content, v1::Decision* message);

// Notes how late the decision is on `day`: due and not done. For those in
// force.
void NoteLateness(const expectation::Date& day, v1::Decision* message);

// The bytes of the content. What is wrong is added to `violations`, and the
// bytes are then of no use. `now_us`: a limit to respond must be later.
std::string DecodeContent(const AllianceNode& alliance,
                          const v1::DecisionTerms& terms, int64_t now_us,
                          std::vector<alliance::Violation>* violations);

// The exact bytes that are proposed. INVALID_ARGUMENT holds every violation
// (core/alliance/plan_violations.h).
absl::StatusOr<std::string> DecodeTerms(const AllianceNode& alliance,
                                        const v1::DecisionTerms& terms,
                                        int64_t now_us);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_DECISION_ENCODING_H_
