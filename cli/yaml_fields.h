// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_YAML_FIELDS_H_
#define TALLYSTICK_CLI_YAML_FIELDS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cli/yaml_tree.h"

// Taking what is expected out of a map, with file and line in every error.
namespace tallystick::cli {

class YamlFields {
 public:
  // `what` names the map in errors: "a view file", "an answer".
  // INVALID_ARGUMENT if `node` is no map or has a key that is not in
  // `allowed`.
  static absl::StatusOr<YamlFields> Open(
      const YamlNode& node, const std::vector<std::string>& allowed,
      absl::string_view what, absl::string_view file);

  // Null if the key is absent or has no value.
  const YamlField* Find(absl::string_view key) const;
  // Empty if absent; an error if it is a list or a map.
  absl::StatusOr<std::string> Text(absl::string_view key) const;
  // As Text, but it must be there.
  absl::StatusOr<std::string> RequiredText(absl::string_view key) const;
  // As Text, YYYY-MM-DD.
  absl::StatusOr<std::string> Day(absl::string_view key) const;
  // What `read` (Text, Day) finds under one of two keys with the same meaning;
  // an error if both are there.
  absl::StatusOr<std::string> OneOf(
      absl::string_view key, absl::string_view other,
      absl::StatusOr<std::string> (YamlFields::*read)(absl::string_view)
          const) const;
  // False if absent.
  absl::StatusOr<bool> Flag(absl::string_view key) const;

  int line() const { return node_->line; }
  // As they stand in the file.
  const std::vector<YamlField>& all() const { return node_->fields; }

 private:
  YamlFields(const YamlNode* node, std::string what, std::string file)
      : node_(node), what_(std::move(what)), file_(std::move(file)) {}

  const YamlNode* node_;
  std::string what_;
  std::string file_;
};

// What a part of a file that is not used holds: "risks (4)".
std::string DescribeUnused(const YamlField& field);

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_YAML_FIELDS_H_
