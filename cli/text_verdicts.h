// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_TEXT_VERDICTS_H_
#define TALLYSTICK_CLI_TEXT_VERDICTS_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cli/yaml_tree.h"

// The part `text_confirmations` of a file of records: who says of which two
// texts that they mean the same. Each node takes what its own company says.
//
//   text_confirmations:
//   - {topic: performance/success-definition, verdict: same, on: 2025-06-16,
//      hashes: {northfield: 8256fe.., quillon: 94ec6d..},
//      confirmed_by: [northfield, quillon]}
namespace tallystick::cli {

class Session;

struct TextVerdict {
  std::string topic;
  bool differs = false;
  // YYYY-MM-DD; empty: today.
  std::string stated;
  // SHA-256 of the normalised texts in hex, by short name of the company.
  std::map<std::string, std::string> hashes;
  std::vector<std::string> confirmed_by;
};

absl::StatusOr<std::vector<TextVerdict>> ReadTextVerdicts(
    const YamlField& confirmations, absl::string_view file);

// What was said of texts that both logs hold, and what has to wait until they
// do.
struct SaidOfTexts {
  int said = 0;
  int unchanged = 0;
  std::vector<std::string> waiting;
};

// Says what the own company has confirmed. `validate_only`: whether the node
// would take it.
absl::StatusOr<SaidOfTexts> SayOfTexts(Session& session,
                                       const std::vector<TextVerdict>& verdicts,
                                       bool validate_only);

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_TEXT_VERDICTS_H_
