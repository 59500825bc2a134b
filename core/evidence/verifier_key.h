// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EVIDENCE_VERIFIER_KEY_H_
#define TALLYSTICK_CORE_EVIDENCE_VERIFIER_KEY_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/evidence/ed25519.h"

// Who may sign notes (C2SP signed-note v1.0.0): a name and a public key. As
// text,
//
//   name "+" <8 hex digits of the key id> "+" base64(type || public key)
//   key id = first 4 bytes of SHA-256(name || LF || type || public key)
namespace tallystick::evidence {

// The numbers are those of the formats; others are not supported.
enum class KeyType : uint8_t {
  kLog = 0x01,      // Ed25519 over the text
  kWitness = 0x04,  // cosignature/v1, see cosignature.h
};

struct VerifierKey {
  std::string name;
  // Only a label for finding the key; two keys can be made to share one.
  uint32_t key_id = 0;
  KeyType type = KeyType::kLog;
  PublicKey public_key;

  // Computes the id. `name` must be a key name and `public_key` sound; what
  // comes from outside goes through Parse.
  static VerifierKey ForLog(absl::string_view name,
                            const PublicKey& public_key);
  static VerifierKey ForWitness(absl::string_view name,
                                const PublicKey& public_key);

  // Refuses with "bad_vkey", and with the reasons of CheckEnrollable: a key is
  // enrolled by its text.
  static absl::StatusOr<VerifierKey> Parse(absl::string_view vkey);

  std::string ToString() const;

  friend bool operator==(const VerifierKey&, const VerifierKey&) = default;
};

// Whether `name` can be a key's name: valid UTF-8, not empty, without "+",
// white space of any script, and control characters.
bool IsKeyName(absl::string_view name);

// Whether `name` is of the narrower kind we give to our own keys:
// [a-z0-9./_-]{1,200}.
bool IsOwnKeyName(absl::string_view name);

}  // namespace tallystick::evidence

#endif  // TALLYSTICK_CORE_EVIDENCE_VERIFIER_KEY_H_
