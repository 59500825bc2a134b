// SPDX-License-Identifier: Apache-2.0
#include "cli/command.h"

namespace tallystick::cli {

Parameter AsOf() {
  return Option("--as-of", "DATE", "What had been stated by then.");
}

Parameter DryRun() {
  return Switch("--dry-run", "Show what would happen, and record nothing.");
}

std::vector<Parameter> ListParameters() {
  return {Option("--limit", "N", "Show the newest N (default: 100)."),
          Switch("--all", "Show every one.")};
}

Commands AllCommands() {
  Commands commands;
  AddSetupCommands(commands);
  AddPeopleCommands(commands);
  AddTopicCommands(commands);
  AddViewCommands(commands);
  AddGapCommands(commands);
  AddRecordCreateCommands(commands);
  AddRecordCommands(commands);
  AddBalanceCommands(commands);
  AddDecisionCommands(commands);
  AddTermsCommands(commands);
  AddVerdictCommands(commands);
  AddAlertCommands(commands);
  AddDriftCommands(commands);
  AddExplainCommands(commands);
  AddEvidenceCommands(commands);
  return commands;
}

}  // namespace tallystick::cli
