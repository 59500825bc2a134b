// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_SIM_WORLD_INVARIANTS_H_
#define TALLYSTICK_TESTS_SIM_WORLD_INVARIANTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "core/evidence/digest.h"
#include "core/evidence/merkle.h"
#include "tests/sim/world/sim_node.h"

// What must hold whatever happens (architecture.md, sections 2 and 8), checked
// from outside by someone who sees every frame and both disks.
namespace tallystick::sim {

class Invariants {
 public:
  // Damage on the wire makes refusals an expected thing.
  explicit Invariants(bool raw_faults) : raw_faults_(raw_faults) {}

  // A frame is sent: every entry and checkpoint must continue or repeat what
  // its sender has sent before, and nothing private may be in it.
  void OnSent(v1::Party from, const std::string& bytes);

  // After each step, for a node that has ended its batch.
  absl::Status CheckNode(SimNode& node);
  // A node has started again: nothing it reported as done is lost, and nothing
  // it reported as not done is there.
  absl::Status CheckStatements(SimNode& node);
  absl::Status CheckBoth(SimNode& a, SimNode& b);
  // Nothing is left to do: both hold and think the same.
  absl::Status CheckAtRest(SimNode& a, SimNode& b);

  // The disk of `node` is as it was long ago. What it had promised and what it
  // had sent, and nobody holds, is gone.
  absl::Status OnRestored(SimNode& node, SimNode& partner);
  // Some node is behind what it has sent, until both are in step again.
  bool recovering() const { return recovering_[0] || recovering_[1]; }
  // A clock was off by more than a day at some time.
  void ClockWasWrong() { clock_was_wrong_ = true; }

 private:
  // A log as far as it was ever sent: its roots by size.
  struct Sent {
    std::vector<std::string> leaves;
    evidence::CompactRange range;
    std::vector<evidence::Digest> roots = {evidence::CompactRange().Root()};

    void Push(const std::string& leaf);
    void Truncate(uint64_t size);
  };

  Sent& SentBy(v1::Party party) { return sent_[party - v1::PARTY_A]; }
  void CheckSent(v1::Party from, const v1::Entries& batch);
  absl::Status CheckAlerts(SimNode& node) const;
  absl::Status CheckStored(SimNode& node) const;
  void Fail(std::string what);

  const bool raw_faults_;
  bool clock_was_wrong_ = false;
  Sent sent_[2];
  // How much of the partner's log each party has given a receipt for.
  uint64_t receipted_[2] = {0, 0};
  bool recovering_[2] = {false, false};
  // Found while sending; reported by the next check.
  absl::Status found_;
};

}  // namespace tallystick::sim

#endif  // TALLYSTICK_TESTS_SIM_WORLD_INVARIANTS_H_
