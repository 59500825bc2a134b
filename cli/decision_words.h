// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_DECISION_WORDS_H_
#define TALLYSTICK_CLI_DECISION_WORDS_H_

#include <string>

#include "cli/table.h"
#include "tallystick/v1/decision_service.pb.h"

// Decisions for people.
namespace tallystick::cli {

std::string StateInWords(v1::Decision::State state);
Tone ToneOf(v1::Decision::State state);

// "2025-04-30, 62 days late", "2025-04-30, done"; empty: no day is set.
std::string DueInWords(const v1::Decision& decision);

// Everything about one decision: terms, who has approved, what comes next.
std::string RenderDecision(const v1::Decision& decision, const Layout& layout);

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_DECISION_WORDS_H_
