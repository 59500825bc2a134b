// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EVIDENCE_ED25519_H_
#define TALLYSTICK_CORE_EVIDENCE_ED25519_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// Ed25519 (RFC 8032) by libsodium, which takes less than half of OpenSSL's
// time: verifying is most of what a decision costs a node. Signing is
// deterministic, so it needs no randomness; making a seed does, and is done
// elsewhere.
namespace tallystick::evidence {

inline constexpr size_t kPublicKeySize = 32;
inline constexpr size_t kSignatureSize = 64;
inline constexpr size_t kSeedSize = 32;

// The 32 bytes of a public key, not yet known to be a sound one: see
// CheckEnrollable. A value.
class PublicKey {
 public:
  PublicKey() = default;

  // Refuses ("bad_public_key") anything but 32 bytes.
  static absl::StatusOr<PublicKey> FromBytes(absl::string_view bytes);

  // Points into this object.
  absl::string_view bytes() const {
    return absl::string_view(reinterpret_cast<const char*>(bytes_.data()),
                             bytes_.size());
  }

  friend bool operator==(const PublicKey&, const PublicKey&) = default;

 private:
  std::array<uint8_t, kPublicKeySize> bytes_ = {};
};

// A private key. Its memory is cleared when it goes. Thread-compatible; const
// members may run concurrently.
class SigningKey {
 public:
  // Refuses ("bad_seed") anything but 32 bytes. The caller clears `seed`.
  static absl::StatusOr<SigningKey> FromSeed(absl::string_view seed);

  SigningKey(SigningKey&& other) noexcept;
  SigningKey& operator=(SigningKey&& other) noexcept;
  ~SigningKey();

  // The 64 bytes of the signature over `message`.
  std::string Sign(absl::string_view message) const;

  const PublicKey& public_key() const { return public_key_; }

 private:
  SigningKey() = default;

  // The seed and the public key, as libsodium wants them.
  std::array<unsigned char, kSeedSize + kPublicKeySize> secret_ = {};
  PublicKey public_key_;
};

// Whether `signature` is the one strict RFC 8032 signature over `message`. No
// key and no signature with a point of low order verifies.
bool Verify(const PublicKey& key, absl::string_view message,
            absl::string_view signature);

// Refuses the 14 encodings of points of low order ("weak_public_key"), which
// verify signatures nobody made, and all bytes that are no canonical encoding
// of a point of the curve ("bad_public_key").
absl::Status CheckEnrollable(const PublicKey& key);

}  // namespace tallystick::evidence

#endif  // TALLYSTICK_CORE_EVIDENCE_ED25519_H_
