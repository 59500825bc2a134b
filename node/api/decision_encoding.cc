// SPDX-License-Identifier: Apache-2.0
#include "node/api/decision_encoding.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "core/alliance/ids.h"
#include "core/alliance/plan_violations.h"
#include "core/decision/content.h"
#include "core/decision/overtaken.h"
#include "core/decision/terms.h"
#include "core/drift/lateness.h"
#include "core/drift/severity.h"
#include "core/expectation/answer.h"
#include "core/status_macros.h"
#include "node/api/terms_encoding.h"

namespace tallystick::node {
namespace {

using decision::Outcome;
using decision::Revision;
using decision::Verdict;

v1::Decision::State Encode(decision::State state) {
  switch (state) {
    case decision::State::kProposed:
      return v1::Decision::PROPOSED;
    case decision::State::kRatified:
      return v1::Decision::RATIFIED;
    case decision::State::kRejected:
      return v1::Decision::REJECTED;
    case decision::State::kWithdrawn:
      return v1::Decision::WITHDRAWN;
    case decision::State::kLapsed:
      return v1::Decision::LAPSED;
    case decision::State::kLateAcceptance:
      return v1::Decision::LATE_ACCEPTANCE;
  }
  return v1::Decision::STATE_UNSPECIFIED;
}

absl::string_view InWords(absl::string_view why_not) {
  if (why_not == "already_ratified") {
    return "the decision had been ratified before";
  }
  if (why_not == "revision_ended") {
    return "the terms had been withdrawn, rejected or replaced before";
  }
  if (why_not == "own_revision") {
    return "an own offer is withdrawn, not rejected";
  }
  if (why_not == "unknown_revision") return "the terms had not been offered";
  return why_not;
}

v1::Decision::Setting EncodeSetting(const AllianceNode& alliance,
                                    const alliance::AllianceState& state,
                                    const v1::CharterSetting& setting) {
  v1::Decision::Setting message;
  message.set_topic(expectation::FormatTopicRef(
      {setting.topic(), setting.about()}, alliance.names()));
  const expectation::Topic* topic = state.catalogue().Find(setting.topic());
  const auto value = expectation::ValueFromProto(setting.value());
  if (topic == nullptr || !value.ok()) return message;
  message.set_value(
      expectation::AnswerToText(*topic, *value, alliance.names()));
  *message.mutable_raw() =
      expectation::AnswerToRaw(*topic, *value, alliance.names());
  return message;
}

class Encoder {
 public:
  Encoder(const AllianceNode& alliance, const StateView& state,
          const decision::Decision& decision)
      : alliance_(alliance),
        state_(state),
        decision_(decision),
        outcome_(decision::Evaluate(decision, state.now_us)),
        id_(alliance::FormatDecisionId(*state, alliance.names(), decision)) {
    for (const Revision& revision : decision.revisions) {
      revisions_.push_back(&revision);
    }
    std::stable_sort(revisions_.begin(), revisions_.end(),
                     [this](const Revision* a, const Revision* b) {
                       return Depth(*a) < Depth(*b);
                     });
  }

  v1::Decision Encode() const;

 private:
  // How many revisions stand before it.
  size_t Depth(const Revision& revision) const {
    size_t depth = 0;
    const Revision* at = &revision;
    while (at != nullptr && at->replaces &&
           depth <= decision_.revisions.size()) {
      at = decision_.Find(*at->replaces);
      ++depth;
    }
    return depth;
  }
  int32_t NumberOf(const evidence::Digest& hash) const {
    for (size_t i = 0; i < revisions_.size(); ++i) {
      if (revisions_[i]->hash == hash) return static_cast<int32_t>(i) + 1;
    }
    return 0;
  }
  void EncodeRevisions(v1::Decision* message) const;
  void EncodeStanding(v1::Decision* message) const;
  void EncodeDone(v1::Decision* message) const;
  void EncodeVerdicts(v1::Decision* message) const;
  std::string WhyNot(const Verdict& verdict) const;
  bool HasLateApproval(v1::Party party) const;
  bool WaitsFor(v1::Party party) const;
  std::string NextStep() const;
  std::string ReasonOfEnd() const;

