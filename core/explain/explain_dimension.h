// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EXPLAIN_EXPLAIN_DIMENSION_H_
#define TALLYSTICK_CORE_EXPLAIN_EXPLAIN_DIMENSION_H_

#include "core/alliance/balance_report.h"
#include "core/explain/explanation.h"

namespace tallystick::explain {

// Why a dimension is in balance or not (measures.md, b.1), on each basis of the
// report.
Explanation ExplainDimension(const alliance::BalanceReport& report,
                             record::Dimension dimension,
                             const expectation::PartyNames& names);

}  // namespace tallystick::explain

#endif  // TALLYSTICK_CORE_EXPLAIN_EXPLAIN_DIMENSION_H_
