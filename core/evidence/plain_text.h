// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EVIDENCE_PLAIN_TEXT_H_
#define TALLYSTICK_CORE_EVIDENCE_PLAIN_TEXT_H_

#include <cstddef>

#include "absl/strings/string_view.h"

// What a text must be before people are shown it, and sign it: what they see is
// what it says, and a line of it is one line.
namespace tallystick::evidence {

// Whether a code point may stand in a line: it is no control character (C0,
// DEL, C1), no line or paragraph separator, and none that changes the direction
// in which what follows is read (U+202A to U+202E, U+2066 to U+2069).
bool IsPlain(char32_t code_point);

// Whether `text` is well-formed UTF-8 of at most `size_max` bytes, all of it
// plain. An empty text is.
bool IsPlainLine(absl::string_view text, size_t size_max);

// The same for several lines: line feeds and tabs are allowed too.
bool IsPlainText(absl::string_view text, size_t size_max);

}  // namespace tallystick::evidence

#endif  // TALLYSTICK_CORE_EVIDENCE_PLAIN_TEXT_H_
