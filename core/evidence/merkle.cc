// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/merkle.h"

#include <algorithm>
#include <bit>

#include "core/evidence/refusal.h"
#include "core/status_macros.h"

namespace tallystick::evidence {
namespace {

constexpr uint64_t kSizeMax = (uint64_t{1} << 63) - 1;

// The largest power of two below `size`, which is at least 2.
uint64_t SplitOf(uint64_t size) { return std::bit_floor(size - 1); }

absl::Status RefuseProof() {
  return Refuse("proof_invalid", "the proof does not lead to the root");
}

// Root over leaves [low, high): cut from the left into the largest aligned
// complete subtrees, folded from the right.
absl::StatusOr<Digest> RangeRoot(const NodeReader& reader, uint64_t low,
                                 uint64_t high) {
  std::vector<Digest> parts;
  while (low < high) {
    int level = std::bit_width(high - low) - 1;
    if (low != 0) level = std::min(level, std::countr_zero(low));
    TALLYSTICK_ASSIGN_OR_RETURN(const Digest part,
                                reader.Node(level, low >> level));
    parts.push_back(part);
    low += uint64_t{1} << level;
  }
  Digest root = parts.back();
  for (size_t i = parts.size() - 1; i-- > 0;) {
    root = HashChildren(parts[i], root);
  }
  return root;
}

}  // namespace

Digest HashLeaf(absl::string_view leaf) {
  Sha256Hasher hasher;
  hasher.Update(absl::string_view("\0", 1));
  hasher.Update(leaf);
  return hasher.Finish();
}

Digest HashChildren(const Digest& left, const Digest& right) {
  Sha256Hasher hasher;
  hasher.Update("\1");
  hasher.Update(AsBytes(left));
  hasher.Update(AsBytes(right));
  return hasher.Finish();
}

Digest EmptyRoot() { return Sha256(""); }

absl::StatusOr<CompactRange> CompactRange::FromHashes(
    uint64_t size, std::vector<Digest> hashes) {
  if (size > kSizeMax ||
      static_cast<size_t>(std::popcount(size)) != hashes.size()) {
    return absl::InvalidArgumentError(
        "a compact range has one hash per set bit of its size");
  }
  CompactRange range;
  range.size_ = size;
  range.hashes_ = std::move(hashes);
  return range;
}

void CompactRange::Append(const Digest& leaf_hash) {
  Digest hash = leaf_hash;
  for (uint64_t rest = size_; rest & 1; rest >>= 1) {
    hash = HashChildren(hashes_.back(), hash);
    hashes_.pop_back();
  }
  hashes_.push_back(hash);
  ++size_;
}

Digest CompactRange::Root() const {
  if (hashes_.empty()) return EmptyRoot();
  Digest root = hashes_.back();
  for (size_t i = hashes_.size() - 1; i-- > 0;) {
    root = HashChildren(hashes_[i], root);
  }
  return root;
}

absl::Status VerifyInclusion(uint64_t index, uint64_t size,
                             const Digest& leaf_hash, const Digest& root,
                             std::span<const Digest> path) {
  if (index >= size) {
    return Refuse("index_out_of_range", "the tree has no such entry");
  }
  if (size > kSizeMax || path.size() > kPathMax) return RefuseProof();
  uint64_t node = index;
  uint64_t last = size - 1;
  Digest hash = leaf_hash;
  for (const Digest& sibling : path) {
    if (last == 0) return RefuseProof();
    if ((node & 1) != 0 || node == last) {
      hash = HashChildren(sibling, hash);
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      hash = HashChildren(hash, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  if (last != 0 || hash != root) return RefuseProof();
  return absl::OkStatus();
}

absl::Status VerifyConsistency(uint64_t old_size, uint64_t new_size,
                               const Digest& old_root, const Digest& new_root,
                               std::span<const Digest> path) {
  if (old_size > new_size) {
    return Refuse("size_order", "the older tree is larger");
  }
  if (new_size > kSizeMax || path.size() > kPathMax) return RefuseProof();
  if (old_size == 0 && old_root != EmptyRoot()) return RefuseProof();
  if (old_size == new_size) {
    if (!path.empty()) return RefuseProof();
    if (old_root != new_root) {
      return Refuse("inconsistent", "two roots for one size");
    }
    return absl::OkStatus();
  }
  if (old_size == 0) {
    return path.empty() ? absl::OkStatus() : RefuseProof();
  }
  if (path.empty()) return RefuseProof();
  const bool complete = std::has_single_bit(old_size);
  uint64_t node = old_size - 1;
  uint64_t last = new_size - 1;
  while ((node & 1) != 0) {
    node >>= 1;
    last >>= 1;
  }
  Digest old_hash = complete ? old_root : path[0];
  Digest new_hash = old_hash;
  for (const Digest& sibling : path.subspan(complete ? 0 : 1)) {
    if (last == 0) return RefuseProof();
    if ((node & 1) != 0 || node == last) {
      old_hash = HashChildren(sibling, old_hash);
      new_hash = HashChildren(sibling, new_hash);
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      new_hash = HashChildren(new_hash, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  if (last != 0 || old_hash != old_root || new_hash != new_root) {
    return RefuseProof();
  }
  return absl::OkStatus();
}

absl::StatusOr<CompactRange> RangeAt(const NodeReader& reader, uint64_t size) {
  std::vector<Digest> hashes;
  uint64_t low = 0;
  for (uint64_t rest = size; rest != 0;) {
    const int level = std::bit_width(rest) - 1;
    TALLYSTICK_ASSIGN_OR_RETURN(const Digest hash,
                                reader.Node(level, low >> level));
    hashes.push_back(hash);
    low += uint64_t{1} << level;
    rest -= uint64_t{1} << level;
  }
  return CompactRange::FromHashes(size, std::move(hashes));
}

absl::StatusOr<Digest> RootAt(const NodeReader& reader, uint64_t size) {
  TALLYSTICK_ASSIGN_OR_RETURN(const CompactRange range, RangeAt(reader, size));
  return range.Root();
}

absl::StatusOr<std::vector<Digest>> ProveInclusion(const NodeReader& reader,
                                                   uint64_t index,
                                                   uint64_t size) {
  if (index >= size) return absl::OutOfRangeError("the tree has no such entry");
  std::vector<Digest> path;
  for (uint64_t low = 0, high = size; high - low > 1;) {
    const uint64_t middle = low + SplitOf(high - low);
    const bool left = index < middle;
    TALLYSTICK_ASSIGN_OR_RETURN(const Digest sibling,
                                left ? RangeRoot(reader, middle, high)
                                     : RangeRoot(reader, low, middle));
    path.push_back(sibling);
    (left ? high : low) = middle;
  }
  std::reverse(path.begin(), path.end());
  return path;
}

absl::StatusOr<std::vector<Digest>> ProveConsistency(const NodeReader& reader,
                                                     uint64_t old_size,
                                                     uint64_t new_size) {
  if (old_size > new_size) {
    return absl::OutOfRangeError("the older tree is larger");
  }
  std::vector<Digest> path;
  if (old_size == 0 || old_size == new_size) return path;
  uint64_t low = 0;
  uint64_t high = new_size;
  while (old_size != high) {
    const uint64_t middle = low + SplitOf(high - low);
    const bool left = old_size <= middle;
    TALLYSTICK_ASSIGN_OR_RETURN(const Digest sibling,
                                left ? RangeRoot(reader, middle, high)
                                     : RangeRoot(reader, low, middle));
    path.push_back(sibling);
    (left ? high : low) = middle;
  }
  if (low != 0) {
    TALLYSTICK_ASSIGN_OR_RETURN(const Digest start,
                                RangeRoot(reader, low, high));
    path.push_back(start);
  }
  std::reverse(path.begin(), path.end());
  return path;
}

}  // namespace tallystick::evidence
