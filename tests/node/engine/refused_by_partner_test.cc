// SPDX-License-Identifier: Apache-2.0
#include "node/engine/refused_by_partner.h"

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/node/engine/node_fixture.h"
#include "tests/node/identity/temporary_directory.h"
#include "tests/status_matchers.h"

namespace tallystick::node {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr int64_t kNowUs = 1'790'000'000'000'000;

class RefusedByPartnerTest : public ::testing::Test {
 protected:
  RefusedByPartnerTest()
      : node_(OpenNode(directory_.path("a"), "cascadia.example", clock_)) {
    EXPECT_THAT(node_->CreateAlliance("rtd", "Coffee"), testing::IsOk());
  }

  void Goodbye(const std::string& reason) {
    OnGoodbye(**node_->Find("rtd"), reason, kNowUs);
  }
  std::vector<drift::Alert> Alerts() {
    std::vector<drift::Alert> alerts;
    for (const auto& [number, alert] :
         (*node_->Find("rtd"))->replica().alerts().alerts()) {
      alerts.push_back(alert);
    }
    return alerts;
  }

  TemporaryDirectory directory_;
  HandClock clock_;
  std::unique_ptr<Node> node_;
};

TEST_F(RefusedByPartnerTest, OurPeopleAreToldOnceWhyThePartnerRefused) {
  Goodbye("broken_tree");
  Goodbye("broken_tree");
  ASSERT_THAT(Alerts(), SizeIs(1));
  EXPECT_EQ(Alerts()[0].finding.kind, "sync.refused_by_partner");
  EXPECT_THAT(Alerts()[0].finding.text, HasSubstr("broken_tree"));
  EXPECT_EQ(Alerts()[0].count, 1);
}

TEST_F(RefusedByPartnerTest, APartnerWhoThinksOfNewReasonsMakesNoNewAlerts) {
  Goodbye("broken_tree");
  Goodbye("broken_tref");
  Goodbye("broken_treg");
  EXPECT_THAT(Alerts(), SizeIs(1));
}

TEST_F(RefusedByPartnerTest, AnEndWithoutBlameIsNoAlert) {
  for (const char* reason :
       {"goodbye", "shutdown", "internal", "recovering", "recovered", "fork"}) {
    Goodbye(reason);
  }
  EXPECT_THAT(Alerts(), IsEmpty());
}

TEST_F(RefusedByPartnerTest, ThePartnersWordIsNotShownUnlessItIsAReason) {
  Goodbye("\x1b[2Jyou have been paid");
  ASSERT_THAT(Alerts(), SizeIs(1));
  EXPECT_THAT(Alerts()[0].finding.text, Not(HasSubstr("paid")));
}

TEST_F(RefusedByPartnerTest, TheAlertIsOverOnceBothAreInStepAgain) {
  Goodbye("broken_tree");
  OnNoLongerRefused(**node_->Find("rtd"), kNowUs + 1);
  ASSERT_THAT(Alerts(), SizeIs(1));
  EXPECT_EQ(Alerts()[0].state, drift::Alert::State::kClosed);
}

}  // namespace
}  // namespace tallystick::node
