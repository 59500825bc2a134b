// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EVIDENCE_TLOG_PROOF_H_
#define TALLYSTICK_CORE_EVIDENCE_TLOG_PROOF_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/evidence/cosignature.h"
#include "core/evidence/digest.h"
#include "core/evidence/verifier_key.h"

// A file that proves to anyone that an entry is in a log (C2SP tlog-proof):
//
//   c2sp.org/tlog-proof@v1 LF
//   [extra SP <base64> LF]
//   index SP <decimal> LF
//   <base64 hash> LF ...      the leaf's sibling first, at most 63
//   LF
//   <checkpoint with its signatures, verbatim>
namespace tallystick::evidence {

struct TlogProof {
  // Opaque bytes that nothing vouches for.
  std::optional<std::string> extra;
  uint64_t index = 0;
  std::vector<Digest> path;
  std::string checkpoint;

  friend bool operator==(const TlogProof&, const TlogProof&) = default;
};

// Refuses ("malformed") every other form. Nothing is verified.
absl::StatusOr<TlogProof> ParseTlogProof(absl::string_view file);

std::string FormatTlogProof(const TlogProof& proof);

// Whose signatures a proof needs.
struct TlogProofPolicy {
  const VerifierKey& log_key;
  std::span<const VerifierKey> witness_keys;
  // How many of them must have cosigned.
  size_t quorum = 1;
};

struct ProvenEntry {
  uint64_t index = 0;
  CosignedCheckpoint checkpoint;
};

// Checks that the log contains `entry`, byte for byte. Refuses with
// "malformed", the reasons of OpenCosignedCheckpoint, or "proof_invalid".
absl::StatusOr<ProvenEntry> VerifyTlogProof(absl::string_view file,
                                            absl::string_view entry,
                                            const TlogProofPolicy& policy);

// The same for an entry known by its leaf hash, which must have been computed
// from an entry: an inner node's hash could pass for that of a leaf.
absl::StatusOr<ProvenEntry> VerifyTlogProofOfLeaf(
    absl::string_view file, const Digest& leaf_hash,
    const TlogProofPolicy& policy);

}  // namespace tallystick::evidence

#endif  // TALLYSTICK_CORE_EVIDENCE_TLOG_PROOF_H_
