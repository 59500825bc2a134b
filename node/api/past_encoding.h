// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_PAST_ENCODING_H_
#define TALLYSTICK_NODE_API_PAST_ENCODING_H_

#include <string>
#include <vector>

#include "core/alliance/plan_violations.h"
#include "core/decision/past_decision.h"
#include "node/api/names.h"
#include "tallystick/v1/decision_service.pb.h"

// Decisions taken before, between what the logs tell and what people see.
namespace tallystick::node {

// Null if nobody tells of it. Of both parties' tellings the own one.
const alliance::PastTelling* FindPast(const AllianceNode& alliance,
                                      const alliance::AllianceState& state,
                                      const std::string& reference);

// As of the view's day. It has no approvals: nobody has signed it.
v1::Decision EncodePast(const AllianceNode& alliance, const StateView& state,
                        const alliance::PastTelling& telling);

// Reads a row; what is wrong with it is added to `violations`, each with its
// line, and the result is then of no use.
decision::PastDecision DecodePast(const AllianceNode& alliance,
                                  const v1::PastDecisionRow& row,
                                  const expectation::Date& today,
                                  std::vector<alliance::Violation>* violations);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_PAST_ENCODING_H_
