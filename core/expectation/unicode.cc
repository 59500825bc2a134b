// SPDX-License-Identifier: Apache-2.0
#include "core/expectation/unicode.h"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>

#include "core/evidence/plain_text.h"

namespace tallystick::expectation {
namespace {

constexpr size_t kExcerptMax = 60;

const utf8proc_uint8_t* Bytes(absl::string_view text) {
  return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

// Removes one character from the front; -1 for a byte that starts none.
utf8proc_int32_t TakeCharacter(absl::string_view& text) {
  utf8proc_int32_t character = -1;
  const utf8proc_ssize_t size = utf8proc_iterate(
      Bytes(text), static_cast<utf8proc_ssize_t>(text.size()), &character);
  text.remove_prefix(size > 0 ? static_cast<size_t>(size) : 1);
  return size > 0 ? character : -1;
}

}  // namespace

std::string Nfc(absl::string_view text) {
  utf8proc_uint8_t* composed = nullptr;
  const utf8proc_ssize_t size = utf8proc_map(
      Bytes(text), static_cast<utf8proc_ssize_t>(text.size()), &composed,
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  // utf8proc allocates with malloc.
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(
      composed, &std::free);
  if (size < 0) return std::string(text);
  return std::string(reinterpret_cast<const char*>(composed),
                     static_cast<size_t>(size));
}

std::string OneLine(absl::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(),
                                 [](char c) { return c >= ' ' && c <= '~'; });
  if (plain) return std::string(text);
  std::string line;
  bool in_gap = false;
  while (!text.empty()) {
    const absl::string_view before = text;
    const utf8proc_int32_t character = TakeCharacter(text);
    const bool gap =
        character >= 0 && !evidence::IsPlain(static_cast<char32_t>(character));
    if (character < 0) {
      line.push_back('?');
    } else if (!gap) {
      line.append(before.data(), before.size() - text.size());
    } else if (!in_gap) {
      line.push_back(' ');
    }
    in_gap = gap;
  }
  return line;
}

std::string Excerpt(absl::string_view text) {
  // Cutting before cleaning keeps a hostile text from costing much.
  std::string line = OneLine(text.substr(0, 4 * kExcerptMax));
  if (line.size() <= kExcerptMax) return line;
  size_t end = kExcerptMax;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xc0) == 0x80) {
    --end;
  }
  return line.substr(0, end) + "...";
}

}  // namespace tallystick::expectation
