// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_REPLICA_H_
#define TALLYSTICK_CORE_ALLIANCE_REPLICA_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "core/alliance/state.h"
#include "core/alliance/watch.h"
#include "core/drift/alert_book.h"
#include "core/evidence/ed25519.h"
#include "core/evidence/note.h"
#include "core/expectation/topic_ref.h"
#include "core/ledger/log.h"
#include "core/sync/ingest.h"
#include "core/sync/session.h"
#include "tallystick/v1/entry.pb.h"
#include "tallystick/v1/peer.pb.h"

// One alliance at one node: both logs, the state they fold to, its alerts and
// the stream with the partner, as a deterministic machine without I/O.
//
// Events change what is in memory. The caller then
//   1. calls TakeStep and commits what it returns, durably and as a whole;
//   2. only then calls Pump and sends the frames it returns.
// So nothing is ever sent, promised or receipted that a crash could take back.
// If a commit fails, or after an event that says so, the caller throws the
// replica away and loads it again from what is stored.
//
// Thread-compatible.
namespace tallystick::alliance {

struct PartnerKeys {
  evidence::VerifierKey log_key;
  evidence::VerifierKey witness_key;
};

struct ReplicaSetup {
  // 16 bytes.
  std::string alliance_uid;
  // What people call the alliance at this node.
  std::string alliance;
  v1::Party own_party = v1::PARTY_A;
  expectation::PartyNames names;
  // Must outlive the replica.
  const evidence::SigningKey* log_key = nullptr;
  const evidence::SigningKey* witness_key = nullptr;
  // Key names (evidence formats, section 3): origin of our log, and ours as a
  // witness.
  std::string origin;
  std::string witness_name;
  // None before the partner has joined.
  std::optional<PartnerKeys> partner;
  const expectation::Catalogue* catalogue = nullptr;
  std::string software_version;
};

// What is stored beside the logs.
struct StoredParts {
  std::string snapshot;
  // Own entries that were taken off the log and wait to be appended again.
  std::string detached;
  std::vector<drift::Alert> alerts;
  // Why nothing is taken in from the partner any more.
  std::string stopped;
  // A checkpoint the partner signed and could not show the entries of.
  std::string unproven;
};

// What has to be stored before anything else happens.
struct Step {
  ledger::Changes changes;
  // Alerts that opened, changed or closed: to be stored and told.
  std::vector<drift::Alert> alerts;
  // New content of StoredParts::detached.
  std::optional<std::string> detached;
  // New content of StoredParts::unproven.
  std::optional<std::string> unproven;
  // Evidence to be kept for good, and why ingest stops.
  std::optional<sync::Fork> fork;
  std::optional<std::string> stopped;
  // After the commit, load the replica again: its own log was taken back.
  bool reload = false;

  bool empty() const {
    return changes.empty() && alerts.empty() && !detached && !unproven &&
           !fork && !stopped;
  }
};

// Why a stream ends. `reason` is a name of the protocol; `partner_fault` tells
// a refusal from an ordinary end.
struct Ending {
  std::string reason;
  std::string detail;
  bool partner_fault = false;
};

struct Outgoing {
  std::vector<v1::Frame> frames;
  // The stream is to be closed once the frames are sent.
  std::optional<Ending> ending;
};

// Fills a 32-byte salt with fresh random bytes.
using SaltSource = std::function<std::string()>;

class Replica {
 public:
  // Reads what is stored and folds what the snapshot does not cover. DATA_LOSS
  // if the parts do not fit together.
  static absl::StatusOr<Replica> Load(ReplicaSetup setup,
                                      const ledger::LogReader& reader,
                                      StoredParts parts);

  // Writes statements into the own log, all or none. A statement that would be
  // set aside is refused with its reason and a sentence, and nothing has
  // changed. UNAVAILABLE while the log is being recovered. Returns the index of
  // the first.
  absl::StatusOr<uint64_t> Append(absl::Span<const v1::Body> bodies,
                                  absl::string_view author,
                                  const SaltSource& salts, int64_t now_us);

  // The stream with the partner. OnFrame never fails: what is wrong with a
  // frame becomes an alert and an ending.
  void OnOpen(const ledger::LogReader& reader);
  void OnFrame(const v1::Frame& frame, const ledger::LogReader& reader,
               int64_t now_us);
  void OnClose();

  // True if a step is due at once; false if what there is can wait for the next
  // one (a receipt that could be asked for again).
  bool Urgent() const;
  // True if TakeStep would return something.
  bool Changed() const {
    return Urgent() || own_head_changed_ || partner_head_changed_;
  }
  Step TakeStep();
  // What is stored could not be read: throw this replica away.
  bool needs_reload() const { return needs_reload_; }

  // What to send now. `queued_bytes`: still unsent on the stream.
  Outgoing Pump(const ledger::LogReader& reader, size_t queued_bytes,
                int64_t now_us);

  // The partner has joined: from now on `setup.partner` and the names hold.
  void SetPartner(ReplicaSetup setup) { setup_ = std::move(setup); }

