// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/gap_report.h"

#include "core/alliance/plan_view.h"
#include "gmock/gmock.h"
#include "tests/core/alliance/plan_two_logs.h"

namespace tallystick::alliance {
namespace {

using ::testing::ElementsAre;

class GapReportTest : public ::testing::Test {
 protected:
  void Say(v1::Party party, const std::string& topic, const std::string& own,
           const std::string& prediction, const std::string& stated = "") {
    ViewRow row;
    row.topic = topic;
    row.own = Raw(own);
    row.prediction = Raw(prediction);
    row.stated = stated;
    const auto plan =
        PlanView(logs_.state(), party, kNames, {}, {&row, 1}, kToday);
    ASSERT_THAT(plan, testing::IsOk());
    for (const v1::Body& body : plan->stances) logs_.Write(party, body);
  }

  std::vector<GapRow> Report(v1::Party party,
                             const expectation::Date& on = kToday) {
    return GapReport(logs_.state(), party, kNames, on);
  }

  TwoLogs logs_;
};

// The row frame/time-horizon of the worked example: only A is mistaken.
TEST_F(GapReportTest, EachSideReadsTheSameTopicFromItsOwnPlace) {
  Say(v1::PARTY_A, "frame/time-horizon", "open_ended", "open_ended");
  Say(v1::PARTY_B, "frame/time-horizon", "2 years", "open_ended");
  const GapRow a = Report(v1::PARTY_A)[0];
  const GapRow b = Report(v1::PARTY_B)[0];
  EXPECT_EQ(a.agreement, 1.0);
  EXPECT_EQ(a.congruency_own, 0.0);
  EXPECT_EQ(a.accuracy_own, 1.0);
  EXPECT_EQ(a.state_own, expectation::State::kFalseConsensus);
  EXPECT_EQ(a.state_partner, expectation::State::kDissensus);
  EXPECT_EQ(a.joint, expectation::JointState::kOneSidedFalseConsensus);
  EXPECT_EQ(a.joint_party, v1::PARTY_A);
  EXPECT_THAT(a.misread, ElementsAre(v1::PARTY_A));
  EXPECT_EQ(a.severity->points, 24);
  EXPECT_EQ(b.state_own, a.state_partner);
  EXPECT_EQ(b.congruency_partner, a.congruency_own);
  EXPECT_EQ(b.partner_own, a.own);
  EXPECT_EQ(b.partner_prediction, a.prediction);
  EXPECT_EQ(b.joint_party, v1::PARTY_A);
}

TEST_F(GapReportTest, WorstComesFirst) {
  Say(v1::PARTY_A, "frame/customer-visibility", "co_branded", "co_branded");
  Say(v1::PARTY_B, "frame/customer-visibility", "co_branded", "co_branded");
  Say(v1::PARTY_A, "frame/spectrum-position", "innovative", "innovative");
  Say(v1::PARTY_B, "frame/spectrum-position", "cooperative", "cooperative");
  const auto rows = Report(v1::PARTY_A);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].ref.topic, "frame/spectrum-position");
  EXPECT_EQ(rows[0].severity->points, 30);
  EXPECT_FALSE(rows[1].severity.has_value());
}

TEST_F(GapReportTest, AnAnswerIsStaleTheDayAfterItsReviewDays) {
  Say(v1::PARTY_A, "governance/notice-period", "180 days", "180 days",
      "2024-11-15");
  Say(v1::PARTY_B, "governance/notice-period", "180 days", "180 days",
      "2025-05-01");
  // 180 days later, and one more.
  EXPECT_FALSE(Report(v1::PARTY_A, {2025, 5, 14})[0].stale);
  EXPECT_TRUE(Report(v1::PARTY_A, {2025, 5, 15})[0].stale);
}

}  // namespace
}  // namespace tallystick::alliance
