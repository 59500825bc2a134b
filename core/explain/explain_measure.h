// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EXPLAIN_EXPLAIN_MEASURE_H_
#define TALLYSTICK_CORE_EXPLAIN_EXPLAIN_MEASURE_H_

#include <string>

#include "core/alliance/practice_report.h"
#include "core/explain/explanation.h"

namespace tallystick::explain {

// Why a measured series is said to drift, or not to (measures.md, c.2 to c.8):
// figure, spread and limit, and the sums point by point from where it began.
// `decision`: the id of the one that agreed the figure; empty: none.
Explanation ExplainMeasure(const alliance::PracticeRow& row,
                           const std::string& decision);

}  // namespace tallystick::explain

#endif  // TALLYSTICK_CORE_EXPLAIN_EXPLAIN_MEASURE_H_
