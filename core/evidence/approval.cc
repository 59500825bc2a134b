// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/approval.h"

#include "core/evidence/refusal.h"
#include "core/status_macros.h"

namespace tallystick::evidence {
namespace {

// Longer names match nobody, which bounds the work of matching patterns.
constexpr size_t kPrincipalSizeMax = 1'000;

absl::Status CheckAllowed(const AllowedSigner& signer,
                          absl::string_view signature_namespace,
                          int64_t unix_seconds) {
  if (signer.namespaces.has_value() &&
      !MatchesPatternList(signature_namespace, *signer.namespaces)) {
    return Refuse("namespace_not_allowed",
                  "the signer's key is for other purposes");
  }
  if (unix_seconds < signer.valid_after || unix_seconds > signer.valid_before) {
    return Refuse("key_not_valid", "the signer's key was not valid then");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Approval> VerifyApproval(absl::string_view message,
                                        absl::string_view armoured_signature,
                                        absl::string_view principal,
                                        std::span<const AllowedSigner> allowed,
                                        int64_t unix_seconds,
                                        const SshSigPolicy& policy) {
  TALLYSTICK_ASSIGN_OR_RETURN(const SshSignature signature,
                              ParseSshSignature(armoured_signature));
  TALLYSTICK_RETURN_IF_ERROR(CheckSshSignature(message, signature, policy));
  absl::Status refusal =
      Refuse("unknown_signer", "the key is not one of this signer");
  if (principal.size() > kPrincipalSizeMax) return refusal;
  // A signer may have several lines for one key; one that allows is enough.
  for (const AllowedSigner& signer : allowed) {
    if (signer.key != signature.key ||
        !MatchesPatternList(principal, signer.principals)) {
      continue;
    }
    refusal = CheckAllowed(signer, signature.signature_namespace, unix_seconds);
    if (!refusal.ok()) continue;
    return Approval{.principal = std::string(principal),
                    .key = signature.key,
                    .flags = signature.flags,
                    .counter = signature.counter};
  }
  return refusal;
}

}  // namespace tallystick::evidence
