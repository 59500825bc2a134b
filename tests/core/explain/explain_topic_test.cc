// SPDX-License-Identifier: Apache-2.0
#include "core/explain/explain_topic.h"

#include <string>

#include "core/alliance/plan_view.h"
#include "gmock/gmock.h"
#include "tests/core/alliance/plan_two_logs.h"

namespace tallystick::explain {
namespace {

using alliance::kNames;
using alliance::kToday;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kPosition = "frame/spectrum-position";

class ExplainTopicTest : public ::testing::Test {
 protected:
  void Say(v1::Party party, const std::string& own,
           const std::string& prediction) {
    alliance::ViewRow row;
    row.topic = kPosition;
    row.own = alliance::Raw(own);
    if (!prediction.empty()) row.prediction = alliance::Raw(prediction);
    row.stated = "2025-02-10";
    const auto plan =
        alliance::PlanView(logs_.state(), party, kNames, {}, {&row, 1}, kToday);
    ASSERT_THAT(plan, testing::IsOk());
    for (const v1::Body& body : plan->stances) logs_.Write(party, body);
  }

  Explanation Explain() {
    const auto rows = alliance::CompareViews(logs_.state(), question_).rows;
    return ExplainTopic(logs_.state(), question_, rows.front());
  }

  alliance::TwoLogs logs_;
  alliance::GapQuestion question_ = {.own_party = v1::PARTY_A,
                                     .names = kNames,
                                     .on = kToday,
                                     .position = std::nullopt,
                                     .private_answers = {}};
};

TEST_F(ExplainTopicTest, OurPrivateAnswerIsTheOneThatIsCompared) {
  Say(v1::PARTY_A, "innovative", "innovative");
  Say(v1::PARTY_B, "cooperative", "cooperative");
  question_.private_answers[{{kPosition, v1::PARTY_UNSPECIFIED},
                             v1::Stance::OWN}] = {
      .topic = {kPosition, v1::PARTY_UNSPECIFIED},
      .cell = v1::Stance::OWN,
      .value = expectation::Value{expectation::Option{"cooperative"}},
      .stated_on = kToday};
  const Explanation explanation = Explain();
  EXPECT_EQ(explanation.inputs[0].value,
            "cooperative (private: it stays at this node)");
  EXPECT_THAT(explanation.steps, Contains(HasSubstr("0 is within")));
}

// The row of the example that expected.md works out by hand.
TEST_F(ExplainTopicTest, TheArithmeticEndsInTheFiguresOfTheReport) {
  Say(v1::PARTY_A, "innovative", "innovative");
  Say(v1::PARTY_B, "cooperative", "cooperative");
  const Explanation explanation = Explain();
  EXPECT_EQ(explanation.id, kPosition);
  EXPECT_EQ(explanation.result,
            "Both believe that they agree, and they do not.");
  EXPECT_THAT(explanation.steps,
              Contains("agreement, own against own: 1 of 3 steps apart: 1 / 3 "
                       "= 0.3333; 0.3333 is more than the tolerance 0: not "
                       "the same"));
  EXPECT_THAT(explanation.steps,
              Contains(HasSubstr("weight 5 x band 2 x class 3 (mutual false "
                                 "consensus) = 30: critical")));
  EXPECT_THAT(explanation.next_step, HasSubstr("tally propose --set"));
}

TEST_F(ExplainTopicTest, EveryAnswerIsNamedWithTheEntryThatHoldsIt) {
  Say(v1::PARTY_B, "cooperative", "");
  Say(v1::PARTY_A, "innovative", "innovative");
  const Explanation explanation = Explain();
  ASSERT_GE(explanation.inputs.size(), 4u);
  const Input& prediction = explanation.inputs[1];
  EXPECT_EQ(prediction.label, "cascadia believes of meridian");
  ASSERT_TRUE(prediction.source.has_value());
  EXPECT_EQ(prediction.source->at.party, v1::PARTY_A);
  EXPECT_EQ(prediction.source->at.index, 1u);
  EXPECT_EQ(prediction.source->stated_on, (expectation::Date{2025, 2, 10}));
}

TEST_F(ExplainTopicTest, WhatNobodySaidIsSaidToBeMissing) {
  Say(v1::PARTY_A, "innovative", "");
  const Explanation explanation = Explain();
  EXPECT_EQ(explanation.inputs[2].value, "not stated");
  EXPECT_EQ(explanation.result, "meridian has not stated its answer.");
  EXPECT_THAT(explanation.steps,
              Contains("agreement, own against own: nothing to compare"));
  EXPECT_THAT(explanation.steps, Not(Contains(HasSubstr("severity"))));
}

TEST_F(ExplainTopicTest, DriftIsPartOfTheStory) {
  Say(v1::PARTY_A, "innovative", "innovative");
  Say(v1::PARTY_B, "innovative", "innovative");
  Say(v1::PARTY_B, "cooperative", "innovative");
  EXPECT_THAT(Explain().steps,
              Contains(HasSubstr("restatement drift of meridian: 0.3333 from "
                                 "the baseline, tolerance 0")));
}

}  // namespace
}  // namespace tallystick::explain
