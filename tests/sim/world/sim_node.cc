// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/world/sim_node.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "core/canonical.h"
#include "core/ledger/framing.h"
#include "core/status_macros.h"

namespace tallystick::sim {
namespace {

using ledger::Side;

constexpr node::AllianceKey kKey{1};
constexpr absl::string_view kPart = "part";
constexpr absl::string_view kAlerts = "alert";
constexpr absl::string_view kForks = "fork";

std::string DiskName(const Company& own) {
  return absl::StrCat("disk-of-", own.domain);
}

}  // namespace

SimNode::SimNode(const Company& own, uint64_t seed, Defect defect, Wire& wire)
    : own_(own),
      defect_(defect),
      wire_(wire),
      random_(seed),
      disk_(DiskName(own), seed) {}

SimNode::~SimNode() { Drop(); }

void SimNode::Drop() {
  replica_.reset();
  reader_.reset();
  store_.reset();
  batch_open_ = false;
  waiting_.clear();
  unbound_.clear();
  stream_.reset();
}

absl::Status SimNode::Start() {
  const auto synchronous = defect_ == Defect::kNoSync
                               ? node::SqliteOptions::Synchronous::kOff
                               : node::SqliteOptions::Synchronous::kFull;
  TALLYSTICK_ASSIGN_OR_RETURN(
      store_, node::OpenSqliteStore("/store.db", {.vfs = disk_.name(),
                                                  .synchronous = synchronous}));
  reader_ = store_->Reader(kKey);
  absl::Status loaded = Load();
  if (!loaded.ok()) Drop();
  return loaded;
}

absl::Status SimNode::Load() {
  replica_.reset();
  TALLYSTICK_ASSIGN_OR_RETURN(alliance::StoredParts parts, ReadParts());
  TALLYSTICK_ASSIGN_OR_RETURN(
      alliance::Replica replica,
      alliance::Replica::Load(SetupOf(own_), *reader_, std::move(parts)));
  replica_.emplace(std::move(replica));
  return absl::OkStatus();
}

absl::StatusOr<alliance::StoredParts> SimNode::ReadParts() const {
  alliance::StoredParts parts;
  TALLYSTICK_ASSIGN_OR_RETURN(const auto documents,
                              store_->ListDocuments(kPart, ""));
  for (const auto& [key, value] : documents) {
    if (key == "snapshot") parts.snapshot = value;
    if (key == "detached") parts.detached = value;
    if (key == "stopped") parts.stopped = value;
    if (key == "unproven") parts.unproven = value;
  }
  TALLYSTICK_ASSIGN_OR_RETURN(const auto alerts,
                              store_->ListDocuments(kAlerts, ""));
  for (const auto& [key, value] : alerts) {
    CanonicalReader reader(value);
    reader(parts.alerts.emplace_back());
    TALLYSTICK_RETURN_IF_ERROR(reader.Finish());
  }
  return parts;
}

void SimNode::Crash(uint64_t seed) {
  // The partner notices, sooner or later, and has got some of what was sent.
  wire_.BreakAll();
  disk_.Crash(seed);
  Drop();
}

void SimNode::RestoreBackup(const SimDisk::Files& backup) {
  wire_.BreakAll();
  disk_.Restore(backup);
  Drop();
}

std::string SimNode::FreshSalt() {
  std::string salt;
  for (int i = 0; i < 32; ++i) salt.push_back(static_cast<char>(random_()));
  return salt;
}

absl::Status SimNode::Say(absl::Span<const v1::Body> bodies,
                          absl::string_view author, int64_t now_us) {
  std::vector<std::string> salts;
  const auto first = replica_->Append(
      bodies, author, [&] { return salts.emplace_back(FreshSalt()); }, now_us);
  if (!first.ok()) {
    not_done_.insert(salts.begin(), salts.end());
    return first.status();
  }
  for (size_t i = 0; i < salts.size(); ++i) {
    waiting_.emplace_back(salts[i], bodies[i].SerializeAsString());
  }
  batch_open_ = true;
  return absl::OkStatus();
}

void SimNode::StreamOpened(StreamId stream, bool dialled) {
  batch_open_ = true;
  // Which alliance it is for, the Hello of who dialled will say.
  if (dialled) {
    Bind(stream);
  } else {
    unbound_.insert(stream);
  }
}

// Of two streams the one that party A dialled stays.
void SimNode::Bind(StreamId stream) {
  if (stream_) {
    if (wire_.DiallerOf(*stream_) == v1::PARTY_A &&
        wire_.DiallerOf(stream) != v1::PARTY_A) {
      wire_.Close(stream, own_.party);
      return;
    }
    wire_.Close(*stream_, own_.party);
    replica_->OnClose();
  }
  stream_ = stream;
  replica_->OnOpen(*reader_);
}

void SimNode::FrameArrived(StreamId stream, const std::string& bytes,
                           int64_t now_us) {
  v1::Frame frame;
  if (!frame.ParseFromString(bytes)) {
    // The transport gives up on what is no message.
    wire_.Break(stream);
    return;
  }
  if (unbound_.erase(stream) > 0) {
    if (!frame.has_hello() || frame.hello().alliance_uid() != kAllianceUid) {
      wire_.Break(stream);
      return;
    }
    Bind(stream);
  }
  if (stream_ != stream) return;
  batch_open_ = true;
  replica_->OnFrame(frame, *reader_, now_us);
}

void SimNode::StreamEnded(StreamId stream) {
  unbound_.erase(stream);
  wire_.Close(stream, own_.party);
  if (stream_ != stream) return;
  stream_.reset();
  replica_->OnClose();
}

node::Transaction SimNode::MakeTransaction(bool* reload) {
  node::Transaction transaction;
  auto put = [&](absl::string_view space, const std::string& key,
                 std::optional<std::string> value) {
    transaction.documents.push_back(
        {std::string(space), key, std::move(value)});
  };
  if (random_() % 8 == 0) put(kPart, "snapshot", replica_->Snapshot());
  if (random_() % 8 == 0) put("private", "own", std::string(kPrivateMarker));
  alliance::Step step = replica_->TakeStep();
  if (step.stopped) put(kPart, "stopped", *step.stopped);
  if (step.detached) put(kPart, "detached", *step.detached);
  if (step.unproven) put(kPart, "unproven", *step.unproven);
  if (step.fork) {
    put(kForks, "held", step.fork->held);
    put(kForks, "received", step.fork->received);
  }
  for (const drift::Alert& alert : step.alerts) {
    CanonicalWriter writer;
    writer(alert);
    put(kAlerts, absl::StrFormat("%020d", alert.number), writer.Take());
  }
  *reload = step.reload;
  if (!step.changes.empty()) {
    transaction.logs.emplace_back(kKey, std::move(step.changes));
  }
  return transaction;
}

absl::Status SimNode::Finish(bool quiet, int64_t now_us) {
  batch_open_ = false;
  // With the power off nothing goes out.
  if (disk_.failing()) return absl::OkStatus();
  if (replica_->needs_reload()) return StartOver();
  if (replica_->Urgent() || (quiet && replica_->Changed())) {
    const StreamId stream_before = stream_.value_or(0);
    TALLYSTICK_RETURN_IF_ERROR(Commit(now_us));
    if (disk_.failing()) return absl::OkStatus();
    if (stream_before != stream_.value_or(0)) return absl::OkStatus();
  }
  if (stream_) Pump(now_us);
  return absl::OkStatus();
}

absl::Status SimNode::Commit(int64_t now_us) {
  bool reload = false;
  const node::Transaction transaction = MakeTransaction(&reload);
  if (defect_ == Defect::kSendsBeforeCommit && stream_) Pump(now_us);
  const absl::Status committed = store_->Commit(transaction);
  if (!committed.ok()) return StartOver();
  for (auto& [salt, body] : waiting_) done_[salt] = std::move(body);
  waiting_.clear();
  return reload ? Load() : absl::OkStatus();
}

absl::Status SimNode::StartOver() {
  // With the power off nobody is told anything.
  if (disk_.failing()) return absl::OkStatus();
  for (const auto& [salt, body] : waiting_) not_done_.insert(salt);
  waiting_.clear();
  if (stream_) wire_.Break(*stream_);
  stream_.reset();
  return Load();
}

void SimNode::Pump(int64_t now_us) {
  alliance::Outgoing out = replica_->Pump(*reader_, 0, now_us);
  const StreamId stream = *stream_;
  for (const v1::Frame& frame : out.frames) {
    wire_.Send(stream, own_.party, frame.SerializeAsString());
  }
  if (!out.ending) return;
  wire_.Close(stream, own_.party);
  stream_.reset();
  replica_->OnClose();
}

absl::StatusOr<std::map<std::string, std::string>> SimNode::StoredStatements()
    const {
  std::map<std::string, std::string> statements;
  for (uint64_t index = 0;;) {
    TALLYSTICK_ASSIGN_OR_RETURN(
        const std::vector<ledger::Entry> entries,
        reader_->ReadEntries(Side::kOwn, index, 1 << 20));
    if (entries.empty()) break;
    for (const ledger::Entry& entry : entries) {
      statements[entry.salt] = entry.body;
    }
    index += entries.size();
  }
  const auto detached = store_->ReadDocument(kPart, "detached");
  if (!detached.ok()) return statements;
  TALLYSTICK_ASSIGN_OR_RETURN(const std::vector<ledger::Entry> waiting,
                              ledger::ParseFramedUnbounded(*detached));
  for (const ledger::Entry& entry : waiting) {
    statements[entry.salt] = entry.body;
  }
  return statements;
}

std::vector<std::pair<std::string, std::string>> SimNode::KeptForks() const {
  const auto held = store_->ReadDocument(kForks, "held");
  const auto received = store_->ReadDocument(kForks, "received");
  if (!held.ok() || !received.ok()) return {};
  return {{*held, *received}};
}

}  // namespace tallystick::sim
