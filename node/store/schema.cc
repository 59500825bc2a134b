// SPDX-License-Identifier: Apache-2.0
#include "node/store/schema.h"

#include <sqlite3.h>

#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "core/status_macros.h"
#include "node/store/sqlite_error.h"

namespace tallystick::node {
namespace {

// Row keys are explained in row_key.h. `salt` and `body` are empty once an
// entry is redacted. Everything is BLOB because it is bytes: nothing here is
// compared or converted as text.
constexpr Migration kMigrations[] = {
    {"create", R"sql(
CREATE TABLE entry (
  key INTEGER PRIMARY KEY,
  leaf BLOB NOT NULL,
  salt BLOB NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE TABLE tile (
  key INTEGER PRIMARY KEY,
  hashes BLOB NOT NULL
) STRICT;
CREATE TABLE log (
  key INTEGER PRIMARY KEY,
  size INTEGER NOT NULL,
  checkpoint BLOB NOT NULL,
  cosigned_size INTEGER NOT NULL,
  cosigned_checkpoint BLOB NOT NULL
) STRICT;
CREATE TABLE document (
  space BLOB NOT NULL,
  key BLOB NOT NULL,
  value BLOB NOT NULL,
  PRIMARY KEY (space, key)
) STRICT, WITHOUT ROWID;
)sql"},
};

// With 300-byte entries and 8 KiB tiles, 8 KiB pages waste the least: 1.22
// bytes stored per byte, against 1.26 with SQLite's usual 4 KiB.
constexpr int kPageBytes = 8192;
// A write-ahead log that grew beyond this is cut when it starts again.
constexpr int kWalBytesMax = 8 << 20;

const char* SynchronousName(SqliteOptions::Synchronous level) {
  switch (level) {
    case SqliteOptions::Synchronous::kOff:
      return "OFF";
    case SqliteOptions::Synchronous::kNormal:
      return "NORMAL";
    case SqliteOptions::Synchronous::kFull:
      return "FULL";
  }
  return "FULL";
}

// Settings of the connection that touch no file.
absl::Status ConfigureConnection(Database& database,
                                 const SqliteOptions& options) {
  sqlite3* handle = database.handle();
  // Until it is known to be ours, closing must not write to it either.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  // A file may come from anywhere: it must not bring code along.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_busy_timeout(handle, 0);
  // Exclusive: one process, no shared-memory file. It must come first, before
  // anything reads.
  return database.Execute(
      absl::StrCat("PRAGMA locking_mode=EXCLUSIVE;"
                   "PRAGMA mmap_size=0;"
                   "PRAGMA temp_store=MEMORY;"
                   "PRAGMA cell_size_check=ON;"
                   "PRAGMA page_size=",
                   kPageBytes,
                   ";"
                   "PRAGMA cache_size=-",
                   options.cache_bytes / 1024,
                   ";"
                   "PRAGMA synchronous=",
                   SynchronousName(options.synchronous)));
}

// Returns the version of a database that may be ours.
absl::StatusOr<int64_t> IdentifyVersion(Database& database, int64_t newest) {
  TALLYSTICK_ASSIGN_OR_RETURN(const int64_t application,
                              database.QueryInteger("PRAGMA application_id"));
  TALLYSTICK_ASSIGN_OR_RETURN(const int64_t version,
                              database.QueryInteger("PRAGMA user_version"));
  TALLYSTICK_ASSIGN_OR_RETURN(
      const int64_t objects,
      database.QueryInteger("SELECT count(*) FROM sqlite_schema"));
  if (application == 0 && version == 0 && objects == 0) return 0;
  if (application != kApplicationId) {
    return absl::FailedPreconditionError(
        absl::StrCat(database.path(),
                     " is the database of another program: name another file"));
  }
  if (version > newest) {
    return absl::FailedPreconditionError(absl::StrCat(
        database.path(), " was written by a newer version of Tallystick (",
        "format ", version, ", this one knows ", newest,
        "): install that version"));
  }
  if (version < 1) {
    return DamagedError(database.path(), "it has no version");
  }
  return version;
}

// Prepares for writing what is known to be ours.
absl::Status EnterWalMode(Database& database) {
  TALLYSTICK_ASSIGN_OR_RETURN(const std::string mode,
                              database.QueryText("PRAGMA journal_mode=WAL"));
  if (mode != "wal") {
    return absl::InternalError(absl::StrCat(
        database.path(), " cannot have a write-ahead log (", mode, ")"));
  }
  sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0,
                    nullptr);
  // Checkpoints are the store's to time.
  return database.Execute(
      absl::StrCat("PRAGMA wal_autocheckpoint=0;"
                   "PRAGMA journal_size_limit=",
                   kWalBytesMax));
}

absl::Status RunMigrations(Database& database, int64_t from,
                           absl::Span<const Migration> migrations) {
  absl::Cleanup rollback = [&database] { database.Rollback(); };
  TALLYSTICK_RETURN_IF_ERROR(database.Execute("BEGIN IMMEDIATE"));
  for (const Migration& migration :
       migrations.subspan(static_cast<size_t>(from))) {
    TALLYSTICK_RETURN_IF_ERROR(database.Execute(migration.sql));
  }
  TALLYSTICK_RETURN_IF_ERROR(database.Execute(
      absl::StrCat("PRAGMA application_id=", kApplicationId,
                   ";PRAGMA user_version=", migrations.size())));
  return database.Execute("COMMIT");
}

// Replaces all of `to` by all of `from`, in one transaction.
absl::Status CopyPages(Database& from, Database& to) {
  sqlite3_backup* backup =
      sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
  if (backup == nullptr) return to.Error(sqlite3_errcode(to.handle()));
  constexpr int kAllPages = -1;
  const int step_code = sqlite3_backup_step(backup, kAllPages);
  const int finish_code = sqlite3_backup_finish(backup);
  if (step_code == SQLITE_DONE) return to.Error(finish_code);
  return to.Error(step_code);
}

// The file in which an older database is migrated.
std::string CopyPath(const Database& original) {
  return absl::StrCat(sqlite3_db_filename(original.handle(), "main"),
                      "-migrating");
}

// Deletes the copy and what SQLite puts beside it. A crash may have left any of
// them, in any state; they are never needed again.
void DeleteCopy(const Database& original) {
  sqlite3_vfs* vfs = sqlite3_vfs_find(
      original.vfs().empty() ? nullptr : original.vfs().c_str());
  for (const char* suffix : {"-wal", "-journal", ""}) {
    const std::string name = absl::StrCat(CopyPath(original), suffix);
    vfs->xDelete(vfs, name.c_str(), /*syncDir=*/0);  // Most often: not there.
  }
}

absl::Status MigrateOnCopy(Database& original, int64_t from,
                           absl::Span<const Migration> migrations,
                           const SqliteOptions& options) {
  SqliteOptions copy_options = options;
  copy_options.synchronous = SqliteOptions::Synchronous::kOff;  // Disposable.
  const absl::Cleanup delete_copy = [&original] { DeleteCopy(original); };
  TALLYSTICK_ASSIGN_OR_RETURN(
      const std::unique_ptr<Database> database,
      Database::Open(CopyPath(original), original.vfs()));
  TALLYSTICK_RETURN_IF_ERROR(ConfigureConnection(*database, copy_options));
  TALLYSTICK_RETURN_IF_ERROR(CopyPages(original, *database));
  TALLYSTICK_RETURN_IF_ERROR(CheckPages(*database));
  TALLYSTICK_RETURN_IF_ERROR(RunMigrations(*database, from, migrations));
  TALLYSTICK_RETURN_IF_ERROR(CheckPages(*database));
  return CopyPages(*database, original);
}

}  // namespace

absl::Span<const Migration> StoreMigrations() { return kMigrations; }

absl::StatusOr<std::unique_ptr<Database>> OpenDatabase(
    const std::string& path, const SqliteOptions& options,
    absl::Span<const Migration> migrations) {
  TALLYSTICK_ASSIGN_OR_RETURN(std::unique_ptr<Database> database,
                              Database::Open(path, options.vfs));
  TALLYSTICK_RETURN_IF_ERROR(ConfigureConnection(*database, options));
  const int64_t newest = static_cast<int64_t>(migrations.size());
  TALLYSTICK_ASSIGN_OR_RETURN(const int64_t version,
                              IdentifyVersion(*database, newest));
  TALLYSTICK_RETURN_IF_ERROR(EnterWalMode(*database));
  DeleteCopy(*database);
  if (version == 0) {
    TALLYSTICK_RETURN_IF_ERROR(RunMigrations(*database, 0, migrations));
  } else if (version < newest) {
    TALLYSTICK_RETURN_IF_ERROR(
        MigrateOnCopy(*database, version, migrations, options));
  }
  return database;
}

absl::Status CheckPages(Database& database) {
  TALLYSTICK_ASSIGN_OR_RETURN(const std::string found,
                              database.QueryText("PRAGMA integrity_check(1)"));
  if (found != "ok") return DamagedError(database.path(), found);
  return absl::OkStatus();
}

}  // namespace tallystick::node
