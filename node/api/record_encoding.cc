// SPDX-License-Identifier: Apache-2.0
#include "node/api/record_encoding.h"

#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/alliance/ids.h"
#include "core/alliance/readings.h"
#include "core/expectation/unicode.h"
#include "core/record/amount.h"
#include "core/status_macros.h"
#include "node/api/names.h"

namespace tallystick::node {
namespace {

v1::Record::State EncodeState(record::State state) {
  switch (state) {
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
    case record::State::kConflicting:
      return v1::Record::CONFLICTING;
  }
  return v1::Record::STATE_UNSPECIFIED;
}

std::string MoneyText(const expectation::Money& money) {
  return absl::StrCat(
      money.currency, " ",
      record::ToText(money.minor_units, record::DigitsOf(money.currency)));
}

// 1 - part, exactly.
std::string RestText(expectation::Decimal part) {
  int64_t whole = 1;
  for (uint32_t i = 0; i < part.scale; ++i) whole *= 10;
  return expectation::ToText(
      expectation::MakeDecimal(whole - part.unscaled, part.scale));
}

// Adds what a record holds beside its figure; what is empty is left out.
class DetailWriter {
 public:
  DetailWriter(const AllianceNode& alliance, v1::Record& message)
      : alliance_(alliance), message_(message) {}

  void operator()(const record::Contribution&) {}
  void operator()(const record::Benefit&) {}
  void operator()(const record::Upkeep&) {}
  void operator()(const record::Risk& risk) {
    Add("likelihood", risk.likelihood);
    Add("impact", MoneyText(risk.impact));
    AddParts("borne_by_", risk.borne_by_a);
    Add("agreed_likelihood", risk.agreed_likelihood);
    if (risk.agreed_impact) {
      Add("agreed_impact", MoneyText(*risk.agreed_impact));
    }
    Add("mitigation", risk.mitigation);
    if (risk.closed) Add("closed", "true");
  }
  void operator()(const record::Reading& reading) {
    if (reading.about != v1::PARTY_UNSPECIFIED) {
      message_.set_about(alliance_.ShortName(reading.about));
    }
    Add("source", reading.source);
  }
  void operator()(const record::Knowledge&) {}
  void operator()(const record::Meeting& meeting) {
    for (const std::string& attendee : meeting.attendees) {
      Add("attendee", attendee);
    }
    Add("decisions", absl::StrCat(meeting.decisions));
    Add("risks", absl::StrCat(meeting.risks));
    Add("conflicts", absl::StrCat(meeting.conflicts));
  }
  void operator()(const record::Milestone& milestone) {
    Add("due", expectation::ToText(milestone.due));
    Add("met", milestone.met ? "true" : "false");
  }
  void operator()(const record::Conflict& conflict) {
    Add("step", conflict.step);
    Add("settled", conflict.settled ? "true" : "false");
  }
  void operator()(const record::OwnedResult& result) {
    AddParts("owned_by_", result.owned_by_a);
  }
  void operator()(const record::ShareClaim& claim) {
    Add("own_share", expectation::ToText(claim.own));
    if (claim.left_to_partner) {
      Add("partner_share", expectation::ToText(*claim.left_to_partner));
    }
  }
  void operator()(const record::Commitment& commitment) {
    Add("person", commitment.person);
  }

 private:
  void Add(absl::string_view name, absl::string_view value) {
    if (value.empty()) return;
    v1::Record::Detail& detail = *message_.add_details();
    detail.set_name(std::string(name));
    detail.set_value(std::string(value));
  }
  void AddParts(absl::string_view name, expectation::Decimal of_a) {
    Add(absl::StrCat(name, alliance_.ShortName(v1::PARTY_A)),
        expectation::ToText(of_a));
    Add(absl::StrCat(name, alliance_.ShortName(v1::PARTY_B)), RestText(of_a));
  }

