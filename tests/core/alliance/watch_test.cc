// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/watch.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "tests/core/alliance/plan_two_logs.h"

namespace tallystick::alliance {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Five steps, 0.25 apart, and a tolerance of one step.
const std::string kTopic = "socket/readiness-to-change";
constexpr int64_t kNowUs = 1'790'000'000'000'000;

class WatchTest : public ::testing::Test {
 protected:
  // Of party B about itself.
  void State(const std::string& option) {
    v1::Body body;
    body.mutable_stance()->set_topic(kTopic);
    body.mutable_stance()->set_about(v1::PARTY_B);
    body.mutable_stance()->set_cell(v1::Stance::OWN);
    body.mutable_stance()->mutable_value()->set_option(option);
    logs_.Write(v1::PARTY_B, body);
    Touched touched;
    touched.cell = CellKey{{kTopic, v1::PARTY_B}, v1::PARTY_B, v1::Stance::OWN};
    watch_.Note(touched);
  }
  std::vector<uint64_t> Look() {
    return watch_.Look(logs_.state(), kNames, kNowUs, book_);
  }
  const drift::Alert& alert() { return book_.alerts().at(1); }

  TwoLogs logs_;
  Watch watch_;
  drift::AlertBook book_;
};

TEST_F(WatchTest, AMoveWithinToleranceRaisesNothing) {
  State("not ready (1)");
  State("2");
  EXPECT_THAT(Look(), IsEmpty());
}

TEST_F(WatchTest, AMoveBeyondToleranceRaisesOneAlertOfWhoMoved) {
  State("not ready (1)");
  State("3");
  EXPECT_THAT(Look(), ElementsAre(1));
  EXPECT_EQ(alert().finding.kind, "restatement_drift");
  EXPECT_EQ(alert().finding.subject, kTopic + "@meridian");
  EXPECT_EQ(alert().finding.party, v1::PARTY_B);
}

TEST_F(WatchTest, WhatCameTogetherIsCountedOnce) {
  State("not ready (1)");
  State("3");
  State("4");
  Look();
  EXPECT_EQ(alert().count, 1);
  State("fully ready (5)");
  Look();
  EXPECT_EQ(alert().count, 2);
  EXPECT_THAT(book_.alerts(), SizeIs(1));
}

TEST_F(WatchTest, GoingBackClosesTheAlert) {
  State("not ready (1)");
  State("3");
  Look();
  State("not ready (1)");
  EXPECT_THAT(Look(), ElementsAre(1));
  EXPECT_EQ(alert().state, drift::Alert::State::kClosed);
}

TEST_F(WatchTest, WhatWasLookedAtIsNotLookedAtAgain) {
  State("not ready (1)");
  State("3");
  Look();
  EXPECT_THAT(Look(), IsEmpty());
}

}  // namespace
}  // namespace tallystick::alliance
