// SPDX-License-Identifier: Apache-2.0
// Many worlds. SIM_SEEDS=20000 runs that many; each failure names the command
// that shows it.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "gtest/gtest.h"
#include "tests/sim/world/world.h"
#include "tests/status_matchers.h"

#ifndef TALLYSTICK_SIM_SEEDS
#define TALLYSTICK_SIM_SEEDS 2400
#endif

namespace tallystick::sim {
namespace {

using ::tallystick::testing::IsOk;

constexpr uint64_t kShards = 8;

uint64_t SeedCount() {
  const char* wanted = std::getenv("SIM_SEEDS");
  return wanted == nullptr ? TALLYSTICK_SIM_SEEDS
                           : std::strtoull(wanted, nullptr, 10);
}

class SeedTest : public ::testing::TestWithParam<uint64_t> {
 protected:
  void RunShard(bool raw_faults) {
    // Most seeds go to the faults that can happen.
    const uint64_t count = SeedCount() * (raw_faults ? 1 : 4) / 5;
    for (uint64_t seed = GetParam(); seed < count; seed += kShards) {
      ASSERT_THAT(RunSeed({.seed = seed, .raw_faults = raw_faults}), IsOk());
    }
  }
};

TEST_P(SeedTest, NothingIsLostAndBothAgreeWhateverFails) { RunShard(false); }

TEST_P(SeedTest, DamagedFramesNeverLeadToAWrongState) { RunShard(true); }

INSTANTIATE_TEST_SUITE_P(Shard, SeedTest,
                         ::testing::Range<uint64_t>(0, kShards));

}  // namespace
}  // namespace tallystick::sim
