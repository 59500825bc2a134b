// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/utf8.h"

#include <cstddef>

namespace tallystick::evidence {

std::optional<char32_t> TakeCodePoint(absl::string_view& text) {
  if (text.empty()) return std::nullopt;
  const auto byte = [&text](size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[i]));
  };
  const char32_t first = byte(0);
  size_t size = 1;
  char32_t smallest = 0;
  char32_t code_point = first;
  if (first >= 0x80) {
    if (first >= 0xC0 && first < 0xE0) {
      size = 2, smallest = 0x80, code_point = first & 0x1F;
    } else if (first >= 0xE0 && first < 0xF0) {
      size = 3, smallest = 0x800, code_point = first & 0x0F;
    } else if (first >= 0xF0 && first < 0xF8) {
      size = 4, smallest = 0x10000, code_point = first & 0x07;
    } else {
      return std::nullopt;
    }
  }
  if (text.size() < size) return std::nullopt;
  for (size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return std::nullopt;
    code_point = code_point << 6 | (byte(i) & 0x3F);
  }
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  if (code_point < smallest || surrogate || code_point > 0x10FFFF) {
    return std::nullopt;
  }
  text.remove_prefix(size);
  return code_point;
}

bool IsUtf8(absl::string_view text) {
  while (!text.empty()) {
    if (!TakeCodePoint(text).has_value()) return false;
  }
  return true;
}

}  // namespace tallystick::evidence
