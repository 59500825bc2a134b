// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_PROMISE_REPORT_H_
#define TALLYSTICK_CORE_ALLIANCE_PROMISE_REPORT_H_

#include <vector>

#include "core/alliance/state.h"
#include "core/alliance/statement_report.h"

namespace tallystick::alliance {

// Decisions in force, signed here or taken before, that were due before `on`
// and that nobody says are done: promise drift (measures.md, c.1). The most
// overdue first; their rows are about no topic.
std::vector<StatementRow> PromiseReport(const AllianceState& state,
                                        const expectation::PartyNames& names,
                                        const expectation::Date& on);

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_PROMISE_REPORT_H_
