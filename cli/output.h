// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_OUTPUT_H_
#define TALLYSTICK_CLI_OUTPUT_H_

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/statusor.h"

// Answers of the node for scripts.
namespace tallystick::cli {

enum class Format { kTable, kJson, kYaml };

// The proto3 JSON mapping: every field without presence is printed, a field
// with presence only if it is there. Ends without a line feed.
absl::StatusOr<std::string> ToJson(const google::protobuf::Message& message,
                                   bool on_one_line);

// The same content as YAML, ending in a line feed.
absl::StatusOr<std::string> ToYaml(const google::protobuf::Message& message);

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_OUTPUT_H_
