// SPDX-License-Identifier: Apache-2.0
#include "cli/proposal_file.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/agreed_file.h"
#include "cli/outcome.h"
#include "cli/yaml_fields.h"
#include "cli/yaml_tree.h"
#include "core/status_macros.h"

namespace tallystick::cli {

absl::StatusOr<v1::DecisionTerms> ReadProposalFile(absl::string_view text,
                                                   absl::string_view file) {
  TALLYSTICK_ASSIGN_OR_RETURN(const YamlNode root, ParseYaml(text, file));
  std::vector<std::string> keys = {
      "type",       "title",     "text",         "body", "set",
      "respond_by", "effective", "effective_on", "due",  "due_on"};
  keys.insert(keys.end(), AgreedKeys().begin(), AgreedKeys().end());
  TALLYSTICK_ASSIGN_OR_RETURN(const YamlFields fields,
                              YamlFields::Open(root, keys, "a proposal", file));
  v1::DecisionTerms terms;
  TALLYSTICK_ASSIGN_OR_RETURN(*terms.mutable_type(),
                              fields.RequiredText("type"));
  TALLYSTICK_ASSIGN_OR_RETURN(*terms.mutable_title(),
                              fields.RequiredText("title"));
  TALLYSTICK_ASSIGN_OR_RETURN(const std::string body,
                              fields.OneOf("text", "body", &YamlFields::Text));
  terms.set_text(body);
  TALLYSTICK_ASSIGN_OR_RETURN(*terms.mutable_respond_by(),
                              fields.Text("respond_by"));
  TALLYSTICK_ASSIGN_OR_RETURN(
      *terms.mutable_effective_on(),
      fields.OneOf("effective_on", "effective", &YamlFields::Day));
  TALLYSTICK_ASSIGN_OR_RETURN(*terms.mutable_due_on(),
                              fields.OneOf("due_on", "due", &YamlFields::Day));
  TALLYSTICK_ASSIGN_OR_RETURN(AgreedFile agreed, ReadAgreed(fields, file, 0));
  if (!agreed.of_decisions.empty()) {
    return FileError(file, agreed.of_decisions[0].measure.line(),
                     "a measure within a proposal names no other decision");
  }
  if (agreed.terms.ByteSizeLong() > 0) {
    *terms.mutable_agreed() = std::move(agreed.terms);
  }
  if (const YamlField* set = fields.Find("set")) {
    TALLYSTICK_RETURN_IF_ERROR(
        ReadSettings(*set, file, 0, terms.mutable_settings()));
  }
  return terms;
}

}  // namespace tallystick::cli
