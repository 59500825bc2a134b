// SPDX-License-Identifier: Apache-2.0
// What cannot be opened or written is said in one line, and left as it was.
#include <sqlite3.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "node/store/schema.h"
#include "node/store/sqlite_store.h"
#include "tests/node/store/fixture_content.h"
#include "tests/node/store/store_image.h"
#include "tests/sim/disk/sim_disk.h"
#include "tests/status_matchers.h"

namespace tallystick::node {
namespace {

using ::tallystick::testing::IsOk;
using ::tallystick::testing::StatusIs;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kPath[] = "/store.db";

// One line that names the file and contains `words`.
auto LineWith(const std::string& words) {
  return AllOf(HasSubstr(kPath), HasSubstr(words), Not(HasSubstr("\n")));
}

class DamageTest : public ::testing::Test {
 protected:
  DamageTest() : disk_("damage-test", /*seed=*/1) {}

  absl::StatusOr<std::unique_ptr<Store>> Open() {
    return OpenSqliteStore(kPath, {.vfs = disk_.name()});
  }
  // Leaves a closed store with some content.
  void MakeStore() {
    auto store = Open();
    ASSERT_THAT(store, IsOk());
    ASSERT_THAT((*store)->Commit(FixtureContent()), IsOk());
  }
  // Makes or changes the file behind the store's back.
  void RunSql(const std::string& sql) {
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open_v2(kPath, &handle,
                              SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                              disk_.name().c_str()),
              SQLITE_OK);
    EXPECT_EQ(
        sqlite3_exec(handle, ("PRAGMA locking_mode=EXCLUSIVE;" + sql).c_str(),
                     nullptr, nullptr, nullptr),
        SQLITE_OK)
        << sqlite3_errmsg(handle);
    sqlite3_close(handle);
  }
  void ExpectRefusal(absl::StatusCode code, const std::string& words) {
    // SQLite may leave an empty write-ahead log beside it; that harms nobody.
    const auto content = [&] {
      sim::SimDisk::Files files = disk_.Current();
      std::erase_if(files,
                    [](const auto& file) { return file.second.empty(); });
      return files;
    };
    const sim::SimDisk::Files before = content();
    EXPECT_THAT(Open(), StatusIs(code, LineWith(words)));
    EXPECT_TRUE(content() == before) << "the files were touched";
  }

  sim::SimDisk disk_;
};

TEST_F(DamageTest, RefusesAFileThatIsNoDatabase) {
  disk_.Restore({{kPath, "# a text of someone's\n"}});
  ExpectRefusal(absl::StatusCode::kDataLoss, "not a Tallystick database");
  disk_.Restore({{kPath, std::string(100000, 'x')}});
  ExpectRefusal(absl::StatusCode::kDataLoss, "not a Tallystick database");
}

TEST_F(DamageTest, RefusesTheDatabaseOfAnotherProgram) {
  RunSql("CREATE TABLE theirs (a)");
  ExpectRefusal(absl::StatusCode::kFailedPrecondition, "another program");
  RunSql("PRAGMA application_id=1; PRAGMA user_version=1");
  ExpectRefusal(absl::StatusCode::kFailedPrecondition, "another program");
  RunSql("PRAGMA journal_mode=WAL");
  ExpectRefusal(absl::StatusCode::kFailedPrecondition, "another program");
}

TEST_F(DamageTest, RefusesADatabaseOfANewerVersion) {
  MakeStore();
  RunSql("PRAGMA user_version=99");
  ExpectRefusal(absl::StatusCode::kFailedPrecondition, "newer version");
}

TEST_F(DamageTest, RefusesADatabaseThatLacksATable) {
  MakeStore();
  RunSql("DROP TABLE tile");
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kDataLoss,
                               LineWith("no such table: tile")));
}

TEST_F(DamageTest, NamesADamagedPage) {
  MakeStore();
  sim::SimDisk::Files files = disk_.Snapshot();
  std::string& content = files[kPath];
  constexpr size_t kPage = 8192;
  int found = 0;
  for (size_t at = kPage; at < content.size(); at += kPage) {
    std::string damaged = content;
    damaged.replace(at, 16, std::string(16, '\x55'));
    disk_.Restore({{kPath, damaged}});
    auto store = Open();
    const absl::Status status =
        store.ok() ? (*store)->CheckIntegrity() : store.status();
    EXPECT_THAT(status,
                StatusIs(absl::StatusCode::kDataLoss, LineWith("is damaged")));
    ++found;
  }
  EXPECT_GE(found, 4);
}

