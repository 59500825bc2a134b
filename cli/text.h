// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_TEXT_H_
#define TALLYSTICK_CLI_TEXT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

// Text on a terminal: how wide it is, and what must not get there. Texts come
// from the partner too, so nothing is shown that moves the cursor, changes
// colours or reverses the direction of reading.
namespace tallystick::cli {

// On one line: line breaks and tabs become spaces; other control characters,
// characters that change direction, and bytes that are not UTF-8 become U+FFFD.
std::string Printable(absl::string_view text);

// As Printable, but keeps line feeds.
std::string PrintableLines(absl::string_view text);

// Where the first byte is that is no UTF-8; npos: nowhere.
size_t FindBadUtf8(absl::string_view text);

// Columns that printable text takes, by East Asian width; combining marks take
// none.
int DisplayWidth(absl::string_view text);

// At most `width` columns (at least 1) of printable text; what is cut off is
// replaced by one "…".
std::string Shorten(absl::string_view text, int width);

// Lines of at most `width` columns (at least 1), broken at spaces, or after
// "/" and "@" where a word is too long, or else anywhere. At least one line.
std::vector<std::string> Wrap(absl::string_view text, int width);

// A moment in RFC 3339 for people: without fractions of a second.
std::string InSeconds(absl::string_view moment);

// `text` and blanks up to `width` columns.
std::string PadRight(absl::string_view text, int width);
std::string PadLeft(absl::string_view text, int width);

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_TEXT_H_
