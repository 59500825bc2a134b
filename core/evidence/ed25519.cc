// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/ed25519.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cstdlib>

#include "core/evidence/refusal.h"

namespace tallystick::evidence {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

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

void SigningKey::FreeKey::operator()(EVP_PKEY* key) const {
  EVP_PKEY_free(key);  // Clears the private half.
}

absl::StatusOr<SigningKey> SigningKey::FromSeed(absl::string_view seed) {
  if (seed.size() != kSeedSize) {
    return Refuse("bad_seed", "an Ed25519 seed has 32 bytes");
  }
  SigningKey key;
  key.key_.reset(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr,
                                              Data(seed), seed.size()));
  std::array<unsigned char, kPublicKeySize> bytes;
  size_t size = bytes.size();
  if (key.key_ == nullptr ||
      EVP_PKEY_get_raw_public_key(key.key_.get(), bytes.data(), &size) != 1) {
    return absl::InternalError("OpenSSL cannot make an Ed25519 key");
  }
  auto public_key = PublicKey::FromBytes(
      absl::string_view(reinterpret_cast<const char*>(bytes.data()), size));
  if (!public_key.ok()) return public_key.status();
  key.public_key_ = *public_key;
  return key;
}

std::string SigningKey::Sign(absl::string_view message) const {
  const Context context(EVP_MD_CTX_new());
  std::string signature(kSignatureSize, '\0');
  size_t size = signature.size();
  if (context == nullptr ||
      EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr,
                         key_.get()) != 1 ||
      EVP_DigestSign(context.get(),
                     reinterpret_cast<unsigned char*>(signature.data()), &size,
                     Data(message), message.size()) != 1 ||
      size != kSignatureSize) {
    // No message can cause this: the machine is out of memory, or this object
    // was moved from. Anything we returned could be taken for a signature.
    std::abort();
  }
  return signature;
}

bool Verify(const PublicKey& key, absl::string_view message,
            absl::string_view signature) {
  if (signature.size() != kSignatureSize) return false;
  EVP_PKEY* const openssl_key = EVP_PKEY_new_raw_public_key(
      EVP_PKEY_ED25519, nullptr, Data(key.bytes()), key.bytes().size());
  const Context context(EVP_MD_CTX_new());
  // Negative results are failures, too.
  const bool good =
      openssl_key != nullptr && context != nullptr &&
      EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr,
                           openssl_key) == 1 &&
      EVP_DigestVerify(context.get(), Data(signature), signature.size(),
                       Data(message), message.size()) == 1;
  EVP_PKEY_free(openssl_key);
  return good;
}

}  // namespace tallystick::evidence
