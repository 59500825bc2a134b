// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_PROCESS_H_
#define TALLYSTICK_CLI_PROCESS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

// Other programs, started with an argument list and no shell.
namespace tallystick::cli {

struct Ended {
  // Exit status; 128 + n if signal n ended it.
  int status = 0;
  // What it wrote to standard output, if that was captured; at most 1 MiB.
  std::string output;
};

enum class Streams {
  // Input, output and errors are ours.
  kInherit,
  // Standard output is captured.
  kCapture,
  // Standard output is captured, errors are dropped, there is no input.
  kCaptureQuietly,
};

// Waits for its end. NOT_FOUND if there is no such program; a name without a
// slash is looked up in PATH.
absl::StatusOr<Ended> RunProcess(const std::vector<std::string>& words,
                                 Streams streams);

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_PROCESS_H_
