// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/sshsig.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/evidence/digest.h"
#include "core/evidence/ed25519.h"
#include "core/evidence/refusal.h"
#include "core/evidence/sha512.h"
#include "core/evidence/ssh_wire.h"
#include "core/status_macros.h"

namespace tallystick::evidence {
namespace {

constexpr absl::string_view kMagic = "SSHSIG";
constexpr absl::string_view kApplicationPrefix = "ssh:";

absl::string_view NameOf(SshHash hash) {
  return hash == SshHash::kSha512 ? "sha512" : "sha256";
}

// The bytes the Ed25519 signature is over.
std::string SignedBytes(absl::string_view message,
                        const SshSignature& signature) {
  std::string preimage =
      SshSigPreimage(message, signature.hash, signature.signature_namespace);
  if (!signature.key.security_key) return preimage;
  return absl::StrCat(AsBytes(Sha256(signature.key.application)),
                      BigEndian(signature.flags), BigEndian(signature.counter),
                      AsBytes(Sha256(preimage)));
}

absl::Status CheckSecurityKey(const SshSignature& signature,
                              const SshSigPolicy& policy) {
  if (!absl::StartsWith(signature.key.application, kApplicationPrefix)) {
    return Refuse("sk_application", "the security key's key is not for SSH");
  }
  if ((signature.flags & kSkUserPresent) == 0) {
    return Refuse("sk_user_presence", "the security key was not touched");
  }
  if (policy.require_user_verified &&
      (signature.flags & kSkUserVerified) == 0) {
    return Refuse("sk_user_verification",
                  "the security key did not verify its user");
  }
  return absl::OkStatus();
}

}  // namespace

std::string SshSigPreimage(absl::string_view message, SshHash hash,
                           absl::string_view signature_namespace) {
  const std::string digest = hash == SshHash::kSha512
                                 ? Sha512(message)
                                 : std::string(AsBytes(Sha256(message)));
  return absl::StrCat(kMagic, SshString(signature_namespace), SshString(""),
                      SshString(NameOf(hash)), SshString(digest));
}

absl::Status CheckSshSignature(absl::string_view message,
                               const SshSignature& signature,
                               const SshSigPolicy& policy) {
  if (signature.signature_namespace != policy.signature_namespace) {
    return Refuse("namespace_mismatch", "signed for another purpose");
  }
  if (signature.by_security_key != signature.key.security_key ||
      !Verify(signature.key.key, SignedBytes(message, signature),
              signature.ed25519)) {
    return Refuse("bad_signature", "the signature does not verify");
  }
  if (!signature.key.security_key) return absl::OkStatus();
  return CheckSecurityKey(signature, policy);
}

absl::Status VerifySshSignature(absl::string_view message,
                                absl::string_view armoured,
                                const SshPublicKey& key,
                                const SshSigPolicy& policy) {
  TALLYSTICK_ASSIGN_OR_RETURN(const SshSignature signature,
                              ParseSshSignature(armoured));
  TALLYSTICK_RETURN_IF_ERROR(CheckSshSignature(message, signature, policy));
  if (signature.key != key) {
    return Refuse("unknown_signer", "another key has signed");
  }
  return absl::OkStatus();
}

}  // namespace tallystick::evidence
