// SPDX-License-Identifier: Apache-2.0
#include "core/record/record.h"

#include "absl/strings/str_cat.h"
#include "core/evidence/plain_text.h"
#include "core/evidence/refusal.h"
#include "core/record/read_details.h"
#include "core/status_macros.h"

namespace tallystick::record {
namespace {

constexpr size_t kUidSize = 16;
constexpr size_t kReferenceSizeMax = 100;
constexpr size_t kNoteSizeMax = 2000;

}  // namespace

State StateOf(const Record& record) {
  if (!record.superseded_by.empty()) return State::kSuperseded;
  if (!record.answer) return State::kClaimed;
  if (!record.answer->acknowledges) return State::kDisputed;
  return !record.answer->quantity || record.answer->quantity == record.claimed
             ? State::kAcknowledged
             : State::kPartlyAcknowledged;
}

std::optional<expectation::Decimal> Acknowledged(const Record& record) {
  if (!record.answer || !record.answer->acknowledges) return std::nullopt;
  return record.answer->quantity ? record.answer->quantity : record.claimed;
}

std::string ReferenceScope(Type type, absl::string_view kind) {
  switch (type) {
    // Things that are told apart by what they are called, not by what they
    // are: a risk keeps its id when it gets another kind.
    case Type::kRisk:
    case Type::kMilestone:
    case Type::kConflict:
    case Type::kMeeting:
      return std::string(ToText(type));
    default:
      return absl::StrCat(ToText(type), "/", kind);
  }
}

absl::StatusOr<Record> ReadClaim(const v1::RecordClaim& claim) {
  Record record = {
      .uid = claim.uid(), .reference = claim.reference(), .note = claim.note()};
  TALLYSTICK_RETURN_IF_ERROR(ReadDetails(claim, record));
  if (claim.uid().size() != kUidSize) {
    return RefuseRecord("a record has a uid of 16 bytes");
  }
  if (!evidence::IsPlainLine(claim.reference(), kReferenceSizeMax)) {
    return RefuseRecord(
        "a reference is one line of plain text, at most 100 bytes");
  }
  if (!evidence::IsPlainText(claim.note(), kNoteSizeMax)) {
    return RefuseRecord("a note is plain text of at most 2000 bytes");
  }
  auto on = expectation::DateFromProto(claim.on());
  if (!on.ok()) return RefuseRecord("a record has the day it happened");
  record.on = *on;
  return record;
}

absl::Status CheckClaimant(const v1::RecordClaim& claim, v1::Party party,
                           const expectation::Date& written_on) {
  const auto on = expectation::DateFromProto(claim.on());
  if (on.ok() &&
      expectation::DayNumber(*on) > expectation::DayNumber(written_on) + 1) {
    return evidence::Refuse("bad_date", "the day of the record has not come");
  }
  const v1::Party committed = claim.commitment().party();
  if (committed != v1::PARTY_UNSPECIFIED && committed != party) {
    return RefuseRecord("nobody commits the people of the other party");
  }
  return absl::OkStatus();
}

absl::Status CheckAnswer(const Record& record, const Answer& answer) {
  if (answer.quantity && !record.claimed) {
    return RefuseRecord(
        "the record has no figure; it is acknowledged as it is, or disputed");
  }
  return absl::OkStatus();
}

absl::StatusOr<Answer> ReadAnswer(const v1::RecordAnswer& answer) {
  Answer read;
  switch (answer.answer_case()) {
    case v1::RecordAnswer::kAcknowledgement: {
      read.acknowledges = true;
      if (!answer.acknowledgement().has_quantity()) return read;
      const auto quantity =
          expectation::DecimalFromProto(answer.acknowledgement().quantity());
      if (!quantity.ok()) return RefuseRecord(quantity.status().message());
      if (quantity->unscaled < 0) {
        return RefuseRecord("what is acknowledged is not less than 0");
      }
      read.quantity = *quantity;
      return read;
    }
    case v1::RecordAnswer::kDispute:
      read.dispute_reason = answer.dispute().reason();
      if (read.dispute_reason.empty() ||
          !evidence::IsPlainText(read.dispute_reason, kNoteSizeMax)) {
        return RefuseRecord(
            "a dispute has a reason, plain text of 1 to 2000 bytes");
      }
      return read;
    case v1::RecordAnswer::ANSWER_NOT_SET:
      break;
  }
  return evidence::Refuse("unknown_statement",
                          "this version does not know the answer");
}

}  // namespace tallystick::record
