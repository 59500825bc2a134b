// SPDX-License-Identifier: Apache-2.0
// A digest costs what has changed since the last one, whatever else is there.
#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tests/core/alliance/two_companies.h"

namespace tallystick::alliance {
namespace {

constexpr int64_t kHourUs = int64_t{3600} * 1'000'000;

class FoldCostTest : public TwoCompanies {
 protected:
  static std::string Uid(int number) {
    return absl::StrFormat("%016d", number);
  }

  std::string Propose(int number, int64_t respond_by_us) {
    return Say(kA,
               sim::Proposal(Uid(number), "Plan", "innovative", respond_by_us));
  }
  // How many items the digest looks at now.
  uint64_t DigestCost() {
    const uint64_t before = state_.items_digested();
    state_.StateDigest();
    return state_.items_digested() - before;
  }
};

TEST_F(FoldCostTest, OneEntryAmongThousandsOfDecisions) {
  Meet();
  for (int i = 0; i < 5000; ++i) {
    // Of all kinds: without a limit, lapsed, open, and withdrawn.
    const int64_t limits[] = {0, kNowUs - 1, kNowUs + kHourUs};
    ASSERT_EQ(Propose(i, limits[i % 3]), "");
    if (i % 2 == 0) {
      const decision::Decision& opened = *state_.FindDecision(kA, Uid(i));
      ASSERT_EQ(Say(kA, sim::Withdrawal(opened, opened.revisions[0])), "");
    }
  }
  EXPECT_GE(DigestCost(), 5000u);
  EXPECT_EQ(DigestCost(), 0u);
  ASSERT_EQ(Say(kB, sim::Stance("frame/spectrum-position", "identity")), "");
  EXPECT_EQ(DigestCost(), 1u);
  ASSERT_EQ(Propose(5000, 0), "");
  EXPECT_EQ(DigestCost(), 1u);
}

TEST_F(FoldCostTest, ALimitIsLookedAtOnceWhenItHasPassed) {
  Meet();
  ASSERT_EQ(Propose(1, kNowUs + kHourUs), "");
  ASSERT_EQ(Propose(2, kNowUs + 3 * kHourUs), "");
  state_.StateDigest();
  const v1::Body stance = sim::Stance("frame/spectrum-position", "identity");
  ASSERT_EQ(Say(kB, stance, "", kNowUs + kHourUs), "");
  EXPECT_EQ(DigestCost(), 1u);
  ASSERT_EQ(Say(kB, stance, "", kNowUs + kHourUs + 1), "");
  EXPECT_EQ(DigestCost(), 2u);
  ASSERT_EQ(Say(kB, stance, "", kNowUs + 2 * kHourUs), "");
  EXPECT_EQ(DigestCost(), 1u);
}

}  // namespace
}  // namespace tallystick::alliance
