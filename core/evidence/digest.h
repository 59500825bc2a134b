// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EVIDENCE_DIGEST_H_
#define TALLYSTICK_CORE_EVIDENCE_DIGEST_H_

#include <openssl/sha.h>

#include <array>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// SHA-256, the only hash of the evidence formats.
namespace tallystick::evidence {

using Digest = std::array<uint8_t, 32>;

// Hashes in pieces. Uses OpenSSL's one-algorithm functions rather than EVP: for
// the small inputs of a log, looking up and allocating costs more than hashing.
class Sha256Hasher {
 public:
  Sha256Hasher();
  void Update(absl::string_view bytes);
  // Call once, last.
  Digest Finish();

 private:
  SHA256_CTX context_;
};

Digest Sha256(absl::string_view bytes);

absl::string_view AsBytes(const Digest& digest);
std::string DigestToHex(const Digest& digest);
// INVALID_ARGUMENT unless `bytes` are exactly 32.
absl::StatusOr<Digest> DigestFromBytes(absl::string_view bytes);

}  // namespace tallystick::evidence

#endif  // TALLYSTICK_CORE_EVIDENCE_DIGEST_H_
