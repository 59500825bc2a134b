// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_IDENTITY_CERTIFICATE_H_
#define TALLYSTICK_NODE_IDENTITY_CERTIFICATE_H_

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// How nodes know each other on the wire: self-signed ECDSA P-256 certificates,
// pinned, with no authority above them. Who somebody is, is the hash of the
// public key; the names inside a certificate are chosen by the other side and
// say nothing.
namespace tallystick::node {

// SHA-256 over a certificate's DER SubjectPublicKeyInfo.
class Fingerprint {
 public:
  static constexpr size_t kSize = 32;

  // All zero, which no key has.
  Fingerprint() = default;
  explicit Fingerprint(const std::array<uint8_t, kSize>& bytes)
      : bytes_(bytes) {}
  // INVALID_ARGUMENT unless `bytes` has kSize bytes.
  static absl::StatusOr<Fingerprint> FromBytes(absl::string_view bytes);

  const std::array<uint8_t, kSize>& bytes() const { return bytes_; }
  absl::string_view AsBytes() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
  }
  // 64 lowercase hex digits.
  std::string ToHex() const;

  friend auto operator<=>(const Fingerprint&, const Fingerprint&) = default;
  template <typename H>
  friend H AbslHashValue(H state, const Fingerprint& fingerprint) {
    return H::combine(std::move(state), fingerprint.bytes_);
  }

 private:
  std::array<uint8_t, kSize> bytes_ = {};
};

// A certificate and, for our own only, its private key; both PEM.
struct TlsKeyPair {
  std::string certificate_pem;
  std::string key_pem;
  Fingerprint fingerprint;
};

// The DNS name in every certificate, the same for all: TLS wants one to check.
inline constexpr absl::string_view kTlsName = "tallystick.peer";

// A new key and a certificate for it that never expires; keys are changed by
// rotation, not by the calendar. INTERNAL if OpenSSL fails.
absl::StatusOr<TlsKeyPair> MakeTlsKeyPair();

// Reads our own pair back. INVALID_ARGUMENT unless the key belongs to the
// certificate.
absl::StatusOr<TlsKeyPair> ParseTlsKeyPair(absl::string_view certificate_pem,
                                           absl::string_view key_pem);

struct Certificate {
  // Written anew from the one certificate that was read: a text with a second
  // certificate hidden in it must not become a root of trust.
  std::string pem;
  Fingerprint fingerprint;
};

// Reads the certificate of a partner; hostile input. INVALID_ARGUMENT unless
// it is at most 16 KiB, exactly one certificate, for a P-256 key, and no
// authority that could vouch for others.
absl::StatusOr<Certificate> ParseCertificate(absl::string_view pem);

// The fingerprint of the first certificate in `pem`, of any kind; what a TLS
// handshake has just shown. INVALID_ARGUMENT if there is none.
absl::StatusOr<Fingerprint> FingerprintOfPem(absl::string_view pem);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_IDENTITY_CERTIFICATE_H_
