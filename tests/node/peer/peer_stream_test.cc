// SPDX-License-Identifier: Apache-2.0
#include "node/peer/peer_stream.h"

#include <thread>

#include "gmock/gmock.h"
#include "tests/node/peer/peer_fixture.h"
#include "tests/status_matchers.h"

namespace tallystick::node {
namespace {

using ::tallystick::testing::IsOk;
using ::tallystick::testing::StatusIs;
using ::testing::HasSubstr;

// `callee_` takes calls, `caller_` dials; each has paired with the other.
class PeerStreamTest : public ::testing::Test {
 protected:
  void SetUp() override {
    callee_.Listen();
    callee_.trust->Add(caller_.own.fingerprint);
  }

  TestNode callee_;
  TestNode caller_;
};

TEST_F(PeerStreamTest, CarriesFramesInOrderBothWays) {
  const auto out = caller_.Call(callee_);
  for (uint64_t i = 0; i < 100; ++i) out->Send(FrameNumber(i));
  const auto in = callee_.recorder.WaitOpened();
  for (uint64_t i = 0; i < 100; ++i) in->Send(FrameNumber(1000 + i));
  const auto received = callee_.recorder.WaitFrames(100);
  const auto answered = caller_.recorder.WaitFrames(100);
  for (uint64_t i = 0; i < 100; ++i) {
    EXPECT_EQ(received[i].recover().first_index(), i);
    EXPECT_EQ(answered[i].recover().first_index(), 1000 + i);
  }
}

TEST_F(PeerStreamTest, KnowsWhoIsAtTheOtherEndAndWhoDialled) {
  const auto out = caller_.Call(callee_, /*tag=*/42);
  const auto in = callee_.recorder.WaitOpened();
  EXPECT_EQ(out->fingerprint(), callee_.own.fingerprint);
  EXPECT_EQ(in->fingerprint(), caller_.own.fingerprint);
  EXPECT_TRUE(out->dialled());
  EXPECT_FALSE(in->dialled());
  EXPECT_EQ(out->tag(), 42);
  EXPECT_EQ(in->tag(), 0);
  EXPECT_EQ(caller_.recorder.WaitOpened(), out);
}

TEST_F(PeerStreamTest, DeliversNothingThatWasNotAskedFor) {
  callee_.recorder.set_greedy(false);
  const auto out = caller_.Call(callee_);
  out->Send(FrameNumber(1));
  out->Send(FrameNumber(2));
  const auto in = callee_.recorder.WaitOpened();
  in->ReadNext();
  callee_.recorder.WaitFrames(1);
  // A whole round trip later the second frame is there, but not delivered.
  in->Send(FrameNumber(3));
  caller_.recorder.WaitFrames(1);
  EXPECT_EQ(callee_.recorder.frames(), 1u);
  in->ReadNext();
  EXPECT_EQ(callee_.recorder.WaitFrames(2)[1].recover().first_index(), 2u);
}

TEST_F(PeerStreamTest, AFullQueueIsVisible) {
  callee_.recorder.set_greedy(false);
  const auto out = caller_.Call(callee_);
  for (int i = 0; i < 16; ++i) out->Send(FrameOfSize(1 << 20));
  // Nobody reads, and the network takes far less than 8 MiB.
  EXPECT_GT(out->queued_bytes(), size_t{8} << 20);
  out->Cancel();
  EXPECT_THAT(caller_.recorder.WaitClosed(out->id()),
              StatusIs(absl::StatusCode::kCancelled));
  EXPECT_EQ(out->queued_bytes(), 0u);
}

TEST_F(PeerStreamTest, CloseByTheDiallerDeliversWhatWasQueued) {
  const auto out = caller_.Call(callee_);
  for (uint64_t i = 0; i < 50; ++i) out->Send(FrameNumber(i));
  out->Close();
  const auto in = callee_.recorder.WaitOpened();
  EXPECT_THAT(callee_.recorder.WaitClosed(in->id()), IsOk());
  EXPECT_THAT(caller_.recorder.WaitClosed(out->id()), IsOk());
  EXPECT_EQ(callee_.recorder.frames(), 50u);
}

TEST_F(PeerStreamTest, CloseByTheServerDeliversWhatWasQueued) {
  const auto out = caller_.Call(callee_);
  const auto in = callee_.recorder.WaitOpened();
  for (uint64_t i = 0; i < 50; ++i) in->Send(FrameNumber(i));
  in->Close();
  EXPECT_THAT(caller_.recorder.WaitClosed(out->id()), IsOk());
  EXPECT_THAT(callee_.recorder.WaitClosed(in->id()), IsOk());
  EXPECT_EQ(caller_.recorder.frames(), 50u);
}

TEST_F(PeerStreamTest, CancelEndsBothSides) {
  const auto out = caller_.Call(callee_);
  const auto in = callee_.recorder.WaitOpened();
  in->Cancel();
  EXPECT_THAT(callee_.recorder.WaitClosed(in->id()),
              StatusIs(absl::StatusCode::kCancelled));
  EXPECT_FALSE(caller_.recorder.WaitClosed(out->id()).ok());
}

TEST_F(PeerStreamTest, AnOversizeFrameIsNamedAndEndsTheStreamOnly) {
  const auto bad = caller_.Call(callee_);
  bad->Send(FrameOfSize(kFrameBytesMax + 1));
  const auto in = callee_.recorder.WaitOpened();
  EXPECT_THAT(
      callee_.recorder.WaitClosed(in->id()),
      StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("oversize")));
  EXPECT_EQ(callee_.recorder.frames(), 0u);
  caller_.Call(callee_)->Send(FrameNumber(1));
  callee_.recorder.WaitFrames(1);
}

TEST_F(PeerStreamTest, AFrameFarTooLargeEndsTheStreamOnly) {
  const auto bad = caller_.Call(callee_);
  bad->Send(FrameOfSize(2 * kFrameBytesMax));
  const auto in = callee_.recorder.WaitOpened();
  EXPECT_FALSE(callee_.recorder.WaitClosed(in->id()).ok());
  EXPECT_FALSE(caller_.recorder.WaitClosed(bad->id()).ok());
  EXPECT_EQ(callee_.recorder.frames(), 0u);
  caller_.Call(callee_)->Send(FrameNumber(1));
  callee_.recorder.WaitFrames(1);
}

TEST_F(PeerStreamTest, ARevokedPartnerIsCutOffAndStaysOut) {
  const auto out = caller_.Call(callee_);
  callee_.recorder.WaitOpened();
  callee_.trust->Remove(caller_.own.fingerprint);
  callee_.streams->CancelPeer(caller_.own.fingerprint);
  EXPECT_FALSE(caller_.recorder.WaitClosed(out->id()).ok());
  const auto again = caller_.Call(callee_);
  EXPECT_THAT(caller_.recorder.WaitClosed(again->id()),
              StatusIs(absl::StatusCode::kUnauthenticated));
  EXPECT_EQ(callee_.recorder.opened(), 1u);
}

TEST_F(PeerStreamTest, ARefusedDialIsClosedWithoutHavingBeenOpened) {
  TestNode stranger;
  const auto out = stranger.Call(callee_);
  out->Send(FrameNumber(1));
  EXPECT_THAT(stranger.recorder.WaitClosed(out->id()),
              StatusIs(absl::StatusCode::kUnauthenticated, ""));
  EXPECT_EQ(stranger.recorder.opened(), 0u);
}

TEST_F(PeerStreamTest, DiallingWhereNobodyIsSaysUnavailable) {
  TestNode gone;
  gone.Listen();
  const std::string address = gone.address();
  gone.server->Shutdown(absl::ZeroDuration());
  gone.server.reset();
  const auto out = Dial(address, gone.own.certificate_pem, caller_.own,
                        caller_.streams, &caller_.recorder, 1);
  ASSERT_THAT(out, IsOk());
  EXPECT_THAT(caller_.recorder.WaitClosed((*out)->id()),
              StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(caller_.recorder.opened(), 0u);
}

TEST_F(PeerStreamTest, DialRefusesWhatIsNoAddressOrCertificate) {
  for (const char* address : {"unix:/tmp/x", "host", "host:0", "a b:1", ""}) {
    EXPECT_THAT(Dial(address, callee_.own.certificate_pem, caller_.own,
                     caller_.streams, &caller_.recorder, 1),
                StatusIs(absl::StatusCode::kInvalidArgument))
        << address;
  }
  EXPECT_THAT(Dial(callee_.address(), "no certificate", caller_.own,
                   caller_.streams, &caller_.recorder, 1),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(PeerStreamTest, OnePartnerCannotOpenStreamsWithoutEnd) {
  TestNode small;
  small.Listen({.streams_per_peer_max = 2});
  small.trust->Add(caller_.own.fingerprint);
  caller_.Call(small);
  caller_.Call(small);
  caller_.recorder.WaitOpened(2);
  const auto third = caller_.Call(small);
  EXPECT_THAT(caller_.recorder.WaitClosed(third->id()),
              StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_EQ(small.recorder.opened(), 2u);
}

TEST_F(PeerStreamTest, ShutdownEndsWhatIsStillOpen) {
  const auto out = caller_.Call(callee_);
  const auto in = callee_.recorder.WaitOpened();
  callee_.server->Shutdown(absl::ZeroDuration());
  EXPECT_FALSE(callee_.recorder.WaitClosed(in->id()).ok());
  EXPECT_FALSE(caller_.recorder.WaitClosed(out->id()).ok());
  EXPECT_EQ(callee_.streams->size(), 0u);
}

TEST_F(PeerStreamTest, AfterDrainNothingNewIsLetIn) {
  const auto out = caller_.Call(callee_);
  callee_.recorder.WaitOpened();
  EXPECT_TRUE(caller_.streams->Drain(absl::Seconds(60)));
  EXPECT_EQ(caller_.recorder.closed_calls(), 1);
  EXPECT_THAT(Dial(callee_.address(), callee_.own.certificate_pem, caller_.own,
                   caller_.streams, &caller_.recorder, 1),
              StatusIs(absl::StatusCode::kFailedPrecondition));
}

// Both ends send, close and cancel at the same time, from several threads; what
// counts is that every stream ends, once, and that nothing breaks.
TEST_F(PeerStreamTest, SurvivesSendingClosingAndCancellingAtOnce) {
  constexpr int kRounds = 60;
  for (int round = 0; round < kRounds; ++round) {
    const size_t opened_before = callee_.recorder.opened();
    const auto out = caller_.Call(callee_);
    std::thread sender([&] {
      for (uint64_t i = 0; i < 20; ++i) out->Send(FrameNumber(i));
    });
    std::thread closer([&] {
      if (round % 3 == 0) out->Cancel();
      out->Close();
    });
    std::thread partner([&] {
      if (round % 3 == 0) return;
      const auto in = callee_.recorder.WaitOpened(opened_before + 1);
      in->Send(FrameNumber(99));
      if (round % 3 == 1) in->Close();
    });
    sender.join();
    closer.join();
    partner.join();
    const absl::Status status = caller_.recorder.WaitClosed(out->id());
    EXPECT_NE(status.code(), absl::StatusCode::kDeadlineExceeded);
    // The other side has seen the end as well before the next round counts.
    EXPECT_TRUE(callee_.recorder.WaitQuiet());
  }
  EXPECT_EQ(caller_.recorder.closed_calls(), kRounds);
}

}  // namespace
}  // namespace tallystick::node
