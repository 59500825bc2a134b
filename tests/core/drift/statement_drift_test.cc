// SPDX-License-Identifier: Apache-2.0
// The kinds of measures.md, c.1.
#include "core/drift/statement_drift.h"

#include <optional>
#include <string>
#include <vector>

#include "core/drift/lateness.h"
#include "core/expectation/catalogue.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/core/drift/builders.h"

namespace tallystick::drift {
namespace {

using expectation::Topic;
using expectation::Value;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr v1::Party kA = v1::PARTY_A;
constexpr v1::Party kB = v1::PARTY_B;

// Nine steps, 0.125 apart, two of them within tolerance.
Topic NineSteps() {
  Topic topic;
  topic.id = "test/topic";
  topic.answer_type = expectation::AnswerType::kOrdinal;
  topic.comparator = expectation::Comparator::kOrdinalStep;
  topic.options = {"0", "1", "2", "3", "4", "5", "6", "7", "8"};
  topic.tolerance = 0.25;
  topic.weight = 5;
  return topic;
}

Value Step(int index) {
  return Value{expectation::Option{std::to_string(index)}};
}

std::optional<StatementDrift> Moves(const std::vector<int>& steps,
                                    const Topic& topic = NineSteps()) {
  std::vector<Value> values;
  values.reserve(steps.size());
  for (const int step : steps) values.push_back(Step(step));
  std::vector<const Value*> answers;
  answers.reserve(values.size());
  for (const Value& value : values) answers.push_back(&value);
  return FindMove(topic, kB, answers);
}

TEST(MoveTest, C1TheCreepExample) {
  const auto drift = Moves({2, 4, 6});
  ASSERT_TRUE(drift);
  EXPECT_EQ(drift->kind, StatementKind::kCreep);
  EXPECT_EQ(drift->party, kB);
  EXPECT_EQ(drift->distance, 0.5);
  EXPECT_THAT(drift->steps, ElementsAre(0.25, 0.25));
  // Twice the tolerance: band 2.
  EXPECT_EQ(drift->rating, (Rating{2, 10, Severity::kWatch}));
}

TEST(MoveTest, OneStepBeyondToleranceIsRestatementDrift) {
  const auto direct = Moves({2, 6});
  ASSERT_TRUE(direct);
  EXPECT_EQ(direct->kind, StatementKind::kRestatement);
  EXPECT_THAT(direct->steps, IsEmpty());
  EXPECT_EQ(Moves({2, 3, 6})->kind, StatementKind::kRestatement);
}

TEST(MoveTest, WithinToleranceOfTheBaselineIsNoDriftHoweverItCame) {
  EXPECT_FALSE(Moves({2, 4}));
  EXPECT_FALSE(Moves({2, 8, 3}));
  EXPECT_FALSE(Moves({2}));
  EXPECT_FALSE(Moves({}));
}

TEST(MoveTest, WithNoToleranceEveryMoveIsInTheHighestBand) {
  Topic topic = NineSteps();
  topic.tolerance = 0;
  EXPECT_EQ(Moves({2, 3}, topic)->rating.band, 3);
  EXPECT_FALSE(Moves({2, 2}, topic));
}

TEST(MoveTest, WhatCannotBeComparedIsNoDrift) {
  const Topic topic = NineSteps();
  const Value foreign = {expectation::Date{2025, 1, 1}};
  const Value step = Step(2);
  const Value far = Step(8);
  EXPECT_FALSE(FindMove(topic, kA, {&step, &foreign}));
  // In between it only hides how large the steps were.
  const auto drift = FindMove(topic, kA, {&step, &foreign, &far});
  ASSERT_TRUE(drift);
  EXPECT_EQ(drift->kind, StatementKind::kRestatement);
}

TEST(DivergenceTest, FromMatchToNoMatchIsFoundHoweverSmall) {
  const auto drift = FindDivergence(NineSteps(), 0.25, 0.375);
  ASSERT_TRUE(drift);
  EXPECT_EQ(drift->kind, StatementKind::kDivergence);
  EXPECT_EQ(drift->party, v1::PARTY_UNSPECIFIED);
  EXPECT_EQ(drift->distance, 0.125);
  EXPECT_EQ(drift->now, 0.375);
  EXPECT_EQ(drift->rating.band, 1);
}

TEST(DivergenceTest, ALostMatchIsRatedByHowFarItIsLost) {
  // Grew by 1.5 times the tolerance, and is 2.5 times it now.
  EXPECT_EQ(FindDivergence(NineSteps(), 0.25, 0.625)->rating.band, 3);
  EXPECT_EQ(FindDivergence(NineSteps(), 0.375, 0.75)->rating.band, 1);
}

TEST(DivergenceTest, FurtherApartByMoreThanTheToleranceIsFound) {
  EXPECT_TRUE(FindDivergence(NineSteps(), 0.5, 0.875));
  EXPECT_FALSE(FindDivergence(NineSteps(), 0.5, 0.75));
}

TEST(DivergenceTest, ComingTogetherIsNone) {
  EXPECT_FALSE(FindDivergence(NineSteps(), 1, 0));
  EXPECT_FALSE(FindDivergence(NineSteps(), 0, 0.25));
}

TEST(DivergenceTest, WhatWasOrIsUnknownIsNone) {
  EXPECT_FALSE(FindDivergence(NineSteps(), std::nullopt, 1));
  EXPECT_FALSE(FindDivergence(NineSteps(), 0, std::nullopt));
}

TEST(AccuracyLossTest, OnlyAMatchCanBeLost) {
  const auto drift = FindAccuracyLoss(NineSteps(), kA, 0, 0.5);
  ASSERT_TRUE(drift);
  EXPECT_EQ(drift->kind, StatementKind::kMisread);
  EXPECT_EQ(drift->party, kA);
  EXPECT_EQ(drift->distance, 0.5);
  // Excess (0.5 - 0.25) / 0.75: band 2 of the coorientation family.
  EXPECT_EQ(drift->rating, (Rating{2, 10, Severity::kWatch}));
  EXPECT_FALSE(FindAccuracyLoss(NineSteps(), kA, 0.5, 1));
  EXPECT_FALSE(FindAccuracyLoss(NineSteps(), kA, 0, 0.25));
  EXPECT_FALSE(FindAccuracyLoss(NineSteps(), kA, std::nullopt, 1));
}

TEST(AheadOfDecisionTest, GoingByAProposalIsFound) {
  const auto drift =
      FindAheadOfDecision(NineSteps(), kB, Step(0), Step(6), Step(7));
  ASSERT_TRUE(drift);
  EXPECT_EQ(drift->kind, StatementKind::kAheadOfDecision);
  EXPECT_EQ(drift->distance, 0.75);
}

TEST(AheadOfDecisionTest, StandingStillOrGoingElsewhereIsNone) {
  EXPECT_FALSE(FindAheadOfDecision(NineSteps(), kB, Step(0), Step(1), Step(1)));
  EXPECT_FALSE(FindAheadOfDecision(NineSteps(), kB, Step(0), Step(4), Step(8)));
}

TEST(LatenessTest, APredictionIsOutdatedAfterMoreThanFourteenDays) {
  const expectation::Date restated = Day("2025-04-14");
  EXPECT_FALSE(FindOutdatedPrediction(5, kA, restated, Day("2025-04-28")));
  const auto drift = FindOutdatedPrediction(5, kA, restated, Day("2025-04-29"));
  ASSERT_TRUE(drift);
  EXPECT_EQ(drift->kind, StatementKind::kOutdatedPrediction);
  EXPECT_EQ(drift->days, 15);
  EXPECT_EQ(drift->rating.band, 1);
}

std::optional<StatementDrift> Age(int days, int review_days = 100) {
  return FindStaleness(4, review_days, kB, DayAfter(0), DayAfter(days));
}

TEST(LatenessTest, StalenessIsANoticeThenAnAlert) {
  EXPECT_FALSE(Age(100));
  ASSERT_TRUE(Age(101));
  EXPECT_TRUE(Age(101)->notice);
  EXPECT_EQ(Age(101)->rating.severity, Severity::kInfo);
  EXPECT_TRUE(Age(150)->notice);
  EXPECT_FALSE(Age(151)->notice);
  EXPECT_EQ(Age(151)->rating, (Rating{2, 8, Severity::kWatch}));
  EXPECT_EQ(Age(201)->rating, (Rating{3, 12, Severity::kWarning}));
}

TEST(LatenessTest, ANoticeIsInfoHoweverHeavyTheTopic) {
  const auto drift = FindStaleness(5, 100, kB, DayAfter(0), DayAfter(120));
  EXPECT_EQ(drift->rating.severity, Severity::kInfo);
}

TEST(LatenessTest, WithoutAReviewTimeNothingGetsStale) {
  EXPECT_FALSE(Age(1000, 0));
}

TEST(LatenessTest, ADecisionIsLateFromTheDayAfter) {
  EXPECT_FALSE(FindOverdue(3, Day("2025-04-30"), Day("2025-04-30")));
  const auto drift = FindOverdue(3, Day("2025-04-30"), Day("2025-05-01"));
  ASSERT_TRUE(drift);
  EXPECT_EQ(drift->kind, StatementKind::kPromise);
  EXPECT_EQ(drift->days, 1);
}

TEST(LatenessTest, ARhythmIsMissedWhenMoreThanOneIntervalLate) {
  const auto missed = [](int days) {
    return FindMissedCadence(3, DayAfter(0), 30, DayAfter(days));
  };
  EXPECT_FALSE(missed(30));
  EXPECT_FALSE(missed(60));
  ASSERT_TRUE(missed(61));
  EXPECT_EQ(missed(61)->days, 31);
  EXPECT_FALSE(FindMissedCadence(3, DayAfter(0), 0, DayAfter(9)));
}

TEST(LatenessTest, ADayToComeIsNeverLate) {
  EXPECT_FALSE(FindOutdatedPrediction(5, kA, DayAfter(50), DayAfter(0)));
  EXPECT_FALSE(FindStaleness(5, 1, kA, DayAfter(50), DayAfter(0)));
  EXPECT_FALSE(FindOverdue(5, DayAfter(50), DayAfter(0)));
  EXPECT_FALSE(FindMissedCadence(5, DayAfter(50), 1, DayAfter(0)));
}

}  // namespace
}  // namespace tallystick::drift
