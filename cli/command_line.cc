// SPDX-License-Identifier: Apache-2.0
#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <deque>
#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "cli/help.h"
#include "cli/text.h"
#include "core/status_macros.h"

namespace tallystick::cli {
namespace {

// What the parser fills in for one parameter.
struct Slot {
  const Parameter* parameter = nullptr;
  CLI::Option* option = nullptr;
  std::vector<std::string> values;
  bool flag = false;
};
using Slots = std::deque<Slot>;  // Addresses stay.

// One word of a command's path, with the command that ends there, if any.
struct Place {
  CLI::App* app = nullptr;
  const Command* command = nullptr;
  std::string path;
  Slots slots;
};

bool IsDate(absl::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i == 4 || i == 7) continue;
    if (!absl::ascii_isdigit(static_cast<unsigned char>(text[i]))) return false;
  }
  return true;
}

// What is wrong with `value`; empty: nothing.
std::string CheckValue(const Parameter& parameter, const std::string& value) {
  if (parameter.value == "DATE" && !IsDate(value)) {
    return absl::StrCat(parameter.name, " wants a date as 2026-10-31, not \"",
                        value, "\"");
  }
  // Files may have any name; what goes to the node is text.
  if (!absl::StrContains(absl::StrCat(parameter.name, parameter.value),
                         "FILE") &&
      FindBadUtf8(value) != std::string::npos) {
    return absl::StrCat(parameter.name, " wants UTF-8 text, not \"",
                        Printable(value), "\"");
  }
  int number = 0;
  if (parameter.value == "N" &&
      (!absl::SimpleAtoi(value, &number) || number < 1)) {
    return absl::StrCat(parameter.name, " wants a whole number from 1, not \"",
                        value, "\"");
  }
  return "";
}

void AddParameter(const Parameter& parameter, CLI::App& app, Slots& slots) {
  Slot& slot = slots.emplace_back();
  slot.parameter = &parameter;
  if (parameter.kind == Parameter::Kind::kSwitch) {
    slot.option = app.add_flag(parameter.name, slot.flag);
    return;
  }
  slot.option = app.add_option(parameter.name, slot.values);
  // One word each time, so that `--role a ID` leaves ID alone.
  const bool list =
      parameter.kind == Parameter::Kind::kPositional && parameter.repeated;
  if (!list) slot.option->expected(1)->allow_extra_args(false);
  if (!list) slot.option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  if (parameter.required) slot.option->required();
  if (!parameter.choices.empty()) {
    slot.option->check(CLI::IsMember(parameter.choices));
  }
}

absl::StatusOr<Arguments> Collect(const Slots& slots) {
  Arguments arguments;
  for (const Slot& slot : slots) {
    const Parameter& parameter = *slot.parameter;
    if (slot.flag) arguments.Add(parameter.name, "");
    if (slot.values.size() > 1 && !parameter.repeated) {
      return UsageError(absl::StrCat(parameter.name, " is given twice"));
    }
    for (const std::string& value : slot.values) {
      const std::string wrong = CheckValue(parameter, value);
      if (!wrong.empty()) return UsageError(wrong);
      arguments.Add(parameter.name, value);
    }
  }
  return arguments;
}

// For what the parser does not check; see Parser.
absl::Status CheckRequired(const Place& place) {
  for (const Slot& slot : place.slots) {
    if (!slot.parameter->required || !slot.values.empty()) continue;
    return UsageError(absl::StrCat(slot.parameter->name,
                                   " is required (see: tally ", place.path,
                                   " --help)"));
  }
  return absl::OkStatus();
}

// The parser and everything it fills in.
class Parser {
 public:
  explicit Parser(const Commands& commands) : commands_(commands) {
    root_.set_help_flag("-h,--help");
    root_.set_version_flag("--version", "tally " TALLYSTICK_VERSION);
    root_.require_subcommand(0, 1);
    for (const Parameter& parameter : GlobalParameters()) {
      AddParameter(parameter, root_, globals_);
    }
    for (const Command& command : commands) AddCommand(command);
    for (Place& place : places_) {
      const bool is_group = !place.app->get_subcommands(nullptr).empty();
      if (!is_group) continue;
      place.app->require_subcommand(0, 1);
      // The parser gives a word to a positional that is required rather than
      // to a command below: "decision done d-7" would show "done".
      for (Slot& slot : place.slots) {
        if (slot.parameter->kind == Parameter::Kind::kPositional) {
          slot.option->required(false);
        }
      }
    }
  }

  CLI::App& root() { return root_; }
  const Slots& globals() const { return globals_; }

  // The deepest command that was named; null: none.
  const Place* Named() const {
    const Place* named = nullptr;
    for (const Place& place : places_) {
      if (place.app->parsed()) named = deeper(named, &place);
    }
    return named;
  }

