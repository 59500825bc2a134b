// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/base64.h"

#include "absl/strings/escaping.h"

namespace tallystick::evidence {

std::string Base64Encode(absl::string_view bytes) {
  return absl::Base64Escape(bytes);
}

std::optional<std::string> Base64Decode(absl::string_view text) {
  std::string bytes;
  // Abseil's decoder is lenient; encoding again shows what it forgave.
  if (!absl::Base64Unescape(text, &bytes) || Base64Encode(bytes) != text) {
    return std::nullopt;
  }
  return bytes;
}

}  // namespace tallystick::evidence
