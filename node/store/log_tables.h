// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_STORE_LOG_TABLES_H_
#define TALLYSTICK_NODE_STORE_LOG_TABLES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/ledger/storage.h"
#include "node/store/row_key.h"
#include "node/store/sqlite_database.h"

namespace tallystick::node {

// The tables `entry`, `tile` and `log`. What the functions mean and when they
// fail is written in core/ledger/storage.h and store.h. Not thread-safe, and
// must not outlive the database.
class LogTables {
 public:
  static absl::StatusOr<LogTables> Prepare(Database& database);

  // Within the caller's transaction, which an error must roll back.
  absl::Status Apply(AllianceKey alliance, const ledger::Changes& changes);

  absl::StatusOr<ledger::LogHead> ReadHead(LogId log);
  absl::StatusOr<std::vector<ledger::Entry>> ReadEntries(LogId log,
                                                         uint64_t first_index,
                                                         uint64_t max_bytes);
  absl::StatusOr<std::string> ReadTile(LogId log, int level, uint64_t index);

  // DATA_LOSS if a log lacks an entry before its last.
  absl::Status CheckContiguous();

 private:
  explicit LogTables(std::vector<Statement> statements, std::string path);

  absl::Status Truncate(LogId log, uint64_t size);
  absl::Status CutTiles(LogId log, int level, uint64_t hash_count);
  absl::Status Append(LogId log, const ledger::Append& append);
  absl::Status WriteHead(LogId log, const ledger::LogHead& head);
  absl::StatusOr<uint64_t> ReadSize(LogId log);

  std::vector<Statement> statements_;  // By StatementId, see log_tables.cc.
  std::string path_;
};

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_STORE_LOG_TABLES_H_
