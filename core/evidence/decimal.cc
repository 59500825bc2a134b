// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/decimal.h"

namespace tallystick::evidence {

std::optional<uint64_t> ParseDecimal(absl::string_view text) {
  constexpr uint64_t kMax = (uint64_t{1} << 63) - 1;
  if (text.empty() || (text[0] == '0' && text.size() > 1)) return std::nullopt;
  uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    const uint64_t digit = static_cast<uint64_t>(c - '0');
    if (value > (kMax - digit) / 10) return std::nullopt;
    value = value * 10 + digit;
  }
  return value;
}

}  // namespace tallystick::evidence
