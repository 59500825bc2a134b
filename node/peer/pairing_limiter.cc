// SPDX-License-Identifier: Apache-2.0
#include "node/peer/pairing_limiter.h"

#include <utility>

namespace tallystick::node {

PairingLimiter::PairingLimiter(int per_minute, std::function<absl::Time()> now)
    : per_minute_(per_minute), now_(std::move(now)) {}

bool PairingLimiter::Enter() {
  const absl::Time now = now_();
  const std::lock_guard lock(mutex_);
  // A clock that was set back starts a new minute, too.
  if (now >= minute_began_ + absl::Minutes(1) || now < minute_began_) {
    minute_began_ = now;
    this_minute_ = 0;
  }
  if (this_minute_ >= per_minute_ || inside_ >= kAtATime) return false;
  ++this_minute_;
  ++inside_;
  return true;
}

void PairingLimiter::Leave() {
  const std::lock_guard lock(mutex_);
  --inside_;
}

}  // namespace tallystick::node
