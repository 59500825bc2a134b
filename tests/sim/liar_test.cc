// SPDX-License-Identifier: Apache-2.0
// A partner that has the right keys and lies. Whatever it sends ends in a named
// refusal and an alert, and nothing of it is stored.
#include <google/protobuf/stubs/logging.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "core/evidence/checkpoint.h"
#include "core/evidence/cosignature.h"
#include "core/evidence/merkle.h"
#include "core/evidence/party_name.h"
#include "core/ledger/framing.h"
#include "core/ledger/leaf.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/sim/world/sim_node.h"
#include "tests/sim/world/workload.h"
#include "tests/status_matchers.h"

namespace tallystick::sim {
namespace {

using ::tallystick::testing::IsOk;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr int64_t kNow = 1'790'000'000'000'000;
constexpr int64_t kHourUs = 3'600'000'000;

std::string Bytes(const evidence::Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

// A log as the liar keeps it: it signs whatever it likes.
struct LiarLog {
  std::vector<ledger::Entry> entries;

  void Add(const v1::Body& body, int64_t time_us = kNow,
           uint64_t partner_size = 0) {
    const std::string salt(32, static_cast<char>(entries.size()));
    entries.push_back(ledger::MakeEntry(partner_size, time_us, "", salt,
                                        body.SerializeAsString()));
  }
  evidence::Digest Root(uint64_t size) const {
    evidence::CompactRange range;
    for (uint64_t i = 0; i < size; ++i) {
      range.Append(evidence::HashLeaf(entries[i].leaf));
    }
    return range.Root();
  }
};

class LiarTest : public ::testing::Test {
 protected:
  LiarTest()
      : wire_(1,
              [this](v1::Party from, const std::string& bytes) {
                v1::Frame frame;
                if (from == v1::PARTY_A && frame.ParseFromString(bytes)) {
                  sent_.push_back(std::move(frame));
                }
              }),
        node_(CompanyOf(v1::PARTY_A), 1, Defect::kNone, wire_) {
    google::protobuf::SetLogHandler(nullptr);
    EXPECT_THAT(node_.Start(), IsOk());
    EXPECT_THAT(node_.Say({CompanyOf(v1::PARTY_A).Opening()}, "", kNow),
                IsOk());
    EXPECT_THAT(node_.Finish(true, kNow), IsOk());
    log_.Add(liar_.Opening());
    log_.Add(Stance("frame/spectrum-position", "identity"));
  }

  void Open() {
    stream_ = wire_.Dial(v1::PARTY_A);
    node_.StreamOpened(stream_, /*dialled=*/true);
    EXPECT_THAT(node_.Finish(false, kNow), IsOk());
  }
  void Deliver(const v1::Frame& frame) {
    node_.FrameArrived(stream_, frame.SerializeAsString(), kNow);
    EXPECT_THAT(node_.Finish(true, kNow), IsOk());
  }

  v1::Frame Hello() const {
    v1::Frame frame;
    v1::Hello& hello = *frame.mutable_hello();
    hello.set_protocol_version(1);
    hello.set_software_version("liar/1");
    hello.set_alliance_uid(std::string(kAllianceUid));
    hello.set_own_size(log_.entries.size());
    hello.set_own_root(Bytes(log_.Root(log_.entries.size())));
    hello.set_partner_root(Bytes(LiarLog().Root(0)));
    hello.set_state_digest(std::string(32, '\0'));
    return frame;
  }
  // Opens a stream on which both have said Hello.
  void Greet() {
    Open();
    Deliver(Hello());
  }

  std::string SignedCheckpoint(uint64_t size, const evidence::Digest& root,
                               const evidence::SigningKey& key) const {
    return evidence::SignCheckpoint(
        {.origin = liar_.Origin(), .size = size, .root = root}, key);
  }
  v1::Frame Batch(const LiarLog& log, uint64_t from, uint64_t to) const {
    v1::Frame frame;
    v1::Entries& batch = *frame.mutable_entries();
    batch.set_first_index(from);
    for (uint64_t i = from; i < to; ++i) {
      ledger::AppendFramed(log.entries[i], batch.mutable_entries());
    }
    batch.set_checkpoint(SignedCheckpoint(to, log.Root(to), liar_.log_key));
    return frame;
  }

  const drift::Alert* FindAlert(const std::string& kind,
                                const std::string& variant) {
    for (const auto& [number, alert] : node_.replica().alerts().alerts()) {
      if (alert.finding.kind == kind && alert.finding.variant == variant) {
        return &alert;
      }
    }
    return nullptr;
  }

  // The stream ended for this reason, people are told, nothing was stored, and
  // the node goes on, after a restart as well.
  void ExpectRefused(const std::string& reason, uint64_t stored = 0) {
    EXPECT_EQ(node_.stream(), std::nullopt);
    ASSERT_THAT(sent_, Not(IsEmpty()));
    EXPECT_EQ(sent_.back().goodbye().reason(), reason);
    EXPECT_NE(FindAlert("sync.refused", reason), nullptr);
    EXPECT_EQ(node_.replica().partner_log().size(), stored);
    ExpectWorks();
    node_.Crash(1);
    EXPECT_THAT(node_.Start(), IsOk());
    EXPECT_NE(FindAlert("sync.refused", reason), nullptr);
    EXPECT_EQ(node_.replica().partner_log().size(), stored);
  }
  void ExpectWorks() {
    const uint64_t size = node_.replica().own_log().size();
    EXPECT_THAT(
        node_.Say({Stance("frame/spectrum-position", "identity")}, "", kNow),
        IsOk());
    EXPECT_THAT(node_.Finish(true, kNow), IsOk());
    EXPECT_EQ(node_.replica().own_log().size(), size + 1);
  }

  const Company& liar_ = CompanyOf(v1::PARTY_B);
  LiarLog log_;
  std::vector<v1::Frame> sent_;
  Wire wire_;
  SimNode node_;
  StreamId stream_ = 0;
};

TEST_F(LiarTest, TheTruthIsStoredAndReceipted) {
  Greet();
  Deliver(Batch(log_, 0, 2));
  EXPECT_EQ(node_.replica().partner_log().size(), 2u);
  EXPECT_TRUE(sent_.back().has_cosignature());
  EXPECT_NE(node_.stream(), std::nullopt);
}

TEST_F(LiarTest, RefusesAnythingBeforeTheHello) {
  Open();
  Deliver(Batch(log_, 0, 2));
  ExpectRefused("unexpected_frame");
}

TEST_F(LiarTest, RefusesASecondHello) {
  Greet();
  Deliver(Hello());
  ExpectRefused("unexpected_frame");
}

TEST_F(LiarTest, RefusesAHelloForAnotherAlliance) {
  Open();
  v1::Frame hello = Hello();
  hello.mutable_hello()->set_alliance_uid("fedcba9876543210");
  Deliver(hello);
  ExpectRefused("unknown_alliance");
}

TEST_F(LiarTest, RefusesAHelloWithHashesOfAnotherLength) {
  Open();
  v1::Frame hello = Hello();
  hello.mutable_hello()->set_partner_root("short");
  Deliver(hello);
  ExpectRefused("malformed_frame");
}

TEST_F(LiarTest, RefusesAnUnknownFrame) {
  Greet();
  Deliver(v1::Frame());
  ExpectRefused("unexpected_frame");
}

TEST_F(LiarTest, RefusesACheckpointByAnotherKey) {
  Greet();
  v1::Frame batch = Batch(log_, 0, 2);
  batch.mutable_entries()->set_checkpoint(
      SignedCheckpoint(2, log_.Root(2), liar_.witness_key));
  Deliver(batch);
  EXPECT_EQ(node_.replica().partner_log().size(), 0u);
  EXPECT_EQ(node_.stream(), std::nullopt);
  EXPECT_NE(sent_.back().goodbye().reason(), "internal");
}

TEST_F(LiarTest, RefusesABrokenTree) {
  Greet();
  v1::Frame batch = Batch(log_, 0, 2);
  batch.mutable_entries()->set_checkpoint(
      SignedCheckpoint(2, log_.Root(1), liar_.log_key));
  Deliver(batch);
  ExpectRefused("broken_tree");
}

TEST_F(LiarTest, RefusesABodyItsLeafDoesNotCommitTo) {
  Greet();
  log_.entries[1].body += "x";
  Deliver(Batch(log_, 0, 2));
  ExpectRefused("commitment_mismatch");
}

TEST_F(LiarTest, RefusesAnOversizeBatch) {
  Greet();
  v1::Frame batch = Batch(log_, 0, 2);
  batch.mutable_entries()->mutable_entries()->append(ledger::kBatchBytesRefused,
                                                     'x');
  Deliver(batch);
  ExpectRefused("oversize");
}

TEST_F(LiarTest, RefusesABatchThatEndsInTheMiddle) {
  Greet();
  v1::Frame batch = Batch(log_, 0, 2);
  batch.mutable_entries()->mutable_entries()->pop_back();
  Deliver(batch);
  ExpectRefused("malformed_batch");
}

TEST_F(LiarTest, RefusesAGap) {
  Greet();
  Deliver(Batch(log_, 1, 2));
  ExpectRefused("out_of_order");
}

TEST_F(LiarTest, RefusesInvalidUtf8InALeaf) {
  Greet();
  // Field 3 (author) with one byte that is no UTF-8.
  log_.entries[1].leaf += std::string("\x1a\x01\xff", 3);
  Deliver(Batch(log_, 0, 2));
  ExpectRefused("malformed_leaf");
}

TEST_F(LiarTest, RefusesEntriesOfTheFuture) {
  Greet();
  log_.Add(Stance("frame/spectrum-position", "identity"), kNow + 25 * kHourUs);
  Deliver(Batch(log_, 0, 3));
  ExpectRefused("bad_time");
}

TEST_F(LiarTest, RefusesTimesThatGoBackwards) {
  Greet();
  log_.Add(Stance("frame/spectrum-position", "identity"), kNow - kHourUs);
  Deliver(Batch(log_, 0, 3));
  ExpectRefused("bad_time");
}

TEST_F(LiarTest, RefusesEntriesThatHaveSeenWhatWeNeverWrote) {
  Greet();
  log_.Add(Stance("frame/spectrum-position", "identity"), kNow, 1000);
  Deliver(Batch(log_, 0, 3));
  ExpectRefused("seen_ahead");
}

TEST_F(LiarTest, RefusesReceiptsItCannotHaveGiven) {
  Greet();
  v1::Frame frame;
  frame.mutable_cosignature()->set_size(77);
  Deliver(frame);
  ExpectRefused("bad_cosignature");
  Greet();
  frame.mutable_cosignature()->set_size(1);
  frame.mutable_cosignature()->set_root(
      Bytes(node_.replica().own_log().Root()));
  frame.mutable_cosignature()->set_signature_line("garbage");
  Deliver(frame);
  ExpectRefused("bad_cosignature");
  EXPECT_EQ(node_.replica().own_log().head().cosigned_size, 0u);
}

TEST_F(LiarTest, RefusesToGiveBackWhatItNeverGot) {
  Greet();
  v1::Frame frame;
  frame.mutable_recover()->set_first_index(5);
  Deliver(frame);
  ExpectRefused("out_of_order");
}

TEST_F(LiarTest, RefusesGarbageAsEvidence) {
  Greet();
  v1::Frame frame;
  frame.mutable_evidence()->set_first_checkpoint("garbage");
  Deliver(frame);
  EXPECT_EQ(node_.stream(), std::nullopt);
  EXPECT_EQ(FindAlert("sync.fork_claimed", ""), nullptr);
  ExpectWorks();
}

TEST_F(LiarTest, TakesBackNothingThatItDidNotSignItself) {
  Open();
  v1::Frame hello = Hello();
  hello.mutable_hello()->set_partner_size(10);
  Deliver(hello);
  EXPECT_TRUE(sent_.back().has_recover());
  // A claim alone stops nobody from working.
  ExpectWorks();
  const uint64_t size = node_.replica().own_log().size();
  v1::Frame batch = Batch(log_, 0, 2);
  batch.mutable_entries()->set_of_receiver(true);
  Deliver(batch);
  EXPECT_EQ(node_.stream(), std::nullopt);
  EXPECT_EQ(node_.replica().own_log().size(), size);
  ExpectWorks();
}

// A partner that says it holds more of our log than we do, and then gives back
// what we have.
class GivingBackTest : public LiarTest {
 protected:
  // The partner has receipted our first two entries and we have written more.
  void SetUp() override {
    Greet();
    ExpectWorks();
    Receipt(2);
    ExpectWorks();
    ExpectWorks();
    Note();
    node_.StreamEnded(stream_);
  }

  // Our own log as whoever got it holds it.
  LiarLog Ours() {
    LiarLog ours;
    const auto entries =
        node_.reader().ReadEntries(ledger::Side::kOwn, 0, 1 << 20);
    EXPECT_THAT(entries.status(), IsOk());
    ours.entries = *entries;
    return ours;
  }
  void Receipt(uint64_t size) {
    const std::string checkpoint =
        evidence::SignCheckpoint({.origin = CompanyOf(v1::PARTY_A).Origin(),
                                  .size = size,
                                  .root = Ours().Root(size)},
                                 CompanyOf(v1::PARTY_A).log_key);
    v1::Frame frame;
    frame.mutable_cosignature()->set_size(size);
    frame.mutable_cosignature()->set_root(Bytes(Ours().Root(size)));
    frame.mutable_cosignature()->set_signature_line(evidence::Cosign(
        checkpoint, liar_.WitnessName(), liar_.witness_key, kNow / 1'000'000));
    Deliver(frame);
    EXPECT_EQ(node_.replica().own_log().head().cosigned_size, size);
  }
  // Remembers the newest checkpoint of ours that went out.
  void Note() {
    for (const v1::Frame& frame : sent_) {
      if (frame.has_entries()) ours_ = frame.entries().checkpoint();
    }
  }
  void ClaimMore() {
    Open();
    v1::Frame hello = Hello();
    hello.mutable_hello()->set_partner_size(10);
    Deliver(hello);
    EXPECT_TRUE(sent_.back().has_recover());
    EXPECT_EQ(sent_.back().recover().first_index(), 2u);
  }
  // Entries from..to of our log under the newest checkpoint that went out.
  v1::Frame GivenBack(uint64_t from, uint64_t to) {
    const LiarLog ours = Ours();
    v1::Frame frame;
    v1::Entries& batch = *frame.mutable_entries();
    batch.set_of_receiver(true);
    batch.set_first_index(from);
    for (uint64_t i = from; i < to; ++i) {
      ledger::AppendFramed(ours.entries[i], batch.mutable_entries());
    }
    batch.set_checkpoint(ours_);
    return frame;
  }

  std::string ours_;
};

TEST_F(GivingBackTest, RefusesAPartnerThatGivesBackOnlyWhatIsThere) {
  ClaimMore();
  Deliver(GivenBack(2, 4));
  EXPECT_EQ(node_.stream(), std::nullopt);
  EXPECT_EQ(sent_.back().goodbye().reason(), "out_of_order");
  EXPECT_NE(FindAlert("sync.refused", "out_of_order"), nullptr);
  EXPECT_EQ(FindAlert("sync.recovering", ""), nullptr);
  ExpectWorks();
}

TEST_F(GivingBackTest, RefusesEntriesItHasGivenAReceiptFor) {
  ClaimMore();
  Deliver(GivenBack(0, 4));
  EXPECT_EQ(node_.stream(), std::nullopt);
  EXPECT_EQ(sent_.back().goodbye().reason(), "out_of_order");
  ExpectWorks();
}

TEST_F(GivingBackTest, RaisesNoAlertForAClaimAlone) {
  ClaimMore();
  EXPECT_EQ(FindAlert("sync.recovering", ""), nullptr);
  ExpectWorks();
}

TEST_F(LiarTest, ARepeatedBatchInOneCommitHarmsNobody) {
  Greet();
  const std::string batch = Batch(log_, 0, 2).SerializeAsString();
  EXPECT_THAT(
      node_.Say({Stance("frame/spectrum-position", "identity")}, "", kNow),
      IsOk());
  node_.FrameArrived(stream_, batch, kNow);
  node_.FrameArrived(stream_, Batch(log_, 0, 1).SerializeAsString(), kNow);
  node_.FrameArrived(stream_, batch, kNow);
  EXPECT_FALSE(node_.replica().needs_reload());
  EXPECT_THAT(node_.Finish(true, kNow), IsOk());
  EXPECT_EQ(node_.replica().partner_log().size(), 2u);
  EXPECT_EQ(node_.replica().own_log().size(), 2u);
  EXPECT_THAT(node_.done(), SizeIs(2));
}

// Two histories: the same size or a smaller one, with another root.
class ForkTest : public LiarTest {
 protected:
  void ExpectFork(const v1::Frame& forked) {
    Greet();
    const v1::Frame first = Batch(log_, 0, 2);
    Deliver(first);
    Deliver(forked);
    EXPECT_EQ(node_.stream(), std::nullopt);
    EXPECT_EQ(sent_.back().goodbye().reason(), "fork");
    const v1::Frame& shown = sent_[sent_.size() - 2];
    EXPECT_EQ(shown.evidence().second_checkpoint(),
              forked.entries().checkpoint());
    node_.Crash(1);
    EXPECT_THAT(node_.Start(), IsOk());
    EXPECT_THAT(node_.KeptForks(), ::testing::ElementsAre(std::pair(
                                       first.entries().checkpoint(),
                                       forked.entries().checkpoint())));
    EXPECT_EQ(node_.replica().stopped(), "sync.fork");
    ASSERT_NE(FindAlert("sync.fork", ""), nullptr);
    EXPECT_EQ(FindAlert("sync.fork", "")->finding.severity,
              drift::Severity::kCritical);
    EXPECT_EQ(node_.replica().partner_log().Root(), log_.Root(2));
    // Nothing more is taken in; our own work goes on, and out.
    ExpectWorks();
    Greet();
    log_.Add(Stance("frame/spectrum-position", "cooperative"));
    Deliver(Batch(log_, 2, 3));
    EXPECT_EQ(node_.replica().partner_log().size(), 2u);
    EXPECT_NE(node_.stream(), std::nullopt);
    EXPECT_TRUE(std::any_of(sent_.begin(), sent_.end(), [](const auto& frame) {
      return frame.has_entries() && frame.entries().first_index() == 0;
    }));
  }

  LiarLog Other() const {
    LiarLog other;
    other.Add(liar_.Opening(), kNow - 1);
    other.Add(Stance("frame/spectrum-position", "cooperative"));
    return other;
  }
};

TEST_F(ForkTest, KeepsBothCheckpointsOfTheSameSizeAndStops) {
  ExpectFork(Batch(Other(), 0, 2));
}

TEST_F(ForkTest, KeepsBothCheckpointsIfTheSecondIsSmallerAndStops) {
  ExpectFork(Batch(Other(), 0, 1));
}

// A head that is larger than what is held cannot be compared yet. It is kept,
// and held against the log when that has come as far.
TEST_F(ForkTest, ALargerHeadThatIsNotBackedIsKeptUntilItCanBeCompared) {
  Greet();
  Deliver(Batch(log_, 0, 2));
  LiarLog other = Other();
  other.Add(Stance("frame/spectrum-position", "identity"));
  const v1::Frame forked = Batch(other, 2, 3);
  Deliver(forked);
  ExpectRefused("broken_tree", 2);
  log_.Add(Stance("frame/spectrum-position", "cooperative"));
  Greet();
  Deliver(Batch(log_, 2, 3));
  EXPECT_EQ(sent_.back().goodbye().reason(), "fork");
  EXPECT_EQ(node_.replica().stopped(), "sync.fork");
  EXPECT_THAT(node_.KeptForks(),
              ::testing::ElementsAre(::testing::Pair(
                  SignedCheckpoint(3, log_.Root(3), liar_.log_key),
                  forked.entries().checkpoint())));
}

TEST_F(ForkTest, AHeadThatWasBackedLaterIsForgotten) {
  Greet();
  Deliver(Batch(log_, 0, 2));
  log_.Add(Stance("frame/spectrum-position", "cooperative"));
  v1::Frame damaged = Batch(log_, 2, 3);
  LiarLog other = Other();
  other.Add(Stance("frame/spectrum-position", "identity"));
  *damaged.mutable_entries()->mutable_entries() =
      Batch(other, 2, 3).entries().entries();
  Deliver(damaged);
  ExpectRefused("broken_tree", 2);
  Greet();
  Deliver(Batch(log_, 2, 3));
  EXPECT_EQ(node_.replica().partner_log().size(), 3u);
  EXPECT_EQ(node_.replica().stopped(), "");
  EXPECT_TRUE(sent_.back().has_cosignature());
}

TEST_F(LiarTest, TellsOfAPartnerThatIntroducesItselfAsAnother) {
  const std::string uid = absl::BytesToHexString(kAllianceUid);
  v1::Body body = liar_.Opening();
  v1::Opening& opening = *body.mutable_opening();
  opening.set_domain("someone-else.example");
  opening.set_log_key(evidence::VerifierKey::ForLog(
                          evidence::OriginOf("someone-else.example", uid),
                          liar_.log_key.public_key())
                          .ToString());
  opening.set_witness_key(
      evidence::VerifierKey::ForWitness(
          evidence::WitnessNameOf("someone-else.example", uid),
          liar_.witness_key.public_key())
          .ToString());
  log_.entries.clear();
  log_.Add(body);
  Greet();
  Deliver(Batch(log_, 0, 1));
  ASSERT_NE(FindAlert("sync.identity", ""), nullptr);
  EXPECT_THAT(FindAlert("sync.identity", "")->finding.text,
              HasSubstr("someone-else.example"));
  EXPECT_EQ(FindAlert("sync.identity", "")->count, 1);
}

TEST_F(LiarTest, TakesNoTrueCheckpointsAsEvidence) {
  Greet();
  const std::string ours = sent_.back().entries().checkpoint();
  v1::Frame frame;
  frame.mutable_evidence()->set_first_checkpoint(ours);
  frame.mutable_evidence()->set_second_checkpoint(ours);
  Deliver(frame);
  EXPECT_EQ(sent_.back().goodbye().reason(), "false_evidence");
  EXPECT_EQ(FindAlert("sync.fork_claimed", ""), nullptr);
  ExpectWorks();
}

TEST_F(LiarTest, RefusesAPartnerThatLostWhatItGaveAReceiptFor) {
  Greet();
  const std::string checkpoint = sent_.back().entries().checkpoint();
  v1::Frame frame;
  frame.mutable_cosignature()->set_size(1);
  frame.mutable_cosignature()->set_root(
      Bytes(node_.replica().own_log().Root()));
  frame.mutable_cosignature()->set_signature_line(evidence::Cosign(
      checkpoint, liar_.WitnessName(), liar_.witness_key, kNow / 1'000'000));
  Deliver(frame);
  node_.StreamEnded(stream_);
  Open();
  v1::Frame hello = Hello();
  hello.mutable_hello()->set_partner_size(1);
  hello.mutable_hello()->set_partner_root(Bytes(log_.Root(1)));
  Deliver(hello);
  ExpectRefused("broken_tree");
}

}  // namespace
}  // namespace tallystick::sim
