// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_ENGINE_STEADY_CLOCK_H_
#define TALLYSTICK_NODE_ENGINE_STEADY_CLOCK_H_

#include <chrono>

#include "absl/time/time.h"

namespace tallystick::node {

// Time since some moment, for waiting: nobody can set it, and it never goes
// back. What people see and what is written has the date instead.
inline absl::Duration SteadyNow() {
  return absl::FromChrono(std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_ENGINE_STEADY_CLOCK_H_
