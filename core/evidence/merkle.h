// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EVIDENCE_MERKLE_H_
#define TALLYSTICK_CORE_EVIDENCE_MERKLE_H_

#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/evidence/digest.h"

// The Merkle tree of RFC 6962 and RFC 9162 with SHA-256 (evidence formats,
// section 1). Sizes and indices are at most 2^63 - 1.
namespace tallystick::evidence {

// No path of any tree is longer.
inline constexpr size_t kPathMax = 63;

// SHA-256(0x00 || leaf), over the exact stored bytes of an entry.
Digest HashLeaf(absl::string_view leaf);
// SHA-256(0x01 || left || right).
Digest HashChildren(const Digest& left, const Digest& right);
// SHA-256 of nothing.
Digest EmptyRoot();

// All that is needed to append to a tree and to compute its root: the hashes of
// the complete subtrees it falls into, largest first, one per set bit of size.
class CompactRange {
 public:
  CompactRange() = default;
  // INVALID_ARGUMENT unless there is one hash per set bit of `size`.
  static absl::StatusOr<CompactRange> FromHashes(uint64_t size,
                                                 std::vector<Digest> hashes);

  void Append(const Digest& leaf_hash);
  uint64_t size() const { return size_; }
  Digest Root() const;
  const std::vector<Digest>& hashes() const { return hashes_; }

 private:
  uint64_t size_ = 0;
  std::vector<Digest> hashes_;
};

// Refuse with "index_out_of_range" or "proof_invalid".
absl::Status VerifyInclusion(uint64_t index, uint64_t size,
                             const Digest& leaf_hash, const Digest& root,
                             std::span<const Digest> path);

// Refuses with "size_order" if old_size > new_size, "inconsistent" if equal
// sizes have different roots, else "proof_invalid".
absl::Status VerifyConsistency(uint64_t old_size, uint64_t new_size,
                               const Digest& old_root, const Digest& new_root,
                               std::span<const Digest> path);

// Hashes of complete subtrees of a stored tree.
class NodeReader {
 public:
  virtual ~NodeReader() = default;
  // The hash over leaves [index << level, (index + 1) << level).
  virtual absl::StatusOr<Digest> Node(int level, uint64_t index) const = 0;
};

// Of the first `size` leaves. O(log size) reads.
absl::StatusOr<CompactRange> RangeAt(const NodeReader& reader, uint64_t size);
absl::StatusOr<Digest> RootAt(const NodeReader& reader, uint64_t size);

// Siblings from leaf `index` up to the root of the first `size` leaves, lowest
// first. OUT_OF_RANGE unless index < size.
absl::StatusOr<std::vector<Digest>> ProveInclusion(const NodeReader& reader,
                                                   uint64_t index,
                                                   uint64_t size);
// OUT_OF_RANGE if old_size > new_size.
absl::StatusOr<std::vector<Digest>> ProveConsistency(const NodeReader& reader,
                                                     uint64_t old_size,
                                                     uint64_t new_size);

}  // namespace tallystick::evidence

#endif  // TALLYSTICK_CORE_EVIDENCE_MERKLE_H_
