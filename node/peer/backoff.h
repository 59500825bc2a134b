// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_PEER_BACKOFF_H_
#define TALLYSTICK_NODE_PEER_BACKOFF_H_

#include <functional>

#include "absl/time/time.h"

namespace tallystick::node {

// How long to wait before dialling again: 0.2 s, doubling up to 30 s, each time
// cut to a random part between half and all of it, so that two nodes that lost
// each other do not keep calling at the same moment.
class Backoff {
 public:
  static constexpr absl::Duration kFirst = absl::Milliseconds(200);
  static constexpr absl::Duration kMost = absl::Seconds(30);

  // `random` gives numbers from 0 up to but not including 1.
  explicit Backoff(std::function<double()> random);

  absl::Duration Next();
  // After a connection that worked.
  void Reset();

 private:
  std::function<double()> random_;
  absl::Duration ceiling_ = kFirst;
};

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_PEER_BACKOFF_H_
