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
#include "core/record/details.h"
#include "tallystick/v1/do.pb.h"

// Something that happened, claimed by one party and answered by the other.
// Claim and answer are kept apart: the difference is what the product shows.
namespace tallystick::record {

struct Answer {
  ledger::Position at;
  // The day of the answer: as stated, else the day it was written.
  expectation::Date on;
  // False: the claim is disputed.
  bool acknowledges = false;
  // How much the receiver acknowledges; none: as claimed.
  std::optional<expectation::Decimal> quantity;
  std::string dispute_reason;
};

// What a report looks at comes first and close together: there may be many.
struct Record {
  // The claim; its party is who claims, and of a contribution gave.
  ledger::Position at;
  expectation::Date on;
  // The figure the receiver may acknowledge in part: a quantity, a value, days,
  // or an amount of `currency` in major units. None: there is none.
  std::optional<expectation::Decimal> claimed;
  // What is recorded, within its type: as in the rate table
  // ("field_sales_day"), the measure, the forum, the subject of a share, the
  // role. Empty for what has none.
  std::string kind;
  // The uid of the claimant's later claim that replaces this one; empty: none.
  std::string superseded_by;
  // The receiver's latest answer.
  std::optional<Answer> answer;
  // ISO 4217; empty: the figure is no money.
  std::string currency;
  std::string uid;
  // The number in "r-31".
  uint64_t number = 0;
  std::string reference;
  std::string note;
  // Of risks, results, milestones, conflicts and knowledge.
  std::string title;
  Details details;
};

enum class State {
  kClaimed = 1,
  kAcknowledged = 2,
  // The receiver acknowledges another quantity than was claimed.
  kPartlyAcknowledged = 3,
  kDisputed = 4,
  kSuperseded = 5,
  // Of readings: both parties report one, and the figures differ. Only the two
  // logs together tell (core/alliance/readings.h).
  kConflicting = 6,
};

// By the record and its answer alone.
State StateOf(const Record& record);

// What the receiver acknowledges; none if it has not answered, disputes, or
// there is no figure.
std::optional<expectation::Decimal> Acknowledged(const Record& record);

// Under which name a reference is unique in a log: by type, and where a type
// has kinds of things to count, by kind.
std::string ReferenceScope(Type type, absl::string_view kind);

// The record a claim describes, without position and number. INVALID_ARGUMENT
// with the reason "bad_record" names the first bound of do.proto it breaks;
// "unknown_statement" if this version does not know the type of record.
absl::StatusOr<Record> ReadClaim(const v1::RecordClaim& claim);

// Whether a claim of `party`, written on this day, may say what it says of days
// and parties: "bad_date" for a day that comes more than a day later,
// "bad_record" for a commitment of the other party.
absl::Status CheckClaimant(const v1::RecordClaim& claim, v1::Party party,
                           const expectation::Date& written_on);

// Whether the answer fits the record: "bad_record" for a quantity where there
// is no figure.
absl::Status CheckAnswer(const Record& record, const Answer& answer);

// The answer, without position and day; errors as ReadClaim.
absl::StatusOr<Answer> ReadAnswer(const v1::RecordAnswer& answer);

template <typename Archive>
void Visit(Archive& archive, Answer& answer) {
  archive(answer.at);
  archive(answer.on);
  archive(answer.acknowledges);
  archive(answer.quantity);
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
  archive(record.title);
  archive(record.claimed);
  archive(record.currency);
  archive(record.details);
  archive(record.answer);
  archive(record.superseded_by);
}

}  // namespace tallystick::record

#endif  // TALLYSTICK_CORE_RECORD_RECORD_H_
