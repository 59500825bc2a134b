// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_DRIFT_HYSTERESIS_H_
#define TALLYSTICK_CORE_DRIFT_HYSTERESIS_H_

// When an alert opens and when it closes (measures.md, c.8). The limit that
// closes lies below the one that opens, so that a value near it does not ring
// twice. Practice drift has its own rule, inside practice_chart.h.
namespace tallystick::drift {

enum class Condition {
  // Raise it.
  kOn,
  // Leave it as it is.
  kHold,
  // Close it.
  kOff
};

// Coorientation and statements: on while d is more than the tolerance. Off once
// it is not, and that was said in a later exchange than the one that opened it.
Condition DistanceCondition(double d, double tolerance, bool later_exchange);

// Symmetry: on beyond the agreed band, off at 0.8 times it.
Condition SkewCondition(double skew, double agreed_band);

}  // namespace tallystick::drift

#endif  // TALLYSTICK_CORE_DRIFT_HYSTERESIS_H_
