// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_PEER_PAIRING_LIMITER_H_
#define TALLYSTICK_NODE_PEER_PAIRING_LIMITER_H_

#include <functional>
#include <mutex>

#include "absl/time/time.h"

namespace tallystick::node {

// Bounds the work strangers can cause while pairing is open: at most so many
// attempts a minute and four at a time. Guessing is not the worry, the secret
// has 128 bits. Thread-safe.
class PairingLimiter {
 public:
  PairingLimiter(int per_minute, std::function<absl::Time()> now);

  // True if an attempt may go on; then Leave is owed.
  bool Enter();
  void Leave();

 private:
  static constexpr int kAtATime = 4;

  const int per_minute_;
  const std::function<absl::Time()> now_;
  std::mutex mutex_;
  absl::Time minute_began_ = absl::InfinitePast();
  int this_minute_ = 0;
  int inside_ = 0;
};

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_PEER_PAIRING_LIMITER_H_
