// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_SCORE_WORDS_H_
#define TALLYSTICK_CLI_SCORE_WORDS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "cli/table.h"
#include "tallystick/v1/expectation_service.pb.h"

// What all gaps come to, for somebody who has a minute. No mean is shown
// without how much it speaks for.
namespace tallystick::cli {

// Layers by what is shared and how each reads the other, then the alliance, how
// many topics are in each state, and where to look first. With `layer` (its
// id), only that layer. Fits 80 columns. Ends in a line feed.
std::string RenderScores(const v1::GetGapsResponse& gaps,
                         absl::string_view layer, const Layout& layout);

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_SCORE_WORDS_H_
