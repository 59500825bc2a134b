// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_COMMAND_H_
#define TALLYSTICK_CLI_COMMAND_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "cli/outcome.h"

// What a command is: its name, its words for people, what it takes, and what
// it does. Parsing and help are made from these definitions in one place
// (command_line.cc), so that no command needs to know the parser.
namespace tallystick::cli {

class Session;

// What a command was given. Names are those of its parameters.
class Arguments {
 public:
  void Add(const std::string& name, std::string value) {
    values_[name].push_back(std::move(value));
  }
  bool Has(const std::string& name) const { return values_.count(name) > 0; }
  // The only or first value; empty if there is none.
  std::string Get(const std::string& name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? std::string() : found->second.front();
  }
  std::vector<std::string> All(const std::string& name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? std::vector<std::string>() : found->second;
  }

 private:
  std::map<std::string, std::vector<std::string>> values_;
};

// One thing a command takes.
struct Parameter {
  enum class Kind { kPositional, kSwitch, kOption };

  Parameter Required() && {
    required = true;
    return std::move(*this);
  }
  // A positional parameter may be left out; options may be anyway.
  Parameter Optional() && {
    required = false;
    return std::move(*this);
  }
  Parameter Repeated() && {
    repeated = true;
    return std::move(*this);
  }
  Parameter OneOf(std::vector<std::string> words) && {
    choices = std::move(words);
    return std::move(*this);
  }

  Kind kind = Kind::kOption;
  // "ID" or "--dry-run"; a short form may stand before: "-o,--output".
  std::string name;
  // What is to be written, for the help: "DATE" is checked to be one
  // (YYYY-MM-DD), "N" to be a whole number from 1.
  std::string value;
  std::string help;
  bool required = false;
  bool repeated = false;
  std::vector<std::string> choices;
};

inline Parameter Positional(std::string name, std::string help) {
  const std::string value = name;
  return {Parameter::Kind::kPositional,
          std::move(name),
          value,
          std::move(help),
          true,
          false,
          {}};
}
inline Parameter Switch(std::string name, std::string help) {
  return {Parameter::Kind::kSwitch,
          std::move(name),
          "",
          std::move(help),
          false,
          false,
          {}};
}
inline Parameter Option(std::string name, std::string value, std::string help) {
  return {Parameter::Kind::kOption,
          std::move(name),
          std::move(value),
          std::move(help),
          false,
          false,
          {}};
}

// Parameters that several commands take, always under the same name.
Parameter AsOf();
Parameter DryRun();
// --limit and --all.
std::vector<Parameter> ListParameters();

struct Command {
  // "view apply"; a command may be the beginning of others ("people").
  std::string path;
  // One sentence: what it is for.
  std::string summary;
  // One or two real calls, a line each.
  std::string example;
  // What else one should know; may be empty.
  std::string explanation;
  std::vector<Parameter> parameters;
  Outcome (*run)(Session& session, const Arguments& arguments) = nullptr;
  // How the file it takes reads, as it stands in one; empty: it takes none, or
  // another command writes one.
  std::string file_format;
};

using Commands = std::vector<Command>;

// One function per group of commands, in the file of that name.
void AddSetupCommands(Commands& commands);
void AddPeopleCommands(Commands& commands);
void AddViewCommands(Commands& commands);
void AddTopicCommands(Commands& commands);
void AddGapCommands(Commands& commands);
void AddRecordCreateCommands(Commands& commands);
void AddRecordCommands(Commands& commands);
void AddBalanceCommands(Commands& commands);
void AddDecisionCommands(Commands& commands);
void AddTermsCommands(Commands& commands);
void AddVerdictCommands(Commands& commands);
void AddAlertCommands(Commands& commands);
void AddDriftCommands(Commands& commands);
void AddExplainCommands(Commands& commands);
void AddEvidenceCommands(Commands& commands);

// All of them, in the order in which help lists them.
Commands AllCommands();

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_COMMAND_H_
