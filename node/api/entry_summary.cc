// SPDX-License-Identifier: Apache-2.0
#include "node/api/entry_summary.h"

#include "absl/strings/str_cat.h"
#include "core/alliance/ids.h"
#include "core/decision/content.h"
#include "core/expectation/answer.h"
#include "core/expectation/unicode.h"

namespace tallystick::node {
namespace {

std::string StanceText(const AllianceNode& alliance, const v1::Stance& stance) {
  std::string text = absl::StrCat(
      expectation::FormatTopicRef({stance.topic(), stance.about()},
                                  alliance.names()),
      stance.cell() == v1::Stance::PREDICTION ? ", of the partner: " : ": ");
  if (stance.has_declined()) return absl::StrCat(text, "declined");
  if (stance.has_withdrawn()) return absl::StrCat(text, "withdrawn");
  if (stance.has_sealed()) return absl::StrCat(text, "sealed");
  const expectation::Topic* topic =
      alliance.state().catalogue().Find(stance.topic());
  const auto value = expectation::ValueFromProto(stance.value());
  if (topic == nullptr || !value.ok()) return text;
  return absl::StrCat(
      text, expectation::AnswerToText(*topic, *value, alliance.names()));
}

std::string TextWords(const AllianceNode& alliance,
                      const v1::TextConfirmation& said) {
  return absl::StrCat(
      expectation::FormatTopicRef({said.topic(), said.about()},
                                  alliance.names()),
      ": the own text and ",
      said.of_prediction() ? "what it predicts" : "the other's",
      said.same_meaning() ? " mean the same" : " do not mean the same");
}

std::string DecisionName(const AllianceNode& alliance,
                         const v1::EntryRef& ref) {
  const decision::Decision* decision =
      ref.party() == v1::PARTY_A || ref.party() == v1::PARTY_B
          ? alliance.state().FindDecision(ref.party(), ref.uid())
          : nullptr;
  return decision == nullptr
             ? "a decision"
             : alliance::FormatDecisionId(alliance.state(), alliance.names(),
                                          *decision);
}

std::string AnswerText(const AllianceNode& alliance,
                       const v1::RecordAnswer& answer) {
  const v1::EntryRef& ref = answer.record();
  const record::Record* record =
      ref.party() == v1::PARTY_A || ref.party() == v1::PARTY_B
          ? alliance.state().FindRecord(ref.party(), ref.uid())
          : nullptr;
  const std::string id = record == nullptr
                             ? "a record"
                             : alliance::FormatRecordId(
                                   alliance.state(), alliance.names(), *record);
  if (answer.has_dispute()) {
    return absl::StrCat(id, " disputed: ", answer.dispute().reason());
  }
  if (!answer.acknowledgement().has_quantity()) {
    return absl::StrCat(id, " acknowledged as claimed");
  }
  const auto quantity =
      expectation::DecimalFromProto(answer.acknowledgement().quantity());
  return absl::StrCat(
      id, " acknowledged",
      quantity.ok() ? absl::StrCat(": ", expectation::ToText(*quantity)) : "");
}

// "12.5 field_sales_day on 2025-03-31", "product recall on 2025-06-30"
std::string ClaimText(const record::Record& record) {
  std::string text;
  if (record.claimed) {
    absl::StrAppend(&text, record.currency, record.currency.empty() ? "" : " ",
                    expectation::ToText(*record.claimed), " ");
  }
  return absl::StrCat(text, record.title.empty() ? record.kind : record.title,
                      " on ", expectation::ToText(record.on));
}

absl::string_view BetterOffText(v1::BetterOffAnswer::Answer answer) {
  switch (answer) {
    case v1::BetterOffAnswer::YES:
      return "better off with the alliance: yes";
    case v1::BetterOffAnswer::NO:
      return "better off with the alliance: no";
    default:
      return "better off with the alliance: undecided";
  }
}

std::string TermsTitle(const std::string& content) {
  const auto terms = decision::ParseContent(content);
  return terms.ok() ? terms->title() : std::string();
}

std::string FulfilmentText(const AllianceNode& alliance,
                           const v1::Fulfilment& fulfilment) {
  const std::string id = fulfilment.has_reference()
                             ? fulfilment.reference()
                             : DecisionName(alliance, fulfilment.decision());
  const auto day = expectation::DateFromProto(fulfilment.done_on());
  if (!fulfilment.has_done_on() || !day.ok()) {
    return absl::StrCat(id, " is not done after all");
  }
  return absl::StrCat(id, " done on ", expectation::ToText(*day));
}

EntrySummary Describe(const AllianceNode& alliance, const v1::Body& body) {
  switch (body.statement_case()) {
    case v1::Body::kOpening:
      return {"opening", body.opening().domain()};
    case v1::Body::kStance:
      return {"stance", StanceText(alliance, body.stance())};
    case v1::Body::kTextConfirmation:
      return {"confirmation", TextWords(alliance, body.text_confirmation())};
    case v1::Body::kRecordClaim: {
      const auto record = record::ReadClaim(body.record_claim());
      if (!record.ok()) return {"record", ""};
      return {std::string(record::ToText(record::TypeOf(record->details))),
              ClaimText(*record)};
    }
    case v1::Body::kRecordAnswer:
      return {
          body.record_answer().has_dispute() ? "dispute" : "acknowledgement",
          AnswerText(alliance, body.record_answer())};
    case v1::Body::kBetterOff:
      return {"better_off",
              std::string(BetterOffText(body.better_off().answer()))};
    case v1::Body::kProposal:
      return {"proposal", TermsTitle(body.proposal().content())};
    case v1::Body::kCounter:
      return {"counter",
              absl::StrCat(DecisionName(alliance, body.counter().decision()),
                           ": ", TermsTitle(body.counter().content()))};
    case v1::Body::kVerdict:
      return {body.verdict().kind() == v1::Verdict::APPROVE ? "approval"
                                                            : "rejection",
              absl::StrCat(DecisionName(alliance, body.verdict().decision()),
                           " by ", body.verdict().person())};
    case v1::Body::kWithdrawal:
      return {"withdrawal",
              DecisionName(alliance, body.withdrawal().decision())};
    case v1::Body::kPastDecision:
      return {"past decision",
              absl::StrCat(body.past_decision().reference(), ": ",
                           TermsTitle(body.past_decision().content()))};
    case v1::Body::kFulfilment:
      return {"fulfilment", FulfilmentText(alliance, body.fulfilment())};
    case v1::Body::kRosterChange:
      if (body.roster_change().has_put()) {
        return {"person", absl::StrCat(body.roster_change().put().id(),
                                       " may speak for the company")};
      }
      return {"person", absl::StrCat(body.roster_change().remove(),
                                     " no longer speaks for the company")};
    default:
      return {"unknown", "a statement this version does not know"};
  }
}

}  // namespace

EntrySummary Summarise(const AllianceNode& alliance, absl::string_view body) {
  if (body.empty()) return {"redacted", "erased by joint decision"};
  v1::Body message;
  if (!message.ParseFromArray(body.data(), static_cast<int>(body.size()))) {
    return {"unknown", "a statement this version cannot read"};
  }
  EntrySummary summary = Describe(alliance, message);
  summary.text = expectation::OneLine(summary.text);
  return summary;
}

}  // namespace tallystick::node
