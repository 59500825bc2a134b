// SPDX-License-Identifier: Apache-2.0
// What proposals, counters, verdicts and withdrawals do to the state.
#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/alliance/folder.h"
#include "core/alliance/items.h"
#include "core/decision/content.h"
#include "core/evidence/refusal.h"
#include "core/evidence/sshsig.h"
#include "core/expectation/answer.h"
#include "core/status_macros.h"

namespace tallystick::alliance {

using expectation::TopicRef;
using ledger::Position;

namespace {

constexpr size_t kUidSize = 16;

absl::Status RefuseTerms(absl::string_view detail) {
  return evidence::Refuse("bad_terms", detail);
}

// Whether a party may say more of this kind about one decision.
template <typename Statement>
absl::Status CheckRoom(const std::vector<Statement>& said, v1::Party party,
                       size_t most, absl::string_view what) {
  const auto own = std::count_if(
      said.begin(), said.end(),
      [&](const Statement& earlier) { return earlier.at.party == party; });
  if (static_cast<size_t>(own) < most) return absl::OkStatus();
  return evidence::Refuse(
      "too_many", absl::StrCat("of one decision a party writes at most ", most,
                               " ", what, "; propose another decision"));
}

absl::StatusOr<evidence::Digest> ReadHash(absl::string_view bytes) {
  auto digest = evidence::DigestFromBytes(bytes);
  if (!digest.ok()) return RefuseStatement("a hash does not have 32 bytes");
  return digest;
}

// Empty, or one of the catalogue's.
absl::Status CheckListed(const std::string& word,
                         const std::vector<std::string>& listed,
                         absl::string_view what) {
  if (word.empty() ||
      std::find(listed.begin(), listed.end(), word) != listed.end()) {
    return absl::OkStatus();
  }
  return RefuseTerms(absl::StrCat("\"", word, "\" is no ", what,
                                  "; write one of ",
                                  absl::StrJoin(listed, ", ")));
}

const Position& OpenedAt(const decision::Decision& decision) {
  for (const decision::Revision& revision : decision.revisions) {
    if (!revision.replaces) return revision.at;
  }
  return decision.revisions.front().at;
}

}  // namespace

absl::StatusOr<v1::DecisionContent> Folder::ReadTerms(
    absl::string_view content) const {
  auto terms = decision::ParseContent(content);
  if (!terms.ok()) return RefuseTerms(terms.status().message());
  std::vector<TopicRef> set;
  for (const v1::CharterSetting& setting : terms->settings()) {
    const expectation::Topic* topic = state_.catalogue_->Find(setting.topic());
    const TopicRef ref = {setting.topic(), setting.about()};
    if (topic == nullptr ||
        (setting.about() != v1::PARTY_UNSPECIFIED) != topic->per_party ||
        std::find(set.begin(), set.end(), ref) != set.end()) {
      return RefuseTerms("a setting names no topic or twice the same");
    }
    const auto value = expectation::ReadAnswer(*topic, setting.value());
    if (!value.ok()) return RefuseTerms(value.status().message());
    set.push_back(ref);
  }
  TALLYSTICK_RETURN_IF_ERROR(
      CheckListed(terms->position(), state_.catalogue_->positions, "position"));
  TALLYSTICK_RETURN_IF_ERROR(
      CheckListed(terms->stage(), state_.catalogue_->stages, "stage"));
  return terms;
}

absl::Status Folder::FoldProposal(const v1::Proposal& proposal,
                                  Touched* touched) {
  TALLYSTICK_ASSIGN_OR_RETURN(const v1::DecisionContent terms,
                              ReadTerms(proposal.content()));
  if (proposal.uid().size() != kUidSize) {
    return RefuseTerms("a decision has a uid of 16 bytes");
  }
  if (own_.decision_by_uid.contains(proposal.uid())) {
    return evidence::Refuse("duplicate", "a decision with this uid exists");
  }
  decision::Decision opened = {.party = at_.party, .uid = proposal.uid()};
  opened.number = NextNumber(
      own_.decisions, state_.Of(ledger::Other(at_.party)).decisions, OpenedAt);
  own_.decision_by_uid[opened.uid] = own_.decisions.size();
  own_.decisions.push_back(std::move(opened));
  Offer({.at = at_,
         .content = proposal.content(),
         .hash = decision::ContentHash(proposal.content()),
         .replaces = std::nullopt,
         .respond_by_us = terms.respond_by_us()},
        own_.decisions.back(), touched);
  return absl::OkStatus();
}

absl::StatusOr<decision::Decision*> Folder::SeenDecision(
    const v1::EntryRef& ref) {
  if (ref.party() == v1::PARTY_A || ref.party() == v1::PARTY_B) {
    AllianceState::PartyState& opener = state_.Of(ref.party());
    const auto found = opener.decision_by_uid.find(ref.uid());
    if (found != opener.decision_by_uid.end()) {
      decision::Decision& decision = opener.decisions[found->second];
      if (ledger::Saw(at_, OpenedAt(decision))) return &decision;
    }
  }
  return evidence::Refuse("unknown_decision", "the decision had not been seen");
}

absl::Status Folder::FoldCounter(const v1::Counter& counter, Touched* touched) {
  TALLYSTICK_ASSIGN_OR_RETURN(decision::Decision * decision,
                              SeenDecision(counter.decision()));
  TALLYSTICK_RETURN_IF_ERROR(CheckRoom(decision->revisions, at_.party,
                                       state_.limits_.revisions, "revisions"));
  TALLYSTICK_ASSIGN_OR_RETURN(const evidence::Digest replaces,
                              ReadHash(counter.replaces_hash()));
  TALLYSTICK_ASSIGN_OR_RETURN(const v1::DecisionContent terms,
                              ReadTerms(counter.content()));
  const evidence::Digest hash = decision::ContentHash(counter.content());
  TALLYSTICK_RETURN_IF_ERROR(
      decision::CheckCounter(*decision, at_, replaces, hash));
  Offer({.at = at_,
         .content = counter.content(),
         .hash = hash,
         .replaces = replaces,
         .respond_by_us = terms.respond_by_us()},
        *decision, touched);
  return absl::OkStatus();
}

absl::Status Folder::CheckSignature(const v1::Verdict& verdict,
                                    const decision::Decision& decision) const {
  const auto person = own_.roster.find(verdict.person());
  if (person == own_.roster.end()) {
    return evidence::Refuse("unknown_person",
                            "who signed is not on the roster of the log");
  }
  TALLYSTICK_ASSIGN_OR_RETURN(const evidence::Digest hash,
                              ReadHash(verdict.content_hash()));
  const auto text =
      state_.VerdictTextFor(at_.party, verdict.person(), decision, hash,
                            verdict.kind(), verdict.reason());
  if (!text.ok() || *text != verdict.text()) {
    return evidence::Refuse("text_mismatch",
                            "the signed text is not the text of these terms");
  }
  TALLYSTICK_ASSIGN_OR_RETURN(
      const evidence::SshPublicKey key,
      evidence::SshPublicKey::Parse(person->second.ssh_public_key));
  return evidence::VerifySshSignature(verdict.text(), verdict.signature(), key);
}

// Nothing is kept of it that somebody did not sign, or could not have.
absl::Status Folder::CheckUnsigned(const v1::Verdict& verdict) const {
  if (!verdict.text().empty()) {
    return evidence::Refuse("text_mismatch", "a text that nobody has signed");
  }
  if (!verdict.person().empty() && !own_.roster.contains(verdict.person())) {
    return evidence::Refuse("unknown_person",
                            "who rejects is not on the roster of the log");
  }
  return absl::OkStatus();
}

absl::Status Folder::FoldVerdict(const v1::Verdict& verdict, Touched* touched) {
  TALLYSTICK_ASSIGN_OR_RETURN(decision::Decision * decision,
                              SeenDecision(verdict.decision()));
  TALLYSTICK_RETURN_IF_ERROR(CheckRoom(decision->verdicts, at_.party,
                                       state_.limits_.verdicts, "verdicts"));
  TALLYSTICK_ASSIGN_OR_RETURN(const evidence::Digest hash,
                              ReadHash(verdict.content_hash()));
  if ((verdict.kind() != v1::Verdict::APPROVE &&
       verdict.kind() != v1::Verdict::REJECT)) {
    return RefuseStatement("the verdict is neither for nor against");
  }
  TALLYSTICK_RETURN_IF_ERROR(CheckReason(verdict.reason()));
  const decision::Revision* revision = decision->FindSeen(hash, at_);
  if (revision == nullptr) {
    return evidence::Refuse("unknown_revision", "the terms had not been seen");
  }
  if (at_.partner_size == 0 || !state_.HasBothParties()) {
    return evidence::Refuse("no_partner", "there was no partner yet");
  }
  const bool may_go_unsigned = verdict.kind() == v1::Verdict::REJECT;
  TALLYSTICK_RETURN_IF_ERROR(may_go_unsigned && verdict.signature().empty()
                                 ? CheckUnsigned(verdict)
                                 : CheckSignature(verdict, *decision));
  decision::Verdict added = {.at = at_,
                             .content_hash = hash,
                             .kind = verdict.kind(),
                             .person = verdict.person(),
                             .text = verdict.text(),
                             .signature = verdict.signature(),
                             .reason = verdict.reason()};
  const absl::Status allowed =
      decision::CheckVerdict(*decision, at_, hash, verdict.kind());
  if (!allowed.ok() && writing_) return allowed;
  added.why_not = std::string(evidence::ReasonOf(allowed));
  added.late =
      revision->respond_by_us > 0 && at_.time_us > revision->respond_by_us;
  const decision::Outcome before = decision::Evaluate(*decision, 0);
  decision::InsertByPosition(decision->verdicts, std::move(added));
  TouchDecision(*decision, touched);
  Ratify(*decision, before, touched);
  // A verdict that does not count is kept and shown with the decision.
  return allowed;
}

absl::Status Folder::FoldWithdrawal(const v1::Withdrawal& withdrawal,
                                    Touched* touched) {
  TALLYSTICK_ASSIGN_OR_RETURN(decision::Decision * decision,
                              SeenDecision(withdrawal.decision()));
  TALLYSTICK_ASSIGN_OR_RETURN(const evidence::Digest hash,
                              ReadHash(withdrawal.content_hash()));
  TALLYSTICK_RETURN_IF_ERROR(CheckReason(withdrawal.reason()));
  TALLYSTICK_RETURN_IF_ERROR(decision::CheckWithdrawal(*decision, at_, hash));
  decision::InsertByPosition(
      decision->withdrawals,
      decision::Withdrawal{
          .at = at_, .content_hash = hash, .reason = withdrawal.reason()});
  TouchDecision(*decision, touched);
  return absl::OkStatus();
}

void Folder::Offer(decision::Revision revision, decision::Decision& decision,
                   Touched* touched) {
  state_.NoteDeadline(decision, revision);
  decision::InsertByPosition(decision.revisions, std::move(revision));
  TouchDecision(decision, touched);
}

void Folder::TouchDecision(const decision::Decision& decision,
                           Touched* touched) {
  state_.digest_.Touch(DecisionItem(decision.party, decision.uid));
  touched->decision = std::pair(decision.party, decision.uid);
}

}  // namespace tallystick::alliance
