// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EVIDENCE_BASE64_H_
#define TALLYSTICK_CORE_EVIDENCE_BASE64_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

// Canonical base64 (evidence formats, rule P1): standard alphabet, padding
// present, unused bits zero, no white space.
namespace tallystick::evidence {

std::string Base64Encode(absl::string_view bytes);

// None unless `text` is the one canonical encoding of some bytes.
std::optional<std::string> Base64Decode(absl::string_view text);

}  // namespace tallystick::evidence

#endif  // TALLYSTICK_CORE_EVIDENCE_BASE64_H_
