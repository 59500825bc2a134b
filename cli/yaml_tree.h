// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_YAML_TREE_H_
#define TALLYSTICK_CLI_YAML_TREE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tallystick/v1/raw_value.pb.h"

// YAML as a tree that knows its lines. Only what a person writes in a file of
// answers: scalars, lists and maps. Refused, each with file and line: a file
// over 4 MiB, more than 32 levels, a key twice in one map, keys that are no
// scalars, anchors, aliases, tags, more than one document, and what is no
// YAML.
namespace tallystick::cli {

struct YamlField;

struct YamlNode {
  enum class Kind { kNull, kScalar, kList, kMap };

  Kind kind = Kind::kNull;
  std::string scalar;
  std::vector<YamlNode> items;
  std::vector<YamlField> fields;
  // From 1.
  int line = 1;

  bool IsNull() const { return kind == Kind::kNull; }
};

struct YamlField {
  std::string key;
  // Where the key stands; its value may begin on a later line.
  int line = 1;
  YamlNode value;
};

// Reads one file of the disk; NOT_FOUND and the like in words for people.
absl::StatusOr<std::string> ReadTextFile(const std::string& path);

// `file` is for errors only.
absl::StatusOr<YamlNode> ParseYaml(absl::string_view text,
                                   absl::string_view file);

// As the node takes it. What is null is absent. `first_line` is added to every
// line (outcome.h, kLinesPerFile).
v1::RawValue ToRaw(const YamlNode& node, int first_line = 0);

// For one value on the command line: "[a, b]" and "{a: 1}" as in a file, all
// else is the answer itself.
absl::StatusOr<v1::RawValue> ParseValue(const std::string& text);

// In one line, as in a file; ParseYaml and ToRaw give it back but for lines.
std::string WriteValue(const v1::RawValue& value);
std::string WriteScalar(absl::string_view text);

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_YAML_TREE_H_
