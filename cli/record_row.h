// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_RECORD_ROW_H_
#define TALLYSTICK_CLI_RECORD_ROW_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cli/yaml_tree.h"
#include "tallystick/v1/record_service.pb.h"

// Inside of a file of records: one row, whatever its type.
namespace tallystick::cli {

// What the rows of a part of the file look like.
struct RecordSection {
  // "benefits"; as Record.type; "a benefit".
  std::string key;
  std::string type;
  std::string what;
  // Keys a row may have beside id, date, note, acknowledged, acknowledged_on.
  // "amount" and "impact" stand for amount_usd and the like too.
  std::vector<std::string> keys;
  // Those without which it says nothing.
  std::vector<std::string> required;
};

// A row without an id gets one made of what it says, so that it is known again
// when the file is applied again.
absl::StatusOr<v1::RecordRow> ReadRecordRow(const RecordSection& section,
                                            const YamlNode& node,
                                            absl::string_view file);

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_RECORD_ROW_H_
