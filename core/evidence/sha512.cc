// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/sha512.h"

#include <openssl/sha.h>

namespace tallystick::evidence {

std::string Sha512(absl::string_view bytes) {
  std::string digest(SHA512_DIGEST_LENGTH, '\0');
  SHA512(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

}  // namespace tallystick::evidence
