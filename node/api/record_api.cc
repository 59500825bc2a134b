// SPDX-License-Identifier: Apache-2.0
#include "node/api/record_api.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/alliance/ids.h"
#include "core/alliance/plan_records.h"
#include "core/alliance/readings.h"
#include "core/expectation/decimal.h"
#include "core/record/record.h"
#include "node/api/names.h"
#include "node/api/paging.h"
#include "node/api/record_encoding.h"
#include "node/api/rehearsal.h"

namespace tallystick::node {
namespace {

constexpr size_t kUidSize = 16;

// Writes one statement, or only tries it, and returns the record it is about.
absl::StatusOr<v1::Record> WriteAbout(Node& node, AllianceNode& alliance,
                                      const v1::Body& body,
                                      const std::string& author,
                                      bool only_tries, v1::Party giver,
                                      const std::string& uid) {
  Rehearsal rehearsal(node, alliance, only_tries);
  TALLYSTICK_RETURN_IF_ERROR(rehearsal.Write({&body, 1}, author));
  const record::Record* record = rehearsal.state().FindRecord(giver, uid);
  if (record == nullptr) return absl::InternalError("the record is missing");
  return EncodeRecord(alliance, rehearsal.state(), *record);
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
    const Node& node, const AllianceNode& alliance,
    const v1::CreateRecordRequest& request) {
  const expectation::Date today = Today(node);
  expectation::Date day = today;
  if (!request.date().empty()) {
    TALLYSTICK_ASSIGN_OR_RETURN(day, expectation::ParseDate(request.date()));
  }
  if (day > today) {
    return absl::InvalidArgumentError(
        absl::StrCat("date: ", request.date(), " has not come"));
  }
  TALLYSTICK_ASSIGN_OR_RETURN(const alliance::RecordRow row,
                              DecodeRequest(request));
  TALLYSTICK_ASSIGN_OR_RETURN(
      v1::RecordClaim claim,
      alliance::ClaimOf(row, alliance.own_party(), alliance.names()));
  claim.set_uid(node.Random(kUidSize));
  *claim.mutable_on() = expectation::DateToProto(day);
  return claim;
}

// Not answered, where an answer is looked for: of a risk or a share each party
// has its own view.
bool IsOpen(const alliance::AllianceState& state,
            const record::Record& record) {
  const record::Type type = record::TypeOf(record.details);
  return type != record::Type::kRisk && type != record::Type::kShareClaim &&
         alliance::StateOf(state, record) == record::State::kClaimed;
}

struct Filter {
  std::optional<record::Type> type;
  std::string kind;
  bool open = false;

