// SPDX-License-Identifier: Apache-2.0
#include <signal.h>

#include <fstream>
#include <iterator>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "tests/e2e/pair_of_nodes.h"

namespace tallystick::e2e {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class PairingTest : public PairOfNodes {
 protected:
  // What one says after a while is known to the other.
  void ExpectBothDirectionsWork() {
    ASSERT_EQ(
        cascadia_->Tally({"expect", "frame/time-horizon", "8 years"}).status,
        0);
    ASSERT_EQ(
        meridian_->Tally({"expect", "frame/time-horizon", "9 years"}).status,
        0);
    ASSERT_TRUE(WaitInStep());
    EXPECT_EQ(cascadia_->Alliance()["partnerSize"].Number(), 2);
    EXPECT_EQ(meridian_->Alliance()["partnerSize"].Number(), 2);
  }
};

TEST_F(PairingTest, BothShowTheSameSixWords) {
  ASSERT_NO_FATAL_FAILURE(Pair());
  const std::string words = cascadia_->Alliance()["fingerprintWords"].Text();
  EXPECT_THAT(std::vector<std::string>(absl::StrSplit(words, ' ')), SizeIs(6));
  EXPECT_EQ(words, meridian_->Alliance()["fingerprintWords"].Text());
  EXPECT_THAT(meridian_->Tally({"status"}).out, HasSubstr(words));
}

TEST_F(PairingTest, APartnerThatTakesNoCallsCallsByItself) {
  ASSERT_NO_FATAL_FAILURE(Pair());
  ExpectBothDirectionsWork();
  EXPECT_THAT(cascadia_->Log(), HasSubstr("dialled=0"));
}

TEST_F(PairingTest, OfTwoThatTakeCallsEitherMayComeBackFirst) {
  ASSERT_NO_FATAL_FAILURE(Pair(/*meridian_listens=*/true));
  ExpectBothDirectionsWork();
  for (NodeProcess* node : {cascadia_.get(), meridian_.get()}) {
    EXPECT_EQ(node->End(SIGTERM), 0);
    ASSERT_TRUE(node->Start());
    ASSERT_TRUE(WaitInStep());
  }
}

TEST_F(PairingTest, TheFounderCallsAPartnerThatCannotReachIt) {
  ASSERT_NO_FATAL_FAILURE(Pair(/*meridian_listens=*/true));
  // From now on the founder takes no calls: only it can call.
  ASSERT_EQ(cascadia_->End(SIGTERM), 0);
  ASSERT_EQ(RunProgram({"sed", "-i", "s/^listen: .*/listen: \"\"/",
                        cascadia_->Path("tallyd.yaml")})
                .status,
            0);
  ASSERT_TRUE(cascadia_->Start());
  ASSERT_TRUE(WaitInStep());
  ExpectBothDirectionsWork();
  EXPECT_THAT(cascadia_->Log(), HasSubstr("dialled=1"));
}

TEST_F(PairingTest, ATokenWorksOnce) {
  ASSERT_NO_FATAL_FAILURE(StartBoth());
  const std::string token = Invite();
  ASSERT_EQ(meridian_->Tally({"join", token}).status, 0);
  NodeProcess third(Path("third"), "third.example", "Third", 0);
  ASSERT_TRUE(third.Start());
  const Result again = third.Tally({"join", token});
  EXPECT_EQ(again.status, 1);
  EXPECT_THAT(again.err, HasSubstr("the invitation was used"));
  EXPECT_TRUE(third.Ask({"status"})["alliances"].List().empty());
}

TEST_F(PairingTest, AnAlteredTokenIsRefusedInWords) {
  ASSERT_NO_FATAL_FAILURE(StartBoth());
  std::string token = Invite();
  token[token.size() / 2] = token[token.size() / 2] == 'A' ? 'B' : 'A';
  const Result result = meridian_->Tally({"join", token});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("altered"));
  EXPECT_EQ(meridian_->Tally({"join", "tally1-nonsense"}).status, 1);
}

TEST_F(PairingTest, ATokenForAnotherCertificateIsRefusedBeforeAnythingIsSent) {
  ASSERT_NO_FATAL_FAILURE(StartBoth());
  const std::string token = Invite();
  // Somebody else answers at the inviter's address.
  const Json status = cascadia_->Ask({"status"});
  const std::string address = status["listenAddress"].Text();
  ASSERT_EQ(cascadia_->End(SIGTERM), 0);
  const int port = std::stoi(address.substr(address.rfind(':') + 1));
  NodeProcess other(Path("other"), "other.example", "Other", port);
  ASSERT_TRUE(other.Start());
  const Result result = meridian_->Tally({"join", token});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("certificate"));
}

TEST_F(PairingTest, APartnerThatHasMovedIsCalledAtItsNewAddress) {
  ASSERT_NO_FATAL_FAILURE(Pair());
  cascadia_->End(SIGTERM);
  const std::string config = cascadia_->Path("tallyd.yaml");
  std::ifstream in(config);
  std::string text(std::istreambuf_iterator<char>(in), {});
  const std::string address = absl::StrCat("127.0.0.1:", FreePort());
  const size_t at = text.find("\nlisten:");
  ASSERT_NE(at, std::string::npos) << text;
  text.replace(at, text.find('\n', at + 1) - at,
               absl::StrCat("\nlisten: ", address));
  std::ofstream(config) << text;
  ASSERT_TRUE(cascadia_->Start()) << cascadia_->Log();
  EXPECT_FALSE(meridian_->Alliance()["connected"].Bool());
  const Result told = meridian_->Tally({"alliance", "address", address});
  ASSERT_EQ(told.status, 0) << told.err;
  EXPECT_TRUE(WaitInStep());
}

TEST_F(PairingTest, TheLastContactIsStillKnownAfterARestart) {
  ASSERT_NO_FATAL_FAILURE(Pair());
  // While they are still connected.
  cascadia_->End(SIGTERM);
  meridian_->End(SIGTERM);
  ASSERT_TRUE(cascadia_->Start()) << cascadia_->Log();
  EXPECT_TRUE(cascadia_->Alliance().Has("lastContact"));
}

}  // namespace
}  // namespace tallystick::e2e
