// SPDX-License-Identifier: Apache-2.0
#include "cli/past_file.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/outcome.h"
#include "cli/yaml_fields.h"
#include "cli/yaml_tree.h"
#include "core/status_macros.h"

namespace tallystick::cli {
namespace {

std::vector<std::string> With(std::vector<std::string> keys,
                              const std::vector<std::string>& more) {
  keys.insert(keys.end(), more.begin(), more.end());
  return keys;
}

absl::Status ReadRowTexts(const YamlFields& fields, v1::PastDecisionRow& row) {
  const std::pair<const char*, std::string*> kRequired[] = {
      {"id", row.mutable_reference()},
      {"type", row.mutable_type()},
      {"title", row.mutable_title()},
      {"proposed_by", row.mutable_proposed_by()}};
  for (const auto& [key, text] : kRequired) {
    TALLYSTICK_ASSIGN_OR_RETURN(*text, fields.RequiredText(key));
  }
  const std::pair<const char*, std::string*> kOptional[] = {
      {"text", row.mutable_text()},
      {"counter_proposed_by", row.mutable_countered_by()},
      {"accepted_by", row.mutable_accepted_by()},
      {"status", row.mutable_status()},
      {"note", row.mutable_note()}};
  for (const auto& [key, text] : kOptional) {
    TALLYSTICK_ASSIGN_OR_RETURN(*text, fields.Text(key));
  }
  return absl::OkStatus();
}

struct DayKeys {
  const char* key;
  // The same by another name.
  const char* other;
  std::string* day;
};

absl::StatusOr<v1::PastDecisionRow> ReadRow(const YamlNode& node,
                                            absl::string_view file,
                                            int first_line) {
  static const auto& keys = *new std::vector<std::string>{"id",
                                                          "type",
                                                          "title",
                                                          "text",
                                                          "proposed_by",
                                                          "proposed",
                                                          "counter_proposed_by",
                                                          "counter_proposed",
                                                          "response_limit",
                                                          "accepted_by",
                                                          "accepted",
                                                          "acceptance_sent",
                                                          "acceptance_received",
                                                          "revoked",
                                                          "revocation_sent",
                                                          "revocation_received",
                                                          "rejected",
                                                          "confirmed",
                                                          "effective",
                                                          "due",
                                                          "done",
                                                          "status",
                                                          "note",
                                                          "set"};
  TALLYSTICK_ASSIGN_OR_RETURN(
      const YamlFields fields,
      YamlFields::Open(node, With(keys, AgreedKeys()), "a decision", file));
  v1::PastDecisionRow row;
  row.set_line(first_line + node.line);
  TALLYSTICK_RETURN_IF_ERROR(ReadRowTexts(fields, row));
  const DayKeys kDays[] = {
      {"proposed", "", row.mutable_proposed()},
      {"counter_proposed", "", row.mutable_countered()},
      {"response_limit", "", row.mutable_response_limit()},
      {"accepted", "acceptance_sent", row.mutable_accepted()},
      {"acceptance_received", "", row.mutable_acceptance_received()},
      {"revoked", "revocation_sent", row.mutable_revoked()},
      {"revocation_received", "", row.mutable_revocation_received()},
      {"rejected", "", row.mutable_rejected()},
      {"confirmed", "", row.mutable_confirmed()},
      {"effective", "", row.mutable_effective()},
      {"due", "", row.mutable_due()},
      {"done", "", row.mutable_done()}};
  for (const DayKeys& day : kDays) {
    TALLYSTICK_ASSIGN_OR_RETURN(
        *day.day, fields.OneOf(day.key, day.other, &YamlFields::Day));
  }
  if (const YamlField* set = fields.Find("set")) {
    TALLYSTICK_RETURN_IF_ERROR(
        ReadSettings(*set, file, first_line, row.mutable_settings()));
  }
  TALLYSTICK_ASSIGN_OR_RETURN(AgreedFile agreed,
                              ReadAgreed(fields, file, first_line));
  if (!agreed.of_decisions.empty()) {
    return FileError(file, node.line,
                     "a measure within a decision names no other decision");
  }
  *row.mutable_agreed() = std::move(agreed.terms);
  return row;
}

bool IsEmpty(const v1::AgreedTerms& terms) { return terms.ByteSizeLong() == 0; }

}  // namespace

absl::Status PastFiles::Read(absl::string_view text, const std::string& file) {
  first_line_ = files_++ * kLinesPerFile;
  TALLYSTICK_ASSIGN_OR_RETURN(const YamlNode root, ParseYaml(text, file));
  if (root.kind == YamlNode::Kind::kList) return ReadDecisions(root, file);
  return ReadDescription(root, file);
}

absl::Status PastFiles::ReadDecisions(const YamlNode& root,
                                      const std::string& file) {
  for (const YamlNode& node : root.items) {
    TALLYSTICK_ASSIGN_OR_RETURN(*request_.add_decisions(),
                                ReadRow(node, file, first_line_));
  }
  return absl::OkStatus();
}

absl::Status PastFiles::ReadDescription(const YamlNode& root,
                                        const std::string& file) {
  TALLYSTICK_ASSIGN_OR_RETURN(
      const YamlFields fields,
      YamlFields::Open(root,
                       With({"id", "title", "parties", "position_for_weights",
                             "as_of", "currency", "start"},
                            AgreedKeys()),
                       "a description of an alliance", file));
  Description description = {.file = file, .line = root.line};
  description.first_line = first_line_;
  TALLYSTICK_ASSIGN_OR_RETURN(description.agreed,
                              ReadAgreed(fields, file, first_line_));
  // Without an agreed position, the one by which both want topics weighed.
  TALLYSTICK_ASSIGN_OR_RETURN(const std::string weighed_as,
                              fields.Text("position_for_weights"));
  if (description.agreed.terms.position().empty()) {
    description.agreed.terms.set_position(weighed_as);
  }
  TALLYSTICK_ASSIGN_OR_RETURN(description.start, fields.Day("start"));
  if (const YamlField* parties = fields.Find("parties")) {
    if (parties->value.kind != YamlNode::Kind::kMap) {
      return FileError(file, parties->line,
                       "parties: takes a company per line: NAME: {name: }");
    }
    for (const YamlField& party : parties->value.fields) {
      auto& named = *request_.add_parties();
      named.set_short_name(party.key);
      named.set_line(first_line_ + party.line);
      description.parties.push_back(party.key);
    }
  }
  descriptions_.push_back(std::move(description));
  return absl::OkStatus();
}

absl::Status PastFiles::AddMeasures(const Description& description) {
  for (const AgreedFile::OfDecision& agreed : description.agreed.of_decisions) {
    auto& decisions = *request_.mutable_decisions();
    const auto row =
        std::find_if(decisions.begin(), decisions.end(),
                     [&](const v1::PastDecisionRow& decision) {
                       return decision.reference() == agreed.decision;
                     });
    if (row == decisions.end()) {
      return FileError(
          description.file, agreed.measure.line() - description.first_line,
          absl::StrCat("decision: ", agreed.decision,
                       " is in none of the files; give the file with the "
                       "decisions too"));
    }
    *row->mutable_agreed()->add_monitored() = agreed.measure;
  }
  return absl::OkStatus();
}

// The day of the first rate table, else of the start of the alliance, else of
// the first decision.
absl::StatusOr<std::string> PastFiles::StartOf(
    const Description& description) const {
  std::string first;
  const auto take = [&first](const std::string& day) {
    // Days compare as texts.
    if (!day.empty() && (first.empty() || day < first)) first = day;
  };
  if (!description.start.empty()) return description.start;
  for (const auto& table : description.agreed.terms.rate_tables()) {
    take(table.effective_on());
  }
  if (!first.empty()) return first;
  for (const v1::PastDecisionRow& row : request_.decisions()) {
    take(row.accepted());
  }
  if (!first.empty()) return first;
  return FileError(description.file, description.line,
                   "it is not said since when this holds; write start: "
                   "2025-01-01");
}

absl::Status PastFiles::AddTerms(const Description& description) {
  if (IsEmpty(description.agreed.terms)) return absl::OkStatus();
  if (description.parties.size() != 2) {
    return FileError(description.file, description.line,
                     "what is agreed needs the two parties: parties: {NAME: "
                     "{name: }, NAME: {name: }}");
  }
  TALLYSTICK_ASSIGN_OR_RETURN(const std::string start, StartOf(description));
  v1::PastDecisionRow& row = *request_.add_decisions();
  row.set_reference("terms");
  row.set_line(description.first_line + description.line);
  row.set_type("commercial_terms");
  row.set_title("Agreed terms");
  row.set_proposed_by(description.parties[0]);
  row.set_proposed(start);
  row.set_accepted_by(description.parties[1]);
  row.set_accepted(start);
  *row.mutable_agreed() = description.agreed.terms;
  return absl::OkStatus();
}

absl::StatusOr<v1::ImportPastDecisionsRequest> PastFiles::Finish() {
  for (const Description& description : descriptions_) {
    TALLYSTICK_RETURN_IF_ERROR(AddMeasures(description));
  }
  for (const Description& description : descriptions_) {
    TALLYSTICK_RETURN_IF_ERROR(AddTerms(description));
  }
  return std::move(request_);
}

}  // namespace tallystick::cli
