// SPDX-License-Identifier: Apache-2.0
// What a Replica makes of the partner's frames.
#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/alliance/replica.h"
#include "core/evidence/checkpoint.h"
#include "core/evidence/cosignature.h"
#include "core/evidence/refusal.h"
#include "core/ledger/framing.h"
#include "core/status_macros.h"
#include "core/sync/recovery.h"

namespace tallystick::alliance {
namespace {

using ledger::Entry;
using ledger::Leaf;
using ledger::Side;

drift::Finding SyncFinding(const ReplicaSetup& setup, v1::Party partner,
                           absl::string_view kind, absl::string_view variant,
                           drift::Severity severity, std::string text) {
  return {.kind = std::string(kind),
          .subject = setup.alliance,
          .party = partner,
          .variant = std::string(variant),
          .severity = severity,
          .text = std::move(text)};
}

absl::string_view Bytes(const evidence::Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

// Frames that build on the receiver's log as the sender knows it.
bool IsOfExchange(const v1::Frame& frame) {
  return (frame.has_entries() && !frame.entries().of_receiver()) ||
         frame.has_cosignature() || frame.has_ping();
}

}  // namespace

void Replica::OnOpen(const ledger::LogReader&) {
  session_.Open();
  ending_.reset();
  replies_.clear();
  equal_at_.reset();
}

void Replica::OnClose() {
  session_.Close();
  ending_.reset();
  replies_.clear();
  equal_at_.reset();
  // A recovery that breaks off stops nobody from working: what waits goes
  // behind what has come back so far, as provisional as before.
  if ((state_void_ || !detached_.empty()) && !AppendDetached().ok()) {
    needs_reload_ = true;
  }
}

void Replica::OnFrame(const v1::Frame& frame, const ledger::LogReader& reader,
                      int64_t now_us) {
  if (ending_ || session_.phase() == sync::Session::Phase::kClosed) return;
  const absl::Status handled = HandleFrame(frame, reader, now_us);
  if (handled.ok()) return;
  const std::string reason = evidence::ReasonOf(handled);
  if (reason.empty()) {
    // Not the partner's doing: our own store failed.
    needs_reload_ = true;
    ending_ = Ending{"internal", "the other side cannot read its store"};
    return;
  }
  ending_ = Ending{reason, std::string(handled.message()),
                   /*partner_fault=*/true};
  Raise(SyncFinding(
            setup_, partner_party(), "sync.refused", reason,
            drift::Severity::kWarning,
            absl::StrCat("What ", setup_.names.NameOf(partner_party()),
                         "'s node sent was refused (", reason,
                         "): ", handled.message(),
                         ". Nothing of it was stored. Ask its engineers what "
                         "happened; this node tries again by itself.")),
        now_us);
}

absl::Status Replica::HandleFrame(const v1::Frame& frame,
                                  const ledger::LogReader& reader,
                                  int64_t now_us) {
  if (frame.has_hello()) return OnHello(frame.hello(), reader, now_us);
  if (frame.has_goodbye()) {
    ending_ = Ending{"goodbye", absl::CHexEscape(frame.goodbye().reason())};
    return absl::OkStatus();
  }
  if (session_.phase() == sync::Session::Phase::kGreeting) {
    return evidence::Refuse("unexpected_frame", "a frame before the Hello");
  }
  if (session_.phase() == sync::Session::Phase::kRecovering &&
      IsOfExchange(frame)) {
    // Sent before the partner could know that our log is not what it was.
    return absl::OkStatus();
  }
  switch (frame.frame_case()) {
    case v1::Frame::kEntries:
      return frame.entries().of_receiver()
                 ? OnRecovered(frame.entries(), reader, now_us)
                 : OnEntries(frame.entries(), reader, now_us);
    case v1::Frame::kCosignature:
      return OnCosignature(frame.cosignature(), reader);
    case v1::Frame::kPing:
      OnPing(frame.ping(), now_us);
      return absl::OkStatus();
    case v1::Frame::kRecover:
      if (frame.recover().first_index() > partner_.size()) {
        return evidence::Refuse("out_of_order",
                                "asks for entries that were never sent");
      }
      session_.OnRecover(frame.recover().first_index());
      return absl::OkStatus();
    case v1::Frame::kEvidence:
      return OnEvidence(frame.evidence(), reader, now_us);
    default:
      return evidence::Refuse("unexpected_frame", "an unknown frame");
  }
}

absl::Status Replica::OnHello(const v1::Hello& hello,
                              const ledger::LogReader& reader, int64_t now_us) {
  std::optional<evidence::Digest> root_there;
  if (hello.partner_size() <= own_.size()) {
    TALLYSTICK_ASSIGN_OR_RETURN(root_there,
                                own_.RootAt(reader, hello.partner_size()));
  }
  TALLYSTICK_RETURN_IF_ERROR(
      session_.OnHello(hello, setup_.alliance_uid, Heads(), root_there));
  if (session_.phase() != sync::Session::Phase::kExchanging) {
    return absl::OkStatus();
  }
  CloseRecovering(now_us);
  CheckIntroduction(now_us);
  // Of equal size need not be equal: the partner may be about to find out that
  // it has lost a part of its log.
  if (hello.own_root() == Bytes(partner_.Root())) {
    CompareDigest(hello.own_size(), hello.partner_size(),
                  hello.digest_version(), hello.state_digest(), now_us);
  }
  // In step, the two Hellos have said all that a Ping would.
  if (equal_at_) session_.PingSent(Heads());
  return absl::OkStatus();
}

absl::Status Replica::OnEntries(const v1::Entries& batch,
                                const ledger::LogReader& reader,
                                int64_t now_us) {
  if (session_.phase() != sync::Session::Phase::kExchanging) {
    return evidence::Refuse("unexpected_frame", "entries before their time");
  }
  // Nothing is taken in any more; what we have to say still goes out.
  if (!stopped_.empty()) return absl::OkStatus();
  auto outcome = sync::VerifyBatch(partner_, batch,
                                   {.reader = reader,
                                    .log_key = setup_.partner->log_key,
                                    .now_us = now_us,
                                    .reader_size = own_.size()});
  if (evidence::ReasonOf(outcome.status()) == "broken_tree") {
    if (unproven_.empty()) {
      unproven_ = batch.checkpoint();
      step_.unproven = unproven_;
    }
    return evidence::Refuse(
        "broken_tree",
        absl::StrCat(
            outcome.status().message(),
            "; the checkpoint is kept and compared with what follows"));
  }
  TALLYSTICK_RETURN_IF_ERROR(outcome.status());
  if (auto* fork = std::get_if<sync::Fork>(&*outcome)) {
    StopIngest(std::move(*fork), now_us);
    return absl::OkStatus();
  }
  const auto& verified = std::get<sync::VerifiedBatch>(*outcome);
  session_.OnPartnerGrew();
  if (verified.leaves.empty()) return absl::OkStatus();
  TALLYSTICK_RETURN_IF_ERROR(CheckUnproven(reader, now_us));
  // Then all is folded once it is stored.
  if (state_void_ || state_behind_) return absl::OkStatus();
  const bool introduced = state_.introduction(partner_party()) != nullptr;
  const std::vector<Entry>& pending = partner_.pending();
  const size_t first = pending.size() - verified.leaves.size();
  for (size_t i = 0; i < verified.leaves.size(); ++i) {
    TALLYSTICK_ASSIGN_OR_RETURN(const Touched touched,
                                state_.Fold(partner_party(), verified.leaves[i],
                                            pending[first + i].body));
    watch_.Note(touched);
  }
  LookAtChanges(now_us);
  if (!introduced) CheckIntroduction(now_us);
  return absl::OkStatus();
}

// The partner must introduce itself in its log as it did when pairing: its
// domain stands in every text that people sign.
void Replica::CheckIntroduction(int64_t now_us) {
  const Introduction* shown = state_.introduction(partner_party());
  if (shown == nullptr || !setup_.partner ||
      (shown->log_key == setup_.partner->log_key.ToString() &&
       shown->witness_key == setup_.partner->witness_key.ToString())) {
    return;
  }
  const drift::Finding finding = SyncFinding(
      setup_, partner_party(), "sync.identity", "", drift::Severity::kCritical,
      absl::StrCat("In its log the partner calls itself ", shown->domain,
                   ", with other keys than those you compared when pairing. "
                   "Approve nothing before you have called ",
                   setup_.names.NameOf(partner_party()), "."));
  if (!alerts_.IsOpen(finding.Key())) Raise(finding, now_us);
}

// A checkpoint the partner signed earlier, for more than it could show: now
// that its log has come that far, either it holds or it is a fork.
absl::Status Replica::CheckUnproven(const ledger::LogReader& reader,
                                    int64_t now_us) {
  if (unproven_.empty()) return absl::OkStatus();
  TALLYSTICK_ASSIGN_OR_RETURN(
      const evidence::Checkpoint claimed,
      evidence::OpenCheckpoint(unproven_, setup_.partner->log_key));
  if (claimed.size > partner_.size()) return absl::OkStatus();
  TALLYSTICK_ASSIGN_OR_RETURN(const evidence::Digest root,
                              partner_.RootAt(reader, claimed.size));
  std::string received = std::exchange(unproven_, "");
  step_.unproven = unproven_;
  if (root != claimed.root) {
    StopIngest(sync::Fork{.held = partner_.head().checkpoint,
                          .received = std::move(received)},
               now_us);
  }
  return absl::OkStatus();
}

void Replica::StopIngest(sync::Fork fork, int64_t now_us) {
  stopped_ = "sync.fork";
  step_.stopped = stopped_;
  v1::Frame frame;
  frame.mutable_evidence()->set_first_checkpoint(fork.held);
  frame.mutable_evidence()->set_second_checkpoint(fork.received);
  replies_.push_back(std::move(frame));
  step_.fork = std::move(fork);
  Raise(
      SyncFinding(
          setup_, partner_party(), "sync.fork", "", drift::Severity::kCritical,
          absl::StrCat(
              setup_.names.NameOf(partner_party()),
              " signed two checkpoints of its log that contradict each "
              "other. Both are kept byte for byte as evidence, and nothing "
              "more is taken in from it. Call the partner; `tally verify` "
              "shows that what you hold is whole.")),
      now_us);
  ending_ = Ending{"fork", "two contradictory checkpoints",
                   /*partner_fault=*/true};
}

// Whether a checkpoint with our signature is one of the log as it is here.
absl::StatusOr<bool> Replica::IsOfOwnLog(
    absl::string_view checkpoint, const ledger::LogReader& reader) const {
  TALLYSTICK_ASSIGN_OR_RETURN(
      const evidence::Checkpoint claimed,
      evidence::OpenCheckpoint(
          checkpoint, evidence::VerifierKey::ForLog(
                          setup_.origin, setup_.log_key->public_key())));
  if (claimed.size > own_.size()) return false;
  TALLYSTICK_ASSIGN_OR_RETURN(const evidence::Digest root,
                              own_.RootAt(reader, claimed.size));
  return root == claimed.root;
}

absl::Status Replica::OnEvidence(const v1::Evidence& evidence,
                                 const ledger::LogReader& reader,
                                 int64_t now_us) {
  TALLYSTICK_ASSIGN_OR_RETURN(const bool first_holds,
                              IsOfOwnLog(evidence.first_checkpoint(), reader));
  TALLYSTICK_ASSIGN_OR_RETURN(const bool second_holds,
                              IsOfOwnLog(evidence.second_checkpoint(), reader));
  if (first_holds && second_holds) {
    return evidence::Refuse("false_evidence",
                            "both checkpoints are of the log as it is here");
  }
  Raise(SyncFinding(
            setup_, own_party(), "sync.fork_claimed", "",
            drift::Severity::kCritical,
            "The partner shows two checkpoints with our signature that it says "
            "contradict each other. If this node's keys or data were copied, "
            "stop the copy; otherwise compare `tally log --checkpoint` with "
            "the partner."),
        now_us);
  return absl::OkStatus();
}

absl::Status Replica::OnCosignature(const v1::Cosignature& cosignature,
                                    const ledger::LogReader& reader) {
  if (cosignature.size() > own_.size() || !setup_.partner) {
    return evidence::Refuse("bad_cosignature", "a receipt for unsent entries");
  }
  TALLYSTICK_ASSIGN_OR_RETURN(const evidence::Digest root,
                              own_.RootAt(reader, cosignature.size()));
  if (Bytes(root) != cosignature.root()) {
    return evidence::Refuse("bad_cosignature", "a receipt for another log");
  }
  // Ed25519 signatures are deterministic: this is the checkpoint that was sent.
  const std::string checkpoint = evidence::SignCheckpoint(
      {.origin = setup_.origin, .size = cosignature.size(), .root = root},
      *setup_.log_key);
  if (!evidence::VerifyCosignature(checkpoint, cosignature.signature_line(),
                                   setup_.partner->witness_key)
           .ok()) {
    return evidence::Refuse("bad_cosignature", "a receipt does not verify");
  }
  session_.OnCosigned(cosignature.size());
  if (cosignature.size() >= own_.head().cosigned_size) {
    own_.SetCosigned(cosignature.size(),
                     absl::StrCat(checkpoint, cosignature.signature_line()));
    own_head_changed_ = true;
  }
  return absl::OkStatus();
}

void Replica::OnPing(const v1::Ping& ping, int64_t now_us) {
  CompareDigest(ping.own_size(), ping.partner_size(), ping.digest_version(),
                ping.state_digest(), now_us);
  if (!ping.reply()) replies_.push_back(MakePing(/*reply=*/true));
}

void Replica::CompareDigest(uint64_t their_own_size,
                            uint64_t their_partner_size, uint32_t version,
                            absl::string_view digest, int64_t now_us) {
  if (their_own_size != partner_.size() || their_partner_size != own_.size() ||
      version != AllianceState::kVersion || version != DigestVersion()) {
    return;
  }
  const std::string key = SyncFinding(setup_, partner_party(), "sync.digest",
                                      "", drift::Severity::kWarning, "")
                              .Key();
  if (Bytes(state_.StateDigest()) == digest) {
    equal_at_ = std::pair(own_.size(), partner_.size());
    if (const drift::Alert* closed = alerts_.Close(key, now_us)) {
      changed_alerts_.insert(closed->number);
    }
    return;
  }
  equal_at_.reset();
  if (alerts_.IsOpen(key)) return;
  Raise(
      SyncFinding(
          setup_, partner_party(), "sync.digest", "", drift::Severity::kWarning,
          absl::StrCat("Both nodes hold the same entries but make something "
                       "different of them: this node runs ",
                       setup_.software_version, ", the partner's ",
                       absl::CHexEscape(session_.partner_software()),
                       ". Nothing is lost; bring both to one version.")),
      now_us);
}

absl::Status Replica::OnRecovered(const v1::Entries& batch,
                                  const ledger::LogReader& reader,
                                  int64_t now_us) {
  if (session_.phase() != sync::Session::Phase::kRecovering) {
    return evidence::Refuse("unexpected_frame",
                            "entries of ours that were not asked for");
  }
  const evidence::VerifierKey own_key = evidence::VerifierKey::ForLog(
      setup_.origin, setup_.log_key->public_key());
  TALLYSTICK_ASSIGN_OR_RETURN(sync::RecoveredBatch recovered,
                              sync::ReadRecovered(batch, own_key));
  if (recovered.first_index > own_.size() ||
      recovered.first_index < own_.head().cosigned_size) {
    return evidence::Refuse("out_of_order",
                            "entries given back are not those asked for");
  }
  if (!own_.pending().empty() && recovered.first_index < own_.size()) {
    ending_ = Ending{"recovering", "calls again once its log is stored"};
    return absl::OkStatus();
  }
  // Everything that can be refused is looked at before anything is changed.
  TALLYSTICK_ASSIGN_OR_RETURN(const sync::Placement placement,
                              sync::PlaceRecovered(own_, recovered, reader));
  if (placement.detach_from) {
    TALLYSTICK_RETURN_IF_ERROR(Detach(*placement.detach_from, reader));
  }
  if (placement.detach_from || placement.log.size() != own_.size()) {
    own_ = placement.log;
    own_head_changed_ = true;
    NoteRecovering(now_us);
  }
  if (placement.end < recovered.checkpoint.size) return absl::OkStatus();
  if (!state_void_) {
    return evidence::Refuse("out_of_order",
                            "said that it holds entries of ours that are not "
                            "here, and gives back only what is");
  }
  return FinishRecovery(now_us);
}

// The first entries came back: the state is of a log that was not the whole.
void Replica::NoteRecovering(int64_t now_us) {
  if (std::exchange(state_void_, true)) return;
  Raise(SyncFinding(
            setup_, own_party(), "sync.recovering", "", drift::Severity::kWatch,
            "The partner holds entries of ours that this node has lost, as "
            "after a restored backup. They are being taken back; nothing "
            "contradictory was sent."),
        now_us);
}

// Takes own entries from `size` on off the log; they wait in detached_.
absl::Status Replica::Detach(uint64_t size, const ledger::LogReader& reader) {
  for (uint64_t index = size; index < own_.size();) {
    TALLYSTICK_ASSIGN_OR_RETURN(
        const std::vector<Entry> entries,
        reader.ReadEntries(Side::kOwn, index, ledger::kBatchBytesMax));
    if (entries.empty())
      return absl::DataLossError("a stored log lacks its end");
    for (const Entry& entry : entries) ledger::AppendFramed(entry, &detached_);
    index += entries.size();
  }
  step_.changes.truncate_own = size;
  step_.detached = detached_;
  return absl::OkStatus();
}

void Replica::CloseRecovering(int64_t now_us) {
  const std::string key = SyncFinding(setup_, own_party(), "sync.recovering",
                                      "", drift::Severity::kWatch, "")
                              .Key();
  if (const drift::Alert* closed = alerts_.Close(key, now_us)) {
    changed_alerts_.insert(closed->number);
  }
}

// Appends again, behind what has come back, what had been taken off.
absl::Status Replica::AppendDetached() {
  TALLYSTICK_ASSIGN_OR_RETURN(const std::vector<Entry> waiting,
                              ledger::ParseFramedUnbounded(detached_));
  for (const Entry& old : waiting) {
    TALLYSTICK_ASSIGN_OR_RETURN(const Leaf leaf, ledger::ParseLeaf(old.leaf));
    const Entry entry = ledger::MakeEntry(
        leaf.partner_size, std::max(leaf.time_us, own_.last_time_us()),
        leaf.author, old.salt, old.body);
    TALLYSTICK_ASSIGN_OR_RETURN(const Leaf moved,
                                ledger::ParseLeaf(entry.leaf));
    TALLYSTICK_RETURN_IF_ERROR(own_.Append(entry, moved));
  }
  detached_.clear();
  state_void_ = true;
  step_.detached = "";
  step_.reload = true;
  return absl::OkStatus();
}

absl::Status Replica::FinishRecovery(int64_t now_us) {
  TALLYSTICK_RETURN_IF_ERROR(AppendDetached());
  CloseRecovering(now_us);
  ending_ = Ending{"recovered", "calls again with its log complete"};
  return absl::OkStatus();
}

}  // namespace tallystick::alliance
