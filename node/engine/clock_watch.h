// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_ENGINE_CLOCK_WATCH_H_
#define TALLYSTICK_NODE_ENGINE_CLOCK_WATCH_H_

#include <cstdint>

#include "node/engine/alliance_node.h"

// The times in a log never go back, and a partner takes nothing from more than
// a day ahead of its own clock. So one entry written by a clock that was ahead
// keeps all later ones from the partner until then, and only the writer can
// know why. Its people are told by an alert, `clock.ahead`.
namespace tallystick::node {

// Looks whether the newest entry of the own log is well ahead of our clock: it
// was written by a clock that was ahead, or the clock is behind now.
void WatchClock(AllianceNode& alliance, int64_t now_us);

// The partner ended a stream because of the times in our log.
void OnTimesRefused(AllianceNode& alliance, int64_t now_us);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_ENGINE_CLOCK_WATCH_H_
