// SPDX-License-Identifier: Apache-2.0
#include "node/engine/alliance_node.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/alliance/replay.h"
#include "core/canonical.h"
#include "core/status_macros.h"
#include "node/engine/node.h"
#include "node/engine/spaces.h"

namespace tallystick::node {
namespace {

absl::StatusOr<std::string> ReadOptional(const Store& store,
                                         absl::string_view space,
                                         absl::string_view key) {
  auto value = store.ReadDocument(space, key);
  if (absl::IsNotFound(value.status())) return std::string();
  return value;
}

}  // namespace

std::string FirstLabel(absl::string_view domain) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(domain, absl::MaxSplits('.', 1));
  return std::string(parts.first);
}

AllianceNode::AllianceNode(Record record, const NodeIdentity& identity,
                           const Store& store)
    : record_(std::move(record)), identity_(identity), store_(store) {
  reader_ = store_.Reader(key());
}

absl::StatusOr<std::unique_ptr<AllianceNode>> AllianceNode::Load(
    Record record, const NodeIdentity& identity, const Store& store) {
  std::unique_ptr<AllianceNode> node(
      new AllianceNode(std::move(record), identity, store));
  TALLYSTICK_RETURN_IF_ERROR(node->Reload());
  return node;
}

absl::Status AllianceNode::Reload() {
  // What had been put aside for a transaction that failed is void.
  documents_.clear();
  auto stored =
      store_.ReadDocument(kAllianceSpace, absl::StrCat(record_.key()));
  if (stored.ok() && !record_.ParseFromString(*stored)) {
    return absl::DataLossError("the record of an alliance cannot be read");
  }
  TALLYSTICK_RETURN_IF_ERROR(ReadPartnerFingerprint());
  TALLYSTICK_ASSIGN_OR_RETURN(alliance::ReplicaSetup setup, MakeSetup());
  TALLYSTICK_ASSIGN_OR_RETURN(alliance::StoredParts parts, ReadParts());
  TALLYSTICK_ASSIGN_OR_RETURN(
      alliance::Replica replica,
      alliance::Replica::Load(std::move(setup), *reader_, std::move(parts)));
  replica_.emplace(std::move(replica));
  return CheckEnds();
}

// An entry behind the signed head was not written by this program.
absl::Status AllianceNode::CheckEnds() const {
  for (const auto& [side, size] :
       {std::pair(ledger::Side::kOwn, replica_->own_log().size()),
        std::pair(ledger::Side::kPartner, replica_->partner_log().size())}) {
    TALLYSTICK_ASSIGN_OR_RETURN(const std::vector<ledger::Entry> behind,
                                reader_->ReadEntries(side, size, 1));
    if (behind.empty()) continue;
    return absl::DataLossError(absl::StrCat(
        "the database is damaged: ",
        side == ledger::Side::kOwn ? "our" : "the partner's", " log of ",
        name(), " has entries behind its end at ", size,
        " (restore the data directory from a backup; what is missing since "
        "then comes back from the partner)"));
  }
  return absl::OkStatus();
}

absl::StatusOr<alliance::ReplicaSetup> AllianceNode::MakeSetup() const {
  const std::string uid = absl::BytesToHexString(record_.uid());
  alliance::ReplicaSetup setup = {
      .alliance_uid = record_.uid(),
      .alliance = record_.alliance(),
      .own_party = record_.own_party(),
      .names = {ShortName(v1::PARTY_A), ShortName(v1::PARTY_B)},
      .log_key = &identity_.log_key,
      .witness_key = &identity_.witness_key,
      .origin = OriginOf(identity_.domain, uid),
      .witness_name = WitnessNameOf(identity_.domain, uid),
      .partner = std::nullopt,
      .catalogue = &expectation::BuiltInCatalogue(),
      .software_version = std::string(kSoftwareVersion)};
  if (record_.has_partner()) {
    TALLYSTICK_ASSIGN_OR_RETURN(
        evidence::VerifierKey log_key,
        evidence::VerifierKey::Parse(record_.partner().log_key()));
    TALLYSTICK_ASSIGN_OR_RETURN(
        evidence::VerifierKey witness_key,
        evidence::VerifierKey::Parse(record_.partner().witness_key()));
    setup.partner =
        alliance::PartnerKeys{std::move(log_key), std::move(witness_key)};
  }
  return setup;
}