  std::string Help() const {
    const Place* named = Named();
    if (named == nullptr) return HelpForGroup(commands_, "");
    if (named->command == nullptr) return HelpForGroup(commands_, named->path);
    std::string help = HelpFor(*named->command);
    // "people" lists by itself, and begins "people add" too.
    const std::string below = ListCommands(commands_, named->path);
    if (!below.empty()) absl::StrAppend(&help, "\nSee also:\n", below);
    return help;
  }

 private:
  static const Place* deeper(const Place* a, const Place* b) {
    return a == nullptr || b->path.size() > a->path.size() ? b : a;
  }

  void AddCommand(const Command& command) {
    CLI::App* app = &root_;
    std::string path;
    Place* place = nullptr;
    for (absl::string_view word : absl::StrSplit(command.path, ' ')) {
      absl::StrAppend(&path, path.empty() ? "" : " ", word);
      place = FindPlace(path);
      if (place == nullptr) {
        place = &places_.emplace_back();
        place->path = path;
        place->app = app->add_subcommand(std::string(word));
        place->app->fallthrough();
      }
      app = place->app;
    }
    place->command = &command;
    for (const Parameter& parameter : command.parameters) {
      AddParameter(parameter, *app, place->slots);
    }
  }

  Place* FindPlace(const std::string& path) {
    for (Place& place : places_) {
      if (place.path == path) return &place;
    }
    return nullptr;
  }

  const Commands& commands_;
  CLI::App root_;
  Slots globals_;
  std::deque<Place> places_;
};

absl::StatusOr<Options> ReadOptions(const Slots& globals,
                                    const Surroundings& surroundings) {
  TALLYSTICK_ASSIGN_OR_RETURN(const Arguments given, Collect(globals));
  const auto pick = [&](const std::string& name, const char* variable) {
    return given.Has(name) ? given.Get(name) : surroundings.variable(variable);
  };
  Options options;
  options.data_dir = DataDirectory(given.Get("--data"), surroundings);
  options.socket = given.Get("--node");
  // --data on the command line says more than TALLY_NODE in the environment.
  if (options.socket.empty() && !given.Has("--data")) {
    options.socket = surroundings.variable("TALLY_NODE");
  }
  if (options.socket.empty()) {
    options.socket = absl::StrCat(options.data_dir, "/node.sock");
  }
  options.alliance = pick("--alliance", "TALLY_ALLIANCE");
  options.person = pick("--by", "TALLY_PERSON");
  const std::string format = given.Get("-o,--output");
  if (format == "json") options.format = Format::kJson;
  if (format == "yaml") options.format = Format::kYaml;
  return options;
}

void Report(const absl::Status& error, const std::vector<std::string>& files,
            std::ostream& err) {
  for (const std::string& line : RenderError(error, files)) {
    err << line << "\n";
  }
}

Exit RunParsed(const Parser& parser, const Surroundings& surroundings) {
  const Place* named = parser.Named();
  if (named == nullptr || named->command == nullptr) {
    surroundings.err << parser.Help();
    return Exit::kUsage;
  }
  absl::StatusOr<Options> options = ReadOptions(parser.globals(), surroundings);
  absl::StatusOr<Arguments> arguments = Collect(named->slots);
  for (const absl::Status& status :
       {CheckRequired(*named), options.status(), arguments.status()}) {
    if (status.ok()) continue;
    Report(status, {}, surroundings.err);
    return ExitOf(status);
  }
  Session session(*std::move(options), surroundings);
  const Outcome outcome = named->command->run(session, *arguments);
  surroundings.out.flush();
  if (outcome.ok()) return *outcome;
  Report(outcome.status(), session.input_files(), surroundings.err);
  return ExitOf(outcome.status());
}

}  // namespace

Exit Run(const std::vector<std::string>& words,
         const Surroundings& surroundings) {
  const Commands commands = AllCommands();
  Parser parser(commands);
  try {
    // CLI11 takes the words from the back.
    parser.root().parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::CallForVersion&) {
    surroundings.out << "tally " TALLYSTICK_VERSION "\n";
    return Exit::kDone;
  } catch (const CLI::CallForHelp&) {
    surroundings.out << parser.Help();
    return Exit::kDone;
  } catch (const CLI::Error& error) {
    const Place* named = parser.Named();
    surroundings.err << "tally: " << error.what() << " (see: tally "
                     << (named == nullptr ? "" : absl::StrCat(named->path, " "))
                     << "--help)\n";
    return Exit::kUsage;
  }
  return RunParsed(parser, surroundings);
}

}  // namespace tallystick::cli
