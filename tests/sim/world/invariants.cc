// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/world/invariants.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/alliance/replay.h"
#include "core/evidence/checkpoint.h"
#include "core/evidence/cosignature.h"
#include "core/ledger/framing.h"
#include "core/ledger/leaf.h"
#include "core/status_macros.h"

namespace tallystick::sim {
namespace {

using ledger::Side;

absl::Status Broken(const SimNode& node, absl::string_view what) {
  return absl::InternalError(absl::StrCat(node.company().domain, ": ", what));
}

absl::StatusOr<std::vector<ledger::Entry>> ReadLog(
    const ledger::LogReader& reader, Side side) {
  std::vector<ledger::Entry> all;
  while (true) {
    TALLYSTICK_ASSIGN_OR_RETURN(const std::vector<ledger::Entry> entries,
                                reader.ReadEntries(side, all.size(), 1 << 20));
    if (entries.empty()) return all;
    all.insert(all.end(), entries.begin(), entries.end());
  }
}

}  // namespace

void Invariants::Sent::Push(const std::string& leaf) {
  leaves.push_back(leaf);
  range.Append(evidence::HashLeaf(leaf));
  roots.push_back(range.Root());
}

void Invariants::Sent::Truncate(uint64_t size) {
  const std::vector<std::string> kept(
      leaves.begin(), leaves.begin() + static_cast<std::ptrdiff_t>(size));
  *this = Sent();
  for (const std::string& leaf : kept) Push(leaf);
}

void Invariants::Fail(std::string what) {
  if (found_.ok()) found_ = absl::InternalError(std::move(what));
}

void Invariants::OnSent(v1::Party from, const std::string& bytes) {
  if (absl::StrContains(bytes, kPrivateMarker)) Fail("private matter was sent");
  v1::Frame frame;
  frame.ParseFromString(bytes);
  if (frame.has_entries() && !frame.entries().of_receiver()) {
    CheckSent(from, frame.entries());
  }
  if (frame.has_cosignature()) {
    uint64_t& receipted = receipted_[from - v1::PARTY_A];
    receipted = std::max(receipted, frame.cosignature().size());
  }
}

void Invariants::CheckSent(v1::Party from, const v1::Entries& batch) {
  Sent& sent = SentBy(from);
  const auto entries = ledger::ParseFramed(batch.entries());
  const auto checkpoint = evidence::OpenCheckpoint(
      batch.checkpoint(), CompanyOf(from).Keys().log_key);
  if (!entries.ok() || !checkpoint.ok()) return Fail("sent what is no batch");
  uint64_t index = batch.first_index();
  if (index > sent.leaves.size()) return Fail("sent a batch that leaves a gap");
  for (const ledger::Entry& entry : *entries) {
    if (index == sent.leaves.size()) sent.Push(entry.leaf);
    if (sent.leaves[index] != entry.leaf) {
      return Fail(absl::StrCat("sent two entries with the index ", index));
    }
    ++index;
  }
  if (checkpoint->size >= sent.roots.size() ||
      sent.roots[checkpoint->size] != checkpoint->root) {
    Fail(absl::StrCat("sent a checkpoint of size ", checkpoint->size,
                      " that contradicts what was sent before"));
  }
}

absl::Status Invariants::CheckAlerts(SimNode& node) const {
  for (const auto& [number, alert] : node.replica().alerts().alerts()) {
    const std::string& kind = alert.finding.kind;
    if (!absl::StartsWith(kind, "sync.") || kind == "sync.recovering") continue;
    if (kind == "sync.refused" && raw_faults_) continue;
    if (kind == "sync.digest" && raw_faults_) continue;
    if (kind == "sync.refused" && alert.finding.variant == "bad_time" &&
        clock_was_wrong_) {
      continue;
    }
    return Broken(node, absl::StrCat("an honest partner is accused: ", kind,
                                     ": ", alert.finding.text));
  }
  return absl::OkStatus();
}

absl::Status Invariants::CheckNode(SimNode& node) {
  TALLYSTICK_RETURN_IF_ERROR(found_);
  if (!node.up() || node.batch_open()) return absl::OkStatus();
  const v1::Party party = node.company().party;
  const Sent& partner_sent = SentBy(ledger::Other(party));
  const ledger::Log& partner = node.replica().partner_log();
  TALLYSTICK_ASSIGN_OR_RETURN(const ledger::LogHead stored,
                              node.reader().ReadHead(Side::kPartner));
  if (stored.size < receipted_[party - v1::PARTY_A]) {
    return Broken(node, absl::StrCat("gave a receipt for ",
                                     receipted_[party - v1::PARTY_A],
                                     " entries and holds ", stored.size));
  }
  if (partner.size() >= partner_sent.roots.size() ||
      partner_sent.roots[partner.size()] != partner.Root()) {
    return Broken(node, "holds another log than the partner sent");
  }
  if (!recovering()) {
    const Sent& sent = SentBy(party);
    const uint64_t witnessed = receipted_[ledger::Other(party) - v1::PARTY_A];
    const ledger::Log& own = node.replica().own_log();
    if (own.size() < witnessed) {
      return Broken(node, "lost entries that the partner gave a receipt for");
    }
    TALLYSTICK_ASSIGN_OR_RETURN(const evidence::Digest root,
                                own.RootAt(node.reader(), witnessed));
    if (root != sent.roots[witnessed]) {
      return Broken(node, "changed entries that the partner has witnessed");
    }
  }
  return CheckAlerts(node);
}

absl::Status Invariants::CheckStatements(SimNode& node) {
  if (recovering()) return absl::OkStatus();
  TALLYSTICK_ASSIGN_OR_RETURN(const auto stored, node.StoredStatements());
  for (const auto& [salt, body] : node.done()) {
    const auto found = stored.find(salt);
    if (found == stored.end() || found->second != body) {
      return Broken(node, "a statement that was reported as done is lost");
    }
  }
  for (const std::string& salt : node.not_done()) {
    if (stored.count(salt) > 0) {
      return Broken(node, "a statement that was reported as not done is there");
    }
  }
  return absl::OkStatus();
}

absl::Status Invariants::CheckBoth(SimNode& a, SimNode& b) {
  if (!a.up() || !b.up() || a.batch_open() || b.batch_open() ||
      !a.replica().InStep() || !b.replica().InStep()) {
    return absl::OkStatus();
  }
  if (a.replica().own_log().size() != b.replica().partner_log().size() ||
      b.replica().own_log().size() != a.replica().partner_log().size()) {
    return absl::OkStatus();
  }
  if (a.replica().StateDigest() != b.replica().StateDigest()) {
    return absl::InternalError("both are in step and differ in their digests");
  }
  recovering_[0] = recovering_[1] = false;
  return absl::OkStatus();
}

// Reads everything that is stored and checks it from the ground up.
absl::Status Invariants::CheckStored(SimNode& node) const {
  TALLYSTICK_RETURN_IF_ERROR(node.store().CheckIntegrity());
  const Company& own = node.company();
  for (const Side side : {Side::kOwn, Side::kPartner}) {
    const Company& author =
        side == Side::kOwn ? own : CompanyOf(ledger::Other(own.party));
    TALLYSTICK_ASSIGN_OR_RETURN(const auto entries,
                                ReadLog(node.reader(), side));
    TALLYSTICK_ASSIGN_OR_RETURN(const ledger::LogHead head,
                                node.reader().ReadHead(side));
    evidence::CompactRange range;
    for (const ledger::Entry& entry : entries) {
      TALLYSTICK_RETURN_IF_ERROR(ledger::VerifyEntry(entry).status());
      range.Append(evidence::HashLeaf(entry.leaf));
    }
    TALLYSTICK_ASSIGN_OR_RETURN(
        const evidence::Checkpoint checkpoint,
        evidence::OpenCheckpoint(head.checkpoint, author.Keys().log_key));
    if (head.size != entries.size() || checkpoint.size != head.size ||
        checkpoint.root != range.Root()) {
      return Broken(node, "a stored log and its checkpoint do not agree");
    }
    const evidence::VerifierKey witness =
        CompanyOf(ledger::Other(author.party)).Keys().witness_key;
    TALLYSTICK_RETURN_IF_ERROR(
        evidence::OpenCosignedCheckpoint(
            head.cosigned_checkpoint, author.Keys().log_key, {&witness, 1}, 1)
            .status());
    if (head.cosigned_size != head.size) {
      return Broken(node, "at rest, and a receipt is missing");
    }
  }
  alliance::AllianceState afresh(std::string(kAllianceUid),
                                 node.replica().state().catalogue());
  TALLYSTICK_RETURN_IF_ERROR(alliance::FoldStored(
      node.reader(), own.party, node.replica().own_log().size(),
      node.replica().partner_log().size(), afresh));
  if (afresh.StateDigest() != node.replica().StateDigest()) {
    return Broken(node, "folding afresh gives another state");
  }
  return absl::OkStatus();
}

absl::Status Invariants::CheckAtRest(SimNode& a, SimNode& b) {
  for (SimNode* node : {&a, &b}) {
    TALLYSTICK_RETURN_IF_ERROR(CheckNode(*node));
    if (!node->replica().InStep()) return Broken(*node, "not in step at rest");
    if (!node->replica().writable()) return Broken(*node, "not writable");
  }
  TALLYSTICK_RETURN_IF_ERROR(CheckBoth(a, b));
  for (SimNode* node : {&a, &b}) {
    TALLYSTICK_RETURN_IF_ERROR(CheckNode(*node));
    TALLYSTICK_RETURN_IF_ERROR(CheckStatements(*node));
    TALLYSTICK_RETURN_IF_ERROR(CheckStored(*node));
  }
  if (a.replica().state().Snapshot() != b.replica().state().Snapshot()) {
    return absl::InternalError("in step, and the states differ");
  }
  for (const auto& [author, holder] : {std::pair(&a, &b), std::pair(&b, &a)}) {
    TALLYSTICK_ASSIGN_OR_RETURN(const auto own,
                                ReadLog(author->reader(), Side::kOwn));
    TALLYSTICK_ASSIGN_OR_RETURN(const auto copy,
                                ReadLog(holder->reader(), Side::kPartner));
    if (own != copy) return Broken(*author, "the partner holds another log");
  }
  return absl::OkStatus();
}

absl::Status Invariants::OnRestored(SimNode& node, SimNode& partner) {
  const v1::Party party = node.company().party;
  recovering_[party - v1::PARTY_A] = true;
  receipted_[party - v1::PARTY_A] = node.replica().partner_log().size();
  SentBy(party).Truncate(partner.replica().partner_log().size());
  // What was done since the backup and is held by nobody has gone with the
  // disk.
  TALLYSTICK_ASSIGN_OR_RETURN(auto left, node.StoredStatements());
  TALLYSTICK_ASSIGN_OR_RETURN(const auto held,
                              ReadLog(partner.reader(), Side::kPartner));
  for (const ledger::Entry& entry : held) left[entry.salt] = entry.body;
  std::erase_if(node.done(),
                [&](const auto& done) { return left.count(done.first) == 0; });
  return absl::OkStatus();
}

}  // namespace tallystick::sim
