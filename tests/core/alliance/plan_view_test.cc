// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/plan_view.h"

#include "core/alliance/plan_violations.h"
#include "gmock/gmock.h"
#include "tests/core/alliance/plan_two_logs.h"

namespace tallystick::alliance {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

ViewRow Own(const std::string& topic, const std::string& answer,
            const std::string& stated = "") {
  ViewRow row;
  row.topic = topic;
  row.own = Raw(answer);
  row.stated = stated;
  return row;
}

class PlanViewTest : public ::testing::Test {
 protected:
  absl::StatusOr<ViewPlan> Plan(const std::vector<ViewRow>& rows,
                                const std::vector<PrivateAnswer>& held = {}) {
    return PlanView(logs_.state(), v1::PARTY_A, kNames, held, rows, kToday);
  }

  void Apply(const std::vector<ViewRow>& rows) {
    const auto plan = Plan(rows);
    ASSERT_THAT(plan, testing::IsOk());
    for (const v1::Body& body : plan->stances) logs_.Write(v1::PARTY_A, body);
  }

  TwoLogs logs_;
};

TEST_F(PlanViewTest, StatesOnlyWhatChanges) {
  Apply({Own("frame/spectrum-position", "innovative"),
         Own("frame/customer-visibility", "co_branded")});
  const auto plan = Plan({Own("frame/spectrum-position", "cooperative"),
                          Own("frame/customer-visibility", "co_branded")});
  ASSERT_THAT(plan, testing::IsOk());
  ASSERT_EQ(plan->changes.size(), 1u);
  EXPECT_EQ(plan->changes[0].before, "innovative");
  EXPECT_EQ(plan->changes[0].after, "cooperative");
  EXPECT_TRUE(plan->changes[0].disclosed);
  EXPECT_EQ(plan->stances.size(), 1u);
  EXPECT_EQ(plan->unchanged, 1);
}

TEST_F(PlanViewTest, AFileWithAHistoryCanBeAppliedAgain) {
  const std::vector<ViewRow> history = {
      Own("performance/revenue-influenced", "120000000 USD", "2025-01-10"),
      Own("performance/revenue-influenced", "105000000 USD", "2025-03-10"),
      Own("performance/revenue-influenced", "90000000 USD", "2025-06-10")};
  const auto first = Plan(history);
  ASSERT_THAT(first, testing::IsOk());
  EXPECT_EQ(first->stances.size(), 3u);
  Apply(history);
  const auto second = Plan(history);
  ASSERT_THAT(second, testing::IsOk());
  EXPECT_THAT(second->stances, IsEmpty());
  EXPECT_EQ(second->unchanged, 3);
}

TEST_F(PlanViewTest, TheSameAnswerWithALaterDateIsStatedAnew) {
  Apply({Own("frame/spectrum-position", "innovative", "2025-01-10")});
  const auto plan =
      Plan({Own("frame/spectrum-position", "innovative", "2025-06-10")});
  ASSERT_THAT(plan, testing::IsOk());
  EXPECT_EQ(plan->stances.size(), 1u);
}

TEST_F(PlanViewTest, NamesEveryViolationWithItsLineAndAppliesNothing) {
  std::vector<ViewRow> rows = {
      Own("frame/spectrum-positon", "innovative"),
      Own("frame/spectrum-position", "purple"),
      Own("frame/customer-visibility", "co_branded", "2025-07-02")};
  rows[0].line = 3;
  rows[1].line = 4;
  rows[2].line = 9;
  const auto plan = Plan(rows);
  EXPECT_THAT(plan, testing::StatusIs(absl::StatusCode::kInvalidArgument,
                                      HasSubstr("(and 2 more)")));
  EXPECT_THAT(
      ViolationsOf(plan.status()),
      ElementsAre(
          AllOf(Field(&Violation::line, 3),
                Field(&Violation::text,
                      HasSubstr("did you mean frame/spectrum-position"))),
          AllOf(Field(&Violation::line, 4),
                Field(&Violation::text, HasSubstr("innovative"))),
          AllOf(Field(&Violation::line, 9),
                Field(&Violation::text, HasSubstr("has not come")))));
}

TEST_F(PlanViewTest, APrivateAnswerEntersNoLog) {
  ViewRow row = Own("frame/spectrum-position", "innovative");
  row.keep_private = true;
  const auto plan = Plan({row});
  ASSERT_THAT(plan, testing::IsOk());
  EXPECT_THAT(plan->stances, IsEmpty());
  ASSERT_EQ(plan->private_answers.size(), 1u);
  EXPECT_FALSE(plan->changes[0].disclosed);
  const auto again = Plan({row}, plan->private_answers);
  ASSERT_THAT(again, testing::IsOk());
  EXPECT_THAT(again->private_answers, IsEmpty());
}

TEST_F(PlanViewTest, TwoAnswersForOneDayAreRefused) {
  const ViewRow kept = Own("frame/spectrum-position", "innovative");
  const ViewRow other = Own("frame/spectrum-position", "cooperative");
  EXPECT_THAT(Plan({kept, other}),
              testing::StatusIs(absl::StatusCode::kInvalidArgument,
                                HasSubstr("is answered twice")));
}

TEST_F(PlanViewTest, WhatIsCalledSealedGoesOutByNoOtherRow) {
  ViewRow sealed;
  sealed.topic = "performance/people-committed@A";
  sealed.seal = true;
  // The same topic by its other name.
  const ViewRow answer = Own("performance/people-committed@cascadia", "5 fte");
  EXPECT_THAT(Plan({answer, sealed}),
              testing::StatusIs(absl::StatusCode::kInvalidArgument,
                                HasSubstr("is called sealed too")));
  const auto alone = Plan({sealed});
  ASSERT_THAT(alone, testing::IsOk());
  EXPECT_TRUE(alone->stances[0].stance().has_sealed());
}

TEST_F(PlanViewTest, TheSameAnswerOnALaterDayIsAReview) {
  Apply({Own("frame/spectrum-position", "innovative", "2025-01-10")});
  const auto again = Plan({Own("frame/spectrum-position", "innovative")});
  ASSERT_THAT(again, testing::IsOk());
  EXPECT_EQ(again->stances.size(), 1u);
}

TEST_F(PlanViewTest, OfTwoRowsOnOneCellTheLaterCounts) {
  ViewRow kept = Own("frame/spectrum-position", "innovative", "2025-06-01");
  kept.keep_private = true;
  const ViewRow open = Own("frame/spectrum-position", "cooperative");
  const auto open_last = Plan({kept, open});
  ASSERT_THAT(open_last, testing::IsOk());
  EXPECT_EQ(open_last->stances.size(), 1u);
  EXPECT_THAT(open_last->private_answers, IsEmpty());
  EXPECT_EQ(open_last->changes[1].before, "innovative");
  kept.stated = "";
  const ViewRow earlier =
      Own("frame/spectrum-position", "cooperative", "2025-06-01");
  const auto private_last = Plan({earlier, kept});
  ASSERT_THAT(private_last, testing::IsOk());
  EXPECT_EQ(private_last->stances.size(), 1u);
  EXPECT_EQ(private_last->private_answers.size(), 1u);
  EXPECT_EQ(private_last->changes[1].partner_holds, "cooperative");
}

TEST_F(PlanViewTest, WhatAFileSaysOfTheOpenPastLeavesAPrivateAnswerAlone) {
  const ViewRow past =
      Own("frame/spectrum-position", "innovative", "2025-06-10");
  Apply({past});
  ViewRow kept = Own("frame/spectrum-position", "cooperative");
  kept.keep_private = true;
  auto held = Plan({kept})->private_answers;
  held[0].own_size = 1;
  const auto again = Plan({past, kept}, held);
  ASSERT_THAT(again, testing::IsOk());
  EXPECT_THAT(again->stances, IsEmpty());
  EXPECT_THAT(again->private_answers, IsEmpty());
  EXPECT_EQ(again->unchanged, 2);
}

TEST_F(PlanViewTest, WithdrawForgetsThePrivateAnswerOnly) {
  ViewRow row = Own("frame/spectrum-position", "innovative");
  row.keep_private = true;
  const auto held = Plan({row})->private_answers;
  ViewRow withdraw;
  withdraw.topic = row.topic;
  withdraw.withdraw = true;
  const auto plan = Plan({withdraw}, held);
  ASSERT_THAT(plan, testing::IsOk());
  EXPECT_THAT(plan->stances, IsEmpty());
  ASSERT_EQ(plan->private_answers.size(), 1u);
  EXPECT_FALSE(plan->private_answers[0].value.has_value());
  // The prediction was not stated.
  EXPECT_EQ(plan->unchanged, 1);
}

TEST_F(PlanViewTest, ADeclinedAnswerIsAChangeOnce) {
  ViewRow row;
  row.topic = "frame/spectrum-position";
  row.decline = true;
  Apply({row});
  const auto plan = Plan({row});
  ASSERT_THAT(plan, testing::IsOk());
  EXPECT_EQ(plan->unchanged, 1);
  EXPECT_THAT(plan->stances, IsEmpty());
}

TEST_F(PlanViewTest, WithdrawTakesBackTheCellsThatAreStated) {
  Apply({Own("frame/spectrum-position", "innovative")});
  ViewRow row;
  row.topic = "frame/spectrum-position";
  row.withdraw = true;
  const auto plan = Plan({row});
  ASSERT_THAT(plan, testing::IsOk());
  ASSERT_EQ(plan->stances.size(), 1u);
  EXPECT_TRUE(plan->stances[0].stance().has_withdrawn());
  EXPECT_EQ(plan->stances[0].stance().cell(), v1::Stance::OWN);
}

}  // namespace
}  // namespace tallystick::alliance
