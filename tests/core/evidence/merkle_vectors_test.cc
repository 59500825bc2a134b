// SPDX-License-Identifier: Apache-2.0
// Every published case about trees and tiles.
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "core/evidence/merkle.h"
#include "core/evidence/refusal.h"
#include "core/evidence/tile.h"
#include "gtest/gtest.h"
#include "tests/core/evidence/vectors.h"

namespace tallystick::evidence {
namespace {

using ::testing::TestWithParam;
using ::testing::ValuesIn;

class LeafHashVector : public TestWithParam<Case> {};

TEST_P(LeafHashVector, IsReproduced) {
  const Case& c = GetParam();
  std::string leaf = c.Bytes("data_b64");
  if (c.Has("data_repeat")) {
    const YAML::Node repeat = c.fields["data_repeat"];
    leaf.assign(
        repeat["count"].as<size_t>(),
        absl::HexStringToBytes(repeat["byte_hex"].as<std::string>())[0]);
  }
  EXPECT_EQ(HashLeaf(leaf), c.Hash("leaf_hash"));
}

INSTANTIATE_TEST_SUITE_P(All, LeafHashVector,
                         ValuesIn(LoadCases("merkle-leaf-hashes")), CaseName);

class RootVector : public TestWithParam<Case> {};

TEST_P(RootVector, IsReproduced) {
  const Case& c = GetParam();
  CompactRange range;
  while (range.size() < c.Number("tree_size")) {
    range.Append(HashLeaf(VectorLeaf(range.size())));
  }
  EXPECT_EQ(range.Root(), c.Hash("root"));
}

INSTANTIATE_TEST_SUITE_P(All, RootVector, ValuesIn(LoadCases("merkle-roots")),
                         CaseName);

class InclusionVector : public TestWithParam<Case> {};

TEST_P(InclusionVector, IsJudgedAsPublished) {
  const Case& c = GetParam();
  EXPECT_TRUE(c.Agrees(
      VerifyInclusion(c.Number("leaf_index"), c.Number("tree_size"),
                      c.Hash("leaf_hash"), c.Hash("root"), c.Hashes("proof"))));
}

INSTANTIATE_TEST_SUITE_P(All, InclusionVector,
                         ValuesIn(LoadCases("merkle-inclusion")), CaseName);

class ConsistencyVector : public TestWithParam<Case> {};

// Two roots of different sizes with a proof that does not fit them: from the
// inputs alone nobody can tell a forked log from a damaged proof. The cases
// call those made from a forked log "inconsistent"; we say "proof_invalid" for
// both and keep "inconsistent" for what is certain, two roots of one size.
TEST_P(ConsistencyVector, IsJudgedAsPublished) {
  const Case& c = GetParam();
  const absl::Status status = VerifyConsistency(
      c.Number("old_size"), c.Number("new_size"), c.Hash("old_root"),
      c.Hash("new_root"), c.Hashes("proof"));
  if (!c.Accepts() && c.Text("reason") == "inconsistent" &&
      c.Number("old_size") != c.Number("new_size")) {
    EXPECT_EQ(ReasonOf(status), "proof_invalid") << status;
  } else {
    EXPECT_TRUE(c.Agrees(status));
  }
}

INSTANTIATE_TEST_SUITE_P(All, ConsistencyVector,
                         ValuesIn(LoadCases("merkle-consistency")), CaseName);

class TileVector : public TestWithParam<Case> {};

// The content of a tile of the tree with the case's size.
std::string TileOf(const Case& c) {
  TileTree tree;
  while (tree.size() < c.Number("tree_size")) {
    tree.Append(HashLeaf(VectorLeaf(tree.size())));
  }
  for (const TileWrite& tile : tree.TakeChangedTiles()) {
    if (tile.level == c.fields["level"].as<int>() &&
        tile.index == c.Number("index")) {
      return tile.hashes;
    }
  }
  return "no such tile";
}

TEST_P(TileVector, IsReproduced) {
  const Case& c = GetParam();
  const int level = c.fields["level"].as<int>();
  EXPECT_EQ(TilePath(level, c.Number("index"), c.Number("width")),
            c.Text("path"));
  if (c.Has("sha256_hex")) {
    EXPECT_EQ(DigestToHex(Sha256(TileOf(c))), c.Text("sha256_hex"));
  }
  if (!c.Has("data_b64")) return;
  if (level >= 0) {
    EXPECT_EQ(TileOf(c), c.Bytes("data_b64"));
    return;
  }
  std::vector<std::string> entries;
  while (entries.size() < c.Number("width")) {
    entries.push_back(VectorLeaf(entries.size()));
  }
  const auto bundle = EncodeEntryBundle(entries);
  ASSERT_TRUE(bundle.ok());
  EXPECT_EQ(*bundle, c.Bytes("data_b64"));
}

INSTANTIATE_TEST_SUITE_P(All, TileVector, ValuesIn(LoadCases("merkle-tiles")),
                         CaseName);

}  // namespace
}  // namespace tallystick::evidence
