// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/record_row.h"

#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/expectation/answer.h"
#include "core/expectation/unicode.h"
#include "core/record/amount.h"
#include "core/status_macros.h"

namespace tallystick::alliance {
namespace {

using expectation::Decimal;

absl::Status Wrong(absl::string_view field, absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat(field, ": ", why));
}

absl::StatusOr<Decimal> ReadNumber(absl::string_view field,
                                   const std::string& text) {
  const auto number = expectation::ParseDecimal(text);
  if (!number.ok()) return Wrong(field, number.status().message());
  return *number;
}

absl::Status SetNumber(absl::string_view field, const std::string& text,
                       v1::Decimal* message) {
  TALLYSTICK_ASSIGN_OR_RETURN(const Decimal number, ReadNumber(field, text));
  *message = expectation::DecimalToProto(number);
  return absl::OkStatus();
}

// "USD" of "gross_profit_usd"; empty if the kind does not end like that.
std::string CurrencyOfKind(absl::string_view kind) {
  constexpr size_t kCodeSize = 3;
  if (kind.size() <= kCodeSize || kind[kind.size() - kCodeSize - 1] != '_') {
    return "";
  }
  const std::string code =
      absl::AsciiStrToUpper(kind.substr(kind.size() - kCodeSize));
  return expectation::IsActiveCurrency(code) ? code : "";
}

absl::Status SetMoney(absl::string_view field, const RecordRow& row,
                      const std::string& text, v1::Money* message) {
  const std::string currency =
      row.currency.empty() ? CurrencyOfKind(row.kind) : row.currency;
  if (!expectation::IsActiveCurrency(currency)) {
    return Wrong(field, "name the currency, such as USD");
  }
  TALLYSTICK_ASSIGN_OR_RETURN(const Decimal number, ReadNumber(field, text));
  const int digits = record::DigitsOf(currency);
  if (number.scale > static_cast<uint32_t>(digits)) {
    return Wrong(field, absl::StrCat(currency, " has ", digits,
                                     " digits after the point"));
  }
  const auto units = record::ToUnits(number, digits);
  if (!units.ok()) return Wrong(field, units.status().message());
  *message = expectation::MoneyToProto({*units, currency});
  return absl::OkStatus();
}

// What the list says of `party`, or of what is agreed.
absl::StatusOr<std::string> Of(absl::string_view field,
                               const std::vector<ByParty>& list,
                               v1::Party party,
                               const expectation::PartyNames& names) {
  std::string value;
  for (const ByParty& item : list) {
    v1::Party whose = v1::PARTY_UNSPECIFIED;
    if (item.party != "agreed") {
      whose = names.Find(item.party);
      if (whose == v1::PARTY_UNSPECIFIED) {
        return Wrong(field, absl::StrCat("\"", expectation::Excerpt(item.party),
                                         "\" is not a party; write ", names.a,
                                         ", ", names.b, " or agreed"));
      }
    }
    if (whose == party) value = item.value;
  }
  return value;
}

// The part of party A.
absl::Status SetPartOfA(const RecordRow& row,
                        const expectation::PartyNames& names,
                        v1::Decimal* message) {
  TALLYSTICK_ASSIGN_OR_RETURN(const std::string a,
                              Of("shares", row.shares, v1::PARTY_A, names));
  TALLYSTICK_ASSIGN_OR_RETURN(const std::string b,
                              Of("shares", row.shares, v1::PARTY_B, names));
  if (a.empty() || b.empty()) {
    return Wrong("shares", absl::StrCat("write a part for ", names.a,
                                        " and one for ", names.b));
  }
  TALLYSTICK_ASSIGN_OR_RETURN(const Decimal part_a, ReadNumber("shares", a));
  TALLYSTICK_ASSIGN_OR_RETURN(const Decimal part_b, ReadNumber("shares", b));
  constexpr int kDigits = static_cast<int>(expectation::kScaleMax);
  constexpr int64_t kWhole = 1'000'000'000;
  const auto sum_a = record::ToUnits(part_a, kDigits);
  const auto sum_b = record::ToUnits(part_b, kDigits);
  if (!sum_a.ok() || !sum_b.ok() || *sum_a + *sum_b != kWhole) {
    return Wrong("shares", absl::StrCat(a, " and ", b, " do not add up to 1"));
  }
  *message = expectation::DecimalToProto(part_a);
  return absl::OkStatus();
}

absl::Status Fill(const RecordRow& row, v1::Party claimant,
                  const expectation::PartyNames& names, v1::Risk* risk) {
  const v1::Party agreed = v1::PARTY_UNSPECIFIED;
  TALLYSTICK_ASSIGN_OR_RETURN(
      std::string likelihood,
      Of("likelihood", row.likelihoods, claimant, names));
  TALLYSTICK_ASSIGN_OR_RETURN(std::string agreed_likelihood,
                              Of("likelihood", row.likelihoods, agreed, names));
  TALLYSTICK_ASSIGN_OR_RETURN(std::string impact,
                              Of("impact", row.impacts, claimant, names));
  TALLYSTICK_ASSIGN_OR_RETURN(std::string agreed_impact,
                              Of("impact", row.impacts, agreed, names));
  if (likelihood.empty()) likelihood = row.likelihood;
  if (agreed_likelihood.empty()) agreed_likelihood = row.agreed_likelihood;
  if (impact.empty()) impact = row.impact;
  if (agreed_impact.empty()) agreed_impact = row.agreed_impact;
  risk->set_kind(row.kind);
  risk->set_title(row.title);
  risk->set_likelihood(likelihood);
  risk->set_agreed_likelihood(agreed_likelihood);
  risk->set_mitigation(row.mitigation);
  risk->set_closed(row.closed);
  TALLYSTICK_RETURN_IF_ERROR(
      SetMoney("impact", row, impact, risk->mutable_impact()));
  if (!agreed_impact.empty()) {
    TALLYSTICK_RETURN_IF_ERROR(SetMoney("agreed impact", row, agreed_impact,
                                        risk->mutable_agreed_impact()));
  }
  return SetPartOfA(row, names, risk->mutable_borne_by_a());
}

absl::Status Fill(const RecordRow& row, const expectation::PartyNames& names,
                  v1::Reading* reading) {
  const size_t at = row.kind.find('@');
  const std::string about =
      at == std::string::npos ? row.about : row.kind.substr(at + 1);
  if (!about.empty()) {
    reading->set_about(names.Find(about));
    if (reading->about() == v1::PARTY_UNSPECIFIED) {
      return Wrong("measure", absl::StrCat("\"", expectation::Excerpt(about),
                                           "\" is not a party; write ", names.a,
                                           " or ", names.b));
    }
  }
  reading->set_measure(row.kind.substr(0, at));
  reading->set_source(row.source);
  return SetNumber("value", row.claimed, reading->mutable_value());
}

absl::Status Fill(const RecordRow& row, v1::Benefit* benefit) {
  benefit->set_kind(row.kind);
  if (!row.amount.empty() && !row.claimed.empty()) {
    return Wrong("amount", "write an amount or a count, not both");
  }
  if (!row.amount.empty()) {
    return SetMoney("amount", row, row.amount, benefit->mutable_money());
  }
  if (row.claimed.empty()) return Wrong("amount", "write an amount or a count");
  return SetNumber("count", row.claimed, benefit->mutable_count());
}

absl::Status Fill(const RecordRow& row, v1::Meeting* meeting) {
  for (const int count : {row.decisions, row.risks, row.conflicts}) {
    if (count < 0) return Wrong("meeting", "nothing happens less than 0 times");
  }
  meeting->set_forum(row.kind);
  for (const std::string& attendee : row.attendees) {
    meeting->add_attendees(attendee);
  }
  meeting->set_decisions(static_cast<uint32_t>(row.decisions));
  meeting->set_risks(static_cast<uint32_t>(row.risks));
  meeting->set_conflicts(static_cast<uint32_t>(row.conflicts));
  return absl::OkStatus();
}

absl::Status Fill(const RecordRow& row, v1::Milestone* milestone) {
  const auto due = expectation::ParseDate(row.due);
  if (!due.ok()) return Wrong("due", due.status().message());
  milestone->set_title(row.title);
  *milestone->mutable_due() = expectation::DateToProto(*due);
  milestone->set_met(row.met);
  return absl::OkStatus();
}

absl::Status Fill(const RecordRow& row, v1::ShareClaim* claim) {
  claim->set_subject(row.kind);
  if (!row.partner_share.empty()) {
    TALLYSTICK_RETURN_IF_ERROR(SetNumber("the partner's share",
                                         row.partner_share,
                                         claim->mutable_partner_share()));
  }
  return SetNumber("own share", row.own_share, claim->mutable_own_share());
}

absl::Status FillDetails(const RecordRow& row, v1::Party claimant,
                         const expectation::PartyNames& names,
                         v1::RecordClaim& claim) {
  switch (row.type) {
    case record::Type::kContribution:
      claim.mutable_contribution()->set_kind(row.kind);
      return SetNumber("claimed", row.claimed,
                       claim.mutable_contribution()->mutable_quantity());
    case record::Type::kBenefit:
      return Fill(row, claim.mutable_benefit());
    case record::Type::kUpkeep:
      claim.mutable_upkeep()->set_kind(row.kind);
      return SetMoney("amount", row, row.amount,
                      claim.mutable_upkeep()->mutable_money());
    case record::Type::kRisk:
      return Fill(row, claimant, names, claim.mutable_risk());
    case record::Type::kReading:
      return Fill(row, names, claim.mutable_reading());
    case record::Type::kKnowledge:
      claim.mutable_knowledge()->set_kind(row.kind);
      claim.mutable_knowledge()->set_title(row.title);
      return SetNumber("count", row.claimed,
                       claim.mutable_knowledge()->mutable_count());
    case record::Type::kMeeting:
      return Fill(row, claim.mutable_meeting());
    case record::Type::kMilestone:
      return Fill(row, claim.mutable_milestone());
    case record::Type::kConflict:
      claim.mutable_conflict()->set_title(row.title);
      claim.mutable_conflict()->set_step(row.step);
      claim.mutable_conflict()->set_settled(row.settled);
      return absl::OkStatus();
    case record::Type::kOwnedResult:
      claim.mutable_owned_result()->set_kind(row.kind);
      claim.mutable_owned_result()->set_title(row.title);
      return SetPartOfA(row, names,
                        claim.mutable_owned_result()->mutable_owned_by_a());
    case record::Type::kShareClaim:
      return Fill(row, claim.mutable_share_claim());
    case record::Type::kCommitment:
      claim.mutable_commitment()->set_person(row.person);
      claim.mutable_commitment()->set_role(row.role);
      return SetNumber("days", row.claimed,
                       claim.mutable_commitment()->mutable_days());
  }
  return absl::InvalidArgumentError("there is no such type of record");
}

}  // namespace

absl::StatusOr<v1::RecordClaim> ClaimOf(const RecordRow& row,
                                        v1::Party claimant,
                                        const expectation::PartyNames& names) {
  v1::RecordClaim claim;
  claim.set_reference(row.reference);
  claim.set_note(row.note);
  TALLYSTICK_RETURN_IF_ERROR(FillDetails(row, claimant, names, claim));
  return claim;
}

}  // namespace tallystick::alliance
