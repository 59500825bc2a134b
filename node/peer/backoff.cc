// SPDX-License-Identifier: Apache-2.0
#include "node/peer/backoff.h"

#include <algorithm>
#include <utility>

namespace tallystick::node {

Backoff::Backoff(std::function<double()> random) : random_(std::move(random)) {}

absl::Duration Backoff::Next() {
  const absl::Duration delay = ceiling_ * (0.5 + random_() / 2);
  ceiling_ = std::min(ceiling_ * 2, kMost);
  return delay;
}

void Backoff::Reset() { ceiling_ = kFirst; }

}  // namespace tallystick::node
