// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_STORE_SCHEMA_H_
#define TALLYSTICK_NODE_STORE_SCHEMA_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "node/store/sqlite_database.h"
#include "node/store/sqlite_store.h"

// Opens a database file as ours: checks whose it is, creates the tables in a
// new one, and brings an older one up to date.
namespace tallystick::node {

// SQLite's application_id of every Tallystick store: "Taly" in ASCII, at byte
// 68 of the file. Never changes.
inline constexpr int64_t kApplicationId = 0x54616c79;

// One step forward. The n-th migration of a list, counted from 1, makes version
// n (SQLite's user_version) out of version n-1; version 0 is an empty file.
struct Migration {
  // What it does, in a word.
  const char* name;
  // One or more statements; they run in one transaction.
  const char* sql;
};

// All migrations of this version of the program, oldest first. One that was
// released is never edited; a change of the tables is one more at the end.
absl::Span<const Migration> StoreMigrations();

// Opens or creates `path` and returns it ready for use at the newest version.
//
// An older database is never changed in place. It is copied to a file beside it
// ("-migrating"), the copy is migrated and read in full, and only then do its
// pages replace the original's, in one transaction: at any crash the file holds
// all of the old or all of the new. That takes twice the space meanwhile.
//
// FAILED_PRECONDITION: the database of another program, or of a newer version
// of this one. DATA_LOSS: no database, or damaged. UNAVAILABLE: another process
// has it open. PERMISSION_DENIED: cannot be read and written. The file is then
// as it was.
absl::StatusOr<std::unique_ptr<Database>> OpenDatabase(
    const std::string& path, const SqliteOptions& options,
    absl::Span<const Migration> migrations);

// Reads every page. DATA_LOSS names the first thing that is wrong.
absl::Status CheckPages(Database& database);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_STORE_SCHEMA_H_
