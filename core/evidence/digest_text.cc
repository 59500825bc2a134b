// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/digest_text.h"

#include "core/evidence/base64.h"

namespace tallystick::evidence {

std::string DigestToBase64(const Digest& digest) {
  return Base64Encode(AsBytes(digest));
}

std::optional<Digest> DigestFromBase64(absl::string_view text) {
  const std::optional<std::string> bytes = Base64Decode(text);
  if (!bytes.has_value()) return std::nullopt;
  const auto digest = DigestFromBytes(*bytes);
  if (!digest.ok()) return std::nullopt;
  return *digest;
}

}  // namespace tallystick::evidence
