// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EXPECTATION_UNICODE_H_
#define TALLYSTICK_CORE_EXPECTATION_UNICODE_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

// What this folder needs of Unicode, from the utf8proc library.
namespace tallystick::expectation {

// Normalisation form C. Text that is not UTF-8 comes back unchanged.
std::string Nfc(absl::string_view text);

// On one line, safe for a terminal: every run of characters that are not plain
// (core/evidence/plain_text.h) becomes one space. What is not UTF-8 becomes
// '?'.
std::string OneLine(absl::string_view text);

// As OneLine, cut at a character so that it fits into a message.
std::string Excerpt(absl::string_view text);

}  // namespace tallystick::expectation

#endif  // TALLYSTICK_CORE_EXPECTATION_UNICODE_H_
