// SPDX-License-Identifier: Apache-2.0
#include "cli/record_file.h"

#include <utility>

#include "cli/outcome.h"
#include "cli/yaml_fields.h"
#include "cli/yaml_tree.h"
#include "core/status_macros.h"

namespace tallystick::cli {
namespace {

const std::vector<std::string>& TopLevelKeys() {
  static const auto& keys =
      *new std::vector<std::string>{"contributions",
                                    "benefits",
                                    "upkeep",
                                    "risks",
                                    "measures",
                                    "readings",
                                    "knowledge",
                                    "meetings",
                                    "milestones",
                                    "conflicts",
                                    "owned_results",
                                    "commitment_days_of_named_people",
                                    "knowledge_points",
                                    "text_confirmations",
                                    "rounds"};
  return keys;
}

absl::StatusOr<v1::RecordRow> ReadRow(const YamlNode& node,
                                      absl::string_view file) {
  TALLYSTICK_ASSIGN_OR_RETURN(
      const YamlFields fields,
      YamlFields::Open(
          node,
          {"id", "date", "giver", "kind", "claimed", "acknowledged", "note"},
          "a contribution", file));
  v1::RecordRow row;
  row.set_line(node.line);
  TALLYSTICK_ASSIGN_OR_RETURN(*row.mutable_reference(),
                              fields.RequiredText("id"));
  TALLYSTICK_ASSIGN_OR_RETURN(*row.mutable_giver(),
                              fields.RequiredText("giver"));
  TALLYSTICK_ASSIGN_OR_RETURN(*row.mutable_kind(), fields.RequiredText("kind"));
  TALLYSTICK_ASSIGN_OR_RETURN(*row.mutable_claimed(),
                              fields.RequiredText("claimed"));
  TALLYSTICK_RETURN_IF_ERROR(fields.RequiredText("date").status());
  TALLYSTICK_ASSIGN_OR_RETURN(*row.mutable_date(), fields.Day("date"));
  TALLYSTICK_ASSIGN_OR_RETURN(*row.mutable_acknowledged(),
                              fields.Text("acknowledged"));
  TALLYSTICK_ASSIGN_OR_RETURN(*row.mutable_note(), fields.Text("note"));
  return row;
}

}  // namespace

absl::StatusOr<RecordFile> ReadRecordFile(absl::string_view text,
                                          absl::string_view file) {
  TALLYSTICK_ASSIGN_OR_RETURN(const YamlNode root, ParseYaml(text, file));
  TALLYSTICK_ASSIGN_OR_RETURN(
      const YamlFields fields,
      YamlFields::Open(root, TopLevelKeys(), "a file of records", file));
  RecordFile records;
  if (const YamlField* rows = fields.Find("contributions")) {
    if (rows->value.kind != YamlNode::Kind::kList) {
      return FileError(file, rows->line,
                       "contributions: takes a list of {id: , date: , giver: "
                       ", kind: , claimed: }");
    }
    for (const YamlNode& node : rows->value.items) {
      TALLYSTICK_ASSIGN_OR_RETURN(v1::RecordRow row, ReadRow(node, file));
      records.contributions.push_back(std::move(row));
    }
  }
  for (const YamlField& field : root.fields) {
    if (field.key == "contributions" || field.value.IsNull()) continue;
    records.unused.push_back(DescribeUnused(field));
  }
  return records;
}

}  // namespace tallystick::cli
