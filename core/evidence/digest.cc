// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/digest.h"

#include <algorithm>

#include "absl/strings/escaping.h"

// SHA256_Init and its kind are deprecated in favour of EVP, which allocates and
// looks up for every message: most of the cost for inputs of a few dozen bytes.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

namespace tallystick::evidence {

Sha256Hasher::Sha256Hasher() { SHA256_Init(&context_); }

void Sha256Hasher::Update(absl::string_view bytes) {
  SHA256_Update(&context_, bytes.data(), bytes.size());
}

Digest Sha256Hasher::Finish() {
  Digest digest;
  SHA256_Final(digest.data(), &context_);
  return digest;
}

}  // namespace tallystick::evidence

#pragma GCC diagnostic pop

namespace tallystick::evidence {

Digest Sha256(absl::string_view bytes) {
  Sha256Hasher hasher;
  hasher.Update(bytes);
  return hasher.Finish();
}

absl::string_view AsBytes(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string DigestToHex(const Digest& digest) {
  return absl::BytesToHexString(AsBytes(digest));
}

absl::StatusOr<Digest> DigestFromBytes(absl::string_view bytes) {
  Digest digest;
  if (bytes.size() != digest.size()) {
    return absl::InvalidArgumentError("a hash has 32 bytes");
  }
  std::copy(bytes.begin(), bytes.end(), digest.begin());
  return digest;
}

}  // namespace tallystick::evidence
