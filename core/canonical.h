// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_CANONICAL_H_
#define TALLYSTICK_CORE_CANONICAL_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

// Tallystick's canonical encoding: one byte string per value, the same on every
// build and version, so that two nodes can compare digests of what they
// derived.
//
//   integer   8 bytes, big-endian; negative ones in two's complement
//   bool      one byte, 0 or 1
//   string    length as an integer, then the bytes
//   list      count as an integer, then the elements
//   optional  bool, then the value if true
//   struct    its fields in the order its Visit function names them
//
// A type takes part by a function found by argument-dependent lookup,
//   template <typename Archive> void Visit(Archive& archive, T& value);
// that names its fields once, for writing and for reading. A format that has
// been released changes only together with its version number.
namespace tallystick {

class CanonicalWriter {
 public:
  static constexpr bool kReading = false;

  template <typename T>
  void operator()(const T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      bytes_.push_back(value ? '\1' : '\0');
    } else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
      Integer(static_cast<uint64_t>(static_cast<int64_t>(value)));
    } else {
      // Visit takes a mutable reference because a reader fills it.
      Visit(*this, const_cast<T&>(value));
    }
  }

  void operator()(const std::string& value) {
    Integer(value.size());
    bytes_.append(value);
  }

  template <typename T>
  void operator()(const std::vector<T>& values) {
    Integer(values.size());
    for (const T& value : values) (*this)(value);
  }

  // Fixed-size arrays of bytes (digests, uids) are written as strings.
  template <size_t kSize>
  void operator()(const std::array<uint8_t, kSize>& value) {
    Integer(kSize);
    bytes_.append(reinterpret_cast<const char*>(value.data()), kSize);
  }

  template <typename T>
  void operator()(const std::optional<T>& value) {
    (*this)(value.has_value());
    if (value.has_value()) (*this)(*value);
  }

  const std::string& bytes() const { return bytes_; }
  std::string Take() { return std::move(bytes_); }

 private:
  void Integer(uint64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes_.push_back(static_cast<char>(value >> shift));
    }
  }

  std::string bytes_;
};

// Reads what a CanonicalWriter wrote. Bounded by its input: a bad length sets
// the status and leaves default values. Check `Finish` once, at the end.
class CanonicalReader {
 public:
  static constexpr bool kReading = true;

  explicit CanonicalReader(absl::string_view bytes) : rest_(bytes) {}

  template <typename T>
  void operator()(T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      const absl::string_view byte = Chunk(1);
      if (byte.empty()) return;
      if (byte[0] != '\0' && byte[0] != '\1') Fail();
      value = byte[0] == '\1';
    } else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
      value = static_cast<T>(static_cast<int64_t>(Integer()));
    } else {
      Visit(*this, value);
    }
  }

  void operator()(std::string& value) { value = std::string(Chunk(Integer())); }

  template <typename T>
  void operator()(std::vector<T>& values) {
    const uint64_t count = Integer();
    // Every element takes at least one byte.
    if (count > rest_.size()) return Fail();
    values.clear();
    for (uint64_t i = 0; i < count && !failed_; ++i)
      (*this)(values.emplace_back());
  }

  template <size_t kSize>
  void operator()(std::array<uint8_t, kSize>& value) {
    const absl::string_view chunk = Chunk(Integer());
    if (chunk.size() != kSize) return Fail();
    for (size_t i = 0; i < kSize; ++i)
      value[i] = static_cast<uint8_t>(chunk[i]);
  }

  template <typename T>
  void operator()(std::optional<T>& value) {
    bool present = false;
    (*this)(present);
    value.reset();
    if (present && !failed_) (*this)(value.emplace());
  }

  // OK if all of the input was read and was well-formed, else DATA_LOSS.
  absl::Status Finish() const {
    if (failed_ || !rest_.empty()) {
      return absl::DataLossError("not a canonical encoding of this version");
    }
    return absl::OkStatus();
  }

 private:
  void Fail() {
    failed_ = true;
    rest_ = {};
  }

  absl::string_view Chunk(uint64_t size) {
    if (size > rest_.size()) {
      Fail();
      return {};
    }
    const absl::string_view chunk = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return chunk;
  }

  uint64_t Integer() {
    uint64_t value = 0;
    for (const char byte : Chunk(8)) {
      value = value << 8 | static_cast<uint8_t>(byte);
    }
    return value;
  }

  absl::string_view rest_;
  bool failed_ = false;
};

}  // namespace tallystick

#endif  // TALLYSTICK_CORE_CANONICAL_H_
