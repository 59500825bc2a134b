// SPDX-License-Identifier: Apache-2.0
// A decision taken before that sets a topic counts like a signed one, from the
// day on which both had agreed and once both tell of it.
#include "core/alliance/agreed_topics.h"

#include <string>

#include "core/alliance/balance_terms.h"
#include "core/alliance/plan_view.h"
#include "core/alliance/statement_report.h"
#include "core/decision/past_decision.h"
#include "core/expectation/answer.h"
#include "gmock/gmock.h"
#include "tests/core/alliance/plan_two_logs.h"

namespace tallystick::alliance {
namespace {

using ::testing::DoubleNear;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string kHorizon = "frame/time-horizon";
const std::string kShare = "deal/share-inputs";

class AgreedTopicsTest : public ::testing::Test {
 protected:
  // In force since March.
  void Tell(v1::Party party) {
    v1::DecisionContent content;
    content.set_type("commercial_terms");
    content.set_title("Agreed in March");
    v1::CharterSetting& horizon = *content.add_settings();
    horizon.set_topic(kHorizon);
    *horizon.mutable_value() = Value(kHorizon, Raw("4 years"));
    v1::RawValue shares;
    for (const auto& [key, share] :
         {std::pair("cascadia", "0.3"), {"meridian", "0.7"}}) {
      v1::RawValue::Field& field = *shares.mutable_map()->add_fields();
      field.set_key(key);
      field.mutable_value()->set_scalar(share);
    }
    v1::CharterSetting& split = *content.add_settings();
    split.set_topic(kShare);
    *split.mutable_value() = Value(kShare, shares);
    v1::Body body;
    *body.mutable_past_decision() = decision::PastDecisionToProto(
        {.reference = "D2",
         .content = content.SerializeAsString(),
         .proposed_by = v1::PARTY_A,
         .proposed_on = {2025, 2, 20},
         .accepted_on = expectation::Date{2025, 3, 1}});
    logs_.Write(party, body);
  }

  static v1::Value Value(const std::string& topic, const v1::RawValue& raw) {
    const expectation::Topic& known =
        *expectation::BuiltInCatalogue().Find(topic);
    return expectation::ValueToProto(
        *expectation::ParseAnswer(known, raw, kNames));
  }

  void Say(v1::Party party, const std::string& answer,
           const std::string& stated) {
    ViewRow row;
    row.topic = kHorizon;
    row.own = Raw(answer);
    row.stated = stated;
    const auto plan =
        PlanView(logs_.state(), party, kNames, {}, {&row, 1}, kToday);
    ASSERT_THAT(plan, testing::IsOk());
    for (const v1::Body& body : plan->stances) logs_.Write(party, body);
  }

  TwoLogs logs_;
};

TEST_F(AgreedTopicsTest, CountsOnceBothTellOfIt) {
  const expectation::TopicRef horizon = {kHorizon, v1::PARTY_UNSPECIFIED};
  Tell(v1::PARTY_A);
  EXPECT_EQ(AgreedTopics(logs_.state(), kToday).Find(horizon), nullptr);
  Tell(v1::PARTY_B);
  EXPECT_EQ(AgreedTopics(logs_.state(), {2025, 2, 28}).Find(horizon), nullptr);
  const AgreedTopics agreed(logs_.state(), kToday);
  ASSERT_NE(agreed.Find(horizon), nullptr);
  EXPECT_EQ(agreed.Find(horizon)->source.reference, "D2");
}

TEST_F(AgreedTopicsTest, SetsTheShareThatBalanceIsHeldAgainst) {
  Tell(v1::PARTY_A);
  Tell(v1::PARTY_B);
  const record::BalanceTerms terms =
      BalanceTermsOn(logs_.state(), kNames, kToday);
  const record::AgreedTarget& inputs =
      terms.targets.at(record::Dimension::kInputs);
  EXPECT_THAT(inputs.target.share_of_a, DoubleNear(0.3, 1e-12));
  EXPECT_EQ(inputs.decision, "D2");
}

TEST_F(AgreedTopicsTest, IsWhatLaterAnswersAreHeldAgainst) {
  Tell(v1::PARTY_A);
  Tell(v1::PARTY_B);
  const auto moves = [this] {
    return FindMoves(logs_.state(), AgreedTopics(logs_.state(), kToday),
                     {kHorizon, v1::PARTY_UNSPECIFIED}, kNames);
  };
  // From before it: no move away from it.
  Say(v1::PARTY_A, "10 years", "2025-01-10");
  EXPECT_THAT(moves(), IsEmpty());
  Say(v1::PARTY_A, "8 years", "2025-06-01");
  ASSERT_THAT(moves(), SizeIs(1));
  EXPECT_THAT(*moves()[0].drift.distance, DoubleNear(0.5, 1e-12));
  EXPECT_EQ(moves()[0].subject.baseline, "past:D2");
}

}  // namespace
}  // namespace tallystick::alliance
