// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EVIDENCE_SSHSIG_H_
#define TALLYSTICK_CORE_EVIDENCE_SSHSIG_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/evidence/ssh_public_key.h"

// Signatures people make with stock ssh-keygen (OpenSSH PROTOCOL.sshsig), read
// more strictly than ssh-keygen does:
//
//   "SSHSIG" || uint32 1 || string publickey || string namespace ||
//   string reserved || string hash_alg || string signature
//
// in base64 between two armour lines; signed is
//
//   "SSHSIG" || string namespace || string reserved || string hash_alg ||
//   string H(message)
//
// Signature bytes name nothing: one message can have several by one key. To
// tell approvals apart use the hash of the message and the key's fingerprint.
namespace tallystick::evidence {

// What every approval is signed for, so that no other signature is one.
inline constexpr absl::string_view kApprovalNamespace = "tallystick";

enum class SshHash { kSha512, kSha256 };

// Flags of a security key's signature.
inline constexpr uint8_t kSkUserPresent = 0x01;   // touched
inline constexpr uint8_t kSkUserVerified = 0x04;  // PIN or biometry

struct SshSignature {
  SshPublicKey key;
  std::string signature_namespace;
  SshHash hash = SshHash::kSha512;
  // Whether the signature inside says it was made by a security key. It can
  // only be good if that is true of `key`, too.
  bool by_security_key = false;
  // 64 bytes.
  std::string ed25519;
  // Of a security key's signature, else 0. The counter may repeat or jump.
  uint8_t flags = 0;
  uint32_t counter = 0;

  friend bool operator==(const SshSignature&, const SshSignature&) = default;
};

// Reads the armour and what is in it; nothing is verified. Base64 lines may
// have any length. Refuses with "malformed", "key_type_not_allowed" or
// "hash_not_allowed".
absl::StatusOr<SshSignature> ParseSshSignature(absl::string_view armoured);

// Returns `signature` in armour, in lines of 70 as ssh-keygen writes them.
std::string ArmourSignature(const SshSignature& signature);

// The same from the parts an agent gives: `agent_signature` is the inner
// signature (type, bytes, flags, counter). Refuses it with "malformed".
absl::StatusOr<std::string> ArmourSignature(const SshPublicKey& key,
                                            SshHash hash,
                                            absl::string_view agent_signature);

// What is signed for `message`; an agent is handed this.
std::string SshSigPreimage(
    absl::string_view message, SshHash hash = SshHash::kSha512,
    absl::string_view signature_namespace = kApprovalNamespace);

// What a verifier insists on.
struct SshSigPolicy {
  std::string signature_namespace = std::string(kApprovalNamespace);
  // Whether security keys must have asked for a PIN or biometry.
  bool require_user_verified = false;
};

// Checks that `signature` is good for `message` and keeps to `policy`, by
// whatever key it names. Refuses with "namespace_mismatch", "bad_signature",
// "sk_application", "sk_user_presence" or "sk_user_verification".
absl::Status CheckSshSignature(absl::string_view message,
                               const SshSignature& signature,
                               const SshSigPolicy& policy);

// Checks that `armoured` is an approval of `message` by `key`. Refuses with the
// reasons of ParseSshSignature and CheckSshSignature, or with "unknown_signer"
// if it is a good one by another key.
absl::Status VerifySshSignature(absl::string_view message,
                                absl::string_view armoured,
                                const SshPublicKey& key,
                                const SshSigPolicy& policy = {});

}  // namespace tallystick::evidence

#endif  // TALLYSTICK_CORE_EVIDENCE_SSHSIG_H_
