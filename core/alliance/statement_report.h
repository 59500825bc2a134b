// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_STATEMENT_REPORT_H_
#define TALLYSTICK_CORE_ALLIANCE_STATEMENT_REPORT_H_

#include <string>
#include <vector>

#include "core/alliance/agreed_topics.h"
#include "core/alliance/state.h"
#include "core/drift/findings.h"
#include "core/drift/statement_drift.h"
#include "core/expectation/topic_ref.h"

// Where what the parties say has drifted from what they said or agreed
// (measures.md, c.1). Computed from the state; the detectors are those of
// core/drift.
namespace tallystick::alliance {

// Whether answers to the topic can be amounts, which agreed rates then compare.
bool MayHoldMoney(const expectation::Topic& topic);

struct StatementRow {
  expectation::TopicRef ref;
  // Of the state's catalogue.
  const expectation::Topic* topic = nullptr;
  drift::StatementDrift drift;
  // The same for people.
  drift::Subject subject;
};

// What is found on one topic instance as of the day of `agreed`: restatement
// drift or creep, divergence, misreading, and acting ahead of a decision, be it
// one proposed here or one of before that is not in force. Kinds in the order
// of StatementKind, party A before party B.
std::vector<StatementRow> FindMoves(const AllianceState& state,
                                    const AgreedTopics& agreed,
                                    const expectation::TopicRef& ref,
                                    const expectation::PartyNames& names);

// What comes by waiting: outdated predictions and answers not reviewed.
std::vector<StatementRow> FindLateness(const AllianceState& state,
                                       const AgreedTopics& agreed,
                                       const expectation::TopicRef& ref,
                                       const expectation::PartyNames& names);

// Both, of every topic on which something was stated, worst first.
std::vector<StatementRow> StatementReport(const AllianceState& state,
                                          const expectation::PartyNames& names,
                                          const expectation::Date& on);

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_STATEMENT_REPORT_H_
