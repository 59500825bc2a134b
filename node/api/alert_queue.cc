// SPDX-License-Identifier: Apache-2.0
#include "node/api/alert_queue.h"

#include <utility>

namespace tallystick::node {

bool AlertQueue::Push(v1::Alert alert) {
  std::string name = alert.name();
  if (const auto same = by_name_.find(name); same != by_name_.end()) {
    same->second = std::move(alert);
    return true;
  }
  if (by_name_.size() >= kSizeMax) return false;
  order_.push_back(name);
  by_name_.emplace(std::move(name), std::move(alert));
  return true;
}

std::optional<v1::Alert> AlertQueue::Pop() {
  if (order_.empty()) return std::nullopt;
  v1::Alert alert = std::move(by_name_.extract(order_.front()).mapped());
  order_.pop_front();
  return alert;
}

void AlertQueue::Clear() {
  by_name_.clear();
  order_.clear();
}

}  // namespace tallystick::node
