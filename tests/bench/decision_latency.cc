// SPDX-License-Identifier: Apache-2.0
#include <sqlite3.h>

#include <condition_variable>
#include <mutex>

#include "absl/strings/str_cat.h"
#include "core/decision/decision.h"
#include "core/evidence/sshsig.h"
#include "node/peer/dialer.h"
#include "tests/bench/bench_node.h"
#include "tests/bench/bodies.h"
#include "tests/bench/measures.h"
#include "tests/e2e/program.h"

namespace tallystick::bench {
namespace {

constexpr int kRounds = 200;

evidence::SigningKey Key(char letter) {
  return *evidence::SigningKey::FromSeed(std::string(32, letter));
}

v1::Body Approval(const node::AllianceNode& alliance, const std::string& person,
                  const evidence::SigningKey& key) {
  const decision::Decision& decision =
      alliance.state().decisions(v1::PARTY_A).back();
  const evidence::Digest& hash = decision.revisions.back().hash;
  v1::Body body;
  v1::Verdict& verdict = *body.mutable_verdict();
  verdict.mutable_decision()->set_party(decision.party);
  verdict.mutable_decision()->set_uid(decision.uid);
  verdict.set_content_hash(std::string(hash.begin(), hash.end()));
  verdict.set_kind(v1::Verdict::APPROVE);
  verdict.set_person(person);
  const auto text = alliance.state().VerdictTextFor(
      alliance.own_party(), person, decision, hash, v1::Verdict::APPROVE, "");
  Check(text.status());
  verdict.set_text(*text);
  verdict.set_signature(evidence::ArmourSignature(evidence::SshSignature{
      .key = {.key = key.public_key()},
      .signature_namespace = std::string(evidence::kApprovalNamespace),
      .ed25519 = key.Sign(evidence::SshSigPreimage(*text))}));
  return body;
}

// Sends back what it gets at one end, and counts what comes at the other.
class Echo : public node::PeerHandler {
 public:
  void OnStreamOpened(std::shared_ptr<node::PeerStream> stream) override {
    const std::lock_guard lock(mutex_);
    stream->ReadNext();
    if (stream->dialled()) near_ = stream;
    if (!stream->dialled()) far_ = stream;
    changed_.notify_all();
  }
  void OnFrame(uint64_t id, v1::Frame frame) override {
    const std::lock_guard lock(mutex_);
    if (far_ && id == far_->id()) {
      far_->ReadNext();
      far_->Send(std::move(frame));
    } else {
      near_->ReadNext();
      ++answers_;
      changed_.notify_all();
    }
  }
  void OnStreamClosed(uint64_t, absl::Status) override {}
  void OnPair(const node::Fingerprint&, v1::PairRequest,
              PairReply reply) override {
    reply(absl::UnauthenticatedError(""));
  }

  void WaitOpen() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return near_ != nullptr; });
  }
  void RoundTrip() {
    v1::Frame frame;
    frame.mutable_goodbye()->set_reason(std::string(300, 'x'));
    near_->Send(std::move(frame));
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return answers_ > 0; });
    --answers_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::shared_ptr<node::PeerStream> near_, far_;
  int answers_ = 0;
};

// Four durable commits of one row and two round trips.
class FloorA {
 public:
  FloorA(const std::string& path, const node::TlsKeyPair& a,
         const node::TlsKeyPair& b) {
    sqlite3_open(path.c_str(), &db_);
    sqlite3_exec(db_,
                 "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                 "CREATE TABLE t(i INTEGER PRIMARY KEY, d BLOB) STRICT",
                 nullptr, nullptr, nullptr);
    auto trust = std::make_shared<node::Trust>();
    trust->Add(b.fingerprint);
    auto server =
        node::PeerServer::Start("127.0.0.1:0", a, trust, streams_, &echo_);
    Check(server.status());
    server_ = *std::move(server);
    Check(node::Dial(absl::StrCat("127.0.0.1:", server_->port()),
                     a.certificate_pem, b, streams_, &echo_, 1)
              .status());
    echo_.WaitOpen();
  }
  ~FloorA() {
    server_->Shutdown(absl::ZeroDuration());
    streams_->Drain(absl::Seconds(5));
    sqlite3_close(db_);
  }

