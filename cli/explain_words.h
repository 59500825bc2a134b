// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_EXPLAIN_WORDS_H_
#define TALLYSTICK_CLI_EXPLAIN_WORDS_H_

#include <string>

#include "cli/table.h"
#include "tallystick/v1/explain_service.pb.h"

namespace tallystick::cli {

// An explanation as a page: the result, the rule, who said what and when, the
// arithmetic, and what to do now.
std::string RenderExplanation(const v1::Explanation& explanation,
                              const Layout& layout);

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_EXPLAIN_WORDS_H_
