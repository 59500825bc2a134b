// SPDX-License-Identifier: Apache-2.0
#include "core/record/record.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "core/evidence/plain_text.h"
#include "core/evidence/refusal.h"
#include "core/status_macros.h"

namespace tallystick::record {
namespace {

constexpr size_t kUidSize = 16;
constexpr size_t kKindSizeMax = 64;
constexpr size_t kReferenceSizeMax = 100;
constexpr size_t kNoteSizeMax = 2000;

absl::Status RefuseRecord(absl::string_view detail) {
  return evidence::Refuse("bad_record", detail);
}

bool IsKind(absl::string_view kind) {
  return !kind.empty() && kind.size() <= kKindSizeMax &&
         std::all_of(kind.begin(), kind.end(), [](unsigned char c) {
           return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '_';
         });
}

absl::StatusOr<expectation::Decimal> ReadQuantity(const v1::Decimal& message) {
  auto quantity = expectation::DecimalFromProto(message);
  if (!quantity.ok()) return RefuseRecord(quantity.status().message());
  return quantity;
}

}  // namespace

State StateOf(const Record& record) {
  if (!record.superseded_by.empty()) return State::kSuperseded;
  if (!record.answer) return State::kClaimed;
  if (!record.answer->acknowledged) return State::kDisputed;
  return *record.answer->acknowledged == record.claimed
             ? State::kAcknowledged
             : State::kPartlyAcknowledged;
}

absl::StatusOr<Record> ReadClaim(const v1::RecordClaim& claim) {
  if (claim.kind_case() != v1::RecordClaim::kContribution) {
    return evidence::Refuse("unknown_statement",
                            "this version does not know the kind of record");
  }
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
  Record record = {.uid = claim.uid(),
                   .reference = claim.reference(),
                   .note = claim.note(),
                   .kind = claim.contribution().kind()};
  auto on = expectation::DateFromProto(claim.on());
  if (!on.ok()) return RefuseRecord("a record has the day it happened");
  record.on = *on;
  if (!IsKind(record.kind)) {
    return RefuseRecord(
        "a kind of contribution is 1 to 64 of a-z, 0-9 and _, such as "
        "field_sales_day");
  }
  TALLYSTICK_ASSIGN_OR_RETURN(record.claimed,
                              ReadQuantity(claim.contribution().quantity()));
  if (record.claimed.unscaled <= 0) {
    return RefuseRecord("the quantity of a contribution is more than 0");
  }
  return record;
}

absl::StatusOr<Answer> ReadAnswer(const v1::RecordAnswer& answer) {
  Answer read;
  switch (answer.answer_case()) {
    case v1::RecordAnswer::kAcknowledgement: {
      TALLYSTICK_ASSIGN_OR_RETURN(
          read.acknowledged, ReadQuantity(answer.acknowledgement().quantity()));
      if (read.acknowledged->unscaled < 0) {
        return RefuseRecord("what is acknowledged is not less than 0");
      }
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
