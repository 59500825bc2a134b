// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/alliance/dates.h"
#include "core/alliance/items.h"
#include "core/alliance/state.h"
#include "core/decision/content.h"
#include "core/decision/verdict_text.h"
#include "core/evidence/refusal.h"
#include "core/evidence/sshsig.h"
#include "core/expectation/answer.h"
#include "core/status_macros.h"

namespace tallystick::alliance {

using expectation::Catalogue;
using expectation::TopicRef;
using ledger::Position;

// Folds one entry. A rule that an entry breaks ends in a status with a reason;
// the entry is then set aside and the state is as if it were not there.
class Folder {
 public:
  // `writing`: the statement is about to be written, and what would not count
  // is not even kept.
  Folder(AllianceState& state, Position at, bool writing)
      : state_(state),
        at_(std::move(at)),
        own_(state.Of(at_.party)),
        writing_(writing) {}

  absl::Status Fold(const v1::Body& body, Touched* touched) {
    switch (body.statement_case()) {
      case v1::Body::kStance:
        return FoldStance(body.stance(), touched);
      case v1::Body::kRecordClaim:
        return FoldClaim(body.record_claim());
      case v1::Body::kRecordAnswer:
        return FoldAnswer(body.record_answer());
      case v1::Body::kProposal:
        return FoldProposal(body.proposal(), touched);
      case v1::Body::kCounter:
        return FoldCounter(body.counter(), touched);
      case v1::Body::kVerdict:
        return FoldVerdict(body.verdict(), touched);
      case v1::Body::kWithdrawal:
        return FoldWithdrawal(body.withdrawal(), touched);
      case v1::Body::kRosterChange:
        return FoldRosterChange(body.roster_change());
      case v1::Body::kOpening:
        return FoldOpening(body.opening());
      default:
        return evidence::Refuse("unknown_statement",
                                "this version does not know the statement");
    }
  }

 private:
  absl::Status FoldOpening(const v1::Opening& opening);
  absl::Status FoldStance(const v1::Stance& stance, Touched* touched);
  absl::Status FoldClaim(const v1::RecordClaim& claim);
  absl::Status FoldAnswer(const v1::RecordAnswer& answer);
  absl::Status FoldRosterChange(const v1::RosterChange& change);
  absl::Status FoldProposal(const v1::Proposal& proposal, Touched* touched);
  absl::Status FoldCounter(const v1::Counter& counter, Touched* touched);
  absl::Status FoldVerdict(const v1::Verdict& verdict, Touched* touched);
  absl::Status FoldWithdrawal(const v1::Withdrawal& withdrawal,
                              Touched* touched);

  absl::Status CheckTerms(const v1::DecisionContent& terms) const;
  absl::Status CheckSignature(const v1::Verdict& verdict,
                              const decision::Decision& decision) const;
  absl::StatusOr<decision::Decision*> SeenDecision(const v1::EntryRef& ref);
  void Ratify(const decision::Decision& decision,
              const decision::Outcome& before, Touched* touched);
  void Enact(const decision::Decision& decision,
             const decision::Outcome& outcome, const TopicRef* only,
             Touched* touched);
  void SettleAgain(const decision::Decision& decision, Touched* touched);
  void TouchDecision(const decision::Decision& decision, Touched* touched);

  // 1 + the largest number the author had in view.
  template <typename Numbered, typename PositionOf>
  uint64_t NextNumber(const std::vector<Numbered>& own,
                      const std::vector<Numbered>& others,
                      PositionOf position_of) const {
    uint64_t number = own.empty() ? 0 : own.back().number;
    const auto seen_end = std::partition_point(
        others.begin(), others.end(), [&](const Numbered& other) {
          return ledger::Saw(at_, position_of(other));
        });
    if (seen_end != others.begin()) {
      number = std::max(number, std::prev(seen_end)->number);
    }
    return number + 1;
  }

