// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/day_watch.h"

#include <string>
#include <vector>

#include "core/alliance/dates.h"
#include "core/alliance/plan_view.h"
#include "gmock/gmock.h"
#include "tests/core/alliance/plan_two_logs.h"

namespace tallystick::alliance {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int64_t kDayUs = int64_t{24} * 3600 * 1'000'000;
const std::string kRevenue = "performance/revenue-influenced";

class DayWatchTest : public ::testing::Test {
 protected:
  void Say(v1::Party party, const std::string& own,
           const std::string& prediction, const std::string& stated) {
    ViewRow row;
    row.topic = kRevenue;
    row.own = Raw(own);
    if (!prediction.empty()) row.prediction = Raw(prediction);
    row.stated = stated;
    const auto plan =
        PlanView(logs_.state(), party, kNames, {}, {&row, 1}, kToday);
    ASSERT_THAT(plan, testing::IsOk());
    for (const v1::Body& body : plan->stances) logs_.Write(party, body);
  }

  // Both parties claim a part of the same thing.
  void ClaimShare(v1::Party party, int64_t hundredths) {
    v1::Body body;
    v1::RecordClaim& claim = *body.mutable_record_claim();
    claim.set_uid(std::string(16, party == v1::PARTY_A ? 'a' : 'b'));
    claim.mutable_on()->set_year(2025);
    claim.mutable_on()->set_month(6);
    claim.mutable_on()->set_day(1);
    claim.mutable_share_claim()->set_subject("category_growth");
    claim.mutable_share_claim()->mutable_own_share()->set_unscaled(hundredths);
    claim.mutable_share_claim()->mutable_own_share()->set_scale(2);
    logs_.Write(party, body);
  }

  std::vector<uint64_t> Look(const expectation::Date& today) {
    return LookAtDay(logs_.state(), kNames, today, ++now_us_, book_);
  }

  TwoLogs logs_;
  drift::AlertBook book_;
  int64_t now_us_ = 0;
};

TEST_F(DayWatchTest, APredictionNotLookedAtAgainIsAnAlertAfterFourteenDays) {
  Say(v1::PARTY_A, "120000000 USD", "120000000 USD", "2025-05-01");
  Say(v1::PARTY_B, "120000000 USD", "120000000 USD", "2025-05-02");
  Say(v1::PARTY_B, "118000000 USD", "", "2025-06-01");
  EXPECT_THAT(Look({2025, 6, 15}), IsEmpty());
  EXPECT_THAT(Look({2025, 6, 16}), ElementsAre(1));
  EXPECT_EQ(book_.alerts().at(1).finding.kind, "outdated_prediction");
}

TEST_F(DayWatchTest, LookingAgainIsNoNews) {
  ClaimShare(v1::PARTY_A, 65);
  ClaimShare(v1::PARTY_B, 55);
  EXPECT_THAT(Look({2025, 6, 16}), ElementsAre(1));
  EXPECT_EQ(book_.alerts().at(1).finding.kind, "overclaim");
  EXPECT_THAT(Look({2025, 6, 16}), IsEmpty());
  EXPECT_EQ(book_.alerts().at(1).count, 1);
}

TEST_F(DayWatchTest, WhatIsMendedCloses) {
  Say(v1::PARTY_A, "120000000 USD", "120000000 USD", "2025-05-01");
  Say(v1::PARTY_B, "120000000 USD", "120000000 USD", "2025-05-02");
  Say(v1::PARTY_B, "118000000 USD", "", "2025-06-01");
  EXPECT_THAT(Look({2025, 6, 20}), ElementsAre(1));
  Say(v1::PARTY_A, "120000000 USD", "118000000 USD", "2025-06-20");
  EXPECT_THAT(Look({2025, 6, 20}), ElementsAre(1));
  EXPECT_EQ(book_.alerts().at(1).state, drift::Alert::State::kClosed);
}

TEST_F(DayWatchTest, AFalseConsensusIsAnAlertUntilTheAnswersAgree) {
  Say(v1::PARTY_A, "120000000 USD", "120000000 USD", "2025-05-01");
  Say(v1::PARTY_B, "60000000 USD", "60000000 USD", "2025-05-02");
  EXPECT_THAT(Look({2025, 5, 3}), ElementsAre(1));
  const drift::Finding& finding = book_.alerts().at(1).finding;
  EXPECT_EQ(finding.kind, "false_consensus");
  EXPECT_EQ(finding.subject, kRevenue);
  EXPECT_EQ(finding.party, v1::PARTY_UNSPECIFIED);
  // Both know now that they differ, and still do.
  Say(v1::PARTY_A, "120000000 USD", "60000000 USD", "2025-05-03");
  Say(v1::PARTY_B, "60000000 USD", "120000000 USD", "2025-05-03");
  EXPECT_THAT(Look({2025, 5, 4}), IsEmpty());
  Say(v1::PARTY_B, "120000000 USD", "120000000 USD", "2025-05-04");
  EXPECT_THAT(Look({2025, 5, 5}), ElementsAre(1));
  EXPECT_EQ(book_.alerts().at(1).state, drift::Alert::State::kClosed);
}

TEST_F(DayWatchTest, TheOneWhoOnlyThinksTheyAgreeIsNamed) {
  Say(v1::PARTY_A, "120000000 USD", "60000000 USD", "2025-05-01");
  Say(v1::PARTY_B, "60000000 USD", "60000000 USD", "2025-05-02");
  EXPECT_THAT(Look({2025, 5, 3}), ElementsAre(1));
  EXPECT_EQ(book_.alerts().at(1).finding.party, v1::PARTY_B);
}

TEST_F(DayWatchTest, AViewLongDueForReviewIsOneAlertForEachParty) {
  Say(v1::PARTY_A, "120000000 USD", "120000000 USD", "2025-05-01");
  Say(v1::PARTY_B, "120000000 USD", "120000000 USD", "2025-05-01");
  const int review_days = logs_.state().catalogue().Find(kRevenue)->review_days;
  const auto after = [](int days) {
    return DayOf((expectation::DayNumber({2025, 5, 1}) + days) * kDayUs);
  };
  EXPECT_THAT(Look(after(review_days * 3 / 2)), IsEmpty());
  EXPECT_THAT(Look(after(review_days * 3 / 2 + 1)), ElementsAre(1, 2));
  EXPECT_EQ(book_.alerts().at(1).finding.kind, "staleness");
  EXPECT_EQ(book_.alerts().at(1).finding.party, v1::PARTY_A);
  EXPECT_EQ(book_.alerts().at(2).finding.party, v1::PARTY_B);
}

}  // namespace
}  // namespace tallystick::alliance
