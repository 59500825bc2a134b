// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_ENGINE_ALLIANCE_NODE_H_
#define TALLYSTICK_NODE_ENGINE_ALLIANCE_NODE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "core/alliance/replica.h"
#include "node/identity/node_identity.h"
#include "node/peer/backoff.h"
#include "node/peer/peer_stream.h"
#include "node/store/store.h"
#include "tallystick/storage/v1/documents.pb.h"

// One alliance of this node: its replica, what is stored beside it, and the
// stream with the partner. Belongs to the engine's thread.
namespace tallystick::node {

class Node;

class AllianceNode {
 public:
  using Record = storage::v1::AllianceRecord;

  // Reads everything from the store.
  static absl::StatusOr<std::unique_ptr<AllianceNode>> Load(
      Record record, const NodeIdentity& identity, const Store& store);

  // Throws what is in memory away and reads it again: after a failed commit.
  absl::Status Reload();

  const Record& record() const { return record_; }
  // Short name at this node.
  const std::string& name() const { return record_.alliance(); }
  AllianceKey key() const { return AllianceKey{record_.key()}; }
  bool has_partner() const { return record_.has_partner(); }

  alliance::Replica& replica() { return *replica_; }
  const alliance::Replica& replica() const { return *replica_; }
  const alliance::AllianceState& state() const { return replica_->state(); }
  const ledger::LogReader& reader() const { return *reader_; }
  const expectation::PartyNames& names() const {
    return replica_->setup().names;
  }
  v1::Party own_party() const { return record_.own_party(); }
  v1::Party partner_party() const { return ledger::Other(record_.own_party()); }
  // Short name; "" for none.
  std::string ShortName(v1::Party party) const;
  // Full domain, "" if there is no such party yet.
  std::string Domain(v1::Party party) const;

  // A state as it was on a day: both logs folded again, counting only what had
  // been stated by then.
  absl::StatusOr<alliance::AllianceState> StateAsOf(
      const expectation::Date& as_of) const;

  // Own private stances, which never enter a log.
  absl::StatusOr<std::vector<storage::v1::PrivateStance>> PrivateStances()
      const;

  // Own figures that never enter a log; empty if none were given.
  absl::StatusOr<storage::v1::PrivateFigures> PrivateFigures() const;

  // The partner joined, or the record changed otherwise: stored with the next
  // transaction, and in force at once.
  absl::Status SetPartner(const v1::PartyCard& card);
  void Stop(absl::string_view reason);
  // Where the partner takes calls by now; empty: nowhere.
  void SetPartnerAddress(absl::string_view address);
  // So that it is still known after a restart.
  void RememberContact();

  // True if something waits that must not wait for the next transaction.
  bool Urgent() const { return !documents_.empty() || replica_->Urgent(); }
  // What the next transaction must hold for this alliance, beside the replica's
  // own step.
  std::vector<Document> TakeDocuments();
  void Put(Document document) { documents_.push_back(std::move(document)); }

  // Whose certificate may speak for the partner; none before it has joined.
  const std::optional<Fingerprint>& PartnerFingerprint() const {
    return partner_fingerprint_;
  }
  // There is a partner to call, and neither a stream nor an attempt at one.
  bool WantsToDial() const;
  // How long to wait before the next attempt.
  absl::Duration NextBackoff(const Node& node);

  // The open stream, if any, and when to dial again, by the steady clock.
  std::shared_ptr<PeerStream> stream;
  // A dial is under way.
  std::shared_ptr<PeerStream> dialling;
  std::optional<Backoff> backoff;
  absl::Duration dial_at = absl::ZeroDuration();
  absl::Time last_contact = absl::InfinitePast();
  // Entries folded since the last snapshot was stored.
  uint64_t unsnapshotted = 0;

 private:
  AllianceNode(Record record, const NodeIdentity& identity, const Store& store);

  void PutRecord();
  absl::Status CheckEnds() const;
  absl::Status ReadPartnerFingerprint();
  absl::StatusOr<alliance::ReplicaSetup> MakeSetup() const;
  absl::StatusOr<alliance::StoredParts> ReadParts() const;

  Record record_;
  const NodeIdentity& identity_;
  const Store& store_;
  std::unique_ptr<ledger::LogReader> reader_;
  std::optional<alliance::Replica> replica_;
  std::vector<Document> documents_;
  std::optional<Fingerprint> partner_fingerprint_;
};

// First label of a domain: "cascadia" of "cascadia.example".
std::string FirstLabel(absl::string_view domain);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_ENGINE_ALLIANCE_NODE_H_
