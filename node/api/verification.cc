// SPDX-License-Identifier: Apache-2.0
#include "node/api/verification.h"

#include <algorithm>
#include <span>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/alliance/replay.h"
#include "core/evidence/checkpoint.h"
#include "core/evidence/cosignature.h"
#include "core/status_macros.h"
#include "node/engine/spaces.h"

namespace tallystick::node {
namespace {

using ledger::Side;

// What one step reads, and how many entries it folds.
constexpr uint64_t kStepBytes = 256 << 10;
constexpr uint64_t kStepEntries = 500;

std::string Message(const absl::Status& status) {
  return std::string(status.message());
}

}  // namespace

evidence::VerifierKey OwnLogKey(const alliance::ReplicaSetup& setup) {
  return evidence::VerifierKey::ForLog(setup.origin,
                                       setup.log_key->public_key());
}

evidence::VerifierKey OwnWitnessKey(const alliance::ReplicaSetup& setup) {
  return evidence::VerifierKey::ForWitness(setup.witness_name,
                                           setup.witness_key->public_key());
}

void Verifier::Tally::Note(const std::string& failure) {
  ++checked;
  if (failure.empty()) return;
  if (++failed == 1) first_failure = failure;
}

Verifier::Verifier(const AllianceNode& alliance)
    : folded_(alliance.state().alliance_uid(), alliance.state().catalogue()),
      own_party_(alliance.own_party()),
      entries_{"entries", "every entry of both logs has a well-formed leaf"},
      commitments_{"commitments", "every body is the one its leaf commits to"},
      times_{"times", "no entry is older than the one before it"},
      tiles_{"Merkle tiles", "stored hashes equal those of the entries"},
      roots_{"Merkle roots", "the checkpoints' roots are those of the entries"},
      signatures_{"checkpoint signatures", "each log's owner has signed it"},
      cosignatures_{"cosignatures", "the other party holds what it witnessed"},
      approvals_{"approvals",
                 "signed by a person on the roster at that place of the log"},
      states_{"state digest", "both logs, folded again, give the same state"},
      forks_{"contradictions", "no two checkpoints of a log contradict"} {}

absl::StatusOr<std::unique_ptr<Verifier>> Verifier::Begin(
    const AllianceNode& alliance) {
  std::unique_ptr<Verifier> verifier(new Verifier(alliance));
  const std::array<Side, 2> sides = {Side::kOwn, Side::kPartner};
  for (size_t i = 0; i < sides.size(); ++i) {
    LogCheck& log = verifier->logs_[i];
    log.side = sides[i];
    log.party =
        alliance.ShortName(sides[i] == Side::kOwn ? alliance.own_party()
                                                  : alliance.partner_party());
    TALLYSTICK_ASSIGN_OR_RETURN(log.head, alliance.reader().ReadHead(sides[i]));
  }
  return verifier;
}

absl::StatusOr<bool> Verifier::Step(Node& node, AllianceNode& alliance) {
  if (log_ < logs_.size()) {
    LogCheck& log = logs_[log_];
    if (log.next < log.head.size) {
      TALLYSTICK_RETURN_IF_ERROR(ReadChunk(alliance, log));
    } else {
      TALLYSTICK_RETURN_IF_ERROR(CheckHead(alliance, log));
      ++log_;
    }
    return false;
  }
  TALLYSTICK_ASSIGN_OR_RETURN(const bool folded, FoldChunk(alliance));
  if (!folded) return false;
  CompareStates(alliance);
  TALLYSTICK_RETURN_IF_ERROR(CountForks(node, alliance));
  return true;
}

absl::Status Verifier::ReadChunk(const AllianceNode& alliance, LogCheck& log) {
  TALLYSTICK_ASSIGN_OR_RETURN(
      const std::vector<ledger::Entry> entries,
      alliance.reader().ReadEntries(log.side, log.next, kStepBytes));
  if (entries.empty()) {
    entries_.Note(absl::StrCat(log.party, ": entries from ", log.next,
                               " on are missing"));
    log.next = log.head.size;
    return absl::OkStatus();
  }
  for (const ledger::Entry& entry : entries) {
    if (log.next == log.head.size) break;
    CheckEntry(log, entry);
  }
  return CheckTiles(alliance, log);
}

void Verifier::CheckEntry(LogCheck& log, const ledger::Entry& entry) {
  const std::string place = absl::StrCat(log.party, " entry ", log.next, ": ");
  ++log.next;
  const evidence::Digest hash = evidence::HashLeaf(entry.leaf);
  log.range.Append(hash);
  log.tiles.Append(hash);
  const auto leaf = ledger::ParseLeaf(entry.leaf);
  entries_.Note(leaf.ok() ? "" : place + Message(leaf.status()));
  if (!leaf.ok()) return;
  const bool redacted = entry.salt.empty() && entry.body.empty();
  if (!redacted) {
    commitments_.Note(ledger::CommitToBody(entry.salt, entry.body) ==
                              leaf->body_commitment
                          ? ""
                          : place + "the body is another one");
  }
  times_.Note(leaf->time_us >= log.last_time_us
                  ? ""
                  : place + "written before the entry in front of it");
  log.last_time_us = std::max(log.last_time_us, leaf->time_us);
}

absl::Status Verifier::CheckTiles(const AllianceNode& alliance, LogCheck& log) {
  for (const evidence::TileWrite& tile : log.tiles.TakeChangedTiles()) {
    const bool full =
        tile.hashes.size() == evidence::kTileWidth * sizeof(evidence::Digest);
    // What is not full yet comes again, unless this is the end; and the lowest
    // is not stored before it is full.
    if (!full && (tile.level == 0 || log.next < log.head.size)) continue;
    const auto stored =
        alliance.reader().ReadTile(log.side, tile.level, tile.index);
    if (!stored.ok() && !absl::IsNotFound(stored.status())) {
      return stored.status();
    }
    // The log may have grown since.
    const bool same = stored.ok() && absl::string_view(*stored).substr(
                                         0, tile.hashes.size()) == tile.hashes;
    tiles_.Note(
        same ? ""
             : absl::StrCat(log.party, " tile ", tile.level, "/", tile.index,
                            stored.ok() ? " has other hashes" : " is missing"));
  }
  return absl::OkStatus();
}

absl::Status Verifier::CheckHead(const AllianceNode& alliance, LogCheck& log) {
  if (log.head.size == 0) return absl::OkStatus();
  const alliance::ReplicaSetup& setup = alliance.replica().setup();
  if (log.side == Side::kPartner && !setup.partner) return absl::OkStatus();
  const evidence::VerifierKey key =
      log.side == Side::kOwn ? OwnLogKey(setup) : setup.partner->log_key;
  const auto checkpoint = evidence::OpenCheckpoint(log.head.checkpoint, key);
  signatures_.Note(
      checkpoint.ok()
          ? ""
          : absl::StrCat(log.party, ": ", Message(checkpoint.status())));
  if (checkpoint.ok()) {
    const bool same = checkpoint->size == log.head.size &&
                      checkpoint->root == log.range.Root();
    roots_.Note(same ? ""
                     : absl::StrCat(log.party, ": the checkpoint of size ",
                                    checkpoint->size,
                                    " is not that of the stored entries"));
  }
  if (log.head.cosigned_size > 0) CheckCosigned(alliance, log);
  return absl::OkStatus();
}

void Verifier::CheckCosigned(const AllianceNode& alliance,
                             const LogCheck& log) {
  const alliance::ReplicaSetup& setup = alliance.replica().setup();
  if (!setup.partner) return;
  const bool own = log.side == Side::kOwn;
  const std::array<evidence::VerifierKey, 1> witness = {
      own ? setup.partner->witness_key : OwnWitnessKey(setup)};
  const auto cosigned = evidence::OpenCosignedCheckpoint(
      log.head.cosigned_checkpoint,
      own ? OwnLogKey(setup) : setup.partner->log_key, witness, 1);
  cosignatures_.Note(cosigned.ok() ? ""
                                   : absl::StrCat(log.party, ": ",
                                                  Message(cosigned.status())));
  if (!cosigned.ok()) return;
  const auto root =
      ledger::StoredRootAt(alliance.reader(), log.side, log.head.cosigned_size);
  const bool same = root.ok() &&
                    cosigned->checkpoint.size == log.head.cosigned_size &&
                    log.head.cosigned_size <= log.head.size &&
                    cosigned->checkpoint.root == *root;
  roots_.Note(same ? ""
                   : absl::StrCat(log.party, ": the cosigned checkpoint of ",
                                  "size ", cosigned->checkpoint.size,
                                  " is not that of the stored entries"));
}

absl::StatusOr<bool> Verifier::FoldChunk(AllianceNode& alliance) {
  const v1::Party partner = ledger::Other(own_party_);
  TALLYSTICK_ASSIGN_OR_RETURN(const ledger::LogHead own,
                              alliance.reader().ReadHead(Side::kOwn));
  TALLYSTICK_ASSIGN_OR_RETURN(const ledger::LogHead other,
                              alliance.reader().ReadHead(Side::kPartner));
  const uint64_t own_before = folded_.size(own_party_);
  const uint64_t other_before = folded_.size(partner);
  TALLYSTICK_RETURN_IF_ERROR(alliance::FoldStored(
      alliance.reader(), own_party_,
      std::min(own.size, own_before + kStepEntries),
      std::min(other.size, other_before + kStepEntries), folded_));
  const bool moved = folded_.size(own_party_) != own_before ||
                     folded_.size(partner) != other_before;
  const bool complete = folded_.size(own_party_) == own.size &&
                        folded_.size(partner) == other.size;
  // Somebody else's entries may wait for the commit at the end of this batch.
  const bool committed = alliance.state().size(own_party_) <= own.size &&
                         alliance.state().size(partner) <= other.size;
  return (complete && committed) || (!complete && !moved);
}

void Verifier::CompareStates(AllianceNode& alliance) {
  const evidence::Digest live = alliance.replica().StateDigest();
  const evidence::Digest again = folded_.StateDigest();
  state_digest_ = evidence::DigestToHex(live);
  states_.Note(live == again
                   ? ""
                   : absl::StrCat("in use: ", state_digest_, ", folded again: ",
                                  evidence::DigestToHex(again)));
  for (const v1::Party party : {v1::PARTY_A, v1::PARTY_B}) {
    for (const decision::Decision& held : alliance.state().decisions(party)) {
      const decision::Decision* decision =
          folded_.FindDecision(party, held.uid);
      for (const decision::Verdict& verdict : held.verdicts) {
        if (verdict.signature.empty()) continue;
        const bool found =
            decision != nullptr &&
            std::any_of(decision->verdicts.begin(), decision->verdicts.end(),
                        [&](const decision::Verdict& other) {
                          return other.at == verdict.at &&
                                 other.signature == verdict.signature &&
                                 other.text == verdict.text;
                        });
        approvals_.Note(found ? ""
                              : absl::StrCat("the signature of ",
                                             verdict.person, " on d-",
                                             held.number, " is not good"));
      }
    }
  }
}

absl::Status Verifier::CountForks(Node& node, const AllianceNode& alliance) {
  TALLYSTICK_ASSIGN_OR_RETURN(
      const auto kept,
      node.store().ListDocuments(
          absl::StrCat(kEvidenceSpacePrefix, alliance.name()), ""));
  forks_.checked = logs_.size();
  forks_.failed = kept.size();
  if (!kept.empty()) {
    forks_.first_failure =
        absl::StrCat(kept.size(), " pair(s) of contradictory checkpoints of ",
                     logs_[1].party, " are kept as evidence");
  }
  return absl::OkStatus();
}

v1::Verification Verifier::Result() const {
  v1::Verification result;
  result.set_ok(true);
  for (const Tally* tally :
       {&entries_, &commitments_, &times_, &tiles_, &roots_, &signatures_,
        &cosignatures_, &approvals_, &states_, &forks_}) {
    v1::Verification::Check& check = *result.add_checks();
    check.set_name(tally->name);
    check.set_checked(tally->checked);
    check.set_failed(tally->failed);
    check.set_detail(tally->failed == 0 ? tally->what : tally->first_failure);
    if (tally->failed > 0) result.set_ok(false);
  }
  result.set_own_size(logs_[0].head.size);
  result.set_partner_size(logs_[1].head.size);
  result.set_state_digest(state_digest_);
  result.set_own_party(own_party_);
  return result;
}

}  // namespace tallystick::node
