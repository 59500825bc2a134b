// SPDX-License-Identifier: Apache-2.0
// What a node says when its clock and its log do not fit.
#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/node/engine/linked_engines.h"
#include "tests/node/engine/node_fixture.h"
#include "tests/node/identity/temporary_directory.h"
#include "tests/status_matchers.h"

namespace tallystick::node {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;

const drift::Alert* FindClockAlert(const Node& node) {
  for (const auto& [number, alert] :
       node.alliances().at("rtd")->replica().alerts().alerts()) {
    if (alert.finding.kind == "clock.ahead") return &alert;
  }
  return nullptr;
}

v1::Body Stance() {
  v1::Body body;
  body.mutable_stance()->set_topic("deal/exclusivity");
  body.mutable_stance()->set_cell(v1::Stance::OWN);
  body.mutable_stance()->mutable_value()->set_option("none");
  return body;
}

class ClockWatchTest : public ::testing::Test {
 protected:
  ClockWatchTest()
      : node_(OpenNode(directory_.path("a"), "cascadia.example", clock_)) {
    EXPECT_THAT(node_->CreateAlliance("rtd", "Coffee"), IsOk());
    EXPECT_THAT(Commit(*node_), IsOk());
  }

  void Write() {
    const v1::Body body = Stance();
    EXPECT_THAT(node_->Append(**node_->Find("rtd"), {&body, 1}, ""), IsOk());
    EXPECT_THAT(Commit(*node_), IsOk());
  }
  void Restart() {
    node_.reset();
    node_ = OpenNode(directory_.path("a"), "cascadia.example", clock_);
  }

  TemporaryDirectory directory_;
  HandClock clock_;
  std::unique_ptr<Node> node_;
};

TEST_F(ClockWatchTest, SaysAtTheNextEntryThatTheLogIsAheadOfTheClock) {
  clock_.SetBack(absl::Hours(72));
  EXPECT_EQ(FindClockAlert(*node_), nullptr);
  Write();
  const drift::Alert* alert = FindClockAlert(*node_);
  ASSERT_NE(alert, nullptr);
  EXPECT_EQ(alert->finding.severity, drift::Severity::kWarning);
  EXPECT_EQ(alert->finding.party, v1::PARTY_A);
  // Written at the 21st, 14:13:20; it is the 18th now.
  EXPECT_THAT(alert->finding.text, HasSubstr("2026-09-21 14:13 UTC"));
  EXPECT_THAT(alert->finding.text, HasSubstr("2026-09-18 14:13 UTC"));
  EXPECT_THAT(alert->finding.text, HasSubstr("after 2026-09-20 14:13 UTC"));
}

TEST_F(ClockWatchTest, SaysAtTheStartThatTheLogIsAheadOfTheClock) {
  clock_.SetBack(absl::Hours(72));
  Restart();
  EXPECT_NE(FindClockAlert(*node_), nullptr);
  EXPECT_TRUE(node_->Urgent()) << "people are to be told";
}

TEST_F(ClockWatchTest, SaysItOnce) {
  clock_.SetBack(absl::Hours(72));
  Write();
  Write();
  Restart();
  Write();
  ASSERT_NE(FindClockAlert(*node_), nullptr);
  EXPECT_EQ(FindClockAlert(*node_)->count, 1);
}

TEST_F(ClockWatchTest, ABitAheadIsOfNoConsequence) {
  clock_.SetBack(absl::Minutes(59));
  Write();
  EXPECT_EQ(FindClockAlert(*node_), nullptr);
}

TEST_F(ClockWatchTest, LessThanADayAheadBlocksNobody) {
  clock_.SetBack(absl::Hours(23));
  Write();
  ASSERT_NE(FindClockAlert(*node_), nullptr);
  EXPECT_EQ(FindClockAlert(*node_)->finding.severity, drift::Severity::kWatch);
  // It gets worse.
  clock_.SetBack(absl::Hours(23));
  Write();
  EXPECT_EQ(FindClockAlert(*node_)->finding.severity,
            drift::Severity::kWarning);
}

TEST(ClockOfTwoTest, TheWriterIsToldWhenThePartnerRefusesItsTimes) {
  const TemporaryDirectory directory;
  LinkedEngines engines(directory.path());
  engines.clock_a().Advance(absl::Hours(72));
  ASSERT_THAT(LinkedEngines::Call(
                  engines.a(),
                  [](Node& node) {
                    const v1::Body body = Stance();
                    return node.Append(**node.Find("rtd"), {&body, 1}, "");
                  }),
              IsOk());
  engines.Connect();
  std::string told;
  for (int i = 0; told.empty() && i < 200'000; ++i) {
    ASSERT_THAT(LinkedEngines::Call(engines.a(),
                                    [&told](Node& node) {
                                      const drift::Alert* alert =
                                          FindClockAlert(node);
                                      if (alert) told = alert->finding.text;
                                      return absl::OkStatus();
                                    }),
                IsOk());
  }
  EXPECT_THAT(told, HasSubstr("bad_time"));
}

}  // namespace
}  // namespace tallystick::node
