// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_DRIFT_EXCEEDS_H_
#define TALLYSTICK_CORE_DRIFT_EXCEEDS_H_

#include "core/expectation/distance.h"

namespace tallystick::drift {

// x > limit, where a value that sits on the limit but for floating-point noise
// is within.
inline bool Exceeds(double x, double limit) {
  return x > limit + expectation::kSlack;
}

}  // namespace tallystick::drift

#endif  // TALLYSTICK_CORE_DRIFT_EXCEEDS_H_
