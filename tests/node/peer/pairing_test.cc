// SPDX-License-Identifier: Apache-2.0
#include <future>

#include "gmock/gmock.h"
#include "tests/node/peer/peer_fixture.h"
#include "tests/status_matchers.h"

namespace tallystick::node {
namespace {

using ::tallystick::testing::IsOk;
using ::tallystick::testing::StatusIs;
using ::testing::HasSubstr;

// `inviter_` has an invitation out, `joiner_` redeems it.
class PairingTest : public ::testing::Test {
 protected:
  void SetUp() override {
    inviter_.recorder.on_pair = [this](const v1::PairRequest& request,
                                       PeerHandler::PairReply reply) {
      if (request.card() != "joiner's card") {
        return reply(absl::PermissionDeniedError("that is not our partner"));
      }
      v1::PairResponse response;
      response.set_card("inviter's card");
      reply(response);
    };
    inviter_.Listen({.pair_attempts_per_minute = 3, .now = [this] {
                       const std::lock_guard lock(mutex_);
                       return now_;
                     }});
    inviter_.trust->SetPairingOpen(true);
  }

  absl::StatusOr<Paired> Join(const Fingerprint& expected,
                              absl::string_view address,
                              absl::string_view card = "joiner's card") {
    v1::PairRequest request;
    request.set_card(std::string(card));
    std::promise<absl::StatusOr<Paired>> result;
    PairWith(address, expected, joiner_.own, request, absl::Seconds(60),
             [&](absl::StatusOr<Paired> paired) {
               result.set_value(std::move(paired));
             });
    return result.get_future().get();
  }
  absl::StatusOr<Paired> Join(absl::string_view card = "joiner's card") {
    return Join(inviter_.own.fingerprint, inviter_.address(), card);
  }
  void Advance(absl::Duration duration) {
    const std::lock_guard lock(mutex_);
    now_ += duration;
  }

  std::mutex mutex_;
  absl::Time now_ = absl::FromUnixSeconds(1'800'000'000);
  TestNode inviter_;
  TestNode joiner_;
};

TEST_F(PairingTest, EachSideLearnsTheOthersCertificate) {
  const auto paired = Join();
  ASSERT_THAT(paired, IsOk());
  EXPECT_EQ(paired->response.card(), "inviter's card");
  EXPECT_EQ(paired->inviter.fingerprint, inviter_.own.fingerprint);
  EXPECT_EQ(paired->inviter.pem, inviter_.own.certificate_pem);
  EXPECT_EQ(inviter_.recorder.last_pair_caller(), joiner_.own.fingerprint);
}

TEST_F(PairingTest, SendsNothingToACertificateOtherThanTheInvitations) {
  const auto paired = Join(joiner_.own.fingerprint, inviter_.address());
  EXPECT_THAT(paired, StatusIs(absl::StatusCode::kPermissionDenied,
                               HasSubstr("another certificate")));
  EXPECT_EQ(inviter_.recorder.pair_calls(), 0);
}

TEST_F(PairingTest, SaysThatNobodyIsThere) {
  const std::string address = inviter_.address();
  inviter_.server->Shutdown(absl::ZeroDuration());
  inviter_.server.reset();
  EXPECT_THAT(Join(inviter_.own.fingerprint, address),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr(address)));
}

TEST_F(PairingTest, KeepsTheReasonOfARefusalToItself) {
  const auto wrong = Join("somebody else's card");
  inviter_.trust->SetPairingOpen(false);
  const auto closed = Join();
  EXPECT_THAT(wrong, StatusIs(absl::StatusCode::kUnauthenticated));
  EXPECT_EQ(wrong.status(), closed.status());
  EXPECT_EQ(inviter_.recorder.pair_calls(), 1);
}

TEST_F(PairingTest, AForgottenReplyIsARefusal) {
  inviter_.recorder.on_pair = nullptr;
  EXPECT_THAT(Join(), StatusIs(absl::StatusCode::kUnauthenticated));
}

TEST_F(PairingTest, LooksAtSoManyAttemptsAMinuteOnly) {
  for (int i = 0; i < 3; ++i) EXPECT_THAT(Join(), IsOk());
  EXPECT_THAT(Join(), StatusIs(absl::StatusCode::kUnauthenticated));
  EXPECT_EQ(inviter_.recorder.pair_calls(), 3);
  Advance(absl::Minutes(1));
  EXPECT_THAT(Join(), IsOk());
}

TEST_F(PairingTest, AnOversizeRequestDoesNotReachTheHandler) {
  EXPECT_THAT(Join(std::string(100'000, 'x')),
              StatusIs(absl::StatusCode::kUnauthenticated));
  EXPECT_EQ(inviter_.recorder.pair_calls(), 0);
}

TEST_F(PairingTest, APartnerMayAskAgainWhenNothingIsOpenToOthers) {
  inviter_.trust->SetPairingOpen(false);
  EXPECT_THAT(Join(), StatusIs(absl::StatusCode::kUnauthenticated));
  inviter_.trust->Add(joiner_.own.fingerprint);
  EXPECT_THAT(Join(), IsOk());
}

TEST_F(PairingTest, APartnerAlreadyPairedMayRedeemAnotherInvitation) {
  inviter_.trust->Add(joiner_.own.fingerprint);
  EXPECT_THAT(Join(), IsOk());
}

}  // namespace
}  // namespace tallystick::node
