// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EXPLAIN_TOPIC_WORDS_H_
#define TALLYSTICK_CORE_EXPLAIN_TOPIC_WORDS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "core/alliance/gap_report.h"
#include "core/drift/findings.h"
#include "core/drift/statement_drift.h"

// What the states of a topic mean to people who never heard their names.
namespace tallystick::explain {

absl::string_view InWords(expectation::State state);
absl::string_view InWords(expectation::JointState joint);

// Where the topic stands, in a sentence.
std::string ResultInWords(const alliance::GapRow& row,
                          const expectation::PartyNames& names, v1::Party own);

// What the answering company does best now.
std::string NextStepInWords(const alliance::GapRow& row,
                            const expectation::PartyNames& names,
                            v1::Party own);

// "creep of meridian: 0.125 + 0.1429 in steps, 0.25 in all, tolerance 0.15".
std::string DriftInWords(const drift::StatementDrift& drift,
                         const drift::Subject& subject);

}  // namespace tallystick::explain

#endif  // TALLYSTICK_CORE_EXPLAIN_TOPIC_WORDS_H_
