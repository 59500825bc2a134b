// SPDX-License-Identifier: Apache-2.0
#include "cli/record_file.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "cli/outcome.h"
#include "cli/record_row.h"
#include "cli/yaml_fields.h"
#include "core/status_macros.h"

namespace tallystick::cli {
namespace {

// Parts that are lists of rows.
const std::vector<RecordSection>& Sections() {
  static const auto& sections = *new std::vector<RecordSection>{
      {"contributions",
       "contribution",
       "a contribution",
       {"giver", "kind", "claimed"},
       {"id", "giver", "kind", "claimed", "date"}},
      {"benefits",
       "benefit",
       "a benefit",
       {"receiver", "kind", "amount", "currency", "count"},
       {"receiver", "kind"}},
      {"upkeep",
       "upkeep",
       "upkeep",
       {"party", "kind", "amount", "currency"},
       {"party", "kind"}},
      {"risks",
       "risk",
       "a risk",
       {"party", "kind", "title", "likelihood", "impact", "currency", "borne",
        "mitigation", "closed"},
       {"title"}},
      {"readings",
       "reading",
       "a reading",
       {"party", "measure", "on", "value", "about", "source"},
       {"measure", "value"}},
      {"knowledge",
       "knowledge",
       "a transfer of knowledge",
       {"giver", "kind", "title", "count"},
       {"giver", "kind", "count"}},
      {"meetings",
       "meeting",
       "a meeting",
       {"party", "forum", "attendees", "decisions", "risks", "conflicts"},
       {"forum", "date"}},
      {"milestones",
       "milestone",
       "a milestone",
       {"party", "title", "due", "met"},
       {"title", "due"}},
      {"conflicts",
       "conflict",
       "a conflict",
       {"party", "title", "step", "settled"},
       {"title"}},
      {"owned_results",
       "owned_result",
       "a result",
       {"party", "kind", "title", "share"},
       {"kind"}},
      {"commitments",
       "commitment",
       "a commitment",
       {"party", "person", "role", "days"},
       {"party", "days"}},
      {"shares",
       "share",
       "a claimed share",
       {"party", "subject", "own_share", "acknowledged_to_partner"},
       {"party", "subject", "own_share"}}};
  return sections;
}

// Parts of other shapes, and parts that this version does not read.
constexpr absl::string_view kMeasures = "measures";
constexpr absl::string_view kCommitmentDays = "commitment_days_of_named_people";
constexpr absl::string_view kKnowledgePoints = "knowledge_points";
constexpr absl::string_view kTexts = "text_confirmations";
constexpr absl::string_view kUnused[] = {"rounds"};

std::vector<std::string> TopLevelKeys() {
  std::vector<std::string> keys;
  for (const RecordSection& section : Sections()) keys.push_back(section.key);
  for (const absl::string_view key :
       {kMeasures, kCommitmentDays, kKnowledgePoints, kTexts}) {
    keys.emplace_back(key);
  }
  for (const absl::string_view key : kUnused) keys.emplace_back(key);
  return keys;
}

absl::Status ReadSection(const RecordSection& section, const YamlField& rows,
                         absl::string_view file, RecordFile& records) {
  if (rows.value.kind != YamlNode::Kind::kList) {
    return FileError(file, rows.line,
                     absl::StrCat(section.key, ": takes a list of {",
                                  absl::StrJoin(section.keys, ": , "), ": }"));
  }
  for (const YamlNode& node : rows.value.items) {
    TALLYSTICK_ASSIGN_OR_RETURN(v1::RecordRow row,
                                ReadRecordRow(section, node, file));
    (section.type == "contribution" ? records.contributions : records.records)
        .push_back(std::move(row));
  }
  return absl::OkStatus();
}

// {handoff_lead_time: [{on: 2025-01-06, value: 5.1}]}
absl::Status ReadMeasures(const YamlField& measures, absl::string_view file,
                          RecordFile& records) {
  static const auto& section =
      *new RecordSection{"measures",
                         "reading",
                         "a reading",
                         {"party", "on", "value", "source"},
                         {"value"}};
  if (measures.value.kind != YamlNode::Kind::kMap) {
    return FileError(file, measures.line,
                     "measures: takes a measure per line, each with a list of "
                     "{on: , value: }");
  }
  for (const YamlField& measure : measures.value.fields) {
    if (measure.value.kind != YamlNode::Kind::kList) {
      return FileError(
          file, measure.line,
          absl::StrCat(measure.key, ": takes a list of {on: , value: }"));
    }
    for (const YamlNode& node : measure.value.items) {
      TALLYSTICK_ASSIGN_OR_RETURN(v1::RecordRow row,
                                  ReadRecordRow(section, node, file));
      if (row.date().empty()) {
        return FileError(file, node.line, "a reading needs \"on\"");
      }
      row.set_kind(measure.key);
      row.set_reference(absl::StrCat(measure.key, " ", row.date()));
      records.records.push_back(std::move(row));
    }
  }
  return absl::OkStatus();
}

// {northfield: 18, quillon: null}: a sum for each party that has one.
absl::Status ReadSums(const YamlField& sums, const std::string& type,
                      const std::string& kind, absl::string_view file,
                      RecordFile& records) {
  if (sums.value.kind != YamlNode::Kind::kMap) {
    return FileError(file, sums.line,
                     absl::StrCat(sums.key, ": takes a number for each party"));
  }
  for (const YamlField& sum : sums.value.fields) {
    if (sum.value.IsNull()) continue;
    v1::RecordRow row;
    row.set_type(type);
    row.set_kind(kind);
    row.set_giver(sum.key);
    row.set_reference(absl::StrCat(sums.key, " ", sum.key));
    row.set_claimed(sum.value.scalar);
    row.set_line(sum.line);
    records.records.push_back(std::move(row));
  }
  return absl::OkStatus();
}

}  // namespace

std::string CurrencyOfKey(absl::string_view key, absl::string_view stem) {
  constexpr size_t kCodeSize = 3;
  if (!absl::ConsumePrefix(&key, stem) || !absl::ConsumePrefix(&key, "_") ||
      key.size() != kCodeSize) {
    return "";
  }
  return absl::AsciiStrToUpper(key);
}

absl::StatusOr<std::vector<v1::RecordRow>> ReadShareClaims(
    const YamlNode& claims, const std::string& party, const std::string& date,
    absl::string_view file) {
  static const auto& section =
      *new RecordSection{"claims_of_share",
                         "share",
                         "a claimed share",
                         {"own_share", "acknowledged_to_partner"},
                         {"own_share"}};
  if (claims.kind != YamlNode::Kind::kMap) {
    return FileError(file, claims.line,
                     "claims_of_share: takes a subject per line, each with "
                     "{own_share: , acknowledged_to_partner: }");
  }
  std::vector<v1::RecordRow> rows;
  for (const YamlField& claim : claims.fields) {
    TALLYSTICK_ASSIGN_OR_RETURN(v1::RecordRow row,
                                ReadRecordRow(section, claim.value, file));
    row.set_kind(claim.key);
    row.set_reference(claim.key);
    row.set_giver(party);
    row.set_line(claim.line);
    if (row.date().empty()) row.set_date(date);
    rows.push_back(std::move(row));
  }
  return rows;
}

absl::StatusOr<RecordFile> ReadRecordFile(absl::string_view text,
                                          absl::string_view file) {
  TALLYSTICK_ASSIGN_OR_RETURN(const YamlNode root, ParseYaml(text, file));
  TALLYSTICK_ASSIGN_OR_RETURN(
      const YamlFields fields,
      YamlFields::Open(root, TopLevelKeys(), "a file of records", file));
  RecordFile records;
  for (const RecordSection& section : Sections()) {
    if (const YamlField* rows = fields.Find(section.key)) {
      TALLYSTICK_RETURN_IF_ERROR(ReadSection(section, *rows, file, records));
    }
  }
  if (const YamlField* measures = fields.Find(kMeasures)) {
    TALLYSTICK_RETURN_IF_ERROR(ReadMeasures(*measures, file, records));
  }
  if (const YamlField* days = fields.Find(kCommitmentDays)) {
    TALLYSTICK_RETURN_IF_ERROR(
        ReadSums(*days, "commitment", "", file, records));
  }
  if (const YamlField* points = fields.Find(kKnowledgePoints)) {
    TALLYSTICK_RETURN_IF_ERROR(
        ReadSums(*points, "knowledge", "points", file, records));
  }
  if (const YamlField* texts = fields.Find(kTexts)) {
    TALLYSTICK_ASSIGN_OR_RETURN(records.text_verdicts,
                                ReadTextVerdicts(*texts, file));
  }
  for (const absl::string_view key : kUnused) {
    if (const YamlField* unused = fields.Find(key)) {
      records.unused.push_back(DescribeUnused(*unused));
    }
  }
  return records;
}

}  // namespace tallystick::cli