  double Measure() {
    const auto start = Clock::now();
    for (int i = 0; i < 4; ++i) {
      sqlite3_exec(db_, "INSERT INTO t(d) VALUES(zeroblob(300))", nullptr,
                   nullptr, nullptr);
    }
    for (int i = 0; i < 2; ++i) echo_.RoundTrip();
    return SecondsSince(start);
  }

 private:
  sqlite3* db_ = nullptr;
  Echo echo_;
  std::shared_ptr<node::StreamRegistry> streams_ =
      std::make_shared<node::StreamRegistry>();
  std::unique_ptr<node::PeerServer> server_;
};

void Append(
    BenchNode& node, const std::string& author,
    const std::function<v1::Body(node::Node&, node::AllianceNode&)>& make) {
  node.CallNode([&](node::Node& n) -> absl::Status {
    node::AllianceNode& alliance = **n.Find("");
    const v1::Body body = make(n, alliance);
    return n.Append(alliance, {&body, 1}, author);
  });
}

double MeasureOnce(BenchNode& a, BenchNode& b, int number) {
  const size_t count = static_cast<size_t>(number) + 1;
  const auto start = Clock::now();
  a.CallNode([&](node::Node& n) -> absl::Status {
    node::AllianceNode& alliance = **n.Find("");
    v1::Body body = Proposal(n.Random(16), number);
    const absl::Status proposed = n.Append(alliance, {&body, 1}, "");
    if (!proposed.ok()) return proposed;
    body = Approval(alliance, "alice", Key('a'));
    return n.Append(alliance, {&body, 1}, "alice");
  });
  b.Until([&](node::AllianceNode& alliance) {
    const auto& decisions = alliance.state().decisions(v1::PARTY_A);
    return decisions.size() == count && decisions.back().verdicts.size() == 1;
  });
  Append(b, "bo", [](node::Node&, node::AllianceNode& alliance) {
    return Approval(alliance, "bo", Key('b'));
  });
  a.Until([&](node::AllianceNode& alliance) {
    return alliance.state().decisions(v1::PARTY_A).back().verdicts.size() == 2;
  });
  return SecondsSince(start);
}

}  // namespace

void MeasureDecisionLatency(const std::string& directory) {
  BenchNode a(directory + "/la", "cascadia.example", e2e::FreePort());
  BenchNode b(directory + "/lb", "meridian.example", 0);
  a.Listen();
  a.PairWith(b);
  Append(a, "", [](auto&, auto&) { return Enrolment("alice", Key('a')); });
  Append(b, "", [](auto&, auto&) { return Enrolment("bo", Key('b')); });
  for (BenchNode* node : {&a, &b}) {
    node->Until([](node::AllianceNode& alliance) {
      return alliance.replica().InStep();
    });
  }
  FloorA floor(directory + "/floor.db", a.tls(), b.tls());
  std::vector<double> floors;
  std::vector<double> measured;
  for (int i = 0; i < kRounds; ++i) {
    floors.push_back(floor.Measure());
    measured.push_back(MeasureOnce(a, b, i));
  }
  // What was timed is worth something only if it was ratified on both nodes.
  for (BenchNode* node : {&a, &b}) {
    node->Until([](node::AllianceNode& alliance) {
      for (const auto& decision : alliance.state().decisions(v1::PARTY_A)) {
        if (decision::Evaluate(decision, 0).state !=
            decision::State::kRatified) {
          Die(absl::InternalError("a decision was not ratified"));
        }
      }
      return true;
    });
  }
  PrintRow("floor A: 4 commits + 2 round trips, median", Median(floors) * 1e3,
           "ms", "");
  PrintRow("propose to ratified, durable on both, median",
           Median(measured) * 1e3, "ms", "");
  PrintRow("  ratio", Median(measured) / Median(floors), "x", "<= 1.5");
}

}  // namespace tallystick::bench