  AllianceState& state_;
  Position at_;
  AllianceState::PartyState& own_;
  bool writing_;
};

namespace {

constexpr size_t kReasonSizeMax = 2000;
constexpr size_t kUidSize = 16;

absl::Status RefuseStatement(absl::string_view detail) {
  return evidence::Refuse("bad_statement", detail);
}

bool IsPersonId(absl::string_view id) {
  if (id.empty() || id.size() > ledger::kAuthorSizeMax) return false;
  const auto is_alnum = [](unsigned char c) {
    return absl::ascii_islower(c) || absl::ascii_isdigit(c);
  };
  return is_alnum(id[0]) &&
         std::all_of(id.begin(), id.end(), [&](unsigned char c) {
           return is_alnum(c) || c == '.' || c == '_' || c == '-';
         });
}

absl::StatusOr<evidence::Digest> ReadHash(absl::string_view bytes) {
  auto digest = evidence::DigestFromBytes(bytes);
  if (!digest.ok()) return RefuseStatement("a hash does not have 32 bytes");
  return digest;
}

const Position& OpenedAt(const decision::Decision& decision) {
  for (const decision::Revision& revision : decision.revisions) {
    if (!revision.replaces) return revision.at;
  }
  return decision.revisions.front().at;
}

}  // namespace

absl::Status Folder::FoldOpening(const v1::Opening& opening) {
  if (at_.index != 0) {
    return RefuseStatement("only the first entry introduces its author");
  }
  if (opening.alliance_uid() != state_.alliance_uid_ ||
      opening.party() != at_.party || opening.domain().size() > 200 ||
      opening.display_name().size() > 200 || opening.title().size() > 200) {
    return RefuseStatement("the introduction is not for this log");
  }
  own_.introduction = Introduction{.domain = opening.domain(),
                                   .display_name = opening.display_name(),
                                   .title = opening.title(),
                                   .log_key = opening.log_key(),
                                   .witness_key = opening.witness_key()};
  state_.digest_.Touch(IntroductionItem(at_.party));
  return absl::OkStatus();
}

absl::Status Folder::FoldStance(const v1::Stance& stance, Touched* touched) {
  const expectation::Topic* topic = state_.catalogue_->Find(stance.topic());
  if (topic == nullptr) {
    return evidence::Refuse("unknown_topic", "the catalogue has no such topic");
  }
  if ((stance.about() != v1::PARTY_UNSPECIFIED) != topic->per_party ||
      !v1::Party_IsValid(stance.about())) {
    return RefuseStatement("the topic is about another number of parties");
  }
  if ((stance.cell() != v1::Stance::OWN &&
       stance.cell() != v1::Stance::PREDICTION) ||
      stance.reason().size() > kReasonSizeMax) {
    return RefuseStatement("the stance has no cell or too long a reason");
  }
  Version version = {.at = at_, .reason = stance.reason()};
  TALLYSTICK_ASSIGN_OR_RETURN(
      version.stated_on,
      StatedOn(stance.has_stated_on() ? &stance.stated_on() : nullptr,
               at_.time_us));
  switch (stance.answer_case()) {
    case v1::Stance::kValue: {
      auto value = expectation::ValueFromProto(stance.value());
      if (!value.ok() || !expectation::CheckAnswer(*topic, *value).ok()) {
        return evidence::Refuse("bad_answer", "the answer does not fit");
      }
      version.value = *std::move(value);
      break;
    }
    case v1::Stance::kDeclined:
      version.kind = Version::Kind::kDeclined;
      break;
    case v1::Stance::kWithdrawn:
      version.kind = Version::Kind::kWithdrawn;
      break;
    case v1::Stance::ANSWER_NOT_SET:
      return RefuseStatement("the stance holds no answer");
  }
  CellKey key = {{stance.topic(), stance.about()}, at_.party, stance.cell()};
  if (stance.cell() == v1::Stance::PREDICTION) {
    const Cell* answer =
        state_.FindCell({key.topic, ledger::Other(at_.party), v1::Stance::OWN});
    version.blind = answer == nullptr || !ledger::Saw(at_, answer->first.at);
  }
  Cell& cell = state_.cells_[key];
  if (cell.recent.empty()) cell.first = version;
  cell.recent.push_back(std::move(version));
  if (cell.recent.size() > Cell::kVersionsKept) cell.recent.pop_front();
  state_.digest_.Touch(CellItem(key));
  touched->cell = std::move(key);
  return absl::OkStatus();
}

absl::Status Folder::FoldClaim(const v1::RecordClaim& claim) {
  TALLYSTICK_ASSIGN_OR_RETURN(record::Record added, record::ReadClaim(claim));
  if (own_.record_by_uid.contains(added.uid)) {
    return evidence::Refuse("duplicate", "a record with this uid exists");
  }
  const auto reference = std::pair(added.kind, added.reference);
  record::Record* corrected = nullptr;
  if (!claim.corrects_uid().empty()) {
    const auto found = own_.record_by_uid.find(claim.corrects_uid());
    if (found == own_.record_by_uid.end()) {
      return evidence::Refuse("unknown_record",
                              "the corrected record is not "
                              "in this log");
    }
    corrected = &own_.records[found->second];
  } else if (!added.reference.empty() &&
             own_.record_by_reference.contains(reference)) {
    return evidence::Refuse("duplicate", "a record with this reference exists");
  }
  added.at = at_;
  added.number = NextNumber(
      own_.records, state_.Of(ledger::Other(at_.party)).records,
      [](const record::Record& other) -> const Position& { return other.at; });
  if (corrected != nullptr) {
    corrected->superseded_by = added.uid;
    state_.digest_.Touch(RecordItem(at_.party, corrected->uid));
  }
  state_.digest_.Touch(RecordItem(at_.party, added.uid));
  own_.record_by_uid[added.uid] = own_.records.size();
  if (!added.reference.empty()) {
    own_.record_by_reference[reference] = own_.records.size();
  }
  own_.records.push_back(std::move(added));
  return absl::OkStatus();
}

absl::Status Folder::FoldAnswer(const v1::RecordAnswer& answer) {
  TALLYSTICK_ASSIGN_OR_RETURN(record::Answer given, record::ReadAnswer(answer));
  const v1::Party giver = answer.record().party();
  if (giver != ledger::Other(at_.party)) {
    return evidence::Refuse("own_record",
                            "a record is answered by the other party");
  }
  AllianceState::PartyState& other = state_.Of(giver);
  const auto found = other.record_by_uid.find(answer.record().uid());
  if (found == other.record_by_uid.end() ||
      !ledger::Saw(at_, other.records[found->second].at)) {
    return evidence::Refuse("unknown_record", "the record had not been seen");
  }
  given.at = at_;
  other.records[found->second].answer = std::move(given);
  state_.digest_.Touch(RecordItem(giver, answer.record().uid()));
  return absl::OkStatus();
}

absl::Status Folder::FoldRosterChange(const v1::RosterChange& change) {
  if (change.change_case() == v1::RosterChange::kRemove) {
    if (own_.roster.erase(change.remove()) == 0) {
      return evidence::Refuse("unknown_person", "no such person to remove");
    }
    state_.digest_.Touch(PersonItem(at_.party, change.remove()));
    return absl::OkStatus();
  }
  const v1::Person& person = change.put();
  const auto key = evidence::SshPublicKey::Parse(person.ssh_public_key());
  if (!IsPersonId(person.id()) || person.display_name().size() > 200 ||
      person.roles_size() > 20 || person.forums_size() > 20 || !key.ok()) {
    return evidence::Refuse("bad_person", "a person's entry cannot be used");
  }
  own_.roster[person.id()] = {
      .id = person.id(),
      .display_name = person.display_name(),
      .roles = {person.roles().begin(), person.roles().end()},
      .forums = {person.forums().begin(), person.forums().end()},
      .ssh_public_key = person.ssh_public_key()};
  state_.digest_.Touch(PersonItem(at_.party, person.id()));
  return absl::OkStatus();
}

absl::Status Folder::CheckTerms(const v1::DecisionContent& terms) const {
  std::vector<TopicRef> set;
  for (const v1::CharterSetting& setting : terms.settings()) {
    const expectation::Topic* topic = state_.catalogue_->Find(setting.topic());
    const TopicRef ref = {setting.topic(), setting.about()};
    if (topic == nullptr ||
        (setting.about() != v1::PARTY_UNSPECIFIED) != topic->per_party ||
        std::find(set.begin(), set.end(), ref) != set.end()) {
      return evidence::Refuse("bad_terms",
                              "a setting names no topic or twice "
                              "the same");
    }
    const auto value = expectation::ValueFromProto(setting.value());
    if (!value.ok() || !expectation::CheckAnswer(*topic, *value).ok()) {
      return evidence::Refuse("bad_terms", "a setting does not fit its topic");
    }
    set.push_back(ref);
  }
  return absl::OkStatus();
}

absl::Status Folder::FoldProposal(const v1::Proposal& proposal,
                                  Touched* touched) {
  const auto terms = decision::ParseContent(proposal.content());
  if (!terms.ok() || proposal.uid().size() != kUidSize) {
    return evidence::Refuse("bad_terms", "the terms cannot be used");
  }
  TALLYSTICK_RETURN_IF_ERROR(CheckTerms(*terms));
  if (own_.decision_by_uid.contains(proposal.uid())) {
    return evidence::Refuse("duplicate", "a decision with this uid exists");
  }
  decision::Decision opened = {.party = at_.party, .uid = proposal.uid()};
  opened.number = NextNumber(
      own_.decisions, state_.Of(ledger::Other(at_.party)).decisions, OpenedAt);
  opened.revisions.push_back({.at = at_,
                              .content = proposal.content(),
                              .hash = decision::ContentHash(proposal.content()),
                              .replaces = std::nullopt,
                              .respond_by_us = terms->respond_by_us()});
  own_.decision_by_uid[opened.uid] = own_.decisions.size();
  own_.decisions.push_back(std::move(opened));
  TouchDecision(own_.decisions.back(), touched);
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
  TALLYSTICK_ASSIGN_OR_RETURN(const evidence::Digest replaces,
                              ReadHash(counter.replaces_hash()));
  const auto terms = decision::ParseContent(counter.content());
  if (!terms.ok()) {
    return evidence::Refuse("bad_terms", "the terms cannot be used");
  }
  TALLYSTICK_RETURN_IF_ERROR(CheckTerms(*terms));
  const evidence::Digest hash = decision::ContentHash(counter.content());
  TALLYSTICK_RETURN_IF_ERROR(
      decision::CheckCounter(*decision, at_, replaces, hash));
  decision::InsertByPosition(
      decision->revisions,
      decision::Revision{.at = at_,
                         .content = counter.content(),
                         .hash = hash,
                         .replaces = replaces,
                         .respond_by_us = terms->respond_by_us()});
  TouchDecision(*decision, touched);
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

absl::Status Folder::FoldVerdict(const v1::Verdict& verdict, Touched* touched) {
  TALLYSTICK_ASSIGN_OR_RETURN(decision::Decision * decision,
                              SeenDecision(verdict.decision()));
  TALLYSTICK_ASSIGN_OR_RETURN(const evidence::Digest hash,
                              ReadHash(verdict.content_hash()));
  if ((verdict.kind() != v1::Verdict::APPROVE &&
       verdict.kind() != v1::Verdict::REJECT) ||
      verdict.reason().size() > kReasonSizeMax) {
    return RefuseStatement("the verdict is neither for nor against");
  }
  const decision::Revision* revision = decision->FindSeen(hash, at_);
  if (revision == nullptr) {
    return evidence::Refuse("unknown_revision", "the terms had not been seen");
  }
  const Introduction* partner = state_.introduction(ledger::Other(at_.party));
  if (partner == nullptr || at_.partner_size == 0) {
    return evidence::Refuse("no_partner", "there was no partner yet");
  }
  if (verdict.kind() == v1::Verdict::APPROVE || !verdict.signature().empty()) {
    TALLYSTICK_RETURN_IF_ERROR(CheckSignature(verdict, *decision));
  }
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
  if (withdrawal.reason().size() > kReasonSizeMax) {
    return RefuseStatement("the reason is too long");
  }
  TALLYSTICK_RETURN_IF_ERROR(decision::CheckWithdrawal(*decision, at_, hash));
  decision::InsertByPosition(
      decision->withdrawals,
      decision::Withdrawal{
          .at = at_, .content_hash = hash, .reason = withdrawal.reason()});
  TouchDecision(*decision, touched);
  return absl::OkStatus();
}

void Folder::TouchDecision(const decision::Decision& decision,
                           Touched* touched) {
  state_.digest_.Touch(DecisionItem(decision.party, decision.uid));
  touched->decision = std::pair(decision.party, decision.uid);
}

// Carries a ratified decision's settings into the charter.
void Folder::Ratify(const decision::Decision& decision,
                    const decision::Outcome& before, Touched* touched) {
  const decision::Outcome outcome = decision::Evaluate(decision, 0);
  if (!outcome.ratified) return;
  if (!before.ratified) return Enact(decision, outcome, nullptr, touched);
  // Approvals that crossed: another pair of them may turn out to be the one
  // that ratified.
  if (before.ratified != outcome.ratified ||
      before.current != outcome.current || before.size_a != outcome.size_a ||
      before.size_b != outcome.size_b ||
      before.ratified_at_us != outcome.ratified_at_us) {
    SettleAgain(decision, touched);
  }
}

// Of several decisions on a topic the one with the greatest key holds, so the
// order in which they became known does not matter. `only`: that topic alone.
void Folder::Enact(const decision::Decision& decision,
                   const decision::Outcome& outcome, const TopicRef* only,
                   Touched* touched) {
  const auto terms =
      decision::ParseContent(decision.Find(outcome.current)->content);
  if (!terms.ok()) return;
  for (const v1::CharterSetting& setting : terms->settings()) {
    const TopicRef topic = {setting.topic(), setting.about()};
    auto value = expectation::ValueFromProto(setting.value());
    if (!value.ok() || (only != nullptr && topic != *only)) continue;
    CharterTerm& term = state_.charter_[topic];
    if (term.key > *outcome.ratified) continue;
    term = {.key = *outcome.ratified,
            .value = *std::move(value),
            .size_a = outcome.size_a,
            .size_b = outcome.size_b,
            .ratified_at_us = outcome.ratified_at_us};
    state_.digest_.Touch(CharterItem(topic));
    touched->charter.push_back(topic);
  }
}

// Finds anew what holds on every topic the decision could have set. Rare, so it
// may look at all decisions.
void Folder::SettleAgain(const decision::Decision& changed, Touched* touched) {
  for (const decision::Revision& revision : changed.revisions) {
    const auto terms = decision::ParseContent(revision.content);
    if (!terms.ok()) continue;
    for (const v1::CharterSetting& setting : terms->settings()) {
      const TopicRef topic = {setting.topic(), setting.about()};
      state_.charter_.erase(topic);
      state_.digest_.Touch(CharterItem(topic));
      for (const v1::Party party : {v1::PARTY_A, v1::PARTY_B}) {
        for (const decision::Decision& decision : state_.Of(party).decisions) {
          const decision::Outcome outcome = decision::Evaluate(decision, 0);
          if (outcome.ratified) Enact(decision, outcome, &topic, touched);
        }
      }
    }
  }
}

// Advances the log and folds; a status with a reason sets the entry aside.
absl::Status AllianceState::FoldBody(v1::Party party, const ledger::Leaf& leaf,
                                     absl::string_view body_bytes, bool writing,
                                     Touched* touched) {
  PartyState& own = Of(party);
  // Nobody can unsee; a leaf that claims less counts like the one before it.
  own.partner_size = std::max(own.partner_size, leaf.partner_size);
  own.newest_time_us = std::max(own.newest_time_us, leaf.time_us);
  const Position at = {.party = party,
                       .index = own.size++,
                       .partner_size = own.partner_size,
                       .time_us = leaf.time_us,
                       .author = leaf.author};
  v1::Body body;
  if (!body.ParseFromArray(body_bytes.data(),
                           static_cast<int>(body_bytes.size()))) {
    return evidence::Refuse("unreadable", "the statement cannot be read");
  }
  if (as_of_ && SpeaksOf(body, at.time_us) > *as_of_) return absl::OkStatus();
  return Folder(*this, at, writing).Fold(body, touched);
}

absl::StatusOr<Touched> AllianceState::Fold(v1::Party party,
                                            const ledger::Leaf& leaf,
                                            absl::string_view body) {
  const PartyState& other = Of(ledger::Other(party));
  if (leaf.partner_size > other.size) {
    return absl::FailedPreconditionError(absl::StrCat(
        "entry ", Of(party).size, " had seen ", leaf.partner_size,
        " entries of the other log, of which ", other.size, " are here"));
  }
  Touched touched;
  const absl::Status folded =
      FoldBody(party, leaf, body, /*writing=*/false, &touched);
  if (!folded.ok()) {
    touched.set_aside = std::string(evidence::ReasonOf(folded));
    PartyState& own = Of(party);
    own.set_aside.push_back({party, own.size - 1, touched.set_aside});
    digest_.Touch(SetAsideItem(party, own.size - 1));
  }
  return touched;
}

absl::StatusOr<Touched> AllianceState::FoldOrRefuse(v1::Party party,
                                                    const ledger::Leaf& leaf,
                                                    absl::string_view body) {
  PartyState& own = Of(party);
  const auto [size, partner_size, newest_time_us] =
      std::tuple(own.size, own.partner_size, own.newest_time_us);
  Touched touched;
  absl::Status folded = FoldBody(party, leaf, body, /*writing=*/true, &touched);
  if (!folded.ok()) {
    std::tie(own.size, own.partner_size, own.newest_time_us) =
        std::tuple(size, partner_size, newest_time_us);
    return folded;
  }
  return touched;
}

}  // namespace tallystick::alliance
