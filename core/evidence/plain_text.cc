// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/plain_text.h"

#include <optional>

#include "core/evidence/utf8.h"

namespace tallystick::evidence {
namespace {

// Nearly all text is printable ASCII, and all of it is looked at whenever an
// entry is folded.
void SkipAscii(absl::string_view& text) {
  size_t size = 0;
  while (size < text.size() && text[size] >= ' ' && text[size] <= '~') ++size;
  text.remove_prefix(size);
}

bool IsAllPlain(absl::string_view text, size_t size_max, bool lines) {
  if (text.size() > size_max) return false;
  for (SkipAscii(text); !text.empty(); SkipAscii(text)) {
    const std::optional<char32_t> code = TakeCodePoint(text);
    if (!code) return false;
    const bool layout = *code == U'\n' || *code == U'\t';
    if (!IsPlain(*code) && !(lines && layout)) return false;
  }
  return true;
}

}  // namespace

bool IsPlain(char32_t code_point) {
  const bool control =
      code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0);
  const bool separator = code_point == 0x2028 || code_point == 0x2029;
  const bool direction = (code_point >= 0x202A && code_point <= 0x202E) ||
                         (code_point >= 0x2066 && code_point <= 0x2069);
  return !control && !separator && !direction;
}

bool IsPlainLine(absl::string_view text, size_t size_max) {
  return IsAllPlain(text, size_max, /*lines=*/false);
}

bool IsPlainText(absl::string_view text, size_t size_max) {
  return IsAllPlain(text, size_max, /*lines=*/true);
}

}  // namespace tallystick::evidence
