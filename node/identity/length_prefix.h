// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_IDENTITY_LENGTH_PREFIX_H_
#define TALLYSTICK_NODE_IDENTITY_LENGTH_PREFIX_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace tallystick::node {

// lp(x) of everything that is hashed here: 8-byte big-endian length, then x.
inline void AppendLengthPrefixed(absl::string_view x, std::string* out) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    out->push_back(static_cast<char>(uint64_t{x.size()} >> shift));
  }
  out->append(x.data(), x.size());
}

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_IDENTITY_LENGTH_PREFIX_H_
