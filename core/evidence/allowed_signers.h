// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EVIDENCE_ALLOWED_SIGNERS_H_
#define TALLYSTICK_CORE_EVIDENCE_ALLOWED_SIGNERS_H_

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/evidence/ssh_public_key.h"

// Who may approve, in the file format of ssh-keygen's allowed_signers:
//
//   principals [options] keytype base64key [comment]
//
// Tallystick generates this from what the log has enrolled, so that anybody can
// check an approval with stock tools. Times are in seconds since the Epoch.
namespace tallystick::evidence {

struct AllowedSigner {
  // Comma list of patterns with "*", "?" and leading "!".
  std::string principals;
  // The same for namespaces; none allows all.
  std::optional<std::string> namespaces;
  // Both ends are included.
  int64_t valid_after = std::numeric_limits<int64_t>::min();
  int64_t valid_before = std::numeric_limits<int64_t>::max();
  SshPublicKey key;

  friend bool operator==(const AllowedSigner&, const AllowedSigner&) = default;
};

// Reads a file, line by line; "#" lines and empty ones are skipped. Refuses
// with "malformed", "key_type_not_allowed", "cert_authority" (we have none),
// "local_time" for a time without "Z", and the reasons of CheckEnrollable.
absl::StatusOr<std::vector<AllowedSigner>> ParseAllowedSigners(
    absl::string_view file);

// The line for one signer, with its line feed; always for the namespace of
// approvals. Empty if `principal` is not literal: a pattern, a list, or text
// with blanks, quotes or control characters; or if a time is outside the years
// 1 to 9999.
std::string FormatAllowedSigner(absl::string_view principal,
                                const SshPublicKey& key,
                                std::optional<int64_t> valid_after,
                                std::optional<int64_t> valid_before);

// Whether the comma list `patterns` matches `text`: some pattern does, and no
// negated one.
bool MatchesPatternList(absl::string_view text, absl::string_view patterns);

// Reads "YYYYMMDD[HHMM[SS]]Z" as seconds since the Epoch. Refuses with
// "local_time" if only the "Z" is missing, else with "malformed".
absl::StatusOr<int64_t> ParseSignerTime(absl::string_view text);

}  // namespace tallystick::evidence

#endif  // TALLYSTICK_CORE_EVIDENCE_ALLOWED_SIGNERS_H_
