// SPDX-License-Identifier: Apache-2.0
// Do: what claims and answers, and the word on being better off, do to the
// state.
#include <utility>

#include "absl/status/status.h"
#include "core/alliance/dates.h"
#include "core/alliance/folder.h"
#include "core/alliance/items.h"
#include "core/alliance/readings.h"
#include "core/evidence/refusal.h"
#include "core/status_macros.h"

namespace tallystick::alliance {
namespace {

// The series the record is a reading of, if it is one.
void NoteMeasure(const record::Record& record, Touched* touched) {
  if (const auto* reading = std::get_if<record::Reading>(&record.details)) {
    touched->measures.emplace_back(record.kind, reading->about);
  }
}

}  // namespace

absl::Status Folder::FoldClaim(const v1::RecordClaim& claim, Touched* touched) {
  TALLYSTICK_ASSIGN_OR_RETURN(record::Record added, record::ReadClaim(claim));
  TALLYSTICK_RETURN_IF_ERROR(
      record::CheckClaimant(claim, at_.party, DayOf(at_.time_us)));
  TALLYSTICK_RETURN_IF_ERROR(CheckReading(*state_.catalogue_, added));
  if (own_.record_by_uid.contains(added.uid)) {
    return evidence::Refuse("duplicate", "a record with this uid exists");
  }
  const record::Type type = record::TypeOf(added.details);
  record::Record* corrected = nullptr;
  if (!claim.corrects_uid().empty()) {
    const auto found = own_.record_by_uid.find(claim.corrects_uid());
    if (found == own_.record_by_uid.end()) {
      return evidence::Refuse("unknown_record",
                              "the corrected record is not in this log");
    }
    corrected = &own_.records[found->second];
    if (record::TypeOf(corrected->details) != type) {
      return evidence::Refuse("bad_record",
                              "the corrected record is of another type");
    }
  } else if (!added.reference.empty() &&
             state_.FindRecordByReference(at_.party, type, added.kind,
                                          added.reference) != nullptr) {
    return evidence::Refuse("duplicate", "a record with this reference exists");
  }
  added.at = at_;
  added.number =
      NextNumber(own_.records, state_.Of(ledger::Other(at_.party)).records,
                 [](const record::Record& other) -> const ledger::Position& {
                   return other.at;
                 });
  if (corrected != nullptr) {
    corrected->superseded_by = added.uid;
    NoteMeasure(*corrected, touched);
    state_.digest_.Touch(RecordItem(at_.party, corrected->uid));
  }
  NoteMeasure(added, touched);
  state_.digest_.Touch(RecordItem(at_.party, added.uid));
  own_.records.push_back(std::move(added));
  AllianceState::IndexRecord(own_, own_.records.size() - 1);
  return absl::OkStatus();
}

absl::Status Folder::FoldAnswer(const v1::RecordAnswer& answer) {
  TALLYSTICK_ASSIGN_OR_RETURN(record::Answer given, record::ReadAnswer(answer));
  TALLYSTICK_ASSIGN_OR_RETURN(
      given.on,
      StatedOn(answer.has_answered_on() ? &answer.answered_on() : nullptr,
               at_.time_us));
  const v1::Party giver = answer.record().party();
  if (giver != ledger::Other(at_.party)) {
    return evidence::Refuse("own_record",
                            "a record is answered by the other party");
  }
  AllianceState::PartyState& other = state_.Of(giver);
  const auto found = other.record_by_uid.find(answer.record().uid());
  if (found == other.record_by_uid.end() ||
      !ledger::Saw(at_, other.records[found->second].at)) {
    return evidence::Refuse("unknown_record", "the record had not been seen");
  }
  record::Record& answered = other.records[found->second];
  TALLYSTICK_RETURN_IF_ERROR(record::CheckAnswer(answered, given));
  given.at = at_;
  answered.answer = std::move(given);
  state_.digest_.Touch(RecordItem(giver, answered.uid));
  return absl::OkStatus();
}

absl::Status Folder::FoldBetterOff(const v1::BetterOffAnswer& answer) {
  BetterOffStatement said = {.at = at_, .answer = answer.answer()};
  TALLYSTICK_ASSIGN_OR_RETURN(
      said.stated_on,
      StatedOn(answer.has_stated_on() ? &answer.stated_on() : nullptr,
               at_.time_us));
  if (answer.answer() == v1::BetterOffAnswer::ANSWER_UNSPECIFIED ||
      !v1::BetterOffAnswer::Answer_IsValid(answer.answer())) {
    return RefuseStatement("the answer is yes, no or undecided");
  }
  own_.better_off = std::move(said);
  state_.digest_.Touch(BetterOffItem(at_.party));
  return absl::OkStatus();
}

}  // namespace tallystick::alliance
