// SPDX-License-Identifier: Apache-2.0
#include "core/drift/cusum.h"

#include "core/drift/exceeds.h"

namespace tallystick::drift {

void Cusum::Add(std::optional<double> z) {
  ++count_;
  for (const Side side : kSides) {
    double& sum = sums_[IndexOf(side)];
    if (z) sum += SignOf(side) * *z - k_;
    // Noise in the last digits must not move the onset.
    if (!Exceeds(sum, 0)) {
      sum = 0;
      zero_at_[IndexOf(side)] = count_;
    }
  }
}

void Cusum::Restart() {
  sums_ = {0, 0};
  zero_at_ = {count_, count_};
}

}  // namespace tallystick::drift
