// SPDX-License-Identifier: Apache-2.0
#include "core/record/read_details.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/evidence/plain_text.h"
#include "core/evidence/refusal.h"
#include "core/record/amount.h"
#include "core/status_macros.h"

namespace tallystick::record {
namespace {

using expectation::Decimal;

constexpr size_t kKindSizeMax = 64;
constexpr size_t kLineSizeMax = 200;
constexpr size_t kTextSizeMax = 2000;
constexpr int kAttendeesMax = 200;
constexpr uint32_t kCountMax = 10'000;

bool IsKind(absl::string_view kind) {
  return !kind.empty() && kind.size() <= kKindSizeMax &&
         std::all_of(kind.begin(), kind.end(), [](unsigned char c) {
           return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '_';
         });
}

absl::Status TakeKind(absl::string_view what, absl::string_view example,
                      const std::string& kind, Record& record) {
  if (!IsKind(kind)) {
    return RefuseRecord(
        absl::StrCat(what, " is 1 to 64 of a-z, 0-9 and _, such as ", example));
  }
  record.kind = kind;
  return absl::OkStatus();
}

absl::Status CheckLine(absl::string_view what, absl::string_view line) {
  if (evidence::IsPlainLine(line, kLineSizeMax)) return absl::OkStatus();
  return RefuseRecord(
      absl::StrCat(what, " is one line of plain text, at most 200 bytes"));
}

absl::Status TakeTitle(const std::string& title, Record& record) {
  if (title.empty()) return RefuseRecord("the record has no title");
  record.title = title;
  return CheckLine("a title", title);
}

absl::StatusOr<Decimal> ReadNumber(const v1::Decimal& message) {
  auto number = expectation::DecimalFromProto(message);
  if (!number.ok()) return RefuseRecord(number.status().message());
  return number;
}

absl::StatusOr<Decimal> ReadPositive(absl::string_view what,
                                     const v1::Decimal& message) {
  TALLYSTICK_ASSIGN_OR_RETURN(const Decimal number, ReadNumber(message));
  if (number.unscaled > 0) return number;
  return RefuseRecord(absl::StrCat(what, " is more than 0"));
}

absl::StatusOr<Decimal> ReadCount(absl::string_view what,
                                  const v1::Decimal& message) {
  TALLYSTICK_ASSIGN_OR_RETURN(const Decimal number, ReadNumber(message));
  if (number.unscaled >= 0) return number;
  return RefuseRecord(absl::StrCat(what, " is not less than 0"));
}

// A part of a whole. That parts add up to 1 is so by construction: only the
// part of A is written, and B has the rest.
absl::StatusOr<Decimal> ReadPart(absl::string_view what,
                                 const v1::Decimal& message) {
  TALLYSTICK_ASSIGN_OR_RETURN(const Decimal part, ReadNumber(message));
  if (part.unscaled >= 0 && expectation::Compare(part, {1, 0}) <= 0) {
    return part;
  }
  return RefuseRecord(absl::StrCat(what, " is a part, from 0 to 1"));
}

absl::StatusOr<expectation::Money> ReadMoney(absl::string_view what,
                                             const v1::Money& message,
                                             bool may_be_negative) {
  auto money = expectation::MoneyFromProto(message);
  if (!money.ok()) return RefuseRecord(money.status().message());
  if (money->minor_units < 0 && !may_be_negative) {
    return RefuseRecord(absl::StrCat(what, " is not less than 0"));
  }
  return money;
}

void TakeMoney(const expectation::Money& money, Record& record) {
  record.currency = money.currency;
  record.claimed = ToDecimal(money.minor_units, DigitsOf(money.currency));
}

absl::Status Read(const v1::Contribution& message, Record& record) {
  record.details = Contribution();
  TALLYSTICK_RETURN_IF_ERROR(TakeKind(
      "a kind of contribution", "field_sales_day", message.kind(), record));
  TALLYSTICK_ASSIGN_OR_RETURN(
      record.claimed,
      ReadPositive("the quantity of a contribution", message.quantity()));
  return absl::OkStatus();
}

absl::Status Read(const v1::Benefit& message, Record& record) {
  record.details = Benefit();
  TALLYSTICK_RETURN_IF_ERROR(
      TakeKind("a kind of benefit", "gross_profit", message.kind(), record));
  if (message.has_money()) {
    TALLYSTICK_ASSIGN_OR_RETURN(const expectation::Money money,
                                ReadMoney("a benefit", message.money(), true));
    TakeMoney(money, record);
    return absl::OkStatus();
  }
  if (!message.has_count()) {
    return RefuseRecord("a benefit is an amount of money or a count");
  }
  TALLYSTICK_ASSIGN_OR_RETURN(
      record.claimed, ReadCount("the count of a benefit", message.count()));
  return absl::OkStatus();
}

absl::Status Read(const v1::Upkeep& message, Record& record) {
  record.details = Upkeep();
  TALLYSTICK_RETURN_IF_ERROR(
      TakeKind("a kind of upkeep", "joint_office", message.kind(), record));
  TALLYSTICK_ASSIGN_OR_RETURN(const expectation::Money money,
                              ReadMoney("upkeep", message.money(), false));
  TakeMoney(money, record);
  return absl::OkStatus();
}

absl::Status Read(const v1::Risk& message, Record& record) {
  Risk risk = {.likelihood = message.likelihood(),
               .mitigation = message.mitigation(),
               .closed = message.closed(),
               .agreed_likelihood = message.agreed_likelihood()};
  if (!message.kind().empty()) {
    TALLYSTICK_RETURN_IF_ERROR(
        TakeKind("a kind of risk", "supply", message.kind(), record));
  }
  TALLYSTICK_RETURN_IF_ERROR(TakeTitle(message.title(), record));
  if (!IsKind(risk.likelihood) ||
      (!risk.agreed_likelihood.empty() && !IsKind(risk.agreed_likelihood))) {
    return RefuseRecord(
        "a likelihood is a word of the agreed scale, such as possible");
  }
  TALLYSTICK_ASSIGN_OR_RETURN(
      risk.impact, ReadMoney("the impact of a risk", message.impact(), false));
  TALLYSTICK_ASSIGN_OR_RETURN(
      risk.borne_by_a,
      ReadPart("what a party bears of a risk", message.borne_by_a()));
  if (!evidence::IsPlainText(risk.mitigation, kTextSizeMax)) {
    return RefuseRecord("a mitigation is plain text of at most 2000 bytes");
  }
  if (message.has_agreed_impact()) {
    TALLYSTICK_ASSIGN_OR_RETURN(
        risk.agreed_impact,
        ReadMoney("the agreed impact", message.agreed_impact(), false));
  }
  record.details = std::move(risk);
  return absl::OkStatus();
}

absl::Status Read(const v1::Reading& message, Record& record) {
  record.details =
      Reading{.about = message.about(), .source = message.source()};
  TALLYSTICK_RETURN_IF_ERROR(
      TakeKind("a measure", "handoff_lead_time", message.measure(), record));
  if (!v1::Party_IsValid(message.about())) {
    return RefuseRecord("the reading is about no party of this alliance");
  }
  if (!message.has_value()) return RefuseRecord("the reading has no value");
  TALLYSTICK_ASSIGN_OR_RETURN(record.claimed, ReadNumber(message.value()));
  return CheckLine("a source", message.source());
}

absl::Status Read(const v1::KnowledgeTransfer& message, Record& record) {
  record.details = Knowledge();
  record.title = message.title();
  TALLYSTICK_RETURN_IF_ERROR(
      TakeKind("a kind of knowledge", "training_day", message.kind(), record));
  TALLYSTICK_RETURN_IF_ERROR(CheckLine("a title", message.title()));
  TALLYSTICK_ASSIGN_OR_RETURN(
      record.claimed, ReadCount("the count of a transfer", message.count()));
  return absl::OkStatus();
}

absl::Status Read(const v1::Meeting& message, Record& record) {
  TALLYSTICK_RETURN_IF_ERROR(
      TakeKind("a forum", "steering", message.forum(), record));
  if (message.attendees_size() > kAttendeesMax) {
    return RefuseRecord("a meeting lists at most 200 attendees");
  }
  for (const std::string& attendee : message.attendees()) {
    TALLYSTICK_RETURN_IF_ERROR(CheckLine("an attendee", attendee));
  }
  if (std::max({message.decisions(), message.risks(), message.conflicts()}) >
      kCountMax) {
    return RefuseRecord("a meeting decides and raises at most 10000 things");
  }
  record.details = Meeting{
      .attendees = {message.attendees().begin(), message.attendees().end()},
      .decisions = message.decisions(),
      .risks = message.risks(),
      .conflicts = message.conflicts()};
  return absl::OkStatus();
}

absl::Status Read(const v1::Milestone& message, Record& record) {
  const auto due = expectation::DateFromProto(message.due());
  if (!due.ok()) return RefuseRecord("a milestone has the day it is due");
  record.details = Milestone{.due = *due, .met = message.met()};
  return TakeTitle(message.title(), record);
}

absl::Status Read(const v1::Conflict& message, Record& record) {
  record.details =
      Conflict{.step = message.step(), .settled = message.settled()};
  TALLYSTICK_RETURN_IF_ERROR(TakeTitle(message.title(), record));
  return CheckLine("a step", message.step());
}

absl::Status Read(const v1::OwnedResult& message, Record& record) {
  record.title = message.title();
  TALLYSTICK_RETURN_IF_ERROR(
      TakeKind("a kind of result", "patent_filing", message.kind(), record));
  TALLYSTICK_RETURN_IF_ERROR(CheckLine("a title", message.title()));
  OwnedResult result;
  TALLYSTICK_ASSIGN_OR_RETURN(
      result.owned_by_a,
      ReadPart("what a party owns of a result", message.owned_by_a()));
  record.details = result;
  return absl::OkStatus();
}

absl::Status Read(const v1::ShareClaim& message, Record& record) {
  TALLYSTICK_RETURN_IF_ERROR(TakeKind(
      "the subject of a share", "category_growth", message.subject(), record));
  ShareClaim claim;
  if (!message.has_own_share()) {
    return RefuseRecord("a claimed share says how much is one's own");
  }
  TALLYSTICK_ASSIGN_OR_RETURN(claim.own,
                              ReadPart("the own share", message.own_share()));
  if (message.has_partner_share()) {
    TALLYSTICK_ASSIGN_OR_RETURN(
        claim.left_to_partner,
        ReadPart("the share of the partner", message.partner_share()));
  }
  record.details = claim;
  return absl::OkStatus();
}

absl::Status Read(const v1::Commitment& message, Record& record) {
  record.details = Commitment{.person = message.person()};
  if (!message.role().empty()) {
    TALLYSTICK_RETURN_IF_ERROR(
        TakeKind("a role", "process_engineer", message.role(), record));
  }
  TALLYSTICK_RETURN_IF_ERROR(
      CheckLine("the name of a person", message.person()));
  TALLYSTICK_ASSIGN_OR_RETURN(
      record.claimed, ReadPositive("the days of a commitment", message.days()));
  return absl::OkStatus();
}

}  // namespace

absl::Status RefuseRecord(absl::string_view detail) {
  return evidence::Refuse("bad_record", detail);
}

absl::Status ReadDetails(const v1::RecordClaim& claim, Record& record) {
  switch (claim.kind_case()) {
    case v1::RecordClaim::kContribution:
      return Read(claim.contribution(), record);
    case v1::RecordClaim::kBenefit:
      return Read(claim.benefit(), record);
    case v1::RecordClaim::kUpkeep:
      return Read(claim.upkeep(), record);
    case v1::RecordClaim::kRisk:
      return Read(claim.risk(), record);
    case v1::RecordClaim::kReading:
      return Read(claim.reading(), record);
    case v1::RecordClaim::kKnowledge:
      return Read(claim.knowledge(), record);
    case v1::RecordClaim::kMeeting:
      return Read(claim.meeting(), record);
    case v1::RecordClaim::kMilestone:
      return Read(claim.milestone(), record);
    case v1::RecordClaim::kConflict:
      return Read(claim.conflict(), record);
    case v1::RecordClaim::kOwnedResult:
      return Read(claim.owned_result(), record);
    case v1::RecordClaim::kShareClaim:
      return Read(claim.share_claim(), record);
    case v1::RecordClaim::kCommitment:
      return Read(claim.commitment(), record);
    case v1::RecordClaim::KIND_NOT_SET:
      break;
  }
  return evidence::Refuse("unknown_statement",
                          "this version does not know the kind of record");
}

}  // namespace tallystick::record
