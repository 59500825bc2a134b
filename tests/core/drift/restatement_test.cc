// SPDX-License-Identifier: Apache-2.0
#include "core/drift/restatement.h"

#include <optional>
#include <string>

#include "core/expectation/catalogue.h"
#include "core/expectation/value.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tallystick::drift {
namespace {

using ::testing::HasSubstr;

// Five steps, 0.25 apart, and a tolerance of one step; weight as in the
// catalogue.
constexpr absl::string_view kTopic = "socket/readiness-to-change";

std::optional<Finding> MoveTo(const std::string& now, bool agreed = true) {
  const expectation::Topic& topic =
      *expectation::BuiltInCatalogue().Find(kTopic);
  const expectation::Value from = {expectation::Option{"not ready (1)"}};
  const expectation::Value to = {expectation::Option{now}};
  return FindRestatement({topic,
                          {std::string(kTopic), v1::PARTY_B},
                          v1::PARTY_B,
                          {"cascadia", "meridian"},
                          to,
                          from,
                          agreed,
                          "baseline"});
}

TEST(RestatementTest, NothingMovedIsNoFinding) {
  EXPECT_EQ(MoveTo("not ready (1)"), std::nullopt);
}

TEST(RestatementTest, AMoveWithinToleranceIsNoFinding) {
  EXPECT_EQ(MoveTo("2"), std::nullopt);
}

TEST(RestatementTest, AMoveBeyondToleranceIsFoundAndSaysWhatToDo) {
  const auto finding = MoveTo("3");
  ASSERT_NE(finding, std::nullopt);
  EXPECT_EQ(finding->kind, "restatement_drift");
  EXPECT_EQ(finding->party, v1::PARTY_B);
  EXPECT_EQ(finding->variant, "baseline");
  EXPECT_THAT(finding->text, HasSubstr("meridian now expects"));
  EXPECT_THAT(finding->text, HasSubstr("propose a new decision"));
}

TEST(RestatementTest, PointsAreWeightTimesBand) {
  const int weight = expectation::BuiltInCatalogue().Find(kTopic)->weight;
  // Twice the tolerance is band 2, more is band 3.
  EXPECT_EQ(MoveTo("3")->points, 2 * weight);
  EXPECT_EQ(MoveTo("4")->points, 3 * weight);
}

TEST(RestatementTest, WithoutAnAgreementItAdvisesToMakeOne) {
  EXPECT_THAT(MoveTo("fully ready (5)", /*agreed=*/false)->text,
              HasSubstr("make it a decision"));
}

}  // namespace
}  // namespace tallystick::drift
