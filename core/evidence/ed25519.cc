// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/ed25519.h"

#include <sodium/crypto_sign_ed25519.h>
#include <sodium/utils.h>

#include <algorithm>
#include <utility>

#include "core/evidence/refusal.h"

// sodium_init is not called: it sets up randomness, guarded memory and other
// algorithms, none of which are used.
namespace tallystick::evidence {
namespace {

static_assert(kPublicKeySize == crypto_sign_ed25519_PUBLICKEYBYTES);
static_assert(kSignatureSize == crypto_sign_ed25519_BYTES);
static_assert(kSeedSize == crypto_sign_ed25519_SEEDBYTES);

const unsigned char* Data(absl::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

absl::StatusOr<PublicKey> PublicKey::FromBytes(absl::string_view bytes) {
  if (bytes.size() != kPublicKeySize) {
    return Refuse("bad_public_key", "an Ed25519 public key has 32 bytes");
  }
  PublicKey key;
  std::copy(bytes.begin(), bytes.end(), key.bytes_.begin());
  return key;
}

absl::StatusOr<SigningKey> SigningKey::FromSeed(absl::string_view seed) {
  if (seed.size() != kSeedSize) {
    return Refuse("bad_seed", "an Ed25519 seed has 32 bytes");
  }
  SigningKey key;
  static_assert(sizeof(key.secret_) == crypto_sign_ed25519_SECRETKEYBYTES);
  std::array<unsigned char, kPublicKeySize> bytes;
  // Fails for no input.
  crypto_sign_ed25519_seed_keypair(bytes.data(), key.secret_.data(),
                                   Data(seed));
  auto public_key = PublicKey::FromBytes(absl::string_view(
      reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  if (!public_key.ok()) return public_key.status();
  key.public_key_ = *public_key;
  return key;
}

SigningKey::SigningKey(SigningKey&& other) noexcept
    : secret_(other.secret_), public_key_(other.public_key_) {
  sodium_memzero(other.secret_.data(), other.secret_.size());
}

SigningKey& SigningKey::operator=(SigningKey&& other) noexcept {
  std::swap(secret_, other.secret_);
  std::swap(public_key_, other.public_key_);
  return *this;
}

SigningKey::~SigningKey() { sodium_memzero(secret_.data(), secret_.size()); }

std::string SigningKey::Sign(absl::string_view message) const {
  std::string signature(kSignatureSize, '\0');
  // Fails for no input.
  crypto_sign_ed25519_detached(
      reinterpret_cast<unsigned char*>(signature.data()), nullptr,
      Data(message), message.size(), secret_.data());
  return signature;
}

bool Verify(const PublicKey& key, absl::string_view message,
            absl::string_view signature) {
  return signature.size() == kSignatureSize &&
         crypto_sign_ed25519_verify_detached(Data(signature), Data(message),
                                             message.size(),
                                             Data(key.bytes())) == 0;
}

}  // namespace tallystick::evidence
