// SPDX-License-Identifier: Apache-2.0
#include "core/drift/self_starting.h"

#include <cmath>

#include "core/drift/quantiles.h"

namespace tallystick::drift {

std::optional<SelfStarting::Score> SelfStarting::Add(double x) {
  std::optional<Score> score;
  const double departure = x - mean_;
  ++count_;
  if (count_ >= 3 && squares_ > 0) {
    const double degrees = count_ - 2;
    const double i = count_;
    const double t =
        std::sqrt((i - 1) / i) * departure / std::sqrt(squares_ / degrees);
    score = {t, NormalFromStudent(t, degrees)};
  }
  // Welford's update: exactly 0 stays 0 while all values are equal.
  mean_ += departure / count_;
  squares_ += departure * (x - mean_);
  return score;
}

}  // namespace tallystick::drift
