// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_RECORD_FILE_H_
#define TALLYSTICK_CLI_RECORD_FILE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tallystick/v1/record_service.pb.h"

// A file of records that both companies may share: each node takes from it
// what is its own to claim or to acknowledge.
//
//   contributions:
//   - {id: C27, date: 2025-03-31, giver: meridian, kind: field_sales_day,
//      claimed: 700, acknowledged: 600}
namespace tallystick::cli {

struct RecordFile {
  std::vector<v1::RecordRow> contributions;
  // Parts of the file that this version does not use.
  std::vector<std::string> unused;
};

absl::StatusOr<RecordFile> ReadRecordFile(absl::string_view text,
                                          absl::string_view file);

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_RECORD_FILE_H_
