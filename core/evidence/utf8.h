// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EVIDENCE_UTF8_H_
#define TALLYSTICK_CORE_EVIDENCE_UTF8_H_

#include <optional>

#include "absl/strings/string_view.h"

namespace tallystick::evidence {

// Takes the first code point off `text`. Nothing if `text` is empty or does not
// start with well-formed UTF-8 (no overlong forms, surrogates, or values above
// U+10FFFF).
std::optional<char32_t> TakeCodePoint(absl::string_view& text);

bool IsUtf8(absl::string_view text);

}  // namespace tallystick::evidence

#endif  // TALLYSTICK_CORE_EVIDENCE_UTF8_H_
