// SPDX-License-Identifier: Apache-2.0
#include "node/identity/random.h"

#include <openssl/rand.h>

#include <cstdlib>

namespace tallystick::node {

RandomBytes SystemRandom() {
  return [](std::span<uint8_t> out) {
    if (RAND_bytes(out.data(), static_cast<int>(out.size())) != 1) {
      std::abort();
    }
  };
}

}  // namespace tallystick::node
