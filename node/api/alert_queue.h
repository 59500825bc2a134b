// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_ALERT_QUEUE_H_
#define TALLYSTICK_NODE_API_ALERT_QUEUE_H_

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>

#include "tallystick/v1/alert_service.pb.h"

namespace tallystick::node {

// Alerts that wait for a watcher who reads slower than they change. Of one
// alert only the newest state waits, so a watcher misses steps but never an
// alert.
class AlertQueue {
 public:
  // Different alerts that may wait.
  static constexpr size_t kSizeMax = 4096;

  // False if there is no room; then nothing has changed.
  [[nodiscard]] bool Push(v1::Alert alert);
  // In the order in which they began to wait.
  std::optional<v1::Alert> Pop();
  void Clear();

 private:
  std::map<std::string, v1::Alert> by_name_;
  std::deque<std::string> order_;
};

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_ALERT_QUEUE_H_
