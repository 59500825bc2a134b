// SPDX-License-Identifier: Apache-2.0
#include "cli/proposal_file.h"

#include "absl/strings/str_cat.h"
#include "cli/outcome.h"
#include "cli/yaml_fields.h"
#include "cli/yaml_tree.h"
#include "core/status_macros.h"

namespace tallystick::cli {
namespace {

absl::Status ReadSettings(const YamlField& set, absl::string_view file,
                          v1::DecisionTerms& terms) {
  if (set.value.kind != YamlNode::Kind::kMap) {
    return FileError(file, set.line,
                     "set: takes a topic per line: TOPIC: VALUE");
  }
  for (const YamlField& field : set.value.fields) {
    if (field.value.IsNull()) {
      return FileError(file, field.line,
                       absl::StrCat(field.key, " needs the value to agree on"));
    }
    v1::DecisionTerms::Setting* setting = terms.add_settings();
    setting->set_topic(field.key);
    *setting->mutable_value() = ToRaw(field.value);
    setting->set_line(field.line);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::DecisionTerms> ReadProposalFile(absl::string_view text,
                                                   absl::string_view file) {
  TALLYSTICK_ASSIGN_OR_RETURN(const YamlNode root, ParseYaml(text, file));
  TALLYSTICK_ASSIGN_OR_RETURN(
      const YamlFields fields,
      YamlFields::Open(root,
                       {"type", "title", "text", "body", "set", "respond_by",
                        "effective_on", "due_on"},
                       "a proposal", file));
  v1::DecisionTerms terms;
  TALLYSTICK_ASSIGN_OR_RETURN(*terms.mutable_type(),
                              fields.RequiredText("type"));
  TALLYSTICK_ASSIGN_OR_RETURN(*terms.mutable_title(),
                              fields.RequiredText("title"));
  const YamlField* body = fields.Find("body");
  if (body != nullptr && fields.Find("text") != nullptr) {
    return FileError(file, body->line,
                     "text and body are the same; write one of them");
  }
  TALLYSTICK_ASSIGN_OR_RETURN(*terms.mutable_text(),
                              fields.Text(body == nullptr ? "text" : "body"));
  TALLYSTICK_ASSIGN_OR_RETURN(*terms.mutable_respond_by(),
                              fields.Text("respond_by"));
  TALLYSTICK_ASSIGN_OR_RETURN(*terms.mutable_effective_on(),
                              fields.Day("effective_on"));
  TALLYSTICK_ASSIGN_OR_RETURN(*terms.mutable_due_on(), fields.Day("due_on"));
  if (const YamlField* set = fields.Find("set")) {
    TALLYSTICK_RETURN_IF_ERROR(ReadSettings(*set, file, terms));
  }
  return terms;
}

}  // namespace tallystick::cli
