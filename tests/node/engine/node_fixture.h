// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_NODE_ENGINE_NODE_FIXTURE_H_
#define TALLYSTICK_TESTS_NODE_ENGINE_NODE_FIXTURE_H_

#include <memory>
#include <mutex>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "node/engine/node.h"

// A whole node for tests: real keys and a real store in a directory, and a
// clock that is set by hand.
namespace tallystick::node {

// What the calendar says, and how long the machine has been up. Thread-safe;
// stands still unless it is moved.
class HandClock {
 public:
  absl::Time Now() const {
    const std::lock_guard lock(mutex_);
    return now_;
  }
  absl::Duration SteadyNow() const {
    const std::lock_guard lock(mutex_);
    return steady_now_;
  }
  void Advance(absl::Duration by) {
    const std::lock_guard lock(mutex_);
    now_ += by;
    steady_now_ += by;
  }
  // Somebody changes the date; no time passes.
  void SetBack(absl::Duration by) {
    const std::lock_guard lock(mutex_);
    now_ -= by;
  }

 private:
  mutable std::mutex mutex_;
  absl::Time now_ = absl::FromUnixSeconds(1'790'000'000);
  absl::Duration steady_now_ = absl::Hours(1);
};

// Makes the node of `domain` in `directory`, or opens the one that is there.
// `clock` must outlive it. `listen`: the address partners are told.
std::unique_ptr<Node> OpenNode(const std::string& directory,
                               const std::string& domain,
                               const HandClock& clock,
                               const std::string& listen = "127.0.0.1:7411",
                               std::shared_ptr<Trust> trust = nullptr);

// Stores what has changed, as the engine does.
absl::Status Commit(Node& node);

// Founds "rtd" at `inviter` and invites to it, for an hour.
Invitation FoundAndInvite(Node& inviter);

// What `joiner` sends to redeem an invitation.
v1::PairRequest RequestToJoin(const Node& joiner, const Invitation& invitation);
// The same with another card; the proof is of `joiner`.
v1::PairRequest RequestToJoin(const Node& joiner, const Invitation& invitation,
                              const v1::PartyCard& card);

}  // namespace tallystick::node

#endif  // TALLYSTICK_TESTS_NODE_ENGINE_NODE_FIXTURE_H_
