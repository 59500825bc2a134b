// SPDX-License-Identifier: Apache-2.0
#include "node/api/past_encoding.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "core/decision/content.h"
#include "core/drift/lateness.h"
#include "node/api/decision_encoding.h"

namespace tallystick::node {
namespace {

using alliance::PastTelling;
using decision::PastStatus;
using expectation::Date;

// When it was done, as one party tells it; none: not by the day asked for.
std::optional<Date> DoneOn(const PastTelling& telling, const Date& day) {
  const std::optional<Date> done =
      telling.fulfilment ? telling.fulfilment->done_on : telling.past.done_on;
  return done && *done <= day ? done : std::nullopt;
}

class PastEncoder {
 public:
  PastEncoder(const AllianceNode& alliance, const StateView& state,
              const PastTelling& telling)
      : alliance_(alliance),
        state_(state),
        telling_(telling),
        other_(state->FindPast(ledger::Other(telling.at.party),
                               telling.past.reference)),
        status_(decision::StatusOn(telling.past, state.day)),
        acknowledged_(state->IsAcknowledged(telling)) {}

  v1::Decision Encode() const;

 private:
  std::vector<const PastTelling*> Tellings() const {
    std::vector<const PastTelling*> tellings = {&telling_};
    if (other_ != nullptr) tellings.push_back(other_);
    return tellings;
  }
  v1::Decision::State State() const;
  std::string Summary() const;
  std::string NextStep() const;
  void EncodeImported(v1::Decision::Imported* message) const;
  void EncodeDone(v1::Decision* message) const;

  const AllianceNode& alliance_;
  const StateView& state_;
  const PastTelling& telling_;
  // The other party's; null if it tells nothing of it.
  const PastTelling* other_;
  PastStatus status_;
  bool acknowledged_;
};

v1::Decision::State PastEncoder::State() const {
  switch (status_) {
    case PastStatus::kProposed:
      return v1::Decision::PROPOSED;
    case PastStatus::kInForce:
      return acknowledged_ ? v1::Decision::IN_FORCE
                           : v1::Decision::NOT_ACKNOWLEDGED;
    case PastStatus::kRejected:
      return v1::Decision::REJECTED;
    case PastStatus::kRevokedBeforeAcceptance:
      return v1::Decision::WITHDRAWN;
    case PastStatus::kExpired:
      return v1::Decision::LAPSED;
    case PastStatus::kLateAcceptance:
      return v1::Decision::LATE_ACCEPTANCE;
  }
  return v1::Decision::STATE_UNSPECIFIED;
}

std::string PastEncoder::Summary() const {
  const bool own = telling_.at.party == alliance_.own_party();
  if (acknowledged_) return "imported, acknowledged by the partner";
  if (other_ != nullptr) {
    return "imported, not acknowledged: the partner tells it otherwise";
  }
  return own ? "imported, not acknowledged by the partner"
             : "imported by the partner, not acknowledged by us";
}

std::string PastEncoder::NextStep() const {
  if (!acknowledged_) {
    return "it has no effect until both have imported the same: tally "
           "decisions import FILE";
  }
  switch (status_) {
    case PastStatus::kInForce:
      return "nothing; to have it signed as well, propose the same terms "
             "(tally propose)";
    case PastStatus::kLateAcceptance:
      return absl::StrCat(
          "the acceptance came after the limit; it binds once ",
          alliance_.ShortName(decision::OffererOf(telling_.past)),
          " confirms it: import it with the day of confirmation, or propose it "
          "again (tally propose)");
    default:
      return "none, unless it is proposed again (tally propose)";
  }
}

void PastEncoder::EncodeImported(v1::Decision::Imported* message) const {
  message->set_acknowledged(acknowledged_);
  for (const v1::Party party : {v1::PARTY_A, v1::PARTY_B}) {
    for (const PastTelling* telling : Tellings()) {
      if (telling->at.party != party) continue;
      message->add_told_by(alliance_.ShortName(party));
    }
  }
  message->set_status(std::string(decision::ToText(status_)));
  message->set_summary(Summary());
  message->set_note(telling_.past.note);
}

void PastEncoder::EncodeDone(v1::Decision* message) const {
  std::optional<Date> earliest;
  for (const PastTelling* telling : Tellings()) {
    const auto done = DoneOn(*telling, state_.day);
    if (!done) continue;
    message->add_done_by(alliance_.ShortName(telling->at.party));
    if (!earliest || *done < *earliest) earliest = done;
  }
  if (earliest) message->set_done_on(expectation::ToText(*earliest));
  if (State() == v1::Decision::IN_FORCE) NoteLateness(state_.day, message);
}

v1::Decision PastEncoder::Encode() const {
  const decision::PastDecision& past = telling_.past;
  v1::Decision message;
  message.set_id(past.reference);
  message.set_name(
      absl::StrCat(AllianceName(alliance_), "/decisions/", past.reference));
  if (const auto content = decision::ParseContent(past.content); content.ok()) {
    EncodeContent(alliance_, *state_, *content, &message);
  }
  message.set_content_hash(
      evidence::DigestToHex(decision::ContentHash(past.content)));
  message.set_state(State());
  message.set_proposed_by(alliance_.ShortName(past.proposed_by));
  message.set_proposed(expectation::ToText(past.proposed_on));
  if (past.respond_by_on) {
    message.set_respond_by(expectation::ToText(*past.respond_by_on));
  }
  EncodeImported(message.mutable_imported());
  EncodeDone(&message);
  if (!acknowledged_) {
    const v1::Party silent = other_ != nullptr
                                 ? alliance_.own_party()
                                 : ledger::Other(telling_.at.party);
    message.add_waiting_for(alliance_.ShortName(silent));
  }
  message.set_next_step(NextStep());
  return message;
}

// Reads the row of one decision.
class PastReader {
 public:
  PastReader(const AllianceNode& alliance, const v1::PastDecisionRow& row,
             const Date& today, std::vector<alliance::Violation>* violations)
      : alliance_(alliance),
        row_(row),
        today_(today),
        violations_(violations) {}

