// SPDX-License-Identifier: Apache-2.0
#include "core/explain/explain_alert.h"

#include "gmock/gmock.h"

namespace tallystick::explain {
namespace {

using ::testing::HasSubstr;

drift::Alert SampleAlert() {
  drift::AlertBook book;
  return book.Raise({.kind = "creep",
                     .subject = "deal/share-benefit",
                     .party = v1::PARTY_B,
                     .variant = "first",
                     .points = 15,
                     .severity = drift::Severity::kWarning,
                     .text = "meridian moved in small steps"},
                    1'750'000'000'000'000);
}

TEST(ExplainAlertTest, TakesRuleAndArithmeticFromWhatItIsAbout) {
  const Explanation topic = {.id = "deal/share-benefit",
                             .title = "",
                             .result = "They differ.",
                             .rule = "Splits are compared.",
                             .inputs = {{"weight", "5", std::nullopt}},
                             .steps = {"0.3 / 2 = 0.15"},
                             .next_step = "Talk."};
  const Explanation explanation = ExplainAlert(SampleAlert(), &topic);
  EXPECT_EQ(explanation.id, "a-1");
  EXPECT_EQ(explanation.result, "meridian moved in small steps");
  EXPECT_THAT(explanation.rule, HasSubstr("Splits are compared."));
  EXPECT_EQ(explanation.steps, topic.steps);
  EXPECT_EQ(explanation.inputs.back().label, "weight");
  EXPECT_THAT(explanation.next_step, HasSubstr("tally alert ack a-1"));
}

TEST(ExplainAlertTest, AnAlertAboutNothingStatedStandsOnItsOwn) {
  const Explanation explanation = ExplainAlert(SampleAlert(), nullptr);
  EXPECT_TRUE(explanation.steps.empty());
  EXPECT_THAT(explanation.rule, HasSubstr("The same matter is one alert"));
}

}  // namespace
}  // namespace tallystick::explain
