// SPDX-License-Identifier: Apache-2.0
#include "cli/record_row.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "cli/outcome.h"
#include "cli/record_file.h"
#include "cli/yaml_fields.h"
#include "core/status_macros.h"

namespace tallystick::cli {
namespace {

using ByParties = google::protobuf::RepeatedPtrField<v1::RecordFields::ByParty>;

// Takes the fields of one row, by what they are called.
class RowReader {
 public:
  RowReader(const YamlFields& fields, absl::string_view file,
            v1::RecordRow& row)
      : fields_(fields), file_(file), row_(row) {}

  absl::Status Read();

 private:
  absl::Status Text(absl::string_view key, std::string* text);
  absl::Status Texts();
  absl::Status Money();
  absl::Status Flags();
  absl::Status Counts();
  absl::Status Attendees();
  absl::Status Parties();
  // {cascadia: 0.3, meridian: 0.7}
  absl::Status ByParty(const YamlField& field, ByParties* list);

  const YamlFields& fields_;
  absl::string_view file_;
  v1::RecordRow& row_;
};

absl::Status RowReader::Text(absl::string_view key, std::string* text) {
  TALLYSTICK_ASSIGN_OR_RETURN(std::string value, fields_.Text(key));
  if (!value.empty()) *text = std::move(value);
  return absl::OkStatus();
}

absl::Status RowReader::Texts() {
  v1::RecordFields& more = *row_.mutable_fields();
  const std::pair<absl::string_view, std::string*> texts[] = {
      {"id", row_.mutable_reference()},
      {"giver", row_.mutable_giver()},
      {"receiver", row_.mutable_giver()},
      {"party", row_.mutable_giver()},
      {"kind", row_.mutable_kind()},
      {"measure", row_.mutable_kind()},
      {"forum", row_.mutable_kind()},
      {"subject", row_.mutable_kind()},
      {"claimed", row_.mutable_claimed()},
      {"count", row_.mutable_claimed()},
      {"value", row_.mutable_claimed()},
      {"days", row_.mutable_claimed()},
      {"acknowledged", row_.mutable_acknowledged()},
      {"note", row_.mutable_note()},
      {"currency", more.mutable_currency()},
      {"title", more.mutable_title()},
      {"mitigation", more.mutable_mitigation()},
      {"about", more.mutable_about()},
      {"source", more.mutable_source()},
      {"step", more.mutable_step()},
      {"own_share", more.mutable_own_share()},
      {"acknowledged_to_partner", more.mutable_partner_share()},
      {"person", more.mutable_person()},
      {"role", more.mutable_role()}};
  for (const auto& [key, text] : texts) {
    TALLYSTICK_RETURN_IF_ERROR(Text(key, text));
  }
  const std::pair<absl::string_view, std::string*> days[] = {
      {"date", row_.mutable_date()},
      {"on", row_.mutable_date()},
      {"acknowledged_on", row_.mutable_acknowledged_on()},
      {"due", more.mutable_due()}};
  for (const auto& [key, text] : days) {
    TALLYSTICK_ASSIGN_OR_RETURN(std::string day, fields_.Day(key));
    if (!day.empty()) *text = std::move(day);
  }
  return absl::OkStatus();
}

absl::Status RowReader::ByParty(const YamlField& field, ByParties* list) {
  if (field.value.kind != YamlNode::Kind::kMap) {
    return FileError(file_, field.line,
                     absl::StrCat(field.key, ": takes a value for each party"));
  }
  for (const YamlField& part : field.value.fields) {
    if (part.value.IsNull()) continue;
    if (part.value.kind != YamlNode::Kind::kScalar) {
      return FileError(file_, part.line,
                       absl::StrCat(part.key, ": takes one value"));
    }
    v1::RecordFields::ByParty& item = *list->Add();
    item.set_party(part.key);
    item.set_value(part.value.scalar);
  }
  return absl::OkStatus();
}

// Amounts whose key may name the currency: amount_usd, impact_eur.
absl::Status RowReader::Money() {
  v1::RecordFields& more = *row_.mutable_fields();
  for (const YamlField& field : fields_.all()) {
    if (field.value.IsNull()) continue;
    for (const absl::string_view stem : {"amount", "impact"}) {
      const std::string currency = CurrencyOfKey(field.key, stem);
      if (field.key != stem && currency.empty()) continue;
      if (!currency.empty()) more.set_currency(currency);
      if (field.value.kind == YamlNode::Kind::kMap && stem == "impact") {
        TALLYSTICK_RETURN_IF_ERROR(ByParty(field, more.mutable_impacts()));
        continue;
      }
      TALLYSTICK_ASSIGN_OR_RETURN(std::string text, fields_.Text(field.key));
      if (stem == "amount") {
        more.set_amount(std::move(text));
      } else {
        // One figure for all is the agreed one too.
        more.set_agreed_impact(text);
        more.set_impact(std::move(text));
      }
    }
  }
  return absl::OkStatus();
}

absl::Status RowReader::Flags() {
  v1::RecordFields& more = *row_.mutable_fields();
  TALLYSTICK_ASSIGN_OR_RETURN(const bool closed, fields_.Flag("closed"));
  TALLYSTICK_ASSIGN_OR_RETURN(const bool met, fields_.Flag("met"));
  TALLYSTICK_ASSIGN_OR_RETURN(const bool settled, fields_.Flag("settled"));
  more.set_closed(closed);
  more.set_met(met);
  more.set_settled(settled);
  return absl::OkStatus();
}

absl::Status RowReader::Counts() {
  v1::RecordFields& more = *row_.mutable_fields();
  int32_t counts[3] = {};
  const absl::string_view keys[3] = {"decisions", "risks", "conflicts"};
  for (int i = 0; i < 3; ++i) {
    TALLYSTICK_ASSIGN_OR_RETURN(const std::string text, fields_.Text(keys[i]));
    if (!text.empty() && !absl::SimpleAtoi(text, &counts[i])) {
      return FileError(file_, fields_.Find(keys[i])->line,
                       absl::StrCat(keys[i], ": takes a whole number"));
    }
  }
  more.set_decisions(counts[0]);
  more.set_risks(counts[1]);
  more.set_conflicts(counts[2]);
  return absl::OkStatus();
}

absl::Status RowReader::Attendees() {
  const YamlField* attendees = fields_.Find("attendees");
  if (attendees == nullptr) return absl::OkStatus();
  if (attendees->value.kind != YamlNode::Kind::kList) {
    return FileError(file_, attendees->line, "attendees: takes a list");
  }
  for (const YamlNode& attendee : attendees->value.items) {
    row_.mutable_fields()->add_attendees(attendee.scalar);
  }
  return absl::OkStatus();
}

absl::Status RowReader::Parties() {
  v1::RecordFields& more = *row_.mutable_fields();
  for (const absl::string_view key : {"borne", "share"}) {
    if (const YamlField* parts = fields_.Find(key)) {
      TALLYSTICK_RETURN_IF_ERROR(ByParty(*parts, more.mutable_shares()));
    }
  }
  const YamlField* likelihood = fields_.Find("likelihood");
  if (likelihood == nullptr) return absl::OkStatus();
  if (likelihood->value.kind == YamlNode::Kind::kMap) {
    return ByParty(*likelihood, more.mutable_likelihoods());
  }
  TALLYSTICK_ASSIGN_OR_RETURN(std::string text, fields_.Text("likelihood"));
  more.set_agreed_likelihood(text);
  more.set_likelihood(std::move(text));
  return absl::OkStatus();
}

absl::Status RowReader::Read() {
  TALLYSTICK_RETURN_IF_ERROR(Texts());
  TALLYSTICK_RETURN_IF_ERROR(Money());
  TALLYSTICK_RETURN_IF_ERROR(Flags());
  TALLYSTICK_RETURN_IF_ERROR(Counts());
  TALLYSTICK_RETURN_IF_ERROR(Attendees());
  return Parties();
}

std::string MakeReference(const v1::RecordRow& row) {
  std::string reference;
  for (const std::string* part :
       {&row.kind(), &row.fields().title(), &row.fields().person(),
        &row.giver(), &row.date()}) {
    if (part->empty()) continue;
    absl::StrAppend(&reference, reference.empty() ? "" : " ", *part);
  }
  return reference;
}

}  // namespace

absl::StatusOr<v1::RecordRow> ReadRecordRow(const RecordSection& section,
                                            const YamlNode& node,
                                            absl::string_view file) {
  std::vector<std::string> allowed = {"id", "date"};
  allowed.insert(allowed.end(), section.keys.begin(), section.keys.end());
  for (const char* key : {"acknowledged", "acknowledged_on", "note"}) {
    allowed.emplace_back(key);
  }
  for (const YamlField& field : node.fields) {
    for (const absl::string_view stem : {"amount", "impact"}) {
      if (std::find(section.keys.begin(), section.keys.end(), stem) !=
              section.keys.end() &&
          !CurrencyOfKey(field.key, stem).empty()) {
        allowed.push_back(field.key);
      }
    }
  }
  TALLYSTICK_ASSIGN_OR_RETURN(
      const YamlFields fields,
      YamlFields::Open(node, allowed, section.what, file));
  for (const std::string& key : section.required) {
    TALLYSTICK_RETURN_IF_ERROR(fields.RequiredText(key).status());
  }
  v1::RecordRow row;
  row.set_type(section.type);
  row.set_line(node.line);
  TALLYSTICK_RETURN_IF_ERROR(RowReader(fields, file, row).Read());
  if (row.reference().empty()) row.set_reference(MakeReference(row));
  return row;
}

}  // namespace tallystick::cli
