// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_HELP_H_
#define TALLYSTICK_CLI_HELP_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cli/command.h"

// Help for people: what it is for, one or two real calls, then the flags.
namespace tallystick::cli {

// Options that every command takes.
const std::vector<Parameter>& GlobalParameters();

std::string HelpFor(const Command& command);

// A line for each command whose path is below `group`; empty: all there are.
std::string ListCommands(const Commands& commands, absl::string_view group);

// All commands whose path is below `group`; empty: all there are.
std::string HelpForGroup(const Commands& commands, absl::string_view group);

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_HELP_H_
