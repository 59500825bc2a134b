// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_DAY_WATCH_H_
#define TALLYSTICK_CORE_ALLIANCE_DAY_WATCH_H_

#include <cstdint>
#include <vector>

#include "core/alliance/state.h"
#include "core/drift/alert_book.h"
#include "core/expectation/topic_ref.h"

namespace tallystick::alliance {

// What is looked at now and then, because it comes by waiting or asks for a
// look at everything: topics on which a party only thinks they agree, promises
// that are overdue, predictions not looked at again, answers long due for a
// review, dimensions out of balance, and more claimed than there is
// (measures.md, a.4, b.1, b.3, c.1, c.8). Opens and closes alerts, and leaves
// alone what has not changed, so it may be called as often as is wanted.
// Returns the numbers of those that changed.
//
// Other than in c.8, old answers are one alert for each party: a whole view
// gets old on one day. And of the states of a topic only false consensus is an
// alert: a difference that both see is no news, `tally gaps` shows it.
std::vector<uint64_t> LookAtDay(const AllianceState& state,
                                const expectation::PartyNames& names,
                                const expectation::Date& today, int64_t now_us,
                                drift::AlertBook& book);

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_DAY_WATCH_H_
