// SPDX-License-Identifier: Apache-2.0
// The joiner's side of a pairing, over real TLS.
#include <future>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "node/engine/engine.h"
#include "node/peer/peer_server.h"
#include "tests/node/engine/linked_engines.h"
#include "tests/node/engine/node_fixture.h"
#include "tests/node/identity/temporary_directory.h"
#include "tests/status_matchers.h"

namespace tallystick::node {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::IsOkAndHolds;
using testing::StatusIs;

// Two nodes that do not call each other by themselves; the inviter takes calls.
class JoinTest : public ::testing::Test {
 protected:
  JoinTest() {
    auto inviter = OpenNode(directory_.path("inviter"), "cascadia.example",
                            clock_, "127.0.0.1:7411", trust_);
    const TlsKeyPair tls = inviter->identity().tls;
    inviter_ = Run(std::move(inviter), inviter_streams_);
    joiner_ =
        Run(OpenNode(directory_.path("joiner"), "meridian.example", clock_, ""),
            joiner_streams_);
    auto server = PeerServer::Start("127.0.0.1:0", tls, trust_,
                                    inviter_streams_, inviter_.get());
    EXPECT_THAT(server, IsOk());
    server_ = *std::move(server);
    Do(*inviter_, [this](Node& node) {
      invitation_ = FoundAndInvite(node);
      return absl::OkStatus();
    });
    invitation_.address = absl::StrCat("127.0.0.1:", server_->port());
  }
  ~JoinTest() override {
    inviter_->Stop();
    joiner_->Stop();
    server_->Shutdown(absl::ZeroDuration());
  }

  static std::unique_ptr<Engine> Run(
      std::unique_ptr<Node> node,
      const std::shared_ptr<StreamRegistry>& streams) {
    return std::make_unique<Engine>(std::move(node), streams,
                                    Engine::Options{.log = {}, .dial = false});
  }
  static void Do(Engine& engine, std::function<absl::Status(Node&)> work) {
    EXPECT_THAT(LinkedEngines::Call(engine, std::move(work)), IsOk());
  }
  std::future<absl::StatusOr<std::string>> StartJoin(
      const std::string& name = "") {
    auto joined = std::make_shared<std::promise<absl::StatusOr<std::string>>>();
    joiner_->Join(invitation_, name,
                  [joined](absl::StatusOr<std::string> result) {
                    joined->set_value(std::move(result));
                  });
    return joined->get_future();
  }
  absl::StatusOr<std::string> Join(const std::string& name = "") {
    return StartJoin(name).get();
  }
  size_t CountAlliances() {
    size_t count = 0;
    Do(*joiner_, [&](Node& node) {
      count = node.alliances().size();
      return absl::OkStatus();
    });
    return count;
  }
  // The inviter takes the joiner in, and the joiner never hears of it.
  void LoseTheAnswer() {
    v1::PairRequest request;
    Fingerprint caller;
    Do(*joiner_, [&](Node& node) {
      request = RequestToJoin(node, invitation_);
      caller = node.identity().fingerprint();
      return absl::OkStatus();
    });
    Do(*inviter_, [&](Node& node) {
      return node.AcceptPairing(caller, request).status();
    });
    Do(*inviter_, [&](Node& node) {
      node.UpdatePairingOpen();
      return absl::OkStatus();
    });
    EXPECT_FALSE(trust_->pairing_open());
  }

  TemporaryDirectory directory_;
  HandClock clock_;
  std::shared_ptr<Trust> trust_ = std::make_shared<Trust>();
  std::shared_ptr<StreamRegistry> inviter_streams_ =
      std::make_shared<StreamRegistry>();
  std::shared_ptr<StreamRegistry> joiner_streams_ =
      std::make_shared<StreamRegistry>();
  std::unique_ptr<Engine> inviter_;
  std::unique_ptr<Engine> joiner_;
  std::unique_ptr<PeerServer> server_;
  Invitation invitation_;
};

TEST_F(JoinTest, WorksASecondTimeIfTheFirstAnswerWasLost) {
  LoseTheAnswer();
  EXPECT_THAT(Join(), IsOkAndHolds("rtd"));
}

TEST_F(JoinTest, WorksADayLaterIfTheFirstAnswerWasLost) {
  LoseTheAnswer();
  clock_.Advance(absl::Hours(24));
  EXPECT_THAT(Join(), IsOkAndHolds("rtd"));
}

TEST_F(JoinTest, SaysThatATokenHasExpired) {
  clock_.Advance(absl::Hours(24));
  EXPECT_THAT(Join(), StatusIs(absl::StatusCode::kFailedPrecondition,
                               HasSubstr("expired")));
}

TEST_F(JoinTest, WhoHasJoinedIsToldSoAgain) {
  ASSERT_THAT(Join(), IsOkAndHolds("rtd"));
  EXPECT_THAT(Join(), IsOkAndHolds("rtd"));
  EXPECT_THAT(Join("rtd"), IsOkAndHolds("rtd"));
  EXPECT_THAT(Join("coffee"), StatusIs(absl::StatusCode::kAlreadyExists,
                                       HasSubstr("joined as \"rtd\"")));
  EXPECT_EQ(CountAlliances(), 1u);
}

TEST_F(JoinTest, TwoAtOnceJoinOnce) {
  auto first = StartJoin();
  auto second = StartJoin();
  auto other_name = StartJoin("coffee");
  const auto a = first.get();
  const auto b = second.get();
  const auto c = other_name.get();
  // Whichever came first gave the name.
  const std::string name = c.ok() ? "coffee" : "rtd";
  EXPECT_THAT(a, IsOkAndHolds(name));
  EXPECT_THAT(b, IsOkAndHolds(name));
  EXPECT_EQ(CountAlliances(), 1u);
}

}  // namespace
}  // namespace tallystick::node