  const AllianceNode& alliance_;
  const StateView& state_;
  const decision::Decision& decision_;
  Outcome outcome_;
  std::string id_;
  // In the order in which they replaced each other.
  std::vector<const Revision*> revisions_;
};

v1::Decision Encoder::Encode() const {
  v1::Decision message;
  message.set_name(absl::StrCat(AllianceName(alliance_), "/decisions/", id_));
  message.set_id(id_);
  message.set_state(node::Encode(outcome_.state));
  message.set_proposed_by(alliance_.ShortName(decision_.party));
  message.set_revision(NumberOf(outcome_.current));
  message.set_content_hash(evidence::DigestToHex(outcome_.current));
  EncodeStanding(&message);
  EncodeRevisions(&message);
  EncodeVerdicts(&message);
  EncodeDone(&message);
  for (const v1::Party party : {v1::PARTY_A, v1::PARTY_B}) {
    if (!WaitsFor(party)) continue;
    const std::string name = alliance_.ShortName(party);
    message.add_waiting_for(name.empty() ? "the partner" : name);
  }
  message.set_next_step(NextStep());
  for (const decision::Overtaken& act :
       decision::FindOvertaken(decision_, outcome_)) {
    message.add_overtaken(
        InWords(act, alliance_.ShortName(act.at.party),
                alliance_.ShortName(ledger::Other(act.at.party))));
  }
  message.set_reason(ReasonOfEnd());
  if (outcome_.ratified)
    message.set_ratified(TimeText(outcome_.ratified_at_us));
  return message;
}

void Encoder::EncodeStanding(v1::Decision* message) const {
  message->set_proposed(TimeText(revisions_.front()->at.time_us));
  const Revision* standing = decision_.Find(outcome_.current);
  if (standing == nullptr) return;
  const auto terms = decision::ParseContent(standing->content);
  if (terms.ok()) EncodeContent(alliance_, *state_, *terms, message);
}

void Encoder::EncodeDone(v1::Decision* message) const {
  for (const decision::Fulfilment& said : decision_.fulfilments) {
    if (!said.done_on) continue;
    message->add_done_by(alliance_.ShortName(said.at.party));
  }
  if (const auto done = decision::DoneOn(decision_.fulfilments)) {
    message->set_done_on(expectation::ToText(*done));
  }
  if (outcome_.ratified) NoteLateness(state_.day, message);
}

void Encoder::EncodeRevisions(v1::Decision* message) const {
  for (size_t i = 0; i < revisions_.size(); ++i) {
    const Revision& revision = *revisions_[i];
    v1::Decision::Revision& added = *message->add_revisions();
    added.set_revision(static_cast<int32_t>(i) + 1);
    added.set_offered_by(alliance_.ShortName(revision.at.party));
    added.set_content_hash(evidence::DigestToHex(revision.hash));
    added.set_written(TimeText(revision.at.time_us));
    const auto terms = decision::ParseContent(revision.content);
    if (!terms.ok()) continue;
    added.set_title(terms->title());
    added.set_text(terms->text());
    for (const v1::CharterSetting& setting : terms->settings()) {
      *added.add_settings() = EncodeSetting(alliance_, *state_, setting);
    }
  }
}

// Empty if the verdict counts.
std::string Encoder::WhyNot(const Verdict& verdict) const {
  if (!verdict.why_not.empty()) return std::string(InWords(verdict.why_not));
  if (verdict.content_hash != outcome_.current) {
    return absl::StrCat("the terms that stand are those of revision ",
                        NumberOf(outcome_.current));
  }
  if (verdict.kind == v1::Verdict::APPROVE && verdict.late &&
      outcome_.state != decision::State::kRatified) {
    return "it was written after the limit to respond, so the other side must "
           "approve again";
  }
  return "";
}

void Encoder::EncodeVerdicts(v1::Decision* message) const {
  std::vector<const Verdict*> verdicts;
  for (const Verdict& verdict : decision_.verdicts) {
    verdicts.push_back(&verdict);
  }
  std::stable_sort(verdicts.begin(), verdicts.end(),
                   [](const Verdict* a, const Verdict* b) {
                     return a->at.time_us < b->at.time_us;
                   });
  for (const Verdict* verdict : verdicts) {
    v1::DecisionApproval& added = *message->add_approvals();
    added.set_person(verdict->person);
    added.set_party(alliance_.ShortName(verdict->at.party));
    added.set_verdict(verdict->kind == v1::Verdict::APPROVE
                          ? v1::DecisionApproval::APPROVE
                          : v1::DecisionApproval::REJECT);
    added.set_text(verdict->text);
    added.set_signature(verdict->signature);
    added.set_written(TimeText(verdict->at.time_us));
    added.set_why_not(WhyNot(*verdict));
    added.set_effective(added.why_not().empty());
    added.set_revision(NumberOf(verdict->content_hash));
    added.set_reason(verdict->reason);
    added.set_principal(absl::StrCat(verdict->person, "@",
                                     alliance_.Domain(verdict->at.party)));
  }
}

bool Encoder::HasLateApproval(v1::Party party) const {
  return std::any_of(decision_.verdicts.begin(), decision_.verdicts.end(),
                     [&](const Verdict& verdict) {
                       return verdict.at.party == party && verdict.late &&
                              verdict.kind == v1::Verdict::APPROVE &&
                              verdict.why_not.empty() &&
                              verdict.content_hash == outcome_.current;
                     });
}

bool Encoder::WaitsFor(v1::Party party) const {
  if (outcome_.state == decision::State::kLateAcceptance) {
    return HasLateApproval(ledger::Other(party));
  }
  return outcome_.state == decision::State::kProposed &&
         !(party == v1::PARTY_A ? outcome_.approved_by_a
                                : outcome_.approved_by_b);
}

std::string Encoder::NextStep() const {
  const v1::Party own = alliance_.own_party();
  const std::string partner = alliance_.has_partner()
                                  ? alliance_.ShortName(ledger::Other(own))
                                  : "the partner";
  switch (outcome_.state) {
    case decision::State::kProposed:
      if (!WaitsFor(own))
        return absl::StrCat("wait for ", partner, " to approve");
      if (!WaitsFor(ledger::Other(own))) {
        return absl::StrCat(partner,
                            " has approved; approve it with: tally "
                            "approve ",
                            id_);
      }
      return absl::StrCat("both sides must approve; here with: tally approve ",
                          id_);
    case decision::State::kRatified:
      return "nothing is left to do: both sides have approved the same terms";
    case decision::State::kLateAcceptance:
      return WaitsFor(own)
                 ? absl::StrCat(partner,
                                " approved after the limit; it binds "
                                "once you approve again: tally approve ",
                                id_)
                 : absl::StrCat(
                       "our approval came after the limit; it binds "
                       "once ",
                       partner, " approves again");
    case decision::State::kLapsed:
      return "the limit to respond has passed: propose it again (tally "
             "propose)";
    case decision::State::kRejected:
    case decision::State::kWithdrawn:
      return "none, unless other terms are proposed (tally propose)";
  }
  return "";
}

std::string Encoder::ReasonOfEnd() const {
  if (outcome_.state == decision::State::kRejected) {
    for (const Verdict& verdict : decision_.verdicts) {
      if (verdict.kind == v1::Verdict::REJECT && verdict.why_not.empty() &&
          verdict.content_hash == outcome_.current) {
        return verdict.reason;
      }
    }
  }
  if (outcome_.state == decision::State::kWithdrawn) {
    for (const decision::Withdrawal& withdrawal : decision_.withdrawals) {
      if (withdrawal.content_hash == outcome_.current) return withdrawal.reason;
    }
  }
  return "";
}

// Reads terms, noting everything that is wrong.
class TermsReader {
 public:
  TermsReader(const AllianceNode& alliance, int64_t now_us)
      : alliance_(alliance), now_us_(now_us) {}

