// SPDX-License-Identifier: Apache-2.0
#include "core/record/overclaim.h"

#include "gtest/gtest.h"

namespace tallystick::record {
namespace {

constexpr double kExact = 1e-12;

// measures.md b.3.
TEST(OverclaimTest, GivesTheWorkedExample) {
  const Overclaim got = MeasureOverclaim({0.65, 0.35}, {0.55, 0.45});
  EXPECT_NEAR(*got.omega, 0.20, kExact);
  EXPECT_EQ(got.level, OverclaimLevel::kWatch);
  EXPECT_NEAR(*got.gap_a, 0.20, kExact);
  EXPECT_NEAR(*got.gap_b, 0.20, kExact);
}

TEST(OverclaimTest, ASumOnALimitIsWithin) {
  EXPECT_EQ(MeasureOverclaim({0.60, {}}, {0.50, {}}).level,
            OverclaimLevel::kOrdinary);
  EXPECT_EQ(MeasureOverclaim({0.60, {}}, {0.65, {}}).level,
            OverclaimLevel::kWatch);
  EXPECT_EQ(MeasureOverclaim({0.60, {}}, {0.66, {}}).level,
            OverclaimLevel::kWarning);
}

TEST(OverclaimTest, WorkThatNobodyClaimsCountsAlike) {
  const Overclaim got = MeasureOverclaim({0.30, {}}, {0.30, {}});
  EXPECT_NEAR(*got.omega, -0.40, kExact);
  EXPECT_EQ(got.level, OverclaimLevel::kWarning);
}

TEST(OverclaimTest, APartThatIsNotClaimedIsNotZero) {
  const Overclaim got = MeasureOverclaim({0.65, 0.35}, {std::nullopt, 0.45});
  EXPECT_EQ(got.level, OverclaimLevel::kOneSided);
  EXPECT_FALSE(got.omega);
  EXPECT_NEAR(*got.gap_a, 0.20, kExact);
  EXPECT_FALSE(got.gap_b);
}

}  // namespace
}  // namespace tallystick::record
