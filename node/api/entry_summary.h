// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_ENTRY_SUMMARY_H_
#define TALLYSTICK_NODE_API_ENTRY_SUMMARY_H_

#include <string>

#include "absl/strings/string_view.h"
#include "node/engine/alliance_node.h"

namespace tallystick::node {

// What a log entry is, for a person.
struct EntrySummary {
  // "stance", "contribution", "proposal", ...; "unknown" for a statement of a
  // newer version, "redacted" for one that was erased.
  std::string kind;
  // One line.
  std::string text;
};

EntrySummary Summarise(const AllianceNode& alliance, absl::string_view body);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_ENTRY_SUMMARY_H_
