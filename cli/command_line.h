// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_COMMAND_LINE_H_
#define TALLYSTICK_CLI_COMMAND_LINE_H_

#include <string>
#include <vector>

#include "cli/session.h"

// From the words a person typed to the exit status.
namespace tallystick::cli {

// Runs one command; `words` are without the program's name. Results go to
// `surroundings.out`, all else to `surroundings.err`.
Exit Run(const std::vector<std::string>& words,
         const Surroundings& surroundings);

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_COMMAND_LINE_H_