absl::StatusOr<alliance::StoredParts> AllianceNode::ReadParts() const {
  alliance::StoredParts parts;
  TALLYSTICK_ASSIGN_OR_RETURN(parts.snapshot,
                              ReadOptional(store_, kSnapshotSpace, name()));
  TALLYSTICK_ASSIGN_OR_RETURN(parts.detached,
                              ReadOptional(store_, kDetachedSpace, name()));
  TALLYSTICK_ASSIGN_OR_RETURN(parts.unproven,
                              ReadOptional(store_, kUnprovenSpace, name()));
  TALLYSTICK_ASSIGN_OR_RETURN(
      const auto alerts,
      store_.ListDocuments(absl::StrCat(kAlertSpacePrefix, name()), ""));
  for (const auto& [key, bytes] : alerts) {
    CanonicalReader reader(bytes);
    drift::Alert alert;
    reader(alert);
    TALLYSTICK_RETURN_IF_ERROR(reader.Finish());
    parts.alerts.push_back(std::move(alert));
  }
  parts.stopped = record_.stopped();
  return parts;
}

std::string AllianceNode::Domain(v1::Party party) const {
  if (party == own_party()) return identity_.domain;
  return record_.has_partner() ? record_.partner().domain() : std::string();
}

std::string AllianceNode::ShortName(v1::Party party) const {
  const std::string domain = Domain(party);
  const std::string other = Domain(ledger::Other(party));
  // Of two partners with the same first label the later one keeps all of it.
  if (party == v1::PARTY_B && FirstLabel(domain) == FirstLabel(other)) {
    return domain;
  }
  return FirstLabel(domain);
}

absl::StatusOr<alliance::AllianceState> AllianceNode::StateAsOf(
    const expectation::Date& as_of) const {
  alliance::AllianceState state(record_.uid(), expectation::BuiltInCatalogue());
  state.LimitTo(as_of);
  TALLYSTICK_RETURN_IF_ERROR(
      alliance::FoldStored(*reader_, own_party(), replica_->own_log().size(),
                           replica_->partner_log().size(), state));
  return state;
}

absl::StatusOr<std::vector<storage::v1::PrivateStance>>
AllianceNode::PrivateStances() const {
  TALLYSTICK_ASSIGN_OR_RETURN(
      const auto documents,
      store_.ListDocuments(absl::StrCat(kPrivateSpacePrefix, name()), ""));
  std::vector<storage::v1::PrivateStance> stances;
  for (const auto& [key, bytes] : documents) {
    if (!stances.emplace_back().ParseFromString(bytes)) {
      return absl::DataLossError("a private stance cannot be read");
    }
  }
  return stances;
}

absl::StatusOr<storage::v1::PrivateFigures> AllianceNode::PrivateFigures()
    const {
  storage::v1::PrivateFigures figures;
  const auto bytes = store_.ReadDocument(
      absl::StrCat(kFiguresSpacePrefix, name()), kOwnFigures);
  if (absl::IsNotFound(bytes.status())) return figures;
  TALLYSTICK_RETURN_IF_ERROR(bytes.status());
  if (!figures.ParseFromString(*bytes)) {
    return absl::DataLossError("the private figures cannot be read");
  }
  return figures;
}

absl::Status AllianceNode::SetPartner(const v1::PartyCard& card) {
  *record_.mutable_partner() = card;
  PutRecord();
  TALLYSTICK_RETURN_IF_ERROR(ReadPartnerFingerprint());
  TALLYSTICK_ASSIGN_OR_RETURN(alliance::ReplicaSetup setup, MakeSetup());
  replica_->SetPartner(std::move(setup));
  return absl::OkStatus();
}

absl::Status AllianceNode::ReadPartnerFingerprint() {
  partner_fingerprint_.reset();
  if (!record_.has_partner()) return absl::OkStatus();
  TALLYSTICK_ASSIGN_OR_RETURN(
      const Certificate certificate,
      ParseCertificate(record_.partner().certificate()));
  partner_fingerprint_ = certificate.fingerprint;
  return absl::OkStatus();
}

bool AllianceNode::WantsToDial() const {
  return record_.has_partner() && !record_.partner().address().empty() &&
         !stream && !dialling;
}

absl::Duration AllianceNode::NextBackoff(const Node& node) {
  if (!backoff) {
    backoff.emplace([&node] {
      const std::string bytes = node.Random(4);
      uint32_t number = 0;
      for (const char byte : bytes) {
        number = number << 8 | static_cast<uint8_t>(byte);
      }
      return number / 4294967296.0;
    });
  }
  return backoff->Next();
}

void AllianceNode::Stop(absl::string_view reason) {
  record_.set_stopped(std::string(reason));
  PutRecord();
}

void AllianceNode::SetPartnerAddress(absl::string_view address) {
  record_.mutable_partner()->set_address(std::string(address));
  PutRecord();
}

void AllianceNode::RememberContact() {
  if (last_contact == absl::InfinitePast()) return;
  record_.set_last_contact_us(absl::ToUnixMicros(last_contact));
  PutRecord();
}

void AllianceNode::PutRecord() {
  Put({std::string(kAllianceSpace), absl::StrCat(record_.key()),
       record_.SerializeAsString()});
}

std::vector<Document> AllianceNode::TakeDocuments() {
  return std::exchange(documents_, {});
}

}  // namespace tallystick::node
