// SPDX-License-Identifier: Apache-2.0
#include "node/api/record_api.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/alliance/ids.h"
#include "core/alliance/plan_records.h"
#include "core/expectation/decimal.h"
#include "core/record/record.h"
#include "node/api/names.h"
#include "node/api/paging.h"

namespace tallystick::node {
namespace {

constexpr size_t kUidSize = 16;

v1::Record::State EncodeState(const record::Record& record) {
  switch (record::StateOf(record)) {
    case record::State::kClaimed:
      return v1::Record::CLAIMED;
    case record::State::kAcknowledged:
      return v1::Record::ACKNOWLEDGED;
    case record::State::kPartlyAcknowledged:
      return v1::Record::PARTLY_ACKNOWLEDGED;
    case record::State::kDisputed:
      return v1::Record::DISPUTED;
    case record::State::kSuperseded:
      return v1::Record::SUPERSEDED;
  }
  return v1::Record::STATE_UNSPECIFIED;
}

v1::Record Encode(const AllianceNode& alliance,
                  const alliance::AllianceState& state,
                  const record::Record& record) {
  v1::Record message;
  const std::string id =
      alliance::FormatRecordId(state, alliance.names(), record);
  message.set_name(absl::StrCat(AllianceName(alliance), "/records/", id));
  message.set_id(id);
  message.set_kind(record.kind);
  message.set_giver(alliance.ShortName(record.at.party));
  message.set_claimed(record.claimed.ToDouble());
  if (record.answer && record.answer->acknowledged) {
    message.set_acknowledged(record.answer->acknowledged->ToDouble());
  }
  message.set_state(EncodeState(record));
  message.set_date(expectation::ToText(record.on));
  message.set_note(record.note);
  message.set_reference(record.reference);
  if (record.answer) message.set_dispute_reason(record.answer->dispute_reason);
  message.set_written(TimeText(record.at.time_us));
  message.set_author(record.at.author);
  message.set_type("contribution");
  return message;
}

// Appends one statement and returns the record it is about.
absl::StatusOr<v1::Record> AppendAbout(Node& node, AllianceNode& alliance,
                                       const v1::Body& body,
                                       absl::string_view author,
                                       v1::Party giver, std::string uid) {
  TALLYSTICK_RETURN_IF_ERROR(node.Append(alliance, {&body, 1}, author));
  const record::Record* record = alliance.state().FindRecord(giver, uid);
  if (record == nullptr) return absl::InternalError("the record is missing");
  return Encode(alliance, alliance.state(), *record);
}

// A record of the partner that can be answered.
absl::StatusOr<const record::Record*> FindAnswerable(
    const AllianceNode& alliance, const std::string& id) {
  TALLYSTICK_ASSIGN_OR_RETURN(
      const record::Record* record,
      alliance::ResolveRecord(alliance.state(), alliance.names(), id));
  if (record->at.party == alliance.own_party()) {
    return absl::FailedPreconditionError(absl::StrCat(
        id, " is our own claim; the partner acknowledges or disputes it"));
  }
  if (!record->superseded_by.empty()) {
    return absl::FailedPreconditionError(absl::StrCat(
        id,
        " was replaced by a later claim; answer that one (see: tally "
        "records)"));
  }
  return record;
}

v1::Body AnswerTo(const record::Record& record) {
  v1::Body body;
  v1::EntryRef& ref = *body.mutable_record_answer()->mutable_record();
  ref.set_party(record.at.party);
  ref.set_uid(record.uid);
  return body;
}

absl::StatusOr<expectation::Decimal> ReadNumber(absl::string_view field,
                                                const std::string& text) {
  const auto number = expectation::ParseDecimal(text);
  if (number.ok()) return *number;
  return absl::InvalidArgumentError(
      absl::StrCat(field, ": ", number.status().message()));
}

absl::StatusOr<v1::RecordClaim> ReadClaim(
    const Node& node, const v1::CreateRecordRequest& request) {
  if (request.type() != "contribution") {
    return absl::UnimplementedError(
        absl::StrCat("records of type \"", request.type(),
                     "\" are not kept yet; write contribution"));
  }
  const expectation::Date today = Today(node);
  expectation::Date day = today;
  if (!request.date().empty()) {
    TALLYSTICK_ASSIGN_OR_RETURN(day, expectation::ParseDate(request.date()));
  }
  if (day > today) {
    return absl::InvalidArgumentError(
        absl::StrCat("date: ", request.date(), " has not come"));
  }
  TALLYSTICK_ASSIGN_OR_RETURN(const expectation::Decimal quantity,
                              ReadNumber("quantity", request.quantity()));
  v1::RecordClaim claim;
  claim.set_uid(node.Random(kUidSize));
  claim.set_reference(request.reference());
  *claim.mutable_on() = expectation::DateToProto(day);
  claim.set_note(request.note());
  claim.mutable_contribution()->set_kind(request.kind());
  *claim.mutable_contribution()->mutable_quantity() =
      expectation::DecimalToProto(quantity);
  return claim;
}

bool Wanted(const v1::ListRecordsRequest& request,
            const record::Record& record) {
  if (!request.kind().empty() && record.kind != request.kind()) return false;
  return !request.open() || record::StateOf(record) == record::State::kClaimed;
}

}  // namespace

absl::StatusOr<v1::ListRecordsResponse> ListRecords(
    Node& node, const v1::ListRecordsRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  TALLYSTICK_ASSIGN_OR_RETURN(const StateView state,
                              ViewState(node, *alliance, request.as_of()));
  std::vector<const record::Record*> records;
  for (const v1::Party party : {v1::PARTY_A, v1::PARTY_B}) {
    for (const record::Record& record : state->records(party)) {
      if (Wanted(request, record)) records.push_back(&record);
    }
  }
  std::stable_sort(records.begin(), records.end(),
                   [](const record::Record* a, const record::Record* b) {
                     return a->at.time_us < b->at.time_us;
                   });
  TALLYSTICK_ASSIGN_OR_RETURN(
      const Page page,
      ReadPage(request.page_size(), request.page_token(),
               absl::StrCat("records\n", alliance->name(), "\n", request.kind(),
                            "\n", request.open(), "\n", request.as_of()),
               records.size()));
  v1::ListRecordsResponse response;
  for (size_t i = page.end; i > page.begin; --i) {
    *response.add_records() = Encode(*alliance, *state, *records[i - 1]);
  }
  response.set_next_page_token(page.next_page_token);
  response.set_total_size(static_cast<int32_t>(records.size()));
  return response;
}

absl::StatusOr<v1::Record> CreateRecord(
    Node& node, const v1::CreateRecordRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  v1::Body body;
  TALLYSTICK_ASSIGN_OR_RETURN(*body.mutable_record_claim(),
                              ReadClaim(node, request));
  TALLYSTICK_ASSIGN_OR_RETURN(record::Record record,
                              record::ReadClaim(body.record_claim()));
  const v1::Party own = alliance->own_party();
  if (!record.reference.empty() &&
      alliance->state().FindRecordByReference(own, record.kind,
                                              record.reference) != nullptr) {
    return absl::AlreadyExistsError(
        absl::StrCat(record.kind, " ", record.reference,
                     " was claimed before (see: tally records)"));
  }
  if (request.validate_only()) {
    record.at.party = own;
    record.at.time_us = node.NowMicros();
    record.at.author = request.author();
    v1::Record preview = Encode(*alliance, alliance->state(), record);
    // It gets its id when it is written.
    preview.clear_id();
    preview.clear_name();
    return preview;
  }
  return AppendAbout(node, *alliance, body, request.author(), own, record.uid);
}

absl::StatusOr<v1::ApplyRecordsResponse> ApplyRecords(
    Node& node, const v1::ApplyRecordsRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  std::vector<alliance::RecordRow> rows;
  for (const v1::RecordRow& row : request.contributions()) {
    rows.push_back({.reference = row.reference(),
                    .date = row.date(),
                    .giver = row.giver(),
                    .kind = row.kind(),
                    .claimed = row.claimed(),
                    .acknowledged = row.acknowledged(),
                    .note = row.note(),
                    .line = row.line()});
  }
  TALLYSTICK_ASSIGN_OR_RETURN(
      const alliance::RecordPlan plan,
      alliance::PlanRecords(alliance->state(), alliance->own_party(),
                            alliance->names(), rows, Today(node),
                            [&node] { return node.Random(kUidSize); }));
  if (!request.validate_only()) {
    TALLYSTICK_RETURN_IF_ERROR(
        node.Append(*alliance, plan.statements, request.author()));
  }
  v1::ApplyRecordsResponse response;
  response.set_claimed(plan.claimed);
  response.set_acknowledged(plan.acknowledged);
  response.set_unchanged(plan.unchanged);
  for (const std::string& reference : plan.waiting) {
    response.add_waiting(reference);
  }
  return response;
}

absl::StatusOr<v1::Record> AcknowledgeRecord(
    Node& node, const v1::AcknowledgeRecordRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(const ChildName name,
                              FindChild(node, request.name(), "records"));
  TALLYSTICK_ASSIGN_OR_RETURN(const record::Record* record,
                              FindAnswerable(*name.alliance, name.id));
  expectation::Decimal quantity = record->claimed;
  if (!request.value().empty()) {
    TALLYSTICK_ASSIGN_OR_RETURN(quantity, ReadNumber("value", request.value()));
  }
  v1::Body body = AnswerTo(*record);
  *body.mutable_record_answer()->mutable_acknowledgement()->mutable_quantity() =
      expectation::DecimalToProto(quantity);
  return AppendAbout(node, *name.alliance, body, request.author(),
                     record->at.party, record->uid);
}

absl::StatusOr<v1::Record> DisputeRecord(
    Node& node, const v1::DisputeRecordRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(const ChildName name,
                              FindChild(node, request.name(), "records"));
  TALLYSTICK_ASSIGN_OR_RETURN(const record::Record* record,
                              FindAnswerable(*name.alliance, name.id));
  v1::Body body = AnswerTo(*record);
  body.mutable_record_answer()->mutable_dispute()->set_reason(request.why());
  return AppendAbout(node, *name.alliance, body, request.author(),
                     record->at.party, record->uid);
}

}  // namespace tallystick::node
