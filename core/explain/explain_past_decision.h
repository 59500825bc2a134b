// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EXPLAIN_EXPLAIN_PAST_DECISION_H_
#define TALLYSTICK_CORE_EXPLAIN_EXPLAIN_PAST_DECISION_H_

#include "core/alliance/state.h"
#include "core/explain/explanation.h"

namespace tallystick::explain {

// Why a decision taken before has, or has not, come into force by the end of
// `day`: who tells of it, and what its dates make of it.
Explanation ExplainPastDecision(const alliance::AllianceState& state,
                                const expectation::PartyNames& names,
                                const alliance::PastTelling& telling,
                                const expectation::Date& day);

}  // namespace tallystick::explain

#endif  // TALLYSTICK_CORE_EXPLAIN_EXPLAIN_PAST_DECISION_H_
