// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EXPLAIN_EXPLAIN_DECISION_H_
#define TALLYSTICK_CORE_EXPLAIN_EXPLAIN_DECISION_H_

#include <cstdint>

#include "core/alliance/state.h"
#include "core/decision/decision.h"
#include "core/explain/explanation.h"

namespace tallystick::explain {

// Why a decision has come to what it has come to at the moment `now_us`
// (microseconds since the Unix epoch): who offered what, whose word counts and
// whose does not.
Explanation ExplainDecision(const alliance::AllianceState& state,
                            const expectation::PartyNames& names,
                            const decision::Decision& decision, int64_t now_us);

}  // namespace tallystick::explain

#endif  // TALLYSTICK_CORE_EXPLAIN_EXPLAIN_DECISION_H_
