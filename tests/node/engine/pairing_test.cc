// SPDX-License-Identifier: Apache-2.0
// The inviter's side of a pairing, call by call.
#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/node/engine/node_fixture.h"
#include "tests/node/identity/temporary_directory.h"
#include "tests/status_matchers.h"

namespace tallystick::node {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

class AcceptPairingTest : public ::testing::Test {
 protected:
  AcceptPairingTest()
      : inviter_(Open("inviter", "cascadia.example")),
        joiner_(Open("joiner", "meridian.example")),
        invitation_(FoundAndInvite(*inviter_)),
        request_(RequestToJoin(*joiner_, invitation_)) {
    EXPECT_THAT(Commit(*inviter_), IsOk());
  }

  std::unique_ptr<Node> Open(const std::string& name,
                             const std::string& domain) {
    return OpenNode(directory_.path(name), domain, clock_);
  }
  absl::StatusOr<v1::PairResponse> Pair(const Node& caller,
                                        const v1::PairRequest& request) {
    return inviter_->AcceptPairing(caller.identity().fingerprint(), request);
  }
  const v1::PartyCard& Partner() {
    return (*inviter_->Find("rtd"))->record().partner();
  }

  TemporaryDirectory directory_;
  HandClock clock_;
  std::unique_ptr<Node> inviter_;
  std::unique_ptr<Node> joiner_;
  Invitation invitation_;
  v1::PairRequest request_;
};

TEST_F(AcceptPairingTest, WhoseAnswerWasLostGetsTheSameAgain) {
  const auto first = Pair(*joiner_, request_);
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(Commit(*inviter_), IsOk());
  const auto again = Pair(*joiner_, request_);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
}

TEST_F(AcceptPairingTest, TheSameAgainNeedsNoCommitInBetween) {
  ASSERT_THAT(Pair(*joiner_, request_), IsOk());
  EXPECT_THAT(Pair(*joiner_, request_), IsOk());
}

TEST_F(AcceptPairingTest, TheAnswerIsStillThereAfterARestartAndTheExpiry) {
  const auto first = Pair(*joiner_, request_);
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(Commit(*inviter_), IsOk());
  inviter_.reset();
  clock_.Advance(absl::Hours(25));
  inviter_ = Open("inviter", "cascadia.example");
  const auto again = Pair(*joiner_, request_);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
}

TEST_F(AcceptPairingTest, AnybodyElseWithAUsedTokenIsRefused) {
  ASSERT_THAT(Pair(*joiner_, request_), IsOk());
  const auto third = Open("third", "third.example");
  EXPECT_THAT(
      Pair(*third, RequestToJoin(*third, invitation_)),
      StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("second")));
  // Not even with the words of who was first.
  EXPECT_THAT(Pair(*third, request_),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(Partner().domain(), "meridian.example");
}

TEST_F(AcceptPairingTest, ThePartnerCannotChangeItsKeysWithAUsedToken) {
  ASSERT_THAT(Pair(*joiner_, request_), IsOk());
  const auto third = Open("third", "meridian.example");
  v1::PartyCard card = joiner_->OwnCard(request_.alliance_uid(), "");
  const std::string log_key = card.log_key();
  card.set_log_key(third->OwnCard(request_.alliance_uid(), "").log_key());
  EXPECT_THAT(Pair(*joiner_, RequestToJoin(*joiner_, invitation_, card)),
              StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(Partner().log_key(), log_key);
}

TEST_F(AcceptPairingTest, ThePartnerMayHaveMovedBeforeItAsksAgain) {
  ASSERT_THAT(Pair(*joiner_, request_), IsOk());
  v1::PartyCard card = joiner_->OwnCard(request_.alliance_uid(), "");
  card.set_address("meridian.example:7500");
  EXPECT_THAT(Pair(*joiner_, RequestToJoin(*joiner_, invitation_, card)),
              IsOk());
  EXPECT_EQ(Partner().address(), "meridian.example:7500");
  EXPECT_EQ(Partner().title(), "Coffee");
}

TEST_F(AcceptPairingTest, AnExpiredTokenThatNobodyUsedIsRefused) {
  clock_.Advance(absl::Hours(2));
  EXPECT_THAT(
      Pair(*joiner_, request_),
      StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("expired")));
}

}  // namespace
}  // namespace tallystick::node
