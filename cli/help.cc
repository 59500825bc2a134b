// SPDX-License-Identifier: Apache-2.0
#include "cli/help.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "cli/text.h"

namespace tallystick::cli {
namespace {

constexpr int kWidth = 79;

// "--limit N", "-o, --output FORMAT".
std::string Spelling(const Parameter& parameter) {
  std::string spelling = absl::StrReplaceAll(parameter.name, {{",", ", "}});
  if (parameter.kind == Parameter::Kind::kOption) {
    absl::StrAppend(&spelling, " ", parameter.value);
  }
  return spelling;
}

std::string Meaning(const Parameter& parameter) {
  std::string meaning = parameter.help;
  if (!parameter.choices.empty()) {
    absl::StrAppend(&meaning,
                    " One of: ", absl::StrJoin(parameter.choices, ", "), ".");
  }
  if (parameter.repeated) meaning += " May be repeated.";
  if (parameter.required && parameter.kind == Parameter::Kind::kOption) {
    meaning += " Required.";
  }
  return meaning;
}

void AppendParameters(const std::vector<Parameter>& parameters,
                      std::string& help) {
  int width = 0;
  for (const Parameter& parameter : parameters) {
    width = std::max(width, DisplayWidth(Spelling(parameter)));
  }
  for (const Parameter& parameter : parameters) {
    std::string left = Spelling(parameter);
    for (const std::string& line :
         Wrap(Meaning(parameter), kWidth - width - 4)) {
      absl::StrAppend(&help, "  ", PadRight(left, width), "  ", line, "\n");
      left.clear();
    }
  }
}

std::string Usage(const Command& command) {
  std::string usage = absl::StrCat("tally ", command.path);
  for (const Parameter& parameter : command.parameters) {
    if (parameter.kind == Parameter::Kind::kPositional) {
      absl::StrAppend(&usage, parameter.required ? " " : " [", parameter.name,
                      parameter.repeated ? "..." : "",
                      parameter.required ? "" : "]");
    }
  }
  return usage;
}

}  // namespace

const std::vector<Parameter>& GlobalParameters() {
  static const auto& parameters = *new std::vector<Parameter>{
      Option("--node", "SOCKET",
             "The node's socket (TALLY_NODE; default: node.sock in --data)."),
      Option("--data", "DIR",
             "The node's data directory (TALLY_DATA; default: tallystick in "
             "$XDG_DATA_HOME)."),
      Option("--alliance", "NAME",
             "Which alliance (TALLY_ALLIANCE); not needed if there is one."),
      Option("--by", "PERSON", "Who says so, of your roster (TALLY_PERSON)."),
      Option("-o,--output", "FORMAT", "How to print.")
          .OneOf({"table", "json", "yaml"})};
  return parameters;
}

std::string HelpFor(const Command& command) {
  std::string help = absl::StrCat(command.summary, "\n\n");
  for (absl::string_view line : absl::StrSplit(command.example, '\n')) {
    absl::StrAppend(&help, "  ", line, "\n");
  }
  if (!command.explanation.empty()) {
    absl::StrAppend(&help, "\n");
    for (const std::string& line : Wrap(command.explanation, kWidth)) {
      absl::StrAppend(&help, line, "\n");
    }
  }
  if (!command.file_format.empty()) {
    absl::StrAppend(&help, "\nFILE reads, as far as is needed:\n");
    for (absl::string_view line : absl::StrSplit(command.file_format, '\n')) {
      absl::StrAppend(&help, "  ", line, "\n");
    }
  }
  absl::StrAppend(&help, "\nUsage: ", Usage(command), " [options]\n");
  AppendParameters(command.parameters, help);
  absl::StrAppend(&help, "\nEvery command takes:\n");
  AppendParameters(GlobalParameters(), help);
  return help;
}

std::string ListCommands(const Commands& commands, absl::string_view group) {
  const auto belongs = [group](const Command& command) {
    return group.empty() ||
           absl::StartsWith(command.path, absl::StrCat(group, " "));
  };
  int width = 0;
  for (const Command& command : commands) {
    if (!belongs(command)) continue;
    width = std::max(width, static_cast<int>(command.path.size()));
  }
  std::string list;
  for (const Command& command : commands) {
    if (!belongs(command)) continue;
    std::string left = command.path;
    for (const std::string& line : Wrap(command.summary, kWidth - width - 4)) {
      absl::StrAppend(&list, "  ", PadRight(left, width), "  ", line, "\n");
      left.clear();
    }
    if (group.empty()) continue;
    for (absl::string_view line : absl::StrSplit(command.example, '\n')) {
      absl::StrAppend(&list, "      ", line, "\n");
    }
  }
  return list;
}

std::string HelpForGroup(const Commands& commands, absl::string_view group) {
  std::string help =
      group.empty()
          ? "Tallystick: what two companies expect of each other, what each "
            "gave, and what\nthey agreed; each keeps a half, and the halves "
            "match.\n\n  tally status\n  tally gaps\n  tally approve d-7\n\n"
          : absl::StrCat("Commands of tally ", group, ":\n\n");
  help += ListCommands(commands, group);
  absl::StrAppend(&help, "\nMore about each: tally COMMAND --help\n",
                  "Every command takes:\n");
  AppendParameters(GlobalParameters(), help);
  return help;
}

}  // namespace tallystick::cli
