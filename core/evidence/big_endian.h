// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EVIDENCE_BIG_ENDIAN_H_
#define TALLYSTICK_CORE_EVIDENCE_BIG_ENDIAN_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

// Unsigned integers in network byte order, as in key ids and SSH messages.
namespace tallystick::evidence {

// Requires exactly sizeof(T) bytes.
template <typename T>
T ReadBigEndian(absl::string_view bytes) {
  T value = 0;
  for (const char byte : bytes) {
    value = static_cast<T>(static_cast<T>(value << 8) |
                           static_cast<unsigned char>(byte));
  }
  return value;
}

template <typename T>
std::string BigEndian(T value) {
  std::string bytes(sizeof(T), '\0');
  for (size_t i = sizeof(T); i-- > 0;) {
    bytes[i] = static_cast<char>(value & 0xFF);
    value = static_cast<T>(value >> 8);
  }
  return bytes;
}

}  // namespace tallystick::evidence

#endif  // TALLYSTICK_CORE_EVIDENCE_BIG_ENDIAN_H_