  // Looks at what comes by waiting and at the balance (day_watch.h); when there
  // is time, and at least once a day.
  void LookAtDay(const expectation::Date& today, int64_t now_us);
  // Whatever the caller noticed itself; stored with the next step.
  void Raise(const drift::Finding& finding, int64_t now_us);
  absl::Status AcknowledgeAlert(uint64_t number);
  // The matter with this key (drift::Finding::Key) is over, if it was open.
  void EndAlert(const std::string& key, int64_t now_us);

  const ReplicaSetup& setup() const { return setup_; }
  const AllianceState& state() const { return state_; }
  const drift::AlertBook& alerts() const { return alerts_; }
  const ledger::Log& own_log() const { return own_; }
  const ledger::Log& partner_log() const { return partner_; }
  const std::string& stopped() const { return stopped_; }
  bool connected() const {
    return session_.phase() != sync::Session::Phase::kClosed;
  }
  // Both hold all of both logs and compared digests of them.
  bool InStep() const;
  evidence::Digest StateDigest() { return state_.StateDigest(); }
  // To be stored with the same commit as the next step, or after it.
  std::string Snapshot() const;
  // False while the own log is being recovered, and as long as it has seen
  // entries of the partner that have not come back: nothing can be written.
  bool writable() const {
    return detached_.empty() && !state_void_ && !state_behind_;
  }

 private:
  explicit Replica(ReplicaSetup setup, AllianceState state)
      : setup_(std::move(setup)), state_(std::move(state)) {}

  v1::Party own_party() const { return setup_.own_party; }
  v1::Party partner_party() const { return ledger::Other(setup_.own_party); }
  sync::Heads Heads() const;

  // Folds what is stored and not folded yet, as far as that is possible.
  absl::Status Replay(const ledger::LogReader& reader);
  uint32_t DigestVersion() const;
  absl::Status HandleFrame(const v1::Frame& frame,
                           const ledger::LogReader& reader, int64_t now_us);
  absl::Status OnHello(const v1::Hello& hello, const ledger::LogReader& reader,
                       int64_t now_us);
  void LookAtChanges(int64_t now_us);
  void CheckIntroduction(int64_t now_us);
  absl::Status OnEntries(const v1::Entries& batch,
                         const ledger::LogReader& reader, int64_t now_us);
  absl::Status OnRecovered(const v1::Entries& batch,
                           const ledger::LogReader& reader, int64_t now_us);
  absl::Status Detach(uint64_t size, const ledger::LogReader& reader);
  void NoteRecovering(int64_t now_us);
  void CloseRecovering(int64_t now_us);
  absl::Status AppendDetached();
  absl::Status FinishRecovery(int64_t now_us);
  absl::Status OnCosignature(const v1::Cosignature& cosignature,
                             const ledger::LogReader& reader);
  void OnPing(const v1::Ping& ping, int64_t now_us);
  absl::Status OnEvidence(const v1::Evidence& evidence,
                          const ledger::LogReader& reader, int64_t now_us);
  absl::StatusOr<bool> IsOfOwnLog(absl::string_view checkpoint,
                                  const ledger::LogReader& reader) const;
  absl::Status CheckUnproven(const ledger::LogReader& reader, int64_t now_us);
  void CompareDigest(uint64_t their_own_size, uint64_t their_partner_size,
                     uint32_t version, absl::string_view digest,
                     int64_t now_us);
  void StopIngest(sync::Fork fork, int64_t now_us);

  v1::Frame MakeHello();
  v1::Frame MakePing(bool reply);
  absl::StatusOr<v1::Frame> MakeBatch(uint64_t first_index,
                                      const ledger::LogReader& reader);
  absl::StatusOr<v1::Frame> MakeRestored(uint64_t first_index,
                                         const ledger::LogReader& reader);
  v1::Frame MakeCosignature(int64_t now_us);
  absl::Status PumpEntries(const ledger::LogReader& reader, size_t queued_bytes,
                           Outgoing* out);
  void TakeLog(ledger::Log& log, std::optional<ledger::LogHead>* head,
               ledger::Changes* changes);

  ReplicaSetup setup_;
  ledger::Log own_ = ledger::Log(ledger::Side::kOwn);
  ledger::Log partner_ = ledger::Log(ledger::Side::kPartner);
  AllianceState state_;
  drift::AlertBook alerts_;
  Watch watch_;
  sync::Session session_;

  // Collected for the next step.
  Step step_;
  std::set<uint64_t> changed_alerts_;
  bool own_head_changed_ = false;
  bool partner_head_changed_ = false;
  bool needs_reload_ = false;

  // Entries taken off the own log, framed.
  std::string detached_;
  // The own log was put right, and the state is of what it was before; until
  // all is read again.
  bool state_void_ = false;
  // The state lacks the last entries of the logs, because their authors had
  // seen entries that are still to come back from the partner.
  bool state_behind_ = false;
  std::optional<Ending> ending_;
  std::vector<v1::Frame> replies_;
  std::string stopped_;
  std::string unproven_;
  // Sizes at which the digests were found equal.
  std::optional<std::pair<uint64_t, uint64_t>> equal_at_;
};

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_REPLICA_H_
