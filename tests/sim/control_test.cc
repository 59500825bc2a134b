// SPDX-License-Identifier: Apache-2.0
// Bugs planted on purpose: a simulator that does not notice them proves
// nothing.
#include <cstdint>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/sim/world/world.h"

namespace tallystick::sim {
namespace {

using ::testing::HasSubstr;

// What is broken in the first seed that notices; empty if none does.
std::string FirstNotice(Defect defect, uint64_t seeds) {
  for (uint64_t seed = 0; seed < seeds; ++seed) {
    const absl::Status status = RunSeed({.seed = seed, .defect = defect});
    if (!status.ok()) return std::string(status.message());
  }
  return "";
}

TEST(ControlTest, NoticesCommitsThatDoNotWaitForTheDisk) {
  EXPECT_THAT(FirstNotice(Defect::kNoSync, 200), ::testing::Not(""));
}

TEST(ControlTest, NoticesReceiptsThatAreSentBeforeTheCommit) {
  EXPECT_THAT(FirstNotice(Defect::kSendsBeforeCommit, 400),
              HasSubstr("gave a receipt for"));
}

}  // namespace
}  // namespace tallystick::sim
