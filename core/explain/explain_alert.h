// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EXPLAIN_EXPLAIN_ALERT_H_
#define TALLYSTICK_CORE_EXPLAIN_EXPLAIN_ALERT_H_

#include "core/drift/alert_book.h"
#include "core/explain/explanation.h"

namespace tallystick::explain {

// Why there is an alert: what was noticed and how often, and when it will be
// over (measures.md, c.8). `about`, if there is one, explains the thing the
// alert is about; its inputs and its arithmetic are those of the alert.
Explanation ExplainAlert(const drift::Alert& alert, const Explanation* about);

}  // namespace tallystick::explain

#endif  // TALLYSTICK_CORE_EXPLAIN_EXPLAIN_ALERT_H_
