// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/disk/sim_disk.h"

#include <sqlite3.h>

#include <random>
#include <set>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/sim/disk/disk_file.h"

namespace tallystick::sim {
namespace {

using ::testing::Gt;
using ::testing::Lt;
using ::testing::SizeIs;

class Connection {
 public:
  explicit Connection(const SimDisk& disk) {
    code_ = sqlite3_open_v2("/db", &handle_,
                            SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                            disk.name().c_str());
    // With a rollback journal nothing less makes a commit survive for sure.
    if (code_ == SQLITE_OK) code_ = Run("PRAGMA synchronous=EXTRA");
  }
  ~Connection() { sqlite3_close(handle_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // SQLite's result code.
  int Run(const std::string& sql) {
    if (code_ != SQLITE_OK) return code_;
    return sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  }
  int Count() {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(handle_, "SELECT count(*) FROM t", -1, &statement,
                       nullptr);
    const int count = sqlite3_step(statement) == SQLITE_ROW
                          ? sqlite3_column_int(statement, 0)
                          : -1;
    sqlite3_finalize(statement);
    return count;
  }

 private:
  sqlite3* handle_ = nullptr;
  int code_ = SQLITE_OK;
};

TEST(DiskFileTest, KeepsWhatWasSyncedWhateverTheCrash) {
  for (uint64_t seed = 0; seed < 100; ++seed) {
    std::mt19937_64 random(seed);
    DiskFile file;
    file.Write(0, std::string(5000, 'a'));
    file.Sync();
    file.Write(5000, std::string(1000, 'b'));
    EXPECT_EQ(file.AfterCrash(Survival::kHalf, random).substr(0, 5000),
              std::string(5000, 'a'));
  }
}

TEST(DiskFileTest, TearsUnsyncedWritesBetweenSectors) {
  std::mt19937_64 random(1);
  DiskFile file(std::string(64 * kSectorBytes, 'a'));
  file.Write(0, std::string(64 * kSectorBytes, 'b'));
  const std::string after = file.AfterCrash(Survival::kHalf, random);
  int kept = 0;
  for (uint64_t at = 0; at < after.size(); at += kSectorBytes) {
    const std::string sector = after.substr(at, kSectorBytes);
    EXPECT_TRUE(sector == std::string(kSectorBytes, sector[0]));
    if (sector[0] == 'b') ++kept;
  }
  EXPECT_THAT(kept, Gt(0));
  EXPECT_THAT(kept, Lt(64));
}

TEST(SimDiskTest, DrawsTheSameCrashFromTheSameSeed) {
  std::set<SimDisk::Files> outcomes;
  for (int run = 0; run < 3; ++run) {
    SimDisk disk("sim", /*seed=*/5);
    {
      Connection connection(disk);
      ASSERT_EQ(connection.Run("CREATE TABLE t (a); INSERT INTO t VALUES (1)"),
                SQLITE_OK);
      ASSERT_EQ(connection.Run("PRAGMA synchronous=OFF;"
                               "INSERT INTO t VALUES (zeroblob(50000))"),
                SQLITE_OK);
      disk.Crash(/*seed=*/9);
    }
    outcomes.insert(disk.Current());
  }
  EXPECT_THAT(outcomes, SizeIs(1));
}

TEST(SimDiskTest, FailsEverythingFromTheChosenOperationOn) {
  SimDisk disk("sim", 1);
  Connection connection(disk);
  ASSERT_EQ(connection.Run("CREATE TABLE t (a)"), SQLITE_OK);
  disk.FailFrom(disk.operations() + 3);
  EXPECT_NE(connection.Run("INSERT INTO t VALUES (1)"), SQLITE_OK);
  EXPECT_TRUE(disk.failing());
  EXPECT_NE(connection.Run("SELECT * FROM t"), SQLITE_OK);
}

TEST(SimDiskTest, LetsNoConnectionFromBeforeACrashTouchTheFilesAfterIt) {
  SimDisk disk("sim", 1);
  Connection before(disk);
  ASSERT_EQ(before.Run("CREATE TABLE t (a)"), SQLITE_OK);
  disk.Crash(2);
  Connection after(disk);
  EXPECT_EQ(after.Run("INSERT INTO t VALUES (1)"), SQLITE_OK);
  EXPECT_NE(before.Run("INSERT INTO t VALUES (2)"), SQLITE_OK);
  EXPECT_EQ(after.Count(), 1);
}

TEST(SimDiskTest, ReportsAFullDiskAndGoesOnOnceThereIsSpace) {
  SimDisk disk("sim", 1);
  Connection connection(disk);
  ASSERT_EQ(connection.Run("CREATE TABLE t (a)"), SQLITE_OK);
  disk.SetCapacity(disk.UsedBytes() + 10000);
  EXPECT_EQ(connection.Run("INSERT INTO t VALUES (zeroblob(100000))"),
            SQLITE_FULL);
  disk.SetCapacity(1 << 30);
  EXPECT_EQ(connection.Run("INSERT INTO t VALUES (zeroblob(100000))"),
            SQLITE_OK);
  EXPECT_EQ(connection.Count(), 1);
}

TEST(SimDiskTest, RestoresASnapshot) {
  SimDisk disk("sim", 1);
  SimDisk::Files snapshot;
  {
    Connection connection(disk);
    ASSERT_EQ(connection.Run("CREATE TABLE t (a); INSERT INTO t VALUES (1)"),
              SQLITE_OK);
    snapshot = disk.Snapshot();
    ASSERT_EQ(connection.Run("INSERT INTO t VALUES (2)"), SQLITE_OK);
  }
  disk.Restore(snapshot);
  Connection connection(disk);
  EXPECT_EQ(connection.Count(), 1);
}

TEST(SimDiskTest, RefusesToWriteWhileReadOnly) {
  SimDisk disk("sim", 1);
  { EXPECT_EQ(Connection(disk).Run("CREATE TABLE t (a)"), SQLITE_OK); }
  disk.SetReadOnly(true);
  EXPECT_EQ(Connection(disk).Run("INSERT INTO t VALUES (1)"), SQLITE_READONLY);
}

TEST(SimDiskTest, LetsOnlyOneConnectionWriteAtATime) {
  SimDisk disk("sim", 1);
  Connection first(disk);
  Connection second(disk);
  ASSERT_EQ(first.Run("CREATE TABLE t (a)"), SQLITE_OK);
  ASSERT_EQ(first.Run("BEGIN IMMEDIATE"), SQLITE_OK);
  EXPECT_EQ(second.Run("BEGIN IMMEDIATE"), SQLITE_BUSY);
  ASSERT_EQ(first.Run("COMMIT"), SQLITE_OK);
  EXPECT_EQ(second.Run("BEGIN IMMEDIATE"), SQLITE_OK);
}

}  // namespace
}  // namespace tallystick::sim
