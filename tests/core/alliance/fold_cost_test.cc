// SPDX-License-Identifier: Apache-2.0
// An entry costs what it touches, whatever else is there: the digest what has
// changed since the last one, alerts one look at its topic or series.
#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "core/alliance/watch.h"
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

v1::Body Reading(const std::string& uid, int series, int day) {
  v1::Body body;
  v1::RecordClaim& claim = *body.mutable_record_claim();
  claim.set_uid(uid);
  claim.mutable_on()->set_year(2026);
  claim.mutable_on()->set_month(1);
  claim.mutable_on()->set_day(day);
  claim.mutable_reading()->set_measure(absl::StrCat("series_", series));
  claim.mutable_reading()->mutable_value()->set_unscaled(5);
  return body;
}

TEST_F(FoldCostTest, AnEntryIsLookedAtWithWhatItTouches) {
  Meet();
  Watch watch;
  drift::AlertBook book;
  const auto looks = [&](const v1::Body& body) {
    const uint64_t before = watch.looked_at();
    const auto touched = state_.Fold(
        kA, {.partner_size = state_.size(kB), .time_us = kNowUs, .author = ""},
        body.SerializeAsString());
    EXPECT_TRUE(touched.ok() && touched->set_aside.empty());
    watch.Note(*touched);
    watch.Look(state_, {"cascadia", "meridian"}, kNowUs, book);
    return watch.looked_at() - before;
  };
  for (int i = 0; i < 300; ++i) EXPECT_EQ(looks(Reading(Uid(i), i, 1)), 1u);
  EXPECT_EQ(looks(Reading(Uid(300), 7, 2)), 1u);
  EXPECT_EQ(looks(sim::Stance("frame/spectrum-position", "identity")), 1u);
  ASSERT_EQ(Propose(301, 0), "");
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
