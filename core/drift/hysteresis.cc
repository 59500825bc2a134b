// SPDX-License-Identifier: Apache-2.0
#include "core/drift/hysteresis.h"

#include <cmath>

#include "core/drift/exceeds.h"

namespace tallystick::drift {
namespace {

constexpr double kSkewOff = 0.8;

}  // namespace

Condition DistanceCondition(double d, double tolerance, bool later_exchange) {
  if (Exceeds(d, tolerance)) return Condition::kOn;
  return later_exchange ? Condition::kOff : Condition::kHold;
}

Condition SkewCondition(double skew, double agreed_band) {
  if (Exceeds(std::abs(skew), agreed_band)) return Condition::kOn;
  return Exceeds(std::abs(skew), kSkewOff * agreed_band) ? Condition::kHold
                                                         : Condition::kOff;
}

}  // namespace tallystick::drift
