// SPDX-License-Identifier: Apache-2.0
// How a database moves to a later version, shown with invented versions.
#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "node/store/schema.h"
#include "tests/sim/disk/sim_disk.h"
#include "tests/status_matchers.h"

namespace tallystick::node {
namespace {

using ::tallystick::testing::IsOk;
using ::tallystick::testing::IsOkAndHolds;
using ::tallystick::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::Key;

constexpr Migration kCreate = {
    "create",
    "CREATE TABLE word (text TEXT) STRICT;"
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
    "WHERE i < 500) INSERT INTO word SELECT 'word ' || i FROM n"};
constexpr Migration kAddLength = {"add length",
                                  "ALTER TABLE word ADD COLUMN length INTEGER;"
                                  "UPDATE word SET length = length(text)"};
constexpr Migration kAddIndex = {"add index",
                                 "CREATE INDEX by_length ON word (length)"};
constexpr Migration kFails = {
    "fails", "UPDATE word SET length = 0; INSERT INTO missing VALUES (1)"};

constexpr char kPath[] = "/store.db";

class MigrationTest : public ::testing::Test {
 protected:
  MigrationTest() : disk_("migration-test", /*seed=*/1) {}

  absl::StatusOr<std::unique_ptr<Database>> Open(
      const std::vector<Migration>& migrations) {
    return OpenDatabase(kPath, {.vfs = disk_.name()}, migrations);
  }
  // Leaves a closed database of version 1, without what was written last in
  // the database file itself: it is still in the write-ahead log.
  void MakeVersionOne() {
    ASSERT_THAT(Open({kCreate}), IsOk());
    auto database = Open({kCreate});
    ASSERT_THAT(database, IsOk());
    ASSERT_THAT((*database)->Execute("INSERT INTO word VALUES ('last')"),
                IsOk());
    disk_.Crash(/*seed=*/1);
  }

  sim::SimDisk disk_;
};

TEST_F(MigrationTest, CreatesANewDatabaseAtTheNewestVersion) {
  auto database = Open({kCreate, kAddLength, kAddIndex});
  ASSERT_THAT(database, IsOk());
  EXPECT_THAT((*database)->QueryInteger("PRAGMA user_version"),
              IsOkAndHolds(3));
}

TEST_F(MigrationTest, RunsOnlyWhatIsMissingAndKeepsTheContent) {
  MakeVersionOne();
  {
    auto database = Open({kCreate, kAddLength, kAddIndex});
    ASSERT_THAT(database, IsOk());
    EXPECT_THAT((*database)->QueryInteger("PRAGMA user_version"),
                IsOkAndHolds(3));
    EXPECT_THAT((*database)->QueryInteger("SELECT count(length) FROM word"),
                IsOkAndHolds(501));
    EXPECT_THAT((*database)->QueryText("PRAGMA journal_mode"),
                IsOkAndHolds("wal"));
    EXPECT_THAT(CheckPages(**database), IsOk());
  }
  EXPECT_THAT(disk_.Current(), ElementsAre(Key(kPath))) << "the copy is gone";
}

TEST_F(MigrationTest, KeepsTheOldDatabaseIfAMigrationFails) {
  MakeVersionOne();
  EXPECT_FALSE(Open({kCreate, kAddLength, kFails}).ok());
  auto database = Open({kCreate});
  ASSERT_THAT(database, IsOk());
  EXPECT_THAT((*database)->QueryInteger("SELECT count(*) FROM word"),
              IsOkAndHolds(501));
}

TEST_F(MigrationTest, RefusesToMigrateADamagedDatabase) {
  MakeVersionOne();
  { ASSERT_THAT(Open({kCreate}), IsOk()); }
  sim::SimDisk::Files files = disk_.Current();
  std::string& content = files[kPath];
  content.replace(content.size() - 8192, 16, std::string(16, '\x55'));
  disk_.Restore(files);
  EXPECT_THAT(Open({kCreate, kAddLength}),
              StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(MigrationTest, IsOldOrNewAfterACrashAtAnyDiskOperation) {
  MakeVersionOne();
  const sim::SimDisk::Files old = disk_.Snapshot();
  const std::vector<Migration> migrations = {kCreate, kAddLength};
  for (uint64_t operation = 1;; ++operation) {
    SCOPED_TRACE(operation);
    disk_.Restore(old);
    const uint64_t start = disk_.operations();
    disk_.FailFrom(start + operation);
    { Open(migrations).status().IgnoreError(); }
    const bool finished = !disk_.failing();
    disk_.Crash(/*seed=*/operation);
    {
      auto database = Open(migrations);
      ASSERT_THAT(database, IsOk());
      ASSERT_THAT((*database)->QueryInteger("SELECT count(length) FROM word"),
                  IsOkAndHolds(501));
      ASSERT_THAT(CheckPages(**database), IsOk());
    }
    ASSERT_EQ(disk_.Current().size(), 1) << "the copy is gone";
    if (finished) {
      EXPECT_GT(operation, 20) << "too few operations to have migrated";
      break;
    }
  }
}

}  // namespace
}  // namespace tallystick::node
