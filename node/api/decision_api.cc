// SPDX-License-Identifier: Apache-2.0
#include "node/api/decision_api.h"

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/alliance/ids.h"
#include "core/evidence/refusal.h"
#include "core/evidence/ssh_public_key.h"
#include "node/api/decision_encoding.h"
#include "node/api/names.h"
#include "node/api/paging.h"
#include "node/api/past_encoding.h"
#include "node/api/rehearsal.h"
#include "node/api/verdict_refusal.h"

namespace tallystick::node {
namespace {

constexpr size_t kUidSize = 16;

// A decision a call is about, by what stays when the state changes.
struct Subject {
  AllianceNode* alliance = nullptr;
  v1::Party opener = v1::PARTY_UNSPECIFIED;
  std::string uid;
  std::string id;

  const decision::Decision& decision() const {
    return *alliance->state().FindDecision(opener, uid);
  }
  v1::EntryRef Ref() const {
    v1::EntryRef ref;
    ref.set_party(opener);
    ref.set_uid(uid);
    return ref;
  }
};

absl::StatusOr<Subject> FindSubject(Node& node, const std::string& resource) {
  TALLYSTICK_ASSIGN_OR_RETURN(const ChildName name,
                              FindChild(node, resource, "decisions"));
  AllianceNode& alliance = *name.alliance;
  if (FindPast(alliance, alliance.state(), name.id) != nullptr) {
    return absl::FailedPreconditionError(absl::StrCat(
        name.id,
        " was taken before and is told by its dates only; nobody signs or "
        "changes it here (propose the same terms instead: tally propose)"));
  }
  TALLYSTICK_ASSIGN_OR_RETURN(
      const decision::Decision* decision,
      alliance::ResolveDecision(alliance.state(), alliance.names(), name.id));
  return Subject{&alliance, decision->party, decision->uid,
                 alliance::FormatDecisionId(alliance.state(), alliance.names(),
                                            *decision)};
}

ledger::Position OpenedAt(const decision::Decision& decision) {
  for (const decision::Revision& revision : decision.revisions) {
    if (!revision.replaces) return revision.at;
  }
  return {};
}

evidence::Digest StandingHash(const Node& node, const Subject& subject) {
  return decision::Evaluate(subject.decision(), node.NowMicros()).current;
}

// Of all that anybody tells of decisions taken before.
std::set<std::string> PastReferences(const alliance::AllianceState& state) {
  std::set<std::string> references;
  for (const v1::Party party : {v1::PARTY_A, v1::PARTY_B}) {
    for (const auto& [reference, telling] : state.past(party)) {
      references.insert(reference);
    }
  }
  return references;
}

std::string Bytes(const evidence::Digest& digest) {
  return std::string(evidence::AsBytes(digest));
}

// Writes a statement about a decision and shows what it has come to; with
// `rehearse` what it would come to.
absl::StatusOr<v1::Decision> Write(Node& node, AllianceNode& alliance,
                                   const v1::Body& body,
                                   const std::string& author, bool rehearse,
                                   v1::Party opener, const std::string& uid) {
  Rehearsal rehearsal(node, alliance, rehearse);
  TALLYSTICK_RETURN_IF_ERROR(rehearsal.Write({&body, 1}, author));
  const decision::Decision* decision =
      rehearsal.state().FindDecision(opener, uid);
  if (decision == nullptr) {
    return absl::InternalError("the decision is missing");
  }
  return EncodeDecision(alliance, rehearsal.View(), *decision);
}

Attempt MakeAttempt(const Subject& subject, absl::string_view verb,
                    const std::string& person) {
  return {subject.id, verb, person,
          subject.alliance->ShortName(subject.alliance->own_party())};
}

absl::StatusOr<v1::Decision> WriteAbout(Node& node, const Subject& subject,
                                        const v1::Body& body,
                                        const std::string& author,
                                        bool rehearse, const Attempt& attempt) {
  auto written = Write(node, *subject.alliance, body, author, rehearse,
                       subject.opener, subject.uid);
  if (written.ok()) return written;
  return ExplainRefusal(written.status(), attempt);
}

absl::StatusOr<v1::Verdict::Kind> ReadKind(v1::DecisionApproval::Verdict kind) {
  if (kind == v1::DecisionApproval::APPROVE) return v1::Verdict::APPROVE;
  if (kind == v1::DecisionApproval::REJECT) return v1::Verdict::REJECT;
  return absl::InvalidArgumentError("the verdict is APPROVE or REJECT");
}

// A person of the own roster, by id or by key.
absl::StatusOr<const alliance::RosterPerson*> FindPerson(
    const AllianceNode& alliance, const std::string& id,
    const std::string& key_line) {
  const auto& roster = alliance.state().roster(alliance.own_party());
  const std::string party = alliance.ShortName(alliance.own_party());
  if (!id.empty()) {
    const auto found = roster.find(id);
    if (found != roster.end()) return &found->second;
    return absl::NotFoundError(absl::StrCat(id, " is not on the roster of ",
                                            party, " (see: tally people)"));
  }
  TALLYSTICK_ASSIGN_OR_RETURN(const evidence::SshPublicKey key,
                              evidence::SshPublicKey::Parse(key_line));
  for (const auto& [person_id, person] : roster) {
    const auto enrolled = evidence::SshPublicKey::Parse(person.ssh_public_key);
    if (enrolled.ok() && *enrolled == key) return &person;
  }
  return absl::NotFoundError(absl::StrCat(
      "nobody on the roster of ", party, " has the key ", key.Fingerprint(),
      " (add one: tally people add NAME --key FILE)"));
}

// The revision the signed text is about; the standing one if there is none.
evidence::Digest SignedHash(const Node& node, const Subject& subject,
                            const v1::RecordVerdictRequest& request,
                            v1::Verdict::Kind kind) {
  const AllianceNode& alliance = *subject.alliance;
  if (!request.text().empty()) {
    for (const decision::Revision& revision : subject.decision().revisions) {
      const auto text = alliance.state().VerdictTextFor(
          alliance.own_party(), request.person(), subject.decision(),
          revision.hash, kind, request.reason());
      if (text.ok() && *text == request.text()) return revision.hash;
    }
  }
  return StandingHash(node, subject);
}

}  // namespace

absl::StatusOr<v1::ListDecisionsResponse> ListDecisions(
    Node& node, const v1::ListDecisionsRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  TALLYSTICK_ASSIGN_OR_RETURN(const StateView state,
                              ViewState(node, *alliance, request.as_of()));
  std::map<Place, v1::Decision> decisions;
  for (const v1::Party party : {v1::PARTY_A, v1::PARTY_B}) {
    for (const decision::Decision& decision : state->decisions(party)) {
      v1::Decision message = EncodeDecision(*alliance, state, decision);
      if (request.pending() && message.waiting_for().empty()) continue;
      decisions.emplace(PlaceOf(OpenedAt(decision)), std::move(message));
    }
  }
  for (const std::string& reference : PastReferences(*state)) {
    const alliance::PastTelling& telling =
        *FindPast(*alliance, *state, reference);
    v1::Decision message = EncodePast(*alliance, state, telling);
    if (request.pending() && message.waiting_for().empty()) continue;
    ledger::Position at = telling.at;
    at.time_us = EndOfDay(telling.past.proposed_on);
    decisions.emplace(PlaceOf(at), std::move(message));
  }
  std::vector<Place> places;
  places.reserve(decisions.size());
  for (const auto& [place, decision] : decisions) places.push_back(place);
  TALLYSTICK_ASSIGN_OR_RETURN(
      const Page page,
      ReadPage(request.page_size(), request.page_token(),
               absl::StrCat("decisions\n", alliance->name(), "\n",
                            request.pending(), "\n", request.as_of()),
               places));
  v1::ListDecisionsResponse response;
  for (size_t i = page.end; i > page.begin; --i) {
    *response.add_decisions() = std::move(decisions.at(places[i - 1]));
  }
  response.set_next_page_token(page.next_page_token);
  response.set_total_size(static_cast<int32_t>(decisions.size()));
  return response;
}

absl::StatusOr<v1::Decision> GetDecision(
    Node& node, const v1::GetDecisionRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(const ChildName name,
                              FindChild(node, request.name(), "decisions"));
  TALLYSTICK_ASSIGN_OR_RETURN(const StateView state,
                              ViewState(node, *name.alliance, request.as_of()));
  if (const alliance::PastTelling* telling =
          FindPast(*name.alliance, *state, name.id)) {
    return EncodePast(*name.alliance, state, *telling);
  }
  if (decision::IsPastReference(name.id)) {
    return absl::NotFoundError(absl::StrCat("there is no decision ", name.id,
                                            " (see: tally decisions)"));
  }
  TALLYSTICK_ASSIGN_OR_RETURN(
      const decision::Decision* decision,
      alliance::ResolveDecision(*state, name.alliance->names(), name.id));
  return EncodeDecision(*name.alliance, state, *decision);
}

absl::StatusOr<v1::Decision> ProposeDecision(
    Node& node, const v1::ProposeDecisionRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  v1::Body body;
  v1::Proposal& proposal = *body.mutable_proposal();
  TALLYSTICK_ASSIGN_OR_RETURN(
      *proposal.mutable_content(),
      DecodeTerms(*alliance, request.terms(), node.NowMicros()));
  proposal.set_uid(node.Random(kUidSize));
  return Write(node, *alliance, body, request.author(), request.validate_only(),
               alliance->own_party(), proposal.uid());
}

absl::StatusOr<v1::Decision> CounterDecision(
    Node& node, const v1::CounterDecisionRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(const Subject subject,
                              FindSubject(node, request.name()));
  if (!request.replaces_hash().empty() &&
      request.replaces_hash() !=
          evidence::DigestToHex(StandingHash(node, subject))) {
    return absl::FailedPreconditionError(
        "other terms stand by now than those you have changed (see: tally "
        "decision ID, then counter again)");
  }
  v1::Body body;
  v1::Counter& counter = *body.mutable_counter();
  TALLYSTICK_ASSIGN_OR_RETURN(
      *counter.mutable_content(),
      DecodeTerms(*subject.alliance, request.terms(), node.NowMicros()));
  *counter.mutable_decision() = subject.Ref();
  counter.set_replaces_hash(Bytes(StandingHash(node, subject)));
  return WriteAbout(node, subject, body, request.author(),
                    request.validate_only(),
                    MakeAttempt(subject, "countered", request.author()));
}

absl::StatusOr<v1::VerdictText> GetVerdictText(
    Node& node, const v1::GetVerdictTextRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(const Subject subject,
                              FindSubject(node, request.name()));
  TALLYSTICK_ASSIGN_OR_RETURN(const v1::Verdict::Kind kind,
                              ReadKind(request.verdict()));
  const AllianceNode& alliance = *subject.alliance;
  TALLYSTICK_ASSIGN_OR_RETURN(
      const alliance::RosterPerson* person,
      FindPerson(alliance, request.person(), request.ssh_public_key()));
  v1::VerdictText response;
  TALLYSTICK_ASSIGN_OR_RETURN(
      *response.mutable_text(),
      alliance.state().VerdictTextFor(
          alliance.own_party(), person->id, subject.decision(),
          StandingHash(node, subject), kind, request.reason()));
  response.set_person(person->id);
  response.set_principal(
      absl::StrCat(person->id, "@", alliance.Domain(alliance.own_party())));
  response.set_ssh_public_key(person->ssh_public_key);
  return response;
}

absl::StatusOr<v1::Decision> RecordVerdict(
    Node& node, const v1::RecordVerdictRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(const Subject subject,
                              FindSubject(node, request.name()));
  TALLYSTICK_ASSIGN_OR_RETURN(const v1::Verdict::Kind kind,
                              ReadKind(request.verdict()));
  const Attempt attempt = MakeAttempt(
      subject, kind == v1::Verdict::APPROVE ? "approved" : "rejected",
      request.person());
  const AllianceNode& alliance = *subject.alliance;
  if (!request.person().empty() &&
      alliance.state().roster(alliance.own_party()).count(request.person()) ==
          0) {
    return ExplainRefusal(evidence::Refuse("unknown_person", "not enrolled"),
                          attempt);
  }
  v1::Body body;
  v1::Verdict& verdict = *body.mutable_verdict();
  *verdict.mutable_decision() = subject.Ref();
  verdict.set_content_hash(Bytes(SignedHash(node, subject, request, kind)));
  verdict.set_kind(kind);
  verdict.set_person(request.person());
  verdict.set_text(request.text());
  verdict.set_signature(request.signature());
  verdict.set_reason(request.reason());
  return WriteAbout(node, subject, body, request.person(),
                    request.validate_only(), attempt);
}

absl::StatusOr<v1::Decision> WithdrawDecision(
    Node& node, const v1::WithdrawDecisionRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(const Subject subject,
                              FindSubject(node, request.name()));
  v1::Body body;
  v1::Withdrawal& withdrawal = *body.mutable_withdrawal();
  *withdrawal.mutable_decision() = subject.Ref();
  withdrawal.set_content_hash(Bytes(StandingHash(node, subject)));
  withdrawal.set_reason(request.reason());
  return WriteAbout(node, subject, body, request.author(),
                    request.validate_only(),
                    MakeAttempt(subject, "withdrawn", request.author()));
}

namespace {

// What the company says of a decision's being done.
absl::StatusOr<v1::Fulfilment> ReadFulfilment(
    const Node& node, const v1::FulfilDecisionRequest& request) {
  v1::Fulfilment fulfilment;
  fulfilment.set_note(request.note());
  if (request.take_back()) {
    if (request.done_on().empty()) return fulfilment;
    return absl::InvalidArgumentError(
        "it is either done on a day or not done after all");
  }
  expectation::Date day = Today(node);
  if (!request.done_on().empty()) {
    TALLYSTICK_ASSIGN_OR_RETURN(day, expectation::ParseDate(request.done_on()));
  }
  if (day > Today(node)) {
    return absl::InvalidArgumentError(
        absl::StrCat("done_on: ", request.done_on(), " has not come"));
  }
  *fulfilment.mutable_done_on() = expectation::DateToProto(day);
  return fulfilment;
}

absl::StatusOr<v1::Decision> FulfilPast(
    Node& node, const v1::FulfilDecisionRequest& request, const ChildName& name,
    v1::Body body) {
  AllianceNode& alliance = *name.alliance;
  if (alliance.state().FindPast(alliance.own_party(), name.id) == nullptr) {
    return absl::FailedPreconditionError(
        absl::StrCat(name.id,
                     " is told by the partner only; import it first (tally "
                     "decisions import FILE)"));
  }
  body.mutable_fulfilment()->set_reference(name.id);
  Rehearsal rehearsal(node, alliance, request.validate_only());
  TALLYSTICK_RETURN_IF_ERROR(rehearsal.Write({&body, 1}, request.author()));
  return EncodePast(alliance, rehearsal.View(),
                    *FindPast(alliance, rehearsal.state(), name.id));
}

}  // namespace

absl::StatusOr<v1::Decision> FulfilDecision(
    Node& node, const v1::FulfilDecisionRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(const ChildName name,
                              FindChild(node, request.name(), "decisions"));
  v1::Body body;
  TALLYSTICK_ASSIGN_OR_RETURN(*body.mutable_fulfilment(),
                              ReadFulfilment(node, request));
  if (FindPast(*name.alliance, name.alliance->state(), name.id) != nullptr) {
    return FulfilPast(node, request, name, std::move(body));
  }
  TALLYSTICK_ASSIGN_OR_RETURN(const Subject subject,
                              FindSubject(node, request.name()));
  *body.mutable_fulfilment()->mutable_decision() = subject.Ref();
  return WriteAbout(node, subject, body, request.author(),
                    request.validate_only(),
                    MakeAttempt(subject, "done", request.author()));
}

}  // namespace tallystick::node
