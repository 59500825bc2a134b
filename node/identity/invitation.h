// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_IDENTITY_INVITATION_H_
#define TALLYSTICK_NODE_IDENTITY_INVITATION_H_

#include <array>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "node/identity/certificate.h"
#include "node/identity/random.h"

// An invitation travels as one line of text, over whatever channel the two
// companies already trust, and is redeemed once:
//
//   "tally1-" base64url( size(2) payload checksum(4) )        no padding
//   payload  = version(1) = 1, alliance uid(16), fingerprint(32), secret(16),
//              expiry(8, Unix seconds), s(address), s(alliance name), s(domain)
//   size     = length of payload;  integers are big-endian
//   s(x)     = length(1), then x
//   checksum = first bytes of SHA-256 over size and payload; it finds accidents
//              of copying, not forgery: whoever has the token has the secret.
namespace tallystick::node {

inline constexpr size_t kAllianceNameBytesMax = 64;

struct Invitation {
  // Where the inviter takes calls; `host:port`.
  std::string address;
  std::array<uint8_t, 16> alliance_uid = {};
  Fingerprint inviter;
  std::array<uint8_t, 16> secret = {};
  // Whole seconds.
  absl::Time expires;
  // What the inviter calls the alliance, 1 to 64 bytes of a-z, 0-9 and '-'.
  std::string alliance_name;
  std::string inviter_domain;
};

std::array<uint8_t, 16> MakeSecret(const RandomBytes& random);

// INVALID_ARGUMENT if a field is out of its bounds.
absl::StatusOr<std::string> FormatInvitation(const Invitation& invitation);

// Hostile input. INVALID_ARGUMENT says whether the text is no invitation, cut
// off, altered, or of a newer version. Space around it is ignored. The expiry
// is not looked at.
absl::StatusOr<Invitation> ParseInvitation(absl::string_view token);

// FAILED_PRECONDITION from the moment of expiry on.
absl::Status CheckNotExpired(const Invitation& invitation, absl::Time now);

// Who makes a proof. Each side proves in its own role, so that no proof can be
// sent back as an answer to itself.
enum class PairRole { kJoin, kInvite };

// Shows knowledge of the secret, bound to both certificates and to the card it
// comes with: HMAC-SHA256(secret, lp("tallystick/pair/v1") lp(role) lp(uid)
// lp(inviter) lp(joiner) lp(card)), role = "join" or "invite", lp(x) = 8-byte
// big-endian length, then x. 32 bytes.
std::string PairingProof(PairRole role, absl::string_view secret,
                         absl::string_view alliance_uid,
                         const Fingerprint& inviter, const Fingerprint& joiner,
                         absl::string_view card);

// Takes the same time wherever they differ.
bool SameProof(absl::string_view a, absl::string_view b);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_IDENTITY_INVITATION_H_
