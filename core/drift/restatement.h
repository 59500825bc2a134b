// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_DRIFT_RESTATEMENT_H_
#define TALLYSTICK_CORE_DRIFT_RESTATEMENT_H_

#include <optional>
#include <string>

#include "core/drift/alert_book.h"
#include "core/expectation/catalogue.h"
#include "core/expectation/topic_ref.h"
#include "core/expectation/value.h"

// Restatement drift (measures.md, c.1): a party's own answer has moved from the
// baseline by more than the topic's tolerance. The baseline is the agreed
// charter; where nothing has been agreed, the answer the parties exchanged
// first.
namespace tallystick::drift {

// ToText(StatementKind::kRestatement).
inline constexpr absl::string_view kRestatementDrift = "restatement_drift";

struct StanceMove {
  const expectation::Topic& topic;
  expectation::TopicRef ref;
  // Who restated, and by which name people know it.
  v1::Party party;
  expectation::PartyNames names;
  const expectation::Value& now;
  const expectation::Value& baseline;
  // True: the charter; false: the first exchange.
  bool agreed = false;
  // Names the baseline; another one starts afresh.
  std::string baseline_version;
};

// What was noticed, or nothing while the answer is within tolerance or cannot
// be compared: FindMove of statement_drift.h from baseline to now, in words.
std::optional<Finding> FindRestatement(const StanceMove& move);

// The key a finding about this move has or would have.
std::string RestatementKey(const StanceMove& move);

}  // namespace tallystick::drift

#endif  // TALLYSTICK_CORE_DRIFT_RESTATEMENT_H_
