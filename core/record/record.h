// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_RECORD_RECORD_H_
#define TALLYSTICK_CORE_RECORD_RECORD_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/expectation/value.h"
#include "core/ledger/position.h"
#include "tallystick/v1/do.pb.h"

// Something that happened, claimed by one party and answered by the other.
// Claim and answer are kept apart: the difference is what the product shows.
namespace tallystick::record {

struct Answer {
  ledger::Position at;
  // What the receiver acknowledges; none: the claim is disputed.
  std::optional<expectation::Decimal> acknowledged;
  std::string dispute_reason;
};

struct Record {
  // The claim; its party is the giver.
  ledger::Position at;
  std::string uid;
  // The number in "r-31".
  uint64_t number = 0;
  std::string reference;
  expectation::Date on;
  std::string note;
  // As in the rate table: "field_sales_day".
  std::string kind;
  expectation::Decimal claimed;
  // The receiver's latest answer.
  std::optional<Answer> answer;
  // The uid of the giver's later claim that replaces this one; empty: none.
  std::string superseded_by;
};

enum class State {
  kClaimed = 1,
  kAcknowledged = 2,
  // The receiver acknowledges another quantity than was claimed.
  kPartlyAcknowledged = 3,
  kDisputed = 4,
  kSuperseded = 5,
};

State StateOf(const Record& record);

// The record a claim describes, without position and number. INVALID_ARGUMENT
// with the reason "bad_record" names the first bound of do.proto it breaks;
// "unknown_statement" if this version does not know the kind of record.
absl::StatusOr<Record> ReadClaim(const v1::RecordClaim& claim);

// The answer, without position; errors as ReadClaim.
absl::StatusOr<Answer> ReadAnswer(const v1::RecordAnswer& answer);

template <typename Archive>
void Visit(Archive& archive, Answer& answer) {
  archive(answer.at);
  archive(answer.acknowledged);
  archive(answer.dispute_reason);
}

template <typename Archive>
void Visit(Archive& archive, Record& record) {
  archive(record.at);
  archive(record.uid);
  archive(record.number);
  archive(record.reference);
  archive(record.on);
  archive(record.note);
  archive(record.kind);
  archive(record.claimed);
  archive(record.answer);
  archive(record.superseded_by);
}

}  // namespace tallystick::record

#endif  // TALLYSTICK_CORE_RECORD_RECORD_H_
