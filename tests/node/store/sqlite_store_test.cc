// SPDX-License-Identifier: Apache-2.0
#include "node/store/sqlite_store.h"

#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "node/store/row_key.h"
#include "tests/node/store/store_image.h"
#include "tests/sim/disk/sim_disk.h"
#include "tests/status_matchers.h"

namespace tallystick::node {
namespace {

using ledger::Side;
using ::tallystick::testing::IsOk;
using ::tallystick::testing::IsOkAndHolds;
using ::tallystick::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::Pair;
using ::testing::SizeIs;

constexpr AllianceKey kAlliance{1};
constexpr uint64_t kUnlimited = std::numeric_limits<uint64_t>::max();

std::vector<ledger::Entry> EntriesFrom(uint64_t first, uint64_t count) {
  std::vector<ledger::Entry> entries;
  for (uint64_t i = first; i < first + count; ++i) {
    entries.push_back({.leaf = absl::StrCat("leaf ", i),
                       .salt = std::string(32, 's'),
                       .body = absl::StrCat("body ", i)});
  }
  return entries;
}

Transaction AppendTo(AllianceKey alliance, Side side, uint64_t first,
                     uint64_t count) {
  ledger::Changes changes;
  changes.appends.push_back({.side = side,
                             .first_index = first,
                             .entries = EntriesFrom(first, count),
                             .tiles = TilesBetween(first, first + count)});
  return {.logs = {{alliance, changes}}, .documents = {}};
}

class SqliteStoreTest : public ::testing::Test {
 protected:
  SqliteStoreTest() : disk_("store-test", /*seed=*/1) { Open(); }

  void Open() {
    store_.reset();
    auto store = OpenSqliteStore("/store.db", {.vfs = disk_.name()});
    ASSERT_THAT(store, IsOk());
    store_ = *std::move(store);
  }
  absl::Status Put(const std::string& space, const std::string& key,
                   std::optional<std::string> value) {
    return store_->Commit(
        {.logs = {}, .documents = {{space, key, std::move(value)}}});
  }
  StoreImage Image() {
    auto image = ReadImage(*store_, 3, {"a", "b"});
    EXPECT_THAT(image, IsOk());
    return image.ok() ? *image : StoreImage();
  }

