// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/private_answers.h"

#include "core/alliance/plan_view.h"
#include "gmock/gmock.h"
#include "tests/core/alliance/plan_two_logs.h"

namespace tallystick::alliance {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kTopic[] = "frame/spectrum-position";

class PrivateAnswersTest : public ::testing::Test {
 protected:
  // A states openly; entries 0, 1, 2 of its log are these.
  void StateOpenly(const std::string& answer) {
    ViewRow row;
    row.topic = kTopic;
    row.own = Raw(answer);
    const auto plan =
        PlanView(logs_.state(), v1::PARTY_A, kNames, {}, {&row, 1}, kToday);
    ASSERT_THAT(plan, testing::IsOk());
    for (const v1::Body& body : plan->stances) logs_.Write(v1::PARTY_A, body);
  }
  static PrivateAnswer Answer(uint64_t own_size, int64_t written_us = 0,
                              v1::Stance::Cell cell = v1::Stance::OWN) {
    return {.topic = {kTopic, v1::PARTY_UNSPECIFIED},
            .cell = cell,
            .value = expectation::Value(expectation::Option{"identity"}),
            .stated_on = kToday,
            .own_size = own_size,
            .written_us = written_us};
  }
  PrivateAnswers InForceOf(const PrivateAnswer& answer) {
    return InForce(logs_.state(), v1::PARTY_A, {&answer, 1});
  }

  TwoLogs logs_;
};

TEST_F(PrivateAnswersTest, AreInForceUntilTheSameCellIsStatedOpenly) {
  StateOpenly("innovative");
  EXPECT_THAT(InForceOf(Answer(1)), SizeIs(1));
  StateOpenly("cooperative");
  EXPECT_THAT(InForceOf(Answer(1)), IsEmpty());
  EXPECT_THAT(InForceOf(Answer(2)), SizeIs(1));
  EXPECT_THAT(InForceOf(Answer(1, 0, v1::Stance::PREDICTION)), SizeIs(1));
}

TEST_F(PrivateAnswersTest, GoByTheClockIfTheirPlaceIsNotKnown) {
  StateOpenly("innovative");
  const int64_t stated_us =
      logs_.state()
          .FindCell(
              {{kTopic, v1::PARTY_UNSPECIFIED}, v1::PARTY_A, v1::Stance::OWN})
          ->current()
          .at.time_us;
  EXPECT_THAT(InForceOf(Answer(0, stated_us + 1)), SizeIs(1));
  EXPECT_THAT(InForceOf(Answer(0, stated_us - 1)), IsEmpty());
}

}  // namespace
}  // namespace tallystick::alliance
