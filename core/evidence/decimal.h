// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EVIDENCE_DECIMAL_H_
#define TALLYSTICK_CORE_EVIDENCE_DECIMAL_H_

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace tallystick::evidence {

// A decimal number of the evidence formats (rule P2): ASCII digits, no sign, no
// leading zero except 0 itself, at most 2^63 - 1. None if it is not one.
std::optional<uint64_t> ParseDecimal(absl::string_view text);

}  // namespace tallystick::evidence

#endif  // TALLYSTICK_CORE_EVIDENCE_DECIMAL_H_