  std::string Read(const v1::DecisionTerms& terms);
  std::vector<alliance::Violation> TakeViolations() {
    return std::move(violations_);
  }

 private:
  void Violate(int line, absl::string_view text) {
    violations_.push_back({line, std::string(text)});
  }
  void ReadSetting(const v1::DecisionTerms::Setting& setting);
  void ReadLimit(const std::string& text);
  void CheckListed(const std::string& word,
                   std::vector<std::string> expectation::Catalogue::*list,
                   absl::string_view what, int line);
  void ReadDate(absl::string_view field, const std::string& text,
                v1::Date* (v1::DecisionContent::*mutable_date)());

  const AllianceNode& alliance_;
  int64_t now_us_;
  v1::DecisionContent content_;
  std::vector<alliance::Violation> violations_;
};

void TermsReader::ReadSetting(const v1::DecisionTerms::Setting& setting) {
  const expectation::Catalogue& catalogue = alliance_.state().catalogue();
  const auto ref =
      expectation::ParseTopicRef(setting.topic(), alliance_.names(), catalogue);
  if (!ref.ok()) return Violate(setting.line(), ref.status().message());
  const expectation::Topic& topic = *catalogue.Find(ref->topic);
  if (topic.share == expectation::Share::kPrivate) {
    return Violate(setting.line(),
                   absl::StrCat(setting.topic(),
                                ": a private topic never leaves this node, so "
                                "it cannot be agreed on"));
  }
  const auto value =
      expectation::ParseAnswer(topic, setting.value(), alliance_.names());
  if (!value.ok()) {
    return Violate(
        setting.value().line() > 0 ? setting.value().line() : setting.line(),
        absl::StrCat(setting.topic(), ": ", value.status().message()));
  }
  for (const v1::CharterSetting& other : content_.settings()) {
    if (other.topic() == ref->topic && other.about() == ref->about) {
      return Violate(setting.line(),
                     absl::StrCat(setting.topic(), ": is set twice"));
    }
  }
  v1::CharterSetting& added = *content_.add_settings();
  added.set_topic(ref->topic);
  added.set_about(ref->about);
  *added.mutable_value() = expectation::ValueToProto(*value);
}

void TermsReader::ReadLimit(const std::string& text) {
  if (text.empty()) return;
  absl::Time time;
  std::string error;
  if (const auto day = expectation::ParseDate(text); day.ok()) {
    content_.set_respond_by_us(EndOfDay(*day));
  } else if (absl::ParseTime(absl::RFC3339_full, text, &time, &error)) {
    content_.set_respond_by_us(absl::ToUnixMicros(time));
  } else {
    return Violate(0, absl::StrCat("respond_by: \"", text,
                                   "\" is neither a day such as 2026-10-31 nor "
                                   "a time such as 2026-10-31T12:00:00Z"));
  }
  if (content_.respond_by_us() <= now_us_) {
    Violate(0, absl::StrCat("respond_by: ", text, " has passed"));
  }
}

void TermsReader::ReadDate(absl::string_view field, const std::string& text,
                           v1::Date* (v1::DecisionContent::*mutable_date)()) {
  if (text.empty()) return;
  const auto date = expectation::ParseDate(text);
  if (!date.ok()) {
    return Violate(0, absl::StrCat(field, ": ", date.status().message()));
  }
  *(content_.*mutable_date)() = expectation::DateToProto(*date);
}

// A word of the catalogue, or none.
void TermsReader::CheckListed(
    const std::string& word,
    std::vector<std::string> expectation::Catalogue::*list,
    absl::string_view what, int line) {
  const std::vector<std::string>& listed = alliance_.state().catalogue().*list;
  if (word.empty() ||
      std::find(listed.begin(), listed.end(), word) != listed.end()) {
    return;
  }
  Violate(line, absl::StrCat(what, ": \"", word, "\" is none of ",
                             absl::StrJoin(listed, ", ")));
}

std::string TermsReader::Read(const v1::DecisionTerms& terms) {
  content_.set_type(terms.type());
  content_.set_title(terms.title());
  content_.set_text(terms.text());
  for (const v1::DecisionTerms::Setting& setting : terms.settings()) {
    ReadSetting(setting);
  }
  ReadLimit(terms.respond_by());
  ReadDate("effective_on", terms.effective_on(),
           &v1::DecisionContent::mutable_effective_on);
  ReadDate("due_on", terms.due_on(), &v1::DecisionContent::mutable_due_on);
  DecodeAgreed(terms.agreed(), alliance_.names(), &content_, &violations_);
  CheckListed(content_.position(), &expectation::Catalogue::positions,
              "position", terms.agreed().position_line());
  CheckListed(content_.stage(), &expectation::Catalogue::stages, "stage",
              terms.agreed().stage_line());
  std::string bytes = content_.SerializeAsString();
  if (const auto sound = decision::ParseContent(bytes); !sound.ok()) {
    Violate(0, sound.status().message());
  }
  return bytes;
}

}  // namespace

v1::Decision EncodeDecision(const AllianceNode& alliance,
                            const StateView& state,
                            const decision::Decision& decision) {
  return Encoder(alliance, state, decision).Encode();
}

void EncodeContent(const AllianceNode& alliance,
                   const alliance::AllianceState& state,
                   const v1::DecisionContent& content, v1::Decision* message) {
  message->set_type(content.type());
  message->set_title(content.title());
  message->set_text(content.text());
  for (const v1::CharterSetting& setting : content.settings()) {
    *message->add_settings() = EncodeSetting(alliance, state, setting);
  }
  if (const auto terms = decision::ReadTerms(content);
      terms.ok() && !terms->empty()) {
    *message->mutable_agreed() = EncodeAgreed(*terms, alliance.names());
  }
  if (content.respond_by_us() > 0) {
    message->set_respond_by(TimeText(content.respond_by_us()));
  }
  const auto effective_on = expectation::DateFromProto(content.effective_on());
  if (content.has_effective_on() && effective_on.ok()) {
    message->set_effective_on(expectation::ToText(*effective_on));
  }
  const auto due_on = expectation::DateFromProto(content.due_on());
  if (content.has_due_on() && due_on.ok()) {
    message->set_due_on(expectation::ToText(*due_on));
  }
}

void NoteLateness(const expectation::Date& day, v1::Decision* message) {
  if (!message->has_due_on() || message->has_done_on()) return;
  const auto due_on = expectation::ParseDate(message->due_on());
  if (!due_on.ok()) return;
  const auto overdue = drift::FindOverdue(drift::kWeightDefault, *due_on, day);
  if (overdue) message->set_late_days(static_cast<int32_t>(*overdue->days));
}

std::string DecodeContent(const AllianceNode& alliance,
                          const v1::DecisionTerms& terms, int64_t now_us,
                          std::vector<alliance::Violation>* violations) {
  TermsReader reader(alliance, now_us);
  std::string bytes = reader.Read(terms);
  for (alliance::Violation& violation : reader.TakeViolations()) {
    violations->push_back(std::move(violation));
  }
  return bytes;
}

absl::StatusOr<std::string> DecodeTerms(const AllianceNode& alliance,
                                        const v1::DecisionTerms& terms,
                                        int64_t now_us) {
  std::vector<alliance::Violation> violations;
  std::string bytes = DecodeContent(alliance, terms, now_us, &violations);
  TALLYSTICK_RETURN_IF_ERROR(alliance::ViolationsStatus(violations));
  return bytes;
}

}  // namespace tallystick::node
