// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EXPLAIN_EXPLAIN_TOPIC_H_
#define TALLYSTICK_CORE_EXPLAIN_EXPLAIN_TOPIC_H_

#include "core/alliance/gap_report.h"
#include "core/alliance/state.h"
#include "core/explain/explanation.h"

namespace tallystick::explain {

// Why a topic stands where the gap report says it stands: the four cells, the
// five comparisons, the states that follow (measures.md, a.1 to a.4), its
// severity (c.8), and what has drifted (c.1). `row` is of the GapReport that
// answers `question`.
Explanation ExplainTopic(const alliance::AllianceState& state,
                         const alliance::GapQuestion& question,
                         const alliance::GapRow& row);

}  // namespace tallystick::explain

#endif  // TALLYSTICK_CORE_EXPLAIN_EXPLAIN_TOPIC_H_
