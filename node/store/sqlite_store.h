// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_STORE_SQLITE_STORE_H_
#define TALLYSTICK_NODE_STORE_SQLITE_STORE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "node/store/store.h"

namespace tallystick::node {

struct SqliteOptions {
  // When a commit waits for the disk. Only kFull keeps the store's promise; the
  // others exist so that tests can show that they would notice.
  enum class Synchronous { kOff, kNormal, kFull };

  // The SQLite VFS to use; empty: the operating system's files.
  std::string vfs;
  Synchronous synchronous = Synchronous::kFull;
  // Upper bound of the page cache, at least 64 KiB. It is what a large
  // transaction takes, however large it is.
  int cache_bytes = 2 << 20;
};

// Opens the store kept in the SQLite database `path`, or creates it, readable
// by its owner only, in a folder that exists. The store has the file for itself
// until it is destroyed. Errors are one line with the path and what to do:
// FAILED_PRECONDITION: the database of another program or of a newer version.
// DATA_LOSS: not a database, or damaged. UNAVAILABLE: another process has it
// open. PERMISSION_DENIED: cannot be both read and written. RESOURCE_EXHAUSTED:
// the disk is full.
absl::StatusOr<std::unique_ptr<Store>> OpenSqliteStore(
    const std::string& path, const SqliteOptions& options);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_STORE_SQLITE_STORE_H_
