// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_ALERT_WORDS_H_
#define TALLYSTICK_CLI_ALERT_WORDS_H_

#include <string>

#include "cli/table.h"
#include "tallystick/v1/alert_service.pb.h"

namespace tallystick::cli {

Tone ToneOf(v1::Alert::Severity severity);

// An alert as a paragraph of 80 columns: which, how bad and since when; what
// about; then what happened and what to do.
std::string RenderAlert(const v1::Alert& alert, const Layout& layout);

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_ALERT_WORDS_H_