  bool Takes(const alliance::AllianceState& state,
             const record::Record& record) const {
    if (type && record::TypeOf(record.details) != *type) return false;
    // The name of a type is taken for a kind too.
    if (!kind.empty() && record.kind != kind &&
        record::ToText(record::TypeOf(record.details)) != kind) {
      return false;
    }
    return !open || IsOpen(state, record);
  }
};

absl::StatusOr<Filter> ReadFilter(const v1::ListRecordsRequest& request) {
  Filter filter = {.kind = request.kind(), .open = request.open()};
  if (!request.type().empty()) {
    TALLYSTICK_ASSIGN_OR_RETURN(filter.type, DecodeType(request.type()));
  }
  return filter;
}

absl::StatusOr<alliance::PlanDays> ReadDays(
    const Node& node, const v1::ApplyRecordsRequest& request,
    const std::vector<alliance::RecordRow>& rows) {
  alliance::PlanDays days = {.today = Today(node), .undated_on = Today(node)};
  if (request.date().empty()) return days;
  absl::StatusOr<expectation::Date> date =
      expectation::ParseDate(request.date());
  if (date.ok() && *date > days.today) {
    date = absl::InvalidArgumentError(
        absl::StrCat("date: ", request.date(), " has not come"));
  }
  if (date.ok()) {
    days.undated_on = *date;
    return days;
  }
  // Taken from one of the rows, it is refused there, with its line.
  const bool of_a_row = std::any_of(rows.begin(), rows.end(),
                                    [&request](const alliance::RecordRow& row) {
                                      return row.date == request.date();
                                    });
  if (!of_a_row) return date.status();
  return days;
}

}  // namespace

absl::StatusOr<v1::ListRecordsResponse> ListRecords(
    Node& node, const v1::ListRecordsRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  TALLYSTICK_ASSIGN_OR_RETURN(const StateView state,
                              ViewState(node, *alliance, request.as_of()));
  TALLYSTICK_ASSIGN_OR_RETURN(const Filter filter, ReadFilter(request));
  std::vector<const record::Record*> records;
  for (const v1::Party party : {v1::PARTY_A, v1::PARTY_B}) {
    for (const record::Record& record : state->records(party)) {
      if (filter.Takes(*state, record)) records.push_back(&record);
    }
  }
  std::sort(records.begin(), records.end(),
            [](const record::Record* a, const record::Record* b) {
              return PlaceOf(a->at) < PlaceOf(b->at);
            });
  std::vector<Place> places;
  places.reserve(records.size());
  for (const record::Record* record : records) {
    places.push_back(PlaceOf(record->at));
  }
  TALLYSTICK_ASSIGN_OR_RETURN(
      const Page page,
      ReadPage(request.page_size(), request.page_token(),
               absl::StrCat("records\n", alliance->name(), "\n", request.kind(),
                            "\n", request.open(), "\n", request.as_of(), "\n",
                            request.type()),
               places));
  v1::ListRecordsResponse response;
  for (size_t i = page.end; i > page.begin; --i) {
    *response.add_records() = EncodeRecord(*alliance, *state, *records[i - 1]);
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
                              ReadClaim(node, *alliance, request));
  TALLYSTICK_ASSIGN_OR_RETURN(record::Record record,
                              record::ReadClaim(body.record_claim()));
  const v1::Party own = alliance->own_party();
  if (!record.reference.empty() &&
      alliance->state().FindRecordByReference(
          own, record::TypeOf(record.details), record.kind, record.reference) !=
          nullptr) {
    return absl::AlreadyExistsError(
        absl::StrCat(request.type(), " ", record.reference,
                     " was claimed before (see: tally records)"));
  }
  if (request.validate_only()) {
    record.at.party = own;
    record.at.time_us = node.NowMicros();
    record.at.author = request.author();
    v1::Record preview = EncodeRecord(*alliance, alliance->state(), record);
    // It gets its id when it is written.
    preview.clear_id();
    preview.clear_name();
    return preview;
  }
  return WriteAbout(node, *alliance, body, request.author(),
                    /*only_tries=*/false, own, record.uid);
}

absl::StatusOr<v1::ApplyRecordsResponse> ApplyRecords(
    Node& node, const v1::ApplyRecordsRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  std::vector<alliance::RecordRow> rows;
  rows.reserve(static_cast<size_t>(request.contributions_size()) +
               static_cast<size_t>(request.records_size()));
  for (const auto* list : {&request.contributions(), &request.records()}) {
    for (const v1::RecordRow& row : *list) {
      TALLYSTICK_ASSIGN_OR_RETURN(rows.emplace_back(), DecodeRow(row));
    }
  }
  TALLYSTICK_ASSIGN_OR_RETURN(const alliance::PlanDays days,
                              ReadDays(node, request, rows));
  TALLYSTICK_ASSIGN_OR_RETURN(
      const alliance::RecordPlan plan,
      alliance::PlanRecords(alliance->state(), alliance->own_party(),
                            alliance->names(), rows, days,
                            [&node] { return node.Random(kUidSize); }));
  if (!request.validate_only()) {
    TALLYSTICK_RETURN_IF_ERROR(
        node.Append(*alliance, plan.statements, request.author()));
  }
  v1::ApplyRecordsResponse response;
  response.set_claimed(plan.claimed);
  response.set_acknowledged(plan.acknowledged);
  response.set_unchanged(plan.unchanged);
  for (const std::string& reference : plan.replaced) {
    response.add_replaced(reference);
  }
  for (const std::string& reference : plan.waiting) {
    response.add_waiting(reference);
  }
  for (const std::string& reading : plan.conflicting) {
    response.add_conflicting(reading);
  }
  return response;
}

absl::StatusOr<v1::Record> AcknowledgeRecord(
    Node& node, const v1::AcknowledgeRecordRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(const ChildName name,
                              FindChild(node, request.name(), "records"));
  TALLYSTICK_ASSIGN_OR_RETURN(const record::Record* record,
                              FindAnswerable(*name.alliance, name.id));
  v1::Body body = AnswerTo(*record);
  v1::RecordAnswer::Acknowledgement& acknowledgement =
      *body.mutable_record_answer()->mutable_acknowledgement();
  if (!request.value().empty()) {
    TALLYSTICK_ASSIGN_OR_RETURN(const expectation::Decimal quantity,
                                ReadNumber("value", request.value()));
    *acknowledgement.mutable_quantity() = expectation::DecimalToProto(quantity);
  }
  return WriteAbout(node, *name.alliance, body, request.author(),
                    request.validate_only(), record->at.party, record->uid);
}

absl::StatusOr<v1::Record> DisputeRecord(
    Node& node, const v1::DisputeRecordRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(const ChildName name,
                              FindChild(node, request.name(), "records"));
  TALLYSTICK_ASSIGN_OR_RETURN(const record::Record* record,
                              FindAnswerable(*name.alliance, name.id));
  v1::Body body = AnswerTo(*record);
  body.mutable_record_answer()->mutable_dispute()->set_reason(request.why());
  return WriteAbout(node, *name.alliance, body, request.author(),
                    request.validate_only(), record->at.party, record->uid);
}

}  // namespace tallystick::node
