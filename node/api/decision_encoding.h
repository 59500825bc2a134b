// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_DECISION_ENCODING_H_
#define TALLYSTICK_NODE_API_DECISION_ENCODING_H_

#include <string>

#include "absl/status/statusor.h"
#include "core/decision/decision.h"
#include "node/api/names.h"
#include "tallystick/v1/decision_service.pb.h"

// Decisions between their form in the state and the one people see.
namespace tallystick::node {

// Everything about a decision, who it waits for and what to do next.
v1::Decision EncodeDecision(const AllianceNode& alliance,
                            const StateView& state,
                            const decision::Decision& decision);

// The exact bytes that are proposed. INVALID_ARGUMENT holds every violation
// (core/alliance/plan_violations.h).
absl::StatusOr<std::string> DecodeTerms(const AllianceNode& alliance,
                                        const v1::DecisionTerms& terms,
                                        int64_t now_us);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_DECISION_ENCODING_H_
