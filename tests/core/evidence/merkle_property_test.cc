// SPDX-License-Identifier: Apache-2.0
// Trees, proofs and tiles against the definition, written down as slowly as it
// reads, for all small sizes and those around powers of two.
#include <bit>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/evidence/merkle.h"
#include "core/evidence/tile.h"
#include "gtest/gtest.h"
#include "tests/status_matchers.h"

namespace tallystick::evidence {
namespace {

using ::tallystick::testing::IsOk;

Digest LeafAt(uint64_t index) { return HashLeaf(absl::StrCat("leaf ", index)); }

// RFC 6962 section 2.1.
Digest SlowRoot(uint64_t first, uint64_t size) {
  if (size == 0) return EmptyRoot();
  if (size == 1) return LeafAt(first);
  const uint64_t k = std::bit_floor(size - 1);
  return HashChildren(SlowRoot(first, k), SlowRoot(first + k, size - k));
}

class SlowReader : public NodeReader {
 public:
  absl::StatusOr<Digest> Node(int level, uint64_t index) const override {
    return SlowRoot(index << level, uint64_t{1} << level);
  }
};

std::vector<uint64_t> Sizes() {
  std::vector<uint64_t> sizes;
  for (uint64_t size = 0; size <= 20; ++size) sizes.push_back(size);
  for (uint64_t power = 32; power <= 512; power *= 2) {
    for (uint64_t size = power - 1; size <= power + 1; ++size) {
      sizes.push_back(size);
    }
  }
  return sizes;
}

TEST(MerkleProperty, CompactRangeHasTheRootOfTheDefinition) {
  CompactRange range;
  for (const uint64_t size : Sizes()) {
    while (range.size() < size) range.Append(LeafAt(range.size()));
    EXPECT_EQ(range.Root(), SlowRoot(0, size)) << size;
    const auto restored = CompactRange::FromHashes(size, range.hashes());
    ASSERT_THAT(restored, IsOk());
    EXPECT_EQ(restored->Root(), range.Root());
  }
}

TEST(MerkleProperty, RangesOfTheWrongLengthAreRefused) {
  EXPECT_FALSE(CompactRange::FromHashes(3, {LeafAt(0)}).ok());
  EXPECT_FALSE(CompactRange::FromHashes(0, {LeafAt(0)}).ok());
}

TEST(MerkleProperty, SizesAboveTheLargestAreRefused) {
  constexpr uint64_t kTooLarge = uint64_t{1} << 63;
  const Digest leaf = LeafAt(0);
  EXPECT_FALSE(CompactRange::FromHashes(kTooLarge, {leaf}).ok());
  // The last leaf of a tree of 2^63 + 1 leaves has a path of one hash.
  const Digest root = HashChildren(leaf, leaf);
  EXPECT_FALSE(VerifyInclusion(kTooLarge, kTooLarge + 1, leaf, root,
                               std::vector<Digest>{leaf})
                   .ok());
  EXPECT_FALSE(VerifyConsistency(kTooLarge, kTooLarge + 1, leaf, root,
                                 std::vector<Digest>{leaf})
                   .ok());
}

TEST(MerkleProperty, TheEmptyTreeHasOneRoot) {
  const Digest other = LeafAt(0);
  EXPECT_FALSE(VerifyConsistency(0, 0, other, other, {}).ok());
}

TEST(MerkleProperty, EveryEntryIsProvenAndNoChangedProofPasses) {
  const SlowReader reader;
  for (uint64_t size = 1; size <= 20; ++size) {
    const Digest root = SlowRoot(0, size);
    for (uint64_t index = 0; index < size; ++index) {
      SCOPED_TRACE(absl::StrCat(index, " of ", size));
      auto path = ProveInclusion(reader, index, size);
      ASSERT_THAT(path, IsOk());
      EXPECT_THAT(VerifyInclusion(index, size, LeafAt(index), root, *path),
                  IsOk());
      EXPECT_FALSE(
          VerifyInclusion(index, size, LeafAt(index + 1), root, *path).ok());
      for (Digest& hash : *path) {
        hash[7] ^= 1;
        EXPECT_FALSE(
            VerifyInclusion(index, size, LeafAt(index), root, *path).ok());
        hash[7] ^= 1;
      }
      path->push_back(root);
      EXPECT_FALSE(
          VerifyInclusion(index, size, LeafAt(index), root, *path).ok());
    }
    EXPECT_FALSE(ProveInclusion(reader, size, size).ok());
  }
}

TEST(MerkleProperty, EveryGrowthIsProvenAndNoChangedProofPasses) {
  const SlowReader reader;
  for (uint64_t size = 0; size <= 20; ++size) {
    for (uint64_t old_size = 0; old_size <= size; ++old_size) {
      SCOPED_TRACE(absl::StrCat(old_size, " to ", size));
      auto path = ProveConsistency(reader, old_size, size);
      ASSERT_THAT(path, IsOk());
      const Digest old_root = SlowRoot(0, old_size);
      const Digest root = SlowRoot(0, size);
      EXPECT_THAT(VerifyConsistency(old_size, size, old_root, root, *path),
                  IsOk());
      Digest other_root = root;
      other_root[0] ^= 1;
      // Everything continues the empty tree.
      EXPECT_EQ(
          VerifyConsistency(old_size, size, old_root, other_root, *path).ok(),
          old_size == 0 && size > 0);
      EXPECT_FALSE(
          VerifyConsistency(old_size, size, other_root, root, *path).ok());
      for (Digest& hash : *path) {
        hash[7] ^= 1;
        EXPECT_FALSE(
            VerifyConsistency(old_size, size, old_root, root, *path).ok());
        hash[7] ^= 1;
      }
      path->push_back(root);
      EXPECT_FALSE(
          VerifyConsistency(old_size, size, old_root, root, *path).ok());
    }
  }
}

TEST(MerkleProperty, StoredTilesGiveEveryRootAndProof) {
  std::map<std::pair<int, uint64_t>, std::string> stored;
  const TileNodeReader reader([&stored](int level, uint64_t index) {
    return absl::StatusOr<std::string>(stored[{level, index}]);
  });
  TileTree tree;
  for (const uint64_t size : Sizes()) {
    while (tree.size() < size) tree.Append(LeafAt(tree.size()));
    for (TileWrite& tile : tree.TakeChangedTiles()) {
      stored[{tile.level, tile.index}] = std::move(tile.hashes);
    }
    EXPECT_TRUE(tree.TakeChangedTiles().empty());
    for (const uint64_t old_size : Sizes()) {
      if (old_size > size) break;
      const auto root = RootAt(reader, old_size);
      ASSERT_THAT(root, IsOk());
      const auto path = ProveConsistency(reader, old_size, size);
      ASSERT_THAT(path, IsOk());
      EXPECT_THAT(
          VerifyConsistency(old_size, size, *root, SlowRoot(0, size), *path),
          IsOk());
    }
  }
}

TEST(MerkleProperty, ATileTreeGoesOnWhereItStopped) {
  TileTree whole;
  for (uint64_t i = 0; i < 300; ++i) whole.Append(LeafAt(i));
  whole.TakeChangedTiles();
  std::string open;
  for (uint64_t i = 256; i < 300; ++i) {
    open.append(std::string(AsBytes(LeafAt(i))));
  }
  const Digest first_tile = SlowRoot(0, 256);
  auto restored =
      TileTree::FromTiles(300, {open, std::string(AsBytes(first_tile))});
  ASSERT_THAT(restored, IsOk());
  for (uint64_t i = 300; i < 600; ++i) {
    whole.Append(LeafAt(i));
    restored->Append(LeafAt(i));
  }
  EXPECT_EQ(restored->TakeChangedTiles(), whole.TakeChangedTiles());
}

}  // namespace
}  // namespace tallystick::evidence