  sim::SimDisk disk_;
  std::unique_ptr<Store> store_;
};

TEST_F(SqliteStoreTest, ReadsBackWhatWasCommittedAfterReopening) {
  Transaction transaction = AppendTo(kAlliance, Side::kOwn, 0, 300);
  transaction.logs[0].second.own_head = {.size = 300,
                                         .checkpoint = "checkpoint",
                                         .cosigned_size = 7,
                                         .cosigned_checkpoint = "cosigned"};
  transaction.documents = {{"a", "key", "value"}};
  StoreImage expected;
  for (const Transaction& step :
       {transaction, AppendTo(AllianceKey{3}, Side::kPartner, 0, 2),
        AppendTo(kAlliance, Side::kOwn, 300, 2)}) {
    ASSERT_THAT(store_->Commit(step), IsOk());
    expected.Apply(step);
  }
  EXPECT_EQ(Image(), expected);
  Open();
  EXPECT_EQ(Image(), expected);
  EXPECT_THAT(store_->CheckIntegrity(), IsOk());
}

TEST_F(SqliteStoreTest, KeepsLogsOfNeighbouringAlliancesAndSidesApart) {
  const AllianceKey last{kAllianceKeyMax};
  ASSERT_THAT(store_->Commit(AppendTo(kAlliance, Side::kPartner, 0, 2)),
              IsOk());
  ASSERT_THAT(store_->Commit(AppendTo(last, Side::kPartner, 0, 3)), IsOk());
  const auto size = [&](AllianceKey key, Side side) {
    return store_->Reader(key)->ReadEntries(side, 0, kUnlimited)->size();
  };
  EXPECT_EQ(size(kAlliance, Side::kOwn), 0);
  EXPECT_EQ(size(kAlliance, Side::kPartner), 2);
  EXPECT_EQ(size(AllianceKey{2}, Side::kOwn), 0);
  EXPECT_EQ(size(last, Side::kOwn), 0);
  EXPECT_EQ(size(last, Side::kPartner), 3);
}

TEST_F(SqliteStoreTest, RefusesAnAppendThatLeavesAGapOrOverlaps) {
  ASSERT_THAT(store_->Commit(AppendTo(kAlliance, Side::kOwn, 0, 5)), IsOk());
  const StoreImage before = Image();
  for (const uint64_t first : {0, 4, 6}) {
    EXPECT_THAT(store_->Commit(AppendTo(kAlliance, Side::kOwn, first, 1)),
                StatusIs(absl::StatusCode::kFailedPrecondition));
  }
  EXPECT_EQ(Image(), before);
}

TEST_F(SqliteStoreTest, StoresNothingOfATransactionWithOneBadPart) {
  Transaction transaction = AppendTo(kAlliance, Side::kOwn, 0, 5);
  transaction.documents = {{"a", "key", "value"}};
  transaction.logs.push_back(
      AppendTo(AllianceKey{2}, Side::kOwn, /*first=*/1, 1).logs[0]);
  EXPECT_THAT(store_->Commit(transaction),
              StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(Image(), StoreImage());
  EXPECT_THAT(store_->Commit(AppendTo(kAlliance, Side::kOwn, 0, 1)), IsOk());
}

TEST_F(SqliteStoreTest, RefusesAllianceKeysThatDoNotFitItsRowKeys) {
  for (const int64_t key : {int64_t{-1}, int64_t{0}, kAllianceKeyMax + 1}) {
    EXPECT_THAT(store_->Commit(AppendTo(AllianceKey{key}, Side::kOwn, 0, 1)),
                StatusIs(absl::StatusCode::kInvalidArgument));
    EXPECT_THAT(store_->Reader(AllianceKey{key})->ReadHead(Side::kOwn),
                StatusIs(absl::StatusCode::kInvalidArgument));
  }
}

TEST_F(SqliteStoreTest, ReadsAtLeastOneEntryAndThenWhatFits) {
  ASSERT_THAT(store_->Commit(AppendTo(kAlliance, Side::kOwn, 0, 9)), IsOk());
  const auto reader = store_->Reader(kAlliance);
  constexpr uint64_t kEntryBytes = 6 + 32 + 6;
  EXPECT_THAT(reader->ReadEntries(Side::kOwn, 2, 0),
              IsOkAndHolds(EntriesFrom(2, 1)));
  EXPECT_THAT(reader->ReadEntries(Side::kOwn, 2, 3 * kEntryBytes),
              IsOkAndHolds(EntriesFrom(2, 3)));
  EXPECT_THAT(reader->ReadEntries(Side::kOwn, 2, 3 * kEntryBytes - 1),
              IsOkAndHolds(EntriesFrom(2, 2)));
  EXPECT_THAT(reader->ReadEntries(Side::kOwn, 2, kUnlimited),
              IsOkAndHolds(EntriesFrom(2, 7)));
  EXPECT_THAT(reader->ReadEntries(Side::kOwn, 9, kUnlimited),
              IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(reader->ReadEntries(Side::kOwn, kUnlimited, kUnlimited),
              IsOkAndHolds(IsEmpty()));
}

TEST_F(SqliteStoreTest, HasAnEmptyHeadAndNoTilesBeforeTheFirstEntry) {
  const auto reader = store_->Reader(kAlliance);
  EXPECT_THAT(reader->ReadHead(Side::kPartner),
              IsOkAndHolds(ledger::LogHead()));
  EXPECT_THAT(reader->ReadTile(Side::kPartner, 0, 0),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(SqliteStoreTest, RefusesTilesThatCannotBe) {
  for (const auto& [level, index, bytes] :
       std::vector<std::tuple<int, uint64_t, size_t>>{
           {-1, 0, 32},
           {6, 0, 32},
           {0, uint64_t{1} << 32, 32},
           {0, 0, 0},
           {0, 0, 33},
           {0, 0, 8224}}) {
    Transaction transaction = AppendTo(kAlliance, Side::kOwn, 0, 1);
    transaction.logs[0].second.appends[0].tiles = {
        {level, index, std::string(bytes, 'x')}};
    EXPECT_THAT(store_->Commit(transaction),
                StatusIs(absl::StatusCode::kInvalidArgument));
  }
}

TEST_F(SqliteStoreTest, TruncatesOwnEntriesAndTheTilesAboveThem) {
  // Around the ends of tiles of level 0 (256) and of hashes of level 1, and of
  // a tile of level 1 (65,536).
  constexpr uint64_t kSize = 65536 + 600;
  const Transaction own = AppendTo(kAlliance, Side::kOwn, 0, kSize);
  const Transaction partner = AppendTo(kAlliance, Side::kPartner, 0, 700);
  StoreImage expected;
  for (const Transaction& step : {own, partner}) {
    ASSERT_THAT(store_->Commit(step), IsOk());
    expected.Apply(step);
  }
  for (const uint64_t size :
       {kSize + 1, kSize, uint64_t{65536 + 512}, uint64_t{65536 + 511},
        uint64_t{65536}, uint64_t{65535}, uint64_t{600}, uint64_t{257},
        uint64_t{256}, uint64_t{255}, uint64_t{1}, uint64_t{0}}) {
    SCOPED_TRACE(size);
    ledger::Changes changes;
    changes.truncate_own = size;
    const Transaction truncate = {.logs = {{kAlliance, changes}},
                                  .documents = {}};
    ASSERT_THAT(store_->Commit(truncate), IsOk());
    expected.Apply(truncate);
    ASSERT_EQ(Image(), expected);
  }
}

TEST_F(SqliteStoreTest, TruncatesBeforeItAppends) {
  ASSERT_THAT(store_->Commit(AppendTo(kAlliance, Side::kOwn, 0, 9)), IsOk());
  Transaction replace = AppendTo(kAlliance, Side::kOwn, 4, 1);
  replace.logs[0].second.truncate_own = 4;
  ASSERT_THAT(store_->Commit(replace), IsOk());
  EXPECT_THAT(store_->Reader(kAlliance)->ReadEntries(Side::kOwn, 0, kUnlimited),
              IsOkAndHolds(EntriesFrom(0, 5)));
}

TEST_F(SqliteStoreTest, ReplacesAndDeletesDocuments) {
  ASSERT_THAT(Put("a", "key", "one"), IsOk());
  ASSERT_THAT(Put("a", "key", "two"), IsOk());
  ASSERT_THAT(Put("b", "key", ""), IsOk());
  EXPECT_THAT(store_->ReadDocument("a", "key"), IsOkAndHolds("two"));
  EXPECT_THAT(store_->ReadDocument("b", "key"), IsOkAndHolds(""));
  ASSERT_THAT(Put("a", "key", std::nullopt), IsOk());
  EXPECT_THAT(store_->ReadDocument("a", "key"),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(store_->ReadDocument("b", "key"), IsOkAndHolds(""));
}

TEST_F(SqliteStoreTest, ListsTheDocumentsOfASpaceByPrefixInByteOrder) {
  for (const char* key :
       {"x/b", "x/a", "x", "x0", "w\xff", "x/\xff", "\xff\xff", "\xff"}) {
    ASSERT_THAT(Put("a", key, "of a"), IsOk());
    ASSERT_THAT(Put("b", key, "of b"), IsOk());
  }
  EXPECT_THAT(store_->ListDocuments("a", "x/"),
              IsOkAndHolds(ElementsAre(Pair("x/a", "of a"), Pair("x/b", "of a"),
                                       Pair("x/\xff", "of a"))));
  EXPECT_THAT(store_->ListDocuments("a", "w\xff"), IsOkAndHolds(SizeIs(1)));
  EXPECT_THAT(store_->ListDocuments("a", "\xff"), IsOkAndHolds(SizeIs(2)));
  EXPECT_THAT(store_->ListDocuments("a", ""), IsOkAndHolds(SizeIs(8)));
  EXPECT_THAT(store_->ListDocuments("c", ""), IsOkAndHolds(IsEmpty()));
}

TEST_F(SqliteStoreTest, WaitsForTheDiskOncePerTransaction) {
  ASSERT_THAT(Put("a", "first", "starts the write-ahead log"), IsOk());
  const uint64_t before = disk_.syncs();
  Transaction group = AppendTo(kAlliance, Side::kOwn, 0, 10);
  group.documents = {{"a", "1", "one"}, {"a", "2", "two"}};
  ASSERT_THAT(store_->Commit(group), IsOk());
  EXPECT_EQ(disk_.syncs() - before, 1);
}

TEST_F(SqliteStoreTest, KeepsTheWriteAheadLogSmallDuringBulkAppends) {
  constexpr uint64_t kBatch = 1000;
  constexpr uint64_t kWalBytesMax = 12 << 20;
  const std::string body(1000, 'b');
  for (uint64_t first = 0; first < 40 * kBatch; first += kBatch) {
    Transaction batch = AppendTo(kAlliance, Side::kPartner, first, kBatch);
    for (ledger::Entry& entry : batch.logs[0].second.appends[0].entries) {
      entry.body = body;
    }
    ASSERT_THAT(store_->Commit(batch), IsOk());
    ASSERT_THAT(disk_.Current()["/store.db-wal"].size(), Le(kWalBytesMax));
  }
  ASSERT_THAT(store_->Idle(), IsOk());
  EXPECT_THAT(disk_.Current()["/store.db-wal"], IsEmpty());
}

TEST_F(SqliteStoreTest, StoresAtMostThreeTenthsMoreThanThePayload) {
  constexpr uint64_t kCount = 50000;
  constexpr uint64_t kBatch = 500;
  uint64_t payload = 0;
  for (uint64_t first = 0; first < kCount; first += kBatch) {
    Transaction both = AppendTo(kAlliance, Side::kPartner, first, kBatch);
    both.logs.push_back(AppendTo(kAlliance, Side::kOwn, first, kBatch).logs[0]);
    for (auto& [key, changes] : both.logs) {
      for (ledger::Entry& entry : changes.appends[0].entries) {
        entry.leaf.resize(76, 'l');
        entry.body.resize(192, 'b');
        payload += 300;
      }
    }
    ASSERT_THAT(store_->Commit(both), IsOk());
  }
  ASSERT_THAT(store_->Idle(), IsOk());
  EXPECT_THAT(disk_.UsedBytes(), Le(payload * 13 / 10));
}

TEST_F(SqliteStoreTest, ReusesTheFileOfASmallWriteAheadLog) {
  ASSERT_THAT(store_->Idle(), IsOk());
  uint64_t size = 0;
  for (int i = 0; i < 20; ++i) {
    ASSERT_THAT(Put("a", "key", std::string(9000, 'v')), IsOk());
    ASSERT_THAT(store_->Idle(), IsOk());
    const uint64_t now = disk_.Current()["/store.db-wal"].size();
    if (i >= 2) {
      EXPECT_EQ(now, size);
    }
    size = now;
  }
}

}  // namespace
}  // namespace tallystick::node
