// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_OUTCOME_H_
#define TALLYSTICK_CLI_OUTCOME_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// How a command ends: the exit statuses of the command line, and errors that
// know theirs. The text of an error is "<what is wrong> (<what to do next>)".
namespace tallystick::cli {

enum class Exit {
  kDone = 0,
  kRefused = 1,
  kUsage = 2,
  kUnreachable = 3,
  // Done, and it found what --fail-on asked about, or verification failed.
  kFound = 4,
};

// What a command returns; an error without a status of its own is kRefused.
using Outcome = absl::StatusOr<Exit>;

absl::Status UsageError(absl::string_view message);
absl::Status UnreachableError(absl::string_view message);
// Something is wrong at a line (from 1) of a file that was read. Nothing has
// been sent to the node.
absl::Status FileError(absl::string_view file, int line,
                       absl::string_view what);

// Keeps the google.rpc.Status of an answer, serialised, with the error.
void AttachDetails(absl::string_view serialised, absl::Status& status);

Exit ExitOf(const absl::Status& status);

// The lines for standard error: one per place that is wrong, as
// "FILE:N: what", then "tally: message". `file` is the one the request was
// read from; empty: none.
std::vector<std::string> RenderError(const absl::Status& status,
                                     absl::string_view file);

// Of a request made from several files the lines of the second are sent from
// this number on, those of the third from twice that, and so forth.
inline constexpr int kLinesPerFile = 10'000'000;
std::vector<std::string> RenderError(const absl::Status& status,
                                     const std::vector<std::string>& files);

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_OUTCOME_H_
