// SPDX-License-Identifier: Apache-2.0
#include "cli/text.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace tallystick::cli {
namespace {

constexpr char kReplacement[] = "\xEF\xBF\xBD";  // U+FFFD
constexpr char kEllipsis[] = "\xE2\x80\xA6";     // U+2026

struct Character {
  // Negative: the byte is no UTF-8.
  utf8proc_int32_t code = -1;
  absl::string_view bytes;
};

// Takes the first character off `text`, which must not be empty.
Character TakeCharacter(absl::string_view& text) {
  Character character;
  const utf8proc_ssize_t size = utf8proc_iterate(
      reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
      static_cast<utf8proc_ssize_t>(text.size()), &character.code);
  const size_t taken = size > 0 ? static_cast<size_t>(size) : 1;
  if (size <= 0) character.code = -1;
  character.bytes = text.substr(0, taken);
  text.remove_prefix(taken);
  return character;
}

bool IsHarmful(utf8proc_int32_t code) {
  const bool control = code < 0x20 || (code >= 0x7F && code < 0xA0);
  const bool separator = code == 0x2028 || code == 0x2029;
  const bool direction = code == 0x061C || code == 0x200E || code == 0x200F ||
                         (code >= 0x202A && code <= 0x202E) ||
                         (code >= 0x2066 && code <= 0x2069);
  return control || separator || direction;
}

std::string Clean(absl::string_view text, bool keep_lines) {
  std::string clean;
  clean.reserve(text.size());
  while (!text.empty()) {
    const Character character = TakeCharacter(text);
    if (character.code == '\n' && keep_lines) {
      clean += '\n';
    } else if (character.code == '\n' || character.code == '\t' ||
               character.code == '\r') {
      clean += ' ';
    } else if (IsHarmful(character.code)) {
      clean += kReplacement;
    } else {
      absl::StrAppend(&clean, character.bytes);
    }
  }
  return clean;
}

int WidthOf(utf8proc_int32_t code) {
  return code < 0 ? 1 : std::max(0, utf8proc_charwidth(code));
}

// Bytes of the longest beginning of `text` that fits into `width` columns.
size_t FittingSize(absl::string_view text, int width) {
  size_t size = 0;
  int used = 0;
  while (!text.empty()) {
    const Character character = TakeCharacter(text);
    used += WidthOf(character.code);
    if (used > width) break;
    size += character.bytes.size();
  }
  return size;
}

// Where to break a word that does not fit into `width` columns.
size_t BreakInWord(absl::string_view word, int width) {
  const size_t fitting = FittingSize(word, width);
  const size_t mark = word.substr(0, fitting).find_last_of("/@");
  if (mark != absl::string_view::npos && mark + 1 < word.size()) {
    return mark + 1;
  }
  // A character wider than the column still has to go somewhere.
  if (fitting == 0) return TakeCharacter(word).bytes.size();
  return fitting;
}

}  // namespace

std::string Printable(absl::string_view text) { return Clean(text, false); }

std::string PrintableLines(absl::string_view text) { return Clean(text, true); }

size_t FindBadUtf8(absl::string_view text) {
  for (absl::string_view rest = text; !rest.empty();) {
    const size_t at = text.size() - rest.size();
    if (TakeCharacter(rest).code < 0) return at;
  }
  return absl::string_view::npos;
}

int DisplayWidth(absl::string_view text) {
  int width = 0;
  while (!text.empty()) width += WidthOf(TakeCharacter(text).code);
  return width;
}

std::string Shorten(absl::string_view text, int width) {
  if (DisplayWidth(text) <= width) return std::string(text);
  return absl::StrCat(text.substr(0, FittingSize(text, width - 1)), kEllipsis);
}

std::vector<std::string> Wrap(absl::string_view text, int width) {
  std::vector<std::string> lines(1);
  for (absl::string_view word : absl::StrSplit(text, ' ', absl::SkipEmpty())) {
    const int blank = lines.back().empty() ? 0 : 1;
    if (DisplayWidth(lines.back()) + blank + DisplayWidth(word) <= width) {
      absl::StrAppend(&lines.back(), blank == 1 ? " " : "", word);
      continue;
    }
    if (!lines.back().empty()) lines.emplace_back();
    while (DisplayWidth(word) > width) {
      const size_t size = BreakInWord(word, width);
      lines.back() = std::string(word.substr(0, size));
      word.remove_prefix(size);
      lines.emplace_back();
    }
    lines.back() = std::string(word);
  }
  if (lines.size() > 1 && lines.back().empty()) lines.pop_back();
  return lines;
}

std::string PadRight(absl::string_view text, int width) {
  const int missing = std::max(0, width - DisplayWidth(text));
  return absl::StrCat(text, std::string(static_cast<size_t>(missing), ' '));
}

std::string PadLeft(absl::string_view text, int width) {
  const int missing = std::max(0, width - DisplayWidth(text));
  return absl::StrCat(std::string(static_cast<size_t>(missing), ' '), text);
}

std::string InSeconds(absl::string_view moment) {
  const size_t point = moment.find('.');
  if (point == absl::string_view::npos) return std::string(moment);
  const size_t zone = moment.find_first_not_of("0123456789", point + 1);
  return zone == absl::string_view::npos
             ? std::string(moment)
             : absl::StrCat(moment.substr(0, point), moment.substr(zone));
}

}  // namespace tallystick::cli
