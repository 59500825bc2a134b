// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EVIDENCE_SSH_WIRE_H_
#define TALLYSTICK_CORE_EVIDENCE_SSH_WIRE_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "core/evidence/big_endian.h"

// The data types of SSH (RFC 4251 section 5): bytes, uint32 in big-endian, and
// strings, which are a uint32 length and that many bytes.
namespace tallystick::evidence {

// Reads from the front of a buffer that must outlive it. Past the end it
// returns empty values and fails: check Done or failed once, after reading.
class SshReader {
 public:
  explicit SshReader(absl::string_view bytes) : rest_(bytes) {}

  absl::string_view Bytes(size_t size) {
    if (size > rest_.size()) {
      failed_ = true;
      rest_ = {};
      return {};
    }
    const absl::string_view bytes = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return bytes;
  }

  uint8_t Byte() { return ReadBigEndian<uint8_t>(Bytes(1)); }
  uint32_t Uint32() { return ReadBigEndian<uint32_t>(Bytes(4)); }
  absl::string_view String() { return Bytes(Uint32()); }

  bool failed() const { return failed_; }

  // Whether everything was read, and nothing more.
  bool Done() const { return !failed_ && rest_.empty(); }

 private:
  absl::string_view rest_;
  bool failed_ = false;
};

// Requires fewer than 2^32 bytes.
inline std::string SshString(absl::string_view bytes) {
  std::string result = BigEndian(static_cast<uint32_t>(bytes.size()));
  result.append(bytes.data(), bytes.size());
  return result;
}

}  // namespace tallystick::evidence

#endif  // TALLYSTICK_CORE_EVIDENCE_SSH_WIRE_H_
