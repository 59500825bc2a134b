// SPDX-License-Identifier: Apache-2.0
// How many frames, and how large, two honest nodes need; counted on the wire.
#include <cstdint>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/sim/world/company.h"
#include "tests/sim/world/sim_node.h"
#include "tests/sim/world/workload.h"
#include "tests/status_matchers.h"

namespace tallystick::sim {
namespace {

using ::tallystick::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Le;

constexpr int64_t kNow = 1'790'000'000'000'000;

// What one party sent: "hello", "entries", ...
struct Sent {
  v1::Party from;
  v1::Frame::FrameCase kind;
  size_t bytes;
};

class TrafficTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (SimNode* node : {&a_, &b_}) {
      ASSERT_THAT(node->Start(), IsOk());
      ASSERT_THAT(node->Say({node->company().Opening()}, "", kNow), IsOk());
      ASSERT_THAT(node->Finish(true, kNow), IsOk());
    }
  }

  SimNode& Node(v1::Party party) { return party == v1::PARTY_A ? a_ : b_; }

  void Connect() {
    stream_ = wire_.Dial(v1::PARTY_B);
    b_.StreamOpened(stream_, /*dialled=*/true);
    a_.StreamOpened(stream_, /*dialled=*/false);
    DeliverAll();
  }
  void Disconnect() {
    wire_.BreakAll();
    a_.StreamEnded(stream_);
    b_.StreamEnded(stream_);
    DeliverAll();
    sent_.clear();
  }
  void Say(v1::Party party) {
    SimNode& node = Node(party);
    ASSERT_THAT(
        node.Say({Stance("frame/spectrum-position", "identity")}, "", kNow),
        IsOk());
    ASSERT_THAT(node.Finish(false, kNow), IsOk());
  }
  // Until nobody has anything left to say. Every frame is a step of its own.
  void DeliverAll() {
    while (true) {
      for (SimNode* node : {&a_, &b_}) {
        ASSERT_THAT(node->Finish(false, kNow), IsOk());
      }
      const std::vector<Wire::Arrival> arrivals = wire_.Arrivals();
      if (arrivals.empty()) return;
      std::string frame;
      SimNode& node = Node(arrivals[0].to);
      if (wire_.Take(arrivals[0], &frame)) {
        node.FrameArrived(arrivals[0].stream, frame, kNow);
      } else {
        node.StreamEnded(arrivals[0].stream);
      }
    }
  }
  std::vector<v1::Frame::FrameCase> KindsFrom(v1::Party party) const {
    std::vector<v1::Frame::FrameCase> kinds;
    for (const Sent& sent : sent_) {
      if (sent.from == party) kinds.push_back(sent.kind);
    }
    return kinds;
  }

  std::vector<Sent> sent_;
  Wire wire_ = Wire(1, [this](v1::Party from, const std::string& bytes) {
    v1::Frame frame;
    ASSERT_TRUE(frame.ParseFromString(bytes));
    sent_.push_back({from, frame.frame_case(), bytes.size()});
  });
  SimNode a_ = SimNode(CompanyOf(v1::PARTY_A), 1, Defect::kNone, wire_);
  SimNode b_ = SimNode(CompanyOf(v1::PARTY_B), 2, Defect::kNone, wire_);
  StreamId stream_ = 0;
};

// One round trip, at most 256 bytes each way, whatever the
// length of the logs.
class InStepTest : public TrafficTest,
                   public ::testing::WithParamInterface<int> {};

TEST_P(InStepTest, ReconnectingCostsOneSmallFrameEachWay) {
  Connect();
  for (int i = 0; i < GetParam(); ++i) Say(v1::PARTY_A);
  DeliverAll();
  Disconnect();
  Connect();
  EXPECT_THAT(KindsFrom(v1::PARTY_A), ElementsAre(v1::Frame::kHello));
  EXPECT_THAT(KindsFrom(v1::PARTY_B), ElementsAre(v1::Frame::kHello));
  for (const Sent& sent : sent_) EXPECT_THAT(sent.bytes, Le(256u));
  EXPECT_TRUE(a_.replica().InStep());
  EXPECT_TRUE(b_.replica().InStep());
}

INSTANTIATE_TEST_SUITE_P(All, InStepTest, ::testing::Values(0, 1, 1000));

TEST_F(TrafficTest, ANewEntryIsStoredAndReceiptedInOneRoundTrip) {
  Connect();
  sent_.clear();
  Say(v1::PARTY_B);
  DeliverAll();
  ASSERT_THAT(KindsFrom(v1::PARTY_B), ::testing::Not(IsEmpty()));
  EXPECT_EQ(sent_[0].kind, v1::Frame::kEntries);
  EXPECT_EQ(sent_[1].from, v1::PARTY_A);
  EXPECT_EQ(sent_[1].kind, v1::Frame::kCosignature);
  EXPECT_EQ(b_.replica().own_log().head().cosigned_size,
            b_.replica().own_log().size());
}

}  // namespace
}  // namespace tallystick::sim
