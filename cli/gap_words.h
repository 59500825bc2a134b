// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_GAP_WORDS_H_
#define TALLYSTICK_CLI_GAP_WORDS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cli/table.h"
#include "tallystick/v1/expectation_service.pb.h"

// Gaps for somebody who runs an alliance, not a measurement.
namespace tallystick::cli {

// "Both think they agree, and they do not."
std::string JointStateInWords(const v1::Gap& gap);

Tone ToneOf(const v1::Gap& gap);

// A block per topic, worst first as they come: weight and distance, both
// answers, what each believes of the other, and how it stands in words. Fits
// 80 columns, or the terminal.
std::string RenderGaps(const v1::GetGapsResponse& gaps, const Layout& layout);

// Whether `gap` is of the kind `name` of --fail-on: a joint state in small
// letters ("dissensus"), or both of its kinds ("false_consensus",
// "false_conflict"). INVALID_ARGUMENT if there is no such kind.
absl::StatusOr<bool> IsOfKind(const v1::Gap& gap, absl::string_view name);

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_GAP_WORDS_H_