  const AllianceNode& alliance_;
  v1::Record& message_;
};

std::vector<alliance::ByParty> DecodeByParty(
    const google::protobuf::RepeatedPtrField<v1::RecordFields::ByParty>& list) {
  std::vector<alliance::ByParty> items;
  for (const v1::RecordFields::ByParty& item : list) {
    items.push_back({item.party(), item.value()});
  }
  return items;
}

void DecodeFields(const v1::RecordFields& fields, alliance::RecordRow& row) {
  row.currency = fields.currency();
  row.amount = fields.amount();
  row.title = fields.title();
  row.likelihood = fields.likelihood();
  row.impact = fields.impact();
  row.agreed_likelihood = fields.agreed_likelihood();
  row.agreed_impact = fields.agreed_impact();
  row.likelihoods = DecodeByParty(fields.likelihoods());
  row.impacts = DecodeByParty(fields.impacts());
  row.shares = DecodeByParty(fields.shares());
  row.mitigation = fields.mitigation();
  row.closed = fields.closed();
  row.about = fields.about();
  row.source = fields.source();
  row.attendees = {fields.attendees().begin(), fields.attendees().end()};
  row.decisions = fields.decisions();
  row.risks = fields.risks();
  row.conflicts = fields.conflicts();
  row.due = fields.due();
  row.met = fields.met();
  row.step = fields.step();
  row.settled = fields.settled();
  row.own_share = fields.own_share();
  row.partner_share = fields.partner_share();
  row.person = fields.person();
  row.role = fields.role();
}

}  // namespace

v1::Record EncodeRecord(const AllianceNode& alliance,
                        const alliance::AllianceState& state,
                        const record::Record& record) {
  v1::Record message;
  const std::string id =
      alliance::FormatRecordId(state, alliance.names(), record);
  message.set_name(absl::StrCat(AllianceName(alliance), "/records/", id));
  message.set_id(id);
  message.set_type(std::string(record::ToText(record::TypeOf(record.details))));
  message.set_kind(record.kind);
  message.set_title(record.title);
  message.set_giver(alliance.ShortName(record.at.party));
  if (record.claimed) message.set_claimed(record.claimed->ToDouble());
  if (const auto acknowledged = record::Acknowledged(record)) {
    message.set_acknowledged(acknowledged->ToDouble());
  }
  message.set_currency(record.currency);
  message.set_state(EncodeState(alliance::StateOf(state, record)));
  message.set_date(expectation::ToText(record.on));
  message.set_note(record.note);
  message.set_reference(record.reference);
  if (record.answer) {
    message.set_answered(expectation::ToText(record.answer->on));
    message.set_dispute_reason(record.answer->dispute_reason);
  }
  message.set_written(TimeText(record.at.time_us));
  message.set_author(record.at.author);
  std::visit(DetailWriter(alliance, message), record.details);
  return message;
}

absl::StatusOr<record::Type> DecodeType(absl::string_view text) {
  if (const auto type = record::ParseType(text)) return *type;
  return absl::InvalidArgumentError(absl::StrCat(
      "\"", expectation::Excerpt(text),
      "\" is no type of record; write contribution, benefit, upkeep, risk, "
      "reading, knowledge, meeting, milestone, conflict, owned_result, share "
      "or commitment"));
}

absl::StatusOr<alliance::RecordRow> DecodeRow(const v1::RecordRow& message) {
  alliance::RecordRow row;
  if (!message.type().empty()) {
    TALLYSTICK_ASSIGN_OR_RETURN(row.type, DecodeType(message.type()));
  }
  row.reference = message.reference();
  row.date = message.date();
  row.giver = message.giver();
  row.kind = message.kind();
  row.claimed = message.claimed();
  row.acknowledged = message.acknowledged();
  row.acknowledged_on = message.acknowledged_on();
  row.note = message.note();
  row.line = message.line();
  DecodeFields(message.fields(), row);
  return row;
}

absl::StatusOr<alliance::RecordRow> DecodeRequest(
    const v1::CreateRecordRequest& request) {
  alliance::RecordRow row;
  TALLYSTICK_ASSIGN_OR_RETURN(row.type, DecodeType(request.type()));
  row.reference = request.reference();
  row.kind = request.kind();
  row.claimed = request.quantity();
  row.note = request.note();
  DecodeFields(request.fields(), row);
  return row;
}

}  // namespace tallystick::node
