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
    return Compare(party, on).rows;
  }

  GapReport Compare(v1::Party party, const expectation::Date& on = kToday) {
    question_.own_party = party;
    question_.names = kNames;
    question_.on = on;
    return CompareViews(logs_.state(), question_);
  }

  TwoLogs logs_;
  GapQuestion question_;
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

TEST_F(GapReportTest, BothSidesComeToTheSameScores) {
  Say(v1::PARTY_A, "frame/time-horizon", "open_ended", "open_ended");
  Say(v1::PARTY_B, "frame/time-horizon", "2 years", "open_ended");
  const auto a = Compare(v1::PARTY_A).scores;
  const auto b = Compare(v1::PARTY_B).scores;
  EXPECT_EQ(a.layers[0].agreement.value, 0.0);
  EXPECT_EQ(b.layers[0].agreement.value, 0.0);
  EXPECT_EQ(a.counts, b.counts);
  EXPECT_EQ(a.false_consensus.value, 1.0);
}

TEST_F(GapReportTest, APredictionAfterTheAnswerWasInViewScoresNoAccuracy) {
  Say(v1::PARTY_A, "frame/time-horizon", "open_ended", "open_ended");
  Say(v1::PARTY_B, "frame/time-horizon", "2 years", "open_ended");
  const GapReport report = Compare(v1::PARTY_A);
  EXPECT_EQ(report.rows[0].prediction_blind, true);
  EXPECT_EQ(report.rows[0].partner_prediction_blind, false);
  // The row still says how far off it is.
  EXPECT_EQ(report.rows[0].accuracy_partner, 0.0);
  EXPECT_EQ(report.scores.layers[0].accuracy_a.coverage(), 1.0);
  EXPECT_EQ(report.scores.layers[0].accuracy_b.value, std::nullopt);
  EXPECT_EQ(report.scores.layers[0].accuracy_b.coverage(), 0.0);
}

TEST_F(GapReportTest, LayersAreWeighedByThePositionThatIsAskedFor) {
  EXPECT_EQ(Compare(v1::PARTY_A).position_source, PositionSource::kNone);
  EXPECT_EQ(Compare(v1::PARTY_A).scores.layers[1].weight, 1);
  question_.position = "cooperative";
  EXPECT_EQ(Compare(v1::PARTY_A).position_source, PositionSource::kAsked);
  EXPECT_EQ(Compare(v1::PARTY_A).scores.layers[1].weight, 4);
}

class PrivateGapTest : public GapReportTest {
 protected:
  void Keep(const std::string& topic, v1::Stance::Cell cell,
            const std::string& option) {
    const Slot slot = {{topic, v1::PARTY_UNSPECIFIED}, cell};
    question_.private_answers[slot] = {
        .topic = slot.first,
        .cell = cell,
        .value = expectation::Value{expectation::Option{option}},
        .stated_on = kToday};
  }
};

TEST_F(PrivateGapTest, APrivateAnswerIsComparedWithThePartnersOnlyHere) {
  Say(v1::PARTY_B, "frame/spectrum-position", "cooperative", "cooperative");
  Keep("frame/spectrum-position", v1::Stance::OWN, "innovative");
  const GapReport report = Compare(v1::PARTY_A);
  ASSERT_EQ(report.rows.size(), 1u);
  EXPECT_TRUE(report.rows[0].is_private);
  EXPECT_EQ(report.rows[0].own, "innovative");
  EXPECT_TRUE(report.rows[0].agreement.has_value());
  // Of what both hold, ours is unstated.
  EXPECT_EQ(report.scores.layers[0].agreement.value, std::nullopt);
  EXPECT_EQ(report.scores.counts.at(expectation::JointState::kUnstated), 1);
}

TEST_F(PrivateGapTest, ATopicThatIsOnlyPrivateIsARowAndInNoCount) {
  Keep("frame/spectrum-position", v1::Stance::OWN, "innovative");
  const GapReport report = Compare(v1::PARTY_A);
  ASSERT_EQ(report.rows.size(), 1u);
  EXPECT_TRUE(report.rows[0].is_private);
  EXPECT_TRUE(report.scores.counts.empty());
  EXPECT_EQ(report.scores.layers[0].agreement.coverage(), std::nullopt);
}

TEST_F(PrivateGapTest, WhatThePartnerGoesOnHoldingIsWhatIsScored) {
  Say(v1::PARTY_A, "frame/spectrum-position", "cooperative", "cooperative");
  Say(v1::PARTY_B, "frame/spectrum-position", "cooperative", "cooperative");
  Keep("frame/spectrum-position", v1::Stance::OWN, "identity");
  const GapReport report = Compare(v1::PARTY_A);
  EXPECT_EQ(report.rows[0].own, "identity");
  EXPECT_NE(report.rows[0].agreement, 0.0);
  EXPECT_EQ(report.scores.layers[0].agreement.value, 1.0);
}

TEST_F(GapReportTest, ABlindPredictionThatIsReviewedStaysBlind) {
  Say(v1::PARTY_A, "frame/time-horizon", "3 years", "3 years");
  Say(v1::PARTY_B, "frame/time-horizon", "3 years", "3 years");
  ViewRow again;
  again.topic = "frame/time-horizon";
  again.prediction = Raw("3 years");
  const auto plan = PlanView(logs_.state(), v1::PARTY_A, kNames, {},
                             {&again, 1}, {2025, 7, 2});
  ASSERT_THAT(plan, testing::IsOk());
  ASSERT_EQ(plan->stances.size(), 1u);
  logs_.Write(v1::PARTY_A, plan->stances[0], {2025, 7, 2});
  EXPECT_EQ(Report(v1::PARTY_A, {2025, 7, 2})[0].prediction_blind, true);
}

// Whoever has seen an answer cannot have predicted it the day before.
TEST_F(GapReportTest, DatingBackMakesNoPredictionBlind) {
  Say(v1::PARTY_A, "frame/time-horizon", "3 years", "3 years");
  Say(v1::PARTY_B, "frame/time-horizon", "3 years", "3 years", "2025-06-30");
  EXPECT_EQ(Report(v1::PARTY_B)[0].prediction_blind, false);
}

TEST_F(GapReportTest, WhoOnlyDeclinedHasShownNothingToPredictBy) {
  ViewRow declined;
  declined.topic = "frame/time-horizon";
  declined.decline = true;
  const auto plan =
      PlanView(logs_.state(), v1::PARTY_A, kNames, {}, {&declined, 1}, kToday);
  ASSERT_THAT(plan, testing::IsOk());
  logs_.Write(v1::PARTY_A, plan->stances[0]);
  Say(v1::PARTY_B, "frame/time-horizon", "3 years", "3 years");
  EXPECT_EQ(Report(v1::PARTY_B)[0].prediction_blind, true);
}

}  // namespace
}  // namespace tallystick::alliance
