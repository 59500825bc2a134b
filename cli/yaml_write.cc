// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cli/yaml_tree.h"

namespace tallystick::cli {
namespace {

// Safe without quotes wherever it stands: letters, digits and a few marks that
// mean nothing to YAML, and no word that YAML reads as something else.
bool IsPlain(absl::string_view text) {
  if (text.empty() || !absl::ascii_isalnum(static_cast<unsigned char>(text[0])))
    return false;
  if (absl::ascii_isspace(static_cast<unsigned char>(text.back())))
    return false;
  for (absl::string_view word : {"null", "true", "false", "yes", "no"}) {
    if (absl::EqualsIgnoreCase(text, word)) return false;
  }
  return std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
           absl::StrContains("_-./@ %+", absl::string_view(&c, 1));
  });
}

}  // namespace

std::string WriteScalar(absl::string_view text) {
  if (IsPlain(text)) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      absl::StrAppend(&quoted, "\\", absl::string_view(&c, 1));
    } else if (c == '\n') {
      quoted += "\\n";
    } else if (byte < 0x20 || byte == 0x7F) {
      absl::StrAppendFormat(&quoted, "\\x%02X", byte);
    } else {
      quoted += c;
    }
  }
  quoted += '"';
  return quoted;
}

std::string WriteValue(const v1::RawValue& value) {
  std::vector<std::string> parts;
  switch (value.kind_case()) {
    case v1::RawValue::kScalar:
      return WriteScalar(value.scalar());
    case v1::RawValue::kList:
      for (const v1::RawValue& item : value.list().values()) {
        parts.push_back(WriteValue(item));
      }
      return absl::StrCat("[", absl::StrJoin(parts, ", "), "]");
    case v1::RawValue::kMap:
      for (const v1::RawValue::Field& field : value.map().fields()) {
        parts.push_back(absl::StrCat(WriteScalar(field.key()), ": ",
                                     WriteValue(field.value())));
      }
      return absl::StrCat("{", absl::StrJoin(parts, ", "), "}");
    case v1::RawValue::KIND_NOT_SET:
      break;
  }
  return "null";
}

}  // namespace tallystick::cli
