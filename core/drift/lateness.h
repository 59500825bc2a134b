// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_DRIFT_LATENESS_H_
#define TALLYSTICK_CORE_DRIFT_LATENESS_H_

#include <optional>

#include "core/drift/statement_drift.h"

// The kinds of drift that come by waiting (measures.md, c.1). Each is a
// function of days, so a report as of any day gives the same; a day after
// `today` never counts as late. Bands are those of drift, days over their
// limit.
namespace tallystick::drift {

// So long a party may leave a restatement of its partner unanswered.
inline constexpr int kLookAgainDays = 14;

// Staleness is an alert from more than this times the review time.
inline constexpr double kStaleAlertRatio = 1.5;

// How late a one-off promise is, is rated in months.
inline constexpr double kPromiseDays = 30;

// `restated_on`: when the first restatement that `party`'s prediction knows
// nothing of was shared. Found after more than kLookAgainDays.
std::optional<StatementDrift> FindOutdatedPrediction(
    int weight, v1::Party party, const expectation::Date& restated_on,
    const expectation::Date& today);

// An answer stated on that day. Found when older than review_days; a notice up
// to 1.5 times that.
std::optional<StatementDrift> FindStaleness(int weight, int review_days,
                                            v1::Party party,
                                            const expectation::Date& stated_on,
                                            const expectation::Date& today);

// A decision in force that was due on that day and is not done. Found from the
// day after.
std::optional<StatementDrift> FindOverdue(int weight,
                                          const expectation::Date& due_on,
                                          const expectation::Date& today);

// An agreed rhythm: the next was due `interval_days` (at least 1) after the
// newest. Found when more than one interval late.
std::optional<StatementDrift> FindMissedCadence(
    int weight, const expectation::Date& newest_on, int interval_days,
    const expectation::Date& today);

}  // namespace tallystick::drift

#endif  // TALLYSTICK_CORE_DRIFT_LATENESS_H_
