// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EVIDENCE_APPROVAL_H_
#define TALLYSTICK_CORE_EVIDENCE_APPROVAL_H_

#include <cstdint>
#include <span>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/evidence/allowed_signers.h"
#include "core/evidence/ssh_public_key.h"
#include "core/evidence/sshsig.h"

// Approvals: a text signed by a person who was allowed to.
namespace tallystick::evidence {

// A good approval.
struct Approval {
  std::string principal;
  SshPublicKey key;
  uint8_t flags = 0;
  uint32_t counter = 0;
};

// Checks that `principal` has signed `message` and was allowed to at the time
// `unix_seconds`. Refuses with the reasons of VerifySshSignature, and with
// "unknown_signer", "namespace_not_allowed" or "key_not_valid".
absl::StatusOr<Approval> VerifyApproval(absl::string_view message,
                                        absl::string_view armoured_signature,
                                        absl::string_view principal,
                                        std::span<const AllowedSigner> allowed,
                                        int64_t unix_seconds,
                                        const SshSigPolicy& policy = {});

}  // namespace tallystick::evidence

#endif  // TALLYSTICK_CORE_EVIDENCE_APPROVAL_H_
