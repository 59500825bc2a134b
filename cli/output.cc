// SPDX-License-Identifier: Apache-2.0
#include "cli/output.h"

#include <google/protobuf/util/json_util.h>
#include <yaml-cpp/yaml.h>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace tallystick::cli {
namespace {

// JSON is YAML already; this lays it out in lines. Strings stay quoted, so
// that "12" stays a string.
void EmitNode(const YAML::Node& node, YAML::Emitter& out) {
  switch (node.Type()) {
    case YAML::NodeType::Map:
      if (node.size() == 0) out << YAML::Flow;
      out << YAML::BeginMap;
      for (const auto& field : node) {
        out << YAML::Key << field.first.Scalar() << YAML::Value;
        EmitNode(field.second, out);
      }
      out << YAML::EndMap;
      return;
    case YAML::NodeType::Sequence:
      if (node.size() == 0) out << YAML::Flow;
      out << YAML::BeginSeq;
      for (const YAML::Node& item : node) EmitNode(item, out);
      out << YAML::EndSeq;
      return;
    case YAML::NodeType::Scalar:
      // yaml-cpp tags what was quoted with "!".
      if (node.Tag() == "!") out << YAML::DoubleQuoted;
      out << node.Scalar();
      return;
    case YAML::NodeType::Null:
    case YAML::NodeType::Undefined:
      out << YAML::Null;
      return;
  }
}

}  // namespace

absl::StatusOr<std::string> ToJson(const google::protobuf::Message& message,
                                   bool on_one_line) {
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  options.add_whitespace = !on_one_line;
  std::string json;
  const auto status =
      google::protobuf::util::MessageToJsonString(message, &json, options);
  if (!status.ok()) {
    return absl::InternalError(absl::StrCat(
        "the node's answer cannot be printed as JSON: ",
        absl::string_view(status.message().data(), status.message().size())));
  }
  absl::StripTrailingAsciiWhitespace(&json);
  return json;
}

absl::StatusOr<std::string> ToYaml(const google::protobuf::Message& message) {
  absl::StatusOr<std::string> json = ToJson(message, /*on_one_line=*/true);
  if (!json.ok()) return json;
  try {
    YAML::Emitter out;
    EmitNode(YAML::Load(*json), out);
    return absl::StrCat(out.c_str(), "\n");
  } catch (const YAML::Exception& error) {
    return absl::InternalError(absl::StrCat(
        "the node's answer cannot be printed as YAML: ", error.what()));
  }
}

}  // namespace tallystick::cli