TEST_F(DamageTest, NamesALogThatLacksAnEntry) {
  MakeStore();
  RunSql(
      "DELETE FROM entry WHERE leaf = CAST('leaf 1' AS BLOB) AND "
      "key >> 40 = 3");
  auto store = Open();
  ASSERT_THAT(store, IsOk());
  EXPECT_THAT(
      (*store)->CheckIntegrity(),
      StatusIs(absl::StatusCode::kDataLoss,
               LineWith("missing from the partner's log of alliance 1")));
  EXPECT_THAT((*store)
                  ->Reader(AllianceKey{1})
                  ->ReadEntries(ledger::Side::kPartner, 0, 1000),
              StatusIs(absl::StatusCode::kDataLoss, LineWith("entry 1")));
}

TEST_F(DamageTest, RefusesAReadOnlyDisk) {
  MakeStore();
  disk_.SetReadOnly(true);
  ExpectRefusal(absl::StatusCode::kPermissionDenied, "cannot write");
}

TEST_F(DamageTest, RefusesToBeginOnAReadOnlyDisk) {
  disk_.SetReadOnly(true);
  ExpectRefusal(absl::StatusCode::kPermissionDenied, "cannot open");
}

TEST_F(DamageTest, ReportsADiskThatBecomesReadOnly) {
  auto store = Open();
  ASSERT_THAT(store, IsOk());
  disk_.SetReadOnly(true);
  EXPECT_THAT(
      (*store)->Commit(FixtureContent()),
      StatusIs(absl::StatusCode::kPermissionDenied, LineWith("cannot write")));
}

TEST_F(DamageTest, RefusesToOpenWhatIsOpen) {
  auto first = Open();
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kUnavailable,
                               LineWith("another process")));
  EXPECT_THAT((*first)->Commit(FixtureContent()), IsOk());
  first->reset();
  EXPECT_THAT(Open(), IsOk());
}

TEST_F(DamageTest, IsAsBeforeOnAFullDiskAndUsableOnceThereIsSpace) {
  MakeStore();
  auto store = Open();
  ASSERT_THAT(store, IsOk());
  const auto before = ReadImage(**store, 3, {"alliance", "big"});
  ASSERT_THAT(before, IsOk());
  const uint64_t used = disk_.UsedBytes();
  Transaction big = {.logs = {},
                     .documents = {{"big", "1", std::string(5 << 20, 'x')}}};
  // At the first page as well as far into the transaction.
  for (const uint64_t space : {0, 100, 10000, 1 << 20, 4 << 20}) {
    disk_.SetCapacity(used + space);
    EXPECT_THAT(
        (*store)->Commit(big),
        StatusIs(absl::StatusCode::kResourceExhausted, LineWith("is full")));
    const auto after = ReadImage(**store, 3, {"alliance", "big"});
    ASSERT_THAT(after, IsOk());
    EXPECT_EQ(*after, *before);
  }
  disk_.SetCapacity(1 << 30);
  EXPECT_THAT((*store)->Commit(big), IsOk());
  EXPECT_THAT((*store)->Idle(), IsOk());
  EXPECT_THAT((*store)->CheckIntegrity(), IsOk());
}

TEST_F(DamageTest, LosesNothingIfTheDiskIsTooFullForACheckpoint) {
  auto store = Open();
  ASSERT_THAT(store, IsOk());
  ASSERT_THAT((*store)->Commit(FixtureContent()), IsOk());
  disk_.SetCapacity(disk_.UsedBytes());
  EXPECT_THAT((*store)->Idle(), StatusIs(absl::StatusCode::kResourceExhausted,
                                         LineWith("is full")));
  StoreImage expected;
  expected.Apply(FixtureContent());
  const auto found = ReadImage(**store, 2, {"alliance", "snapshot"});
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(*found, expected);
  disk_.SetCapacity(1 << 30);
  EXPECT_THAT((*store)->Idle(), IsOk());
}

TEST_F(DamageTest, OpensARestoredBackupAsItWas) {
  MakeStore();
  sim::SimDisk::Files backup;
  {
    auto store = Open();
    ASSERT_THAT(store, IsOk());
    backup = disk_.Snapshot();
    ASSERT_THAT((*store)->Commit({.logs = {}, .documents = {{"a", "b", "c"}}}),
                IsOk());
  }
  disk_.Restore(backup);
  auto store = Open();
  ASSERT_THAT(store, IsOk());
  EXPECT_THAT((*store)->ReadDocument("a", "b"),
              StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace tallystick::node
