// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_RECORD_WORDS_H_
#define TALLYSTICK_CLI_RECORD_WORDS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cli/outcome.h"
#include "tallystick/v1/record_service.pb.h"

// Records as commands print them.
namespace tallystick::cli {

class Session;

// As in Record.type.
std::vector<std::string> RecordTypes();

// Prints what became of one record after a command.
Outcome ShowRecord(Session& session, const v1::Record& record,
                   absl::string_view done);

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_RECORD_WORDS_H_