  decision::PastDecision Read();

 private:
  void Violate(absl::string_view text) {
    violations_->push_back(
        {row_.line(), absl::StrCat(row_.reference(), ": ", text)});
  }
  std::optional<Date> ReadDay(absl::string_view field, const std::string& text);
  v1::Party ReadParty(absl::string_view field, const std::string& text);
  void ReadDays(decision::PastDecision* past);
  void CheckParties(const decision::PastDecision& past);
  void CheckWhole(const decision::PastDecision& past);

  const AllianceNode& alliance_;
  const v1::PastDecisionRow& row_;
  const Date& today_;
  std::vector<alliance::Violation>* violations_;
};

std::optional<Date> PastReader::ReadDay(absl::string_view field,
                                        const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto day = expectation::ParseDate(text);
  if (day.ok()) return *day;
  Violate(absl::StrCat(field, ": ", day.status().message()));
  return std::nullopt;
}

v1::Party PastReader::ReadParty(absl::string_view field,
                                const std::string& text) {
  if (text.empty()) return v1::PARTY_UNSPECIFIED;
  const v1::Party party = alliance_.names().Find(text);
  if (party == v1::PARTY_UNSPECIFIED) {
    Violate(absl::StrCat(field, ": ", text, " is no party of this alliance"));
  }
  return party;
}

void PastReader::ReadDays(decision::PastDecision* past) {
  const auto proposed = ReadDay("proposed", row_.proposed());
  if (proposed) past->proposed_on = *proposed;
  if (row_.proposed().empty()) Violate("it is not said when it was proposed");
  past->countered_on = ReadDay("counter_proposed", row_.countered());
  past->respond_by_on = ReadDay("response_limit", row_.response_limit());
  past->accepted_on = ReadDay("accepted", row_.accepted());
  past->acceptance_received_on =
      ReadDay("acceptance_received", row_.acceptance_received());
  past->revoked_on = ReadDay("revoked", row_.revoked());
  past->revocation_received_on =
      ReadDay("revocation_received", row_.revocation_received());
  past->rejected_on = ReadDay("rejected", row_.rejected());
  past->confirmed_on = ReadDay("confirmed", row_.confirmed());
  past->done_on = ReadDay("done", row_.done());
}

void PastReader::CheckParties(const decision::PastDecision& past) {
  const v1::Party countered_by =
      ReadParty("counter_proposed_by", row_.countered_by());
  if (countered_by == past.proposed_by &&
      countered_by != v1::PARTY_UNSPECIFIED) {
    Violate("who proposed it cannot counter it");
  }
  if (row_.countered_by().empty() != row_.countered().empty()) {
    Violate("counter_proposed and counter_proposed_by go together");
  }
  const v1::Party accepted_by = ReadParty("accepted_by", row_.accepted_by());
  if (accepted_by != v1::PARTY_UNSPECIFIED &&
      accepted_by == decision::OffererOf(past)) {
    Violate("who offered it cannot accept it");
  }
  if (!row_.accepted_by().empty() && row_.accepted().empty()) {
    Violate("it is not said when it was accepted");
  }
}

void PastReader::CheckWhole(const decision::PastDecision& past) {
  if (decision::LatestDay(past) > today_) {
    return Violate(absl::StrCat(expectation::ToText(decision::LatestDay(past)),
                                " has not come"));
  }
  const auto sound =
      decision::ReadPastDecision(decision::PastDecisionToProto(past));
  if (!sound.ok()) return Violate(sound.status().message());
  const absl::string_view status =
      decision::ToText(decision::StatusOn(past, today_));
  if (!row_.status().empty() && row_.status() != status) {
    Violate(absl::StrCat("its status is given as ", row_.status(),
                         ", but its dates make it ", status));
  }
}

decision::PastDecision PastReader::Read() {
  const size_t before = violations_->size();
  v1::DecisionTerms terms;
  terms.set_type(row_.type());
  terms.set_title(row_.title());
  terms.set_text(row_.text());
  *terms.mutable_settings() = row_.settings();
  terms.set_effective_on(row_.effective());
  terms.set_due_on(row_.due());
  *terms.mutable_agreed() = row_.agreed();
  decision::PastDecision past = {
      .reference = row_.reference(),
      .content = DecodeContent(alliance_, terms, 0, violations_),
      .proposed_by = ReadParty("proposed_by", row_.proposed_by()),
      .note = row_.note()};
  // Of the fields of the row itself nobody knows a better line.
  for (size_t i = before; i < violations_->size(); ++i) {
    alliance::Violation& violation = (*violations_)[i];
    if (violation.line == 0) {
      violation = {row_.line(),
                   absl::StrCat(row_.reference(), ": ", violation.text)};
    }
  }
  ReadDays(&past);
  CheckParties(past);
  if (violations_->size() == before) CheckWhole(past);
  return past;
}

}  // namespace

const PastTelling* FindPast(const AllianceNode& alliance,
                            const alliance::AllianceState& state,
                            const std::string& reference) {
  const v1::Party own = alliance.own_party();
  const PastTelling* telling = state.FindPast(own, reference);
  return telling != nullptr ? telling
                            : state.FindPast(ledger::Other(own), reference);
}

v1::Decision EncodePast(const AllianceNode& alliance, const StateView& state,
                        const PastTelling& telling) {
  return PastEncoder(alliance, state, telling).Encode();
}

decision::PastDecision DecodePast(
    const AllianceNode& alliance, const v1::PastDecisionRow& row,
    const Date& today, std::vector<alliance::Violation>* violations) {
  return PastReader(alliance, row, today, violations).Read();
}

}  // namespace tallystick::node
