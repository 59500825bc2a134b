// SPDX-License-Identifier: Apache-2.0
#include "cli/yaml_fields.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/outcome.h"
#include "core/status_macros.h"

namespace tallystick::cli {
namespace {

bool IsDay(absl::string_view text) {
  if (text.size() != 10) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 4 || i == 7;
    const auto byte = static_cast<unsigned char>(text[i]);
    if (dash ? byte != '-' : !absl::ascii_isdigit(byte)) return false;
  }
  return true;
}

}  // namespace

absl::StatusOr<YamlFields> YamlFields::Open(
    const YamlNode& node, const std::vector<std::string>& allowed,
    absl::string_view what, absl::string_view file) {
  if (node.kind != YamlNode::Kind::kMap) {
    return FileError(file, node.line,
                     absl::StrCat(what, " has fields as {",
                                  absl::StrJoin(allowed, ": , "), ": }"));
  }
  for (const YamlField& field : node.fields) {
    if (std::find(allowed.begin(), allowed.end(), field.key) != allowed.end()) {
      continue;
    }
    return FileError(file, field.line,
                     absl::StrCat("\"", field.key, "\" is unknown in ", what,
                                  "; allowed: ", absl::StrJoin(allowed, ", ")));
  }
  return YamlFields(&node, std::string(what), std::string(file));
}

const YamlField* YamlFields::Find(absl::string_view key) const {
  for (const YamlField& field : node_->fields) {
    if (field.key == key && !field.value.IsNull()) return &field;
  }
  return nullptr;
}

absl::StatusOr<std::string> YamlFields::Text(absl::string_view key) const {
  const YamlField* field = Find(key);
  if (field == nullptr) return std::string();
  if (field->value.kind != YamlNode::Kind::kScalar) {
    return FileError(file_, field->line,
                     absl::StrCat(key, ": takes one value, not a list or map"));
  }
  return field->value.scalar;
}

absl::StatusOr<std::string> YamlFields::RequiredText(
    absl::string_view key) const {
  TALLYSTICK_ASSIGN_OR_RETURN(std::string text, Text(key));
  if (!text.empty()) return text;
  return FileError(file_, node_->line,
                   absl::StrCat(what_, " needs \"", key, "\""));
}

absl::StatusOr<std::string> YamlFields::Day(absl::string_view key) const {
  TALLYSTICK_ASSIGN_OR_RETURN(std::string text, Text(key));
  if (text.empty() || IsDay(text)) return text;
  return FileError(
      file_, Find(key)->line,
      absl::StrCat(key, ": \"", text, "\" is no date; write it as 2025-02-10"));
}

absl::StatusOr<std::string> YamlFields::OneOf(
    absl::string_view key, absl::string_view other,
    absl::StatusOr<std::string> (YamlFields::*read)(absl::string_view)
        const) const {
  const YamlField* second = Find(other);
  if (second == nullptr) return (this->*read)(key);
  if (Find(key) == nullptr) return (this->*read)(other);
  return FileError(
      file_, second->line,
      absl::StrCat(key, " and ", other, " are the same; write one of them"));
}

absl::StatusOr<bool> YamlFields::Flag(absl::string_view key) const {
  TALLYSTICK_ASSIGN_OR_RETURN(const std::string text, Text(key));
  if (text.empty() || text == "false") return false;
  if (text == "true") return true;
  return FileError(
      file_, Find(key)->line,
      absl::StrCat(key, ": \"", text, "\" is neither true nor false"));
}

std::string DescribeUnused(const YamlField& field) {
  size_t count = 1;
  if (field.value.kind == YamlNode::Kind::kList) {
    count = field.value.items.size();
  } else if (field.value.kind == YamlNode::Kind::kMap) {
    count = field.value.fields.size();
  }
  return absl::StrCat(field.key, " (", count, ")");
}

}  // namespace tallystick::cli
