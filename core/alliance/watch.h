// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_WATCH_H_
#define TALLYSTICK_CORE_ALLIANCE_WATCH_H_

#include <vector>

#include "core/alliance/state.h"
#include "core/drift/alert_book.h"
#include "core/expectation/topic_ref.h"

// Calls the detectors on what an entry touched, and on nothing else.
namespace tallystick::alliance {

// Updates the book and returns the alerts that opened, changed or closed.
std::vector<drift::Alert> Watch(const AllianceState& state,
                                const Touched& touched,
                                const expectation::PartyNames& names,
                                int64_t now_us, drift::AlertBook& book);

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_WATCH_H_
