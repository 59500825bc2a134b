// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EVIDENCE_SSH_PUBLIC_KEY_H_
#define TALLYSTICK_CORE_EVIDENCE_SSH_PUBLIC_KEY_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/evidence/ed25519.h"

// The SSH keys people approve with: Ed25519, in a file or in a FIDO security
// key (OpenSSH PROTOCOL.u2f). Other types are refused.
namespace tallystick::evidence {

inline constexpr absl::string_view kSshEd25519 = "ssh-ed25519";
inline constexpr absl::string_view kSkSshEd25519 = "sk-ssh-ed25519@openssh.com";

struct SshPublicKey {
  PublicKey key;
  // Whether the key lives in a security key.
  bool security_key = false;
  // What the security key made the key for, such as "ssh:"; else empty.
  std::string application;

  // Reads "<type> <base64> [<comment>]", the line of a .pub file, with or
  // without its line feed. Refuses with "malformed", "key_type_not_allowed",
  // or the reasons of CheckEnrollable: a key is enrolled by its line.
  static absl::StatusOr<SshPublicKey> Parse(absl::string_view line);

  // Reads the binary form, all of it. Refuses with "malformed" or
  // "key_type_not_allowed"; whether the key is sound is not checked.
  static absl::StatusOr<SshPublicKey> FromBlob(absl::string_view blob);

  std::string Blob() const;

  // kSshEd25519 or kSkSshEd25519.
  absl::string_view Type() const;

  // "<type> <base64>", without comment.
  std::string ToString() const;

  // "SHA256:" and 43 characters of base64, as ssh-keygen -l shows it.
  std::string Fingerprint() const;

  friend bool operator==(const SshPublicKey&, const SshPublicKey&) = default;
};

}  // namespace tallystick::evidence

#endif  // TALLYSTICK_CORE_EVIDENCE_SSH_PUBLIC_KEY_H_
