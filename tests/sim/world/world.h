// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_SIM_WORLD_WORLD_H_
#define TALLYSTICK_TESTS_SIM_WORLD_WORLD_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tests/sim/world/invariants.h"
#include "tests/sim/world/sim_node.h"
#include "tests/sim/world/wire.h"

// Two nodes, their network, disks, clocks and people, and everything that can
// go wrong with them, drawn from one seed.
namespace tallystick::sim {

struct WorldOptions {
  uint64_t seed = 0;
  int steps = 60;
  Defect defect = Defect::kNone;
  // Frames are also damaged, repeated and swapped, which TLS would not let
  // pass.
  bool raw_faults = false;
  // One line for each thing that happens.
  std::ostream* trace = nullptr;
};

class World {
 public:
  explicit World(const WorldOptions& options);

  // Runs all steps, then lets everything heal and come to rest. The first
  // broken invariant, in words, or OK.
  absl::Status Run();

 private:
  SimNode& Node(v1::Party party) { return party == v1::PARTY_A ? *a_ : *b_; }
  uint64_t Below(uint64_t bound) { return random_() % bound; }
  v1::Party SomeParty() { return Below(2) == 0 ? v1::PARTY_A : v1::PARTY_B; }
  int64_t NowOf(v1::Party party) const {
    return now_us_ + clock_offset_us_[party - v1::PARTY_A];
  }
  void Trace(v1::Party party, const std::string& line);

  absl::Status SetUp();
  absl::Status Act();
  absl::Status Happen(v1::Party party);
  absl::Status Misfortune(v1::Party party);
  absl::Status Speak(v1::Party party);
  absl::Status Deliver(const Wire::Arrival& arrival);
  absl::Status Dial(v1::Party party);
  absl::Status EndBatch(v1::Party party, bool quiet);
  absl::Status Start(v1::Party party);
  void PowerFailure(v1::Party party);
  absl::Status RestoreBackup(v1::Party party);
  void JumpClock(v1::Party party);
  absl::Status ComeToRest();
  void Heal();
  // Does one thing that is left to do; false if there is none.
  absl::StatusOr<bool> DoWhatIsLeft();

  WorldOptions options_;
  std::mt19937_64 random_;
  int64_t now_us_ = 1'790'000'000'000'000;  // 2026-09-21
  int64_t clock_offset_us_[2] = {0, 0};
  Invariants invariants_;
  Wire wire_;
  std::unique_ptr<SimNode> a_;
  std::unique_ptr<SimNode> b_;
  std::optional<SimDisk::Files> backups_[2];
  bool full_[2] = {false, false};
  bool partitioned_ = false;
  int dials_ = 0;
};

// Runs one world. OK, or what is wrong and how to see it again.
absl::Status RunSeed(const WorldOptions& options);

}  // namespace tallystick::sim

#endif  // TALLYSTICK_TESTS_SIM_WORLD_WORLD_H_
