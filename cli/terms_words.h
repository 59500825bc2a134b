// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_TERMS_WORDS_H_
#define TALLYSTICK_CLI_TERMS_WORDS_H_

#include <string>
#include <utility>
#include <vector>

#include "cli/table.h"
#include "tallystick/v1/decision_service.pb.h"

// What is agreed besides topics, for people.
namespace tallystick::cli {

// A term in two parts: "target for inputs", "cascadia 0.45, ...".
using TermLine = std::pair<std::string, std::string>;

// All terms of one decision.
std::vector<TermLine> DescribeAgreed(const v1::AgreedTerms& agreed);

// What is in force: each term, since when, and by which decision.
Table RenderTerms(const v1::Terms& terms);

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_TERMS_WORDS_H_
