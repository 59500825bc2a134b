// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/plan_text.h"

#include "core/alliance/plan_view.h"
#include "gmock/gmock.h"
#include "tests/core/alliance/plan_two_logs.h"

namespace tallystick::alliance {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

constexpr char kTopic[] = "governance/unwind-plan";

class PlanTextTest : public ::testing::Test {
 protected:
  absl::StatusOr<ViewPlan> View(v1::Party party, const ViewRow& row) {
    return PlanView(logs_.state(), party, kNames, {}, {&row, 1}, kToday);
  }
  void Say(v1::Party party, const std::string& own,
           const std::string& prediction = "") {
    ViewRow row;
    row.topic = kTopic;
    row.own = Raw(own);
    if (!prediction.empty()) row.prediction = Raw(prediction);
    const auto plan = View(party, row);
    ASSERT_THAT(plan, IsOk());
    for (const v1::Body& body : plan->stances) logs_.Write(party, body);
  }
  absl::StatusOr<TextPlan> Plan(v1::Party party, TextQuestion question = {}) {
    if (question.topic.empty()) question.topic = kTopic;
    return PlanText(logs_.state(), party, kNames, question, kToday);
  }
  void Confirm(v1::Party party, TextQuestion question = {}) {
    const auto plan = Plan(party, question);
    ASSERT_THAT(plan, IsOk());
    ASSERT_TRUE(plan->statement.has_value());
    logs_.Write(party, *plan->statement);
  }

  TwoLogs logs_;
};

TEST_F(PlanTextTest, ShowsBothTextsAndWhatThePartnerSays) {
  Say(v1::PARTY_A, "We keep it.");
  Say(v1::PARTY_B, "It is theirs.");
  const auto plan = Plan(v1::PARTY_A);
  ASSERT_THAT(plan, IsOk());
  EXPECT_EQ(plan->own, "We keep it.");
  EXPECT_EQ(plan->other, "It is theirs.");
  EXPECT_EQ(plan->partner_says_same, std::nullopt);
  Confirm(v1::PARTY_B);
  EXPECT_EQ(Plan(v1::PARTY_A)->partner_says_same, true);
}

TEST_F(PlanTextTest, WhatWasSaidBeforeIsNotSaidAgain) {
  Say(v1::PARTY_A, "We keep it.");
  Say(v1::PARTY_B, "It is theirs.");
  Confirm(v1::PARTY_A);
  EXPECT_EQ(Plan(v1::PARTY_A)->statement, std::nullopt);
  Confirm(v1::PARTY_A, {.same_meaning = false});
  Say(v1::PARTY_B, "It is all theirs.");
  // Of other texts nothing has been said.
  EXPECT_TRUE(
      Plan(v1::PARTY_A, {.same_meaning = false})->statement.has_value());
}

TEST_F(PlanTextTest, AQuestionThatCannotBeAnsweredSaysWhatIsMissing) {
  EXPECT_THAT(Plan(v1::PARTY_A), StatusIs(absl::StatusCode::kFailedPrecondition,
                                          HasSubstr("we have stated no text")));
  Say(v1::PARTY_A, "We keep it.");
  EXPECT_THAT(Plan(v1::PARTY_A),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("the partner has stated no text")));
  EXPECT_THAT(Plan(v1::PARTY_A, {.of_prediction = true}),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("what we think the partner says")));
  Say(v1::PARTY_B, "We  keep it. ");
  EXPECT_THAT(Plan(v1::PARTY_A), StatusIs(absl::StatusCode::kFailedPrecondition,
                                          HasSubstr("word for word")));
}

TEST_F(PlanTextTest, OnlyTextsCanBeConfirmed) {
  EXPECT_THAT(Plan(v1::PARTY_A, {.topic = "frame/spectrum-position"}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("only texts are confirmed")));
  EXPECT_THAT(Plan(v1::PARTY_A, {.topic = "frame/unwind"}),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(PlanTextTest, ADayThatHasNotComeIsRefused) {
  Say(v1::PARTY_A, "We keep it.");
  Say(v1::PARTY_B, "It is theirs.");
  EXPECT_THAT(
      Plan(v1::PARTY_A, {.stated = "2025-07-02"}),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("has not come")));
}

class DeclareTest : public PlanTextTest {
 protected:
  static ViewRow Declaring(bool same) {
    ViewRow row;
    row.topic = kTopic;
    row.prediction_means_same = same;
    return row;
  }
};

TEST_F(DeclareTest, AFileSaysWhetherOwnTextAndPredictionMeanTheSame) {
  Say(v1::PARTY_A, "We keep it.", "They keep it.");
  const auto plan = View(v1::PARTY_A, Declaring(false));
  ASSERT_THAT(plan, IsOk());
  ASSERT_EQ(plan->stances.size(), 1u);
  EXPECT_TRUE(plan->stances[0].text_confirmation().of_prediction());
  EXPECT_EQ(plan->changes[0].after, "does not mean the same");
  logs_.Write(v1::PARTY_A, plan->stances[0]);
  const auto again = View(v1::PARTY_A, Declaring(false));
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->stances.size(), 0u);
  EXPECT_EQ(again->unchanged, 1);
}

TEST_F(DeclareTest, OfTextsThatTheSameFileStates) {
  ViewRow texts;
  texts.topic = kTopic;
  texts.own = Raw("We keep it.");
  texts.prediction = Raw("They keep it.");
  const ViewRow rows[] = {texts, Declaring(true)};
  const auto plan =
      PlanView(logs_.state(), v1::PARTY_A, kNames, {}, rows, kToday);
  ASSERT_THAT(plan, IsOk());
  ASSERT_EQ(plan->stances.size(), 3u);
  for (const v1::Body& body : plan->stances) logs_.Write(v1::PARTY_A, body);
  EXPECT_EQ(logs_.state().texts().size(), 1u);
}

TEST_F(DeclareTest, NothingIsDeclaredOfTextsThatThePartnerDoesNotHold) {
  Say(v1::PARTY_A, "We keep it.");
  EXPECT_THAT(View(v1::PARTY_A, Declaring(true)),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("state both self and partner")));
  ViewRow row = Declaring(true);
  row.topic = "frame/spectrum-position";
  EXPECT_THAT(
      View(v1::PARTY_A, row),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("only of texts")));
}

}  // namespace
}  // namespace tallystick::alliance
