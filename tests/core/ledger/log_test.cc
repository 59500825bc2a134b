// SPDX-License-Identifier: Apache-2.0
#include "core/ledger/log.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/status_matchers.h"

namespace tallystick::ledger {
namespace {

using ::tallystick::testing::IsOk;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// What a store keeps, in memory.
class Shelf : public LogReader {
 public:
  void Keep(Append append) {
    for (Entry& entry : append.entries) entries_.push_back(std::move(entry));
    for (evidence::TileWrite& tile : append.tiles) {
      tiles_[{tile.level, tile.index}] = std::move(tile.hashes);
    }
    head_.size = entries_.size();
  }
  // As an earlier version did.
  void KeepTile(int level, uint64_t index, std::string hashes) {
    tiles_[{level, index}] = std::move(hashes);
  }

  absl::StatusOr<LogHead> ReadHead(Side) const override { return head_; }
  absl::StatusOr<std::vector<Entry>> ReadEntries(
      Side, uint64_t first_index, uint64_t max_bytes) const override {
    std::vector<Entry> read;
    uint64_t bytes = 0;
    for (uint64_t i = first_index; i < entries_.size(); ++i) {
      bytes += entries_[i].leaf.size() + entries_[i].body.size();
      if (bytes > max_bytes && !read.empty()) break;
      read.push_back(entries_[i]);
    }
    return read;
  }
  absl::StatusOr<std::string> ReadTile(Side, int level,
                                       uint64_t index) const override {
    const auto found = tiles_.find({level, index});
    if (found == tiles_.end()) return absl::NotFoundError("no tile");
    return found->second;
  }

 private:
  LogHead head_;
  std::vector<Entry> entries_;
  std::map<std::pair<int, uint64_t>, std::string> tiles_;
};

Entry EntryAt(uint64_t index) {
  return MakeEntry(0, 1'790'000'000'000'000 + static_cast<int64_t>(index), "",
                   std::string(32, 's'), absl::StrCat("body ", index));
}

void Grow(Log& log, uint64_t size) {
  while (log.size() < size) {
    Entry entry = EntryAt(log.size());
    const Leaf leaf = *ParseLeaf(entry.leaf);
    ASSERT_THAT(log.Append(std::move(entry), leaf), IsOk());
  }
}

evidence::Digest RootOf(uint64_t size) {
  evidence::CompactRange range;
  for (uint64_t i = 0; i < size; ++i) {
    range.Append(evidence::HashLeaf(EntryAt(i).leaf));
  }
  return range.Root();
}

TEST(LogTest, AnEntryWritesNoTileBeforeItIsFull) {
  Log log(Side::kOwn);
  Grow(log, 255);
  EXPECT_THAT(log.TakeAppend().tiles, IsEmpty());
  Grow(log, 256);
  // The full one, and the one above that it has a hash in.
  EXPECT_THAT(log.TakeAppend().tiles, SizeIs(2));
  Grow(log, 300);
  EXPECT_THAT(log.TakeAppend().tiles, IsEmpty());
}

class StoredLogTest : public ::testing::TestWithParam<uint64_t> {};

TEST_P(StoredLogTest, IsLoadedWithItsRootAndGoesOn) {
  Shelf shelf;
  Log log(Side::kOwn);
  Grow(log, GetParam());
  shelf.Keep(log.TakeAppend());
  auto loaded = Log::Load(shelf, Side::kOwn);
  ASSERT_THAT(loaded, IsOk());
  EXPECT_EQ(loaded->Root(), RootOf(GetParam()));
  Grow(*loaded, GetParam() + 300);
  shelf.Keep(loaded->TakeAppend());
  auto again = Log::Load(shelf, Side::kOwn);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->Root(), RootOf(GetParam() + 300));
}

TEST_P(StoredLogTest, GivesEveryEarlierRoot) {
  Shelf shelf;
  Log log(Side::kOwn);
  Grow(log, GetParam());
  shelf.Keep(log.TakeAppend());
  for (uint64_t size = 0; size <= GetParam(); size += 37) {
    const auto root = StoredRootAt(shelf, Side::kOwn, size);
    ASSERT_THAT(root, IsOk());
    EXPECT_EQ(*root, RootOf(size)) << size;
  }
}

INSTANTIATE_TEST_SUITE_P(All, StoredLogTest,
                         ::testing::Values(0, 1, 255, 256, 257, 700));

TEST(LogTest, ReadsALogWhoseOpenTileWasStored) {
  Shelf shelf;
  Log log(Side::kOwn);
  Grow(log, 10);
  shelf.Keep(log.TakeAppend());
  std::string hashes;
  for (uint64_t i = 0; i < 7; ++i) {
    const evidence::Digest hash = evidence::HashLeaf(EntryAt(i).leaf);
    absl::StrAppend(&hashes, evidence::AsBytes(hash));
  }
  shelf.KeepTile(0, 0, hashes);
  const auto loaded = Log::Load(shelf, Side::kOwn);
  ASSERT_THAT(loaded, IsOk());
  EXPECT_EQ(loaded->Root(), RootOf(10));
}

TEST(LogTest, GoesBackToAMark) {
  Log log(Side::kOwn);
  Grow(log, 250);
  Log::Mark mark = log.MarkHere();
  Grow(log, 600);
  log.GoBack(std::move(mark));
  EXPECT_EQ(log.size(), 250u);
  EXPECT_EQ(log.Root(), RootOf(250));
  Grow(log, 260);
  EXPECT_EQ(log.Root(), RootOf(260));
  const Append append = log.TakeAppend();
  EXPECT_THAT(append.entries, SizeIs(260));
  EXPECT_THAT(append.tiles, SizeIs(2));
}

}  // namespace
}  // namespace tallystick::ledger
