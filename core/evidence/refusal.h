// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EVIDENCE_REFUSAL_H_
#define TALLYSTICK_CORE_EVIDENCE_REFUSAL_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

// A refusal of something that came from outside: INVALID_ARGUMENT with a reason
// for programs, stable and lower_snake_case, and a detail for people.
namespace tallystick::evidence {

absl::Status Refuse(absl::string_view reason, absl::string_view detail);

// The reason, or empty if the status is no refusal.
std::string ReasonOf(const absl::Status& status);

}  // namespace tallystick::evidence

#endif  // TALLYSTICK_CORE_EVIDENCE_REFUSAL_H_
