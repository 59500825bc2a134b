// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_LEDGER_LEAF_H_
#define TALLYSTICK_CORE_LEDGER_LEAF_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/evidence/digest.h"
#include "core/ledger/storage.h"

// Leaves and the bodies they commit to (architecture.md, section 2).
namespace tallystick::ledger {

inline constexpr size_t kLeafSizeMax = 512;
inline constexpr size_t kSaltSize = 32;
inline constexpr size_t kBodySizeMax = 61440;
inline constexpr size_t kAuthorSizeMax = 63;

// What a leaf says. Field meanings as in entry.proto.
struct Leaf {
  uint64_t partner_size = 0;
  int64_t time_us = 0;
  std::string author;
  evidence::Digest body_commitment = {};
};

// SHA-256( lp("tallystick/body/v1") || lp(salt) || lp(body) ) with an 8-byte
// big-endian length before each part.
evidence::Digest CommitToBody(absl::string_view salt, absl::string_view body);

// A new entry over `body`. `salt` must be 32 fresh random bytes; a salt used
// twice would let a reader link or guess sealed bodies.
Entry MakeEntry(uint64_t partner_size, int64_t time_us,
                absl::string_view author, absl::string_view salt,
                absl::string_view body);

// Reads a leaf received from anyone. Refusals have the reasons "oversize",
// "malformed_leaf" and "bad_time" (a time before 2000 or after 9999).
absl::StatusOr<Leaf> ParseLeaf(absl::string_view bytes);

// Reads the leaf and checks that it commits to salt and body. Refuses as
// ParseLeaf, and with "oversize" and "commitment_mismatch".
absl::StatusOr<Leaf> VerifyEntry(const Entry& entry);

}  // namespace tallystick::ledger

#endif  // TALLYSTICK_CORE_LEDGER_LEAF_H_
