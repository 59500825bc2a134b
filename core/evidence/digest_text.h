// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EVIDENCE_DIGEST_TEXT_H_
#define TALLYSTICK_CORE_EVIDENCE_DIGEST_TEXT_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "core/evidence/digest.h"

// Hashes as checkpoints and proofs write them: canonical base64 of 32 bytes.
namespace tallystick::evidence {

std::string DigestToBase64(const Digest& digest);

// None unless `text` is the one encoding of 32 bytes.
std::optional<Digest> DigestFromBase64(absl::string_view text);

}  // namespace tallystick::evidence

#endif  // TALLYSTICK_CORE_EVIDENCE_DIGEST_TEXT_H_
