// SPDX-License-Identifier: Apache-2.0
#include "node/store/sqlite_store.h"

#include <sqlite3.h>

#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "core/status_macros.h"
#include "node/store/log_tables.h"
#include "node/store/schema.h"
#include "node/store/sqlite_database.h"
#include "node/store/sqlite_error.h"

namespace tallystick::node {
namespace {

// Beyond this many pages (8 MiB) a commit copies the write-ahead log into the
// database itself, so that the log starts again instead of growing.
constexpr int kWalPagesMax = 1024;
// Up to this many pages (1 MiB) the log keeps its file when the store is idle:
// writing over it is cheaper than making it grow again.
constexpr int kWalPagesKept = 128;

// The logs of one alliance, read through the store's own statements.
class SqliteLogReader : public ledger::LogReader {
 public:
  SqliteLogReader(LogTables& tables, AllianceKey alliance)
      : tables_(tables), alliance_(alliance) {}

  absl::StatusOr<ledger::LogHead> ReadHead(ledger::Side side) const override {
    return tables_.ReadHead({alliance_, side});
  }
  absl::StatusOr<std::vector<ledger::Entry>> ReadEntries(
      ledger::Side side, uint64_t first_index,
      uint64_t max_bytes) const override {
    return tables_.ReadEntries({alliance_, side}, first_index, max_bytes);
  }
  absl::StatusOr<std::string> ReadTile(ledger::Side side, int level,
                                       uint64_t index) const override {
    return tables_.ReadTile({alliance_, side}, level, index);
  }

 private:
  LogTables& tables_;
  const AllianceKey alliance_;
};

// The least string that is greater than all that start with `prefix`, in byte
// order; empty if there is none.
std::string PrefixEnd(absl::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && end.back() == '\xff') end.pop_back();
  if (!end.empty()) ++end.back();
  return end;
}

// The statements of everything but logs.
struct StoreStatements {
  Statement begin;
  Statement commit;
  Statement put_document;
  Statement delete_document;
  Statement select_document;
  Statement list_documents;
  Statement list_documents_to_end;
};

absl::StatusOr<StoreStatements> PrepareStatements(Database& database) {
  TALLYSTICK_ASSIGN_OR_RETURN(Statement begin,
                              database.Prepare("BEGIN IMMEDIATE"));
  TALLYSTICK_ASSIGN_OR_RETURN(Statement commit, database.Prepare("COMMIT"));
  TALLYSTICK_ASSIGN_OR_RETURN(
      Statement put,
      database.Prepare("REPLACE INTO document (space, key, value) "
                       "VALUES (?1, ?2, ?3)"));
  TALLYSTICK_ASSIGN_OR_RETURN(
      Statement erase,
      database.Prepare("DELETE FROM document WHERE space = ?1 AND key = ?2"));
  TALLYSTICK_ASSIGN_OR_RETURN(
      Statement select,
      database.Prepare(
          "SELECT value FROM document WHERE space = ?1 AND key = ?2"));
  TALLYSTICK_ASSIGN_OR_RETURN(
      Statement list,
      database.Prepare("SELECT key, value FROM document WHERE space = ?1 "
                       "AND key >= ?2 AND key < ?3 ORDER BY key"));
  TALLYSTICK_ASSIGN_OR_RETURN(
      Statement list_to_end,
      database.Prepare("SELECT key, value FROM document WHERE space = ?1 "
                       "AND key >= ?2 ORDER BY key"));
  return StoreStatements{std::move(begin),      std::move(commit),
                         std::move(put),        std::move(erase),
                         std::move(select),     std::move(list),
                         std::move(list_to_end)};
}

class SqliteStore : public Store {
 public:
  SqliteStore(std::unique_ptr<Database> database, StoreStatements statements,
              LogTables logs)
      : database_(std::move(database)),
        statements_(std::move(statements)),
        logs_(std::move(logs)) {
    sqlite3_wal_hook(database_->handle(), &SqliteStore::OnWalWritten, this);
  }

  absl::Status Commit(const Transaction& transaction) override;
  std::unique_ptr<ledger::LogReader> Reader(
      AllianceKey alliance) const override {
    return std::make_unique<SqliteLogReader>(logs_, alliance);
  }
  absl::StatusOr<std::string> ReadDocument(
      absl::string_view space, absl::string_view key) const override;
  absl::StatusOr<std::vector<std::pair<std::string, std::string>>>
  ListDocuments(absl::string_view space,
                absl::string_view prefix) const override;
  absl::Status Idle() override;
  absl::Status CheckIntegrity() const override;

 private:
  // SQLite tells how many pages the write-ahead log has after a commit.
  static int OnWalWritten(void* store, sqlite3*, const char*, int pages) {
    static_cast<SqliteStore*>(store)->wal_pages_ = pages;
    return SQLITE_OK;
  }

  absl::Status Write(const Transaction& transaction);
  absl::Status Checkpoint(int mode);

  std::unique_ptr<Database> database_;  // Outlives the statements.
  // Running a statement changes it, not the store.
  mutable StoreStatements statements_;
  mutable LogTables logs_;
  // Pages in the write-ahead log that may not be in the database yet. At the
  // start as many as a crash may have left.
  int wal_pages_ = kWalPagesMax;
};

absl::Status SqliteStore::Commit(const Transaction& transaction) {
  if (transaction.empty()) return absl::OkStatus();
  TALLYSTICK_RETURN_IF_ERROR(statements_.begin.Run());
  absl::Cleanup rollback = [this] { database_->Rollback(); };
  TALLYSTICK_RETURN_IF_ERROR(Write(transaction));
  TALLYSTICK_RETURN_IF_ERROR(statements_.commit.Run());
  std::move(rollback).Cancel();
  if (wal_pages_ > kWalPagesMax) {
    // The transaction is durable. What goes wrong here goes wrong again, and is
    // reported, in Idle.
    Checkpoint(SQLITE_CHECKPOINT_PASSIVE).IgnoreError();
  }
  return absl::OkStatus();
}

absl::Status SqliteStore::Write(const Transaction& transaction) {
  for (const auto& [alliance, changes] : transaction.logs) {
    TALLYSTICK_RETURN_IF_ERROR(logs_.Apply(alliance, changes));
  }
  for (const Document& document : transaction.documents) {
    Statement& statement =
        document.value ? statements_.put_document : statements_.delete_document;
    statement.Bind(1, document.space).Bind(2, document.key);
    if (document.value) statement.Bind(3, *document.value);
    TALLYSTICK_RETURN_IF_ERROR(statement.Run());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> SqliteStore::ReadDocument(
    absl::string_view space, absl::string_view key) const {
  Statement& select = statements_.select_document;
  const absl::Cleanup reset = [&select] { select.Reset(); };
  TALLYSTICK_ASSIGN_OR_RETURN(const bool found,
                              select.Bind(1, space).Bind(2, key).Step());
  if (!found) {
    return absl::NotFoundError(
        absl::StrCat("no document \"", key, "\" in \"", space, "\""));
  }
  return std::string(select.Bytes(0));
}

absl::StatusOr<std::vector<std::pair<std::string, std::string>>>
SqliteStore::ListDocuments(absl::string_view space,
                           absl::string_view prefix) const {
  const std::string end = PrefixEnd(prefix);
  Statement& list = end.empty() ? statements_.list_documents_to_end
                                : statements_.list_documents;
  const absl::Cleanup reset = [&list] { list.Reset(); };
  list.Bind(1, space).Bind(2, prefix);
  if (!end.empty()) list.Bind(3, end);
  std::vector<std::pair<std::string, std::string>> documents;
  while (true) {
    TALLYSTICK_ASSIGN_OR_RETURN(const bool found, list.Step());
    if (!found) return documents;
    documents.emplace_back(list.Bytes(0), list.Bytes(1));
  }
}

absl::Status SqliteStore::Idle() {
  if (wal_pages_ == 0) return absl::OkStatus();
  TALLYSTICK_RETURN_IF_ERROR(Checkpoint(wal_pages_ > kWalPagesKept
                                            ? SQLITE_CHECKPOINT_TRUNCATE
                                            : SQLITE_CHECKPOINT_PASSIVE));
  wal_pages_ = 0;
  return absl::OkStatus();
}

absl::Status SqliteStore::Checkpoint(int mode) {
  return database_->Error(sqlite3_wal_checkpoint_v2(database_->handle(), "main",
                                                    mode, nullptr, nullptr));
}

absl::Status SqliteStore::CheckIntegrity() const {
  TALLYSTICK_RETURN_IF_ERROR(CheckPages(*database_));
  return logs_.CheckContiguous();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> OpenSqliteStore(
    const std::string& path, const SqliteOptions& options) {
  TALLYSTICK_ASSIGN_OR_RETURN(std::unique_ptr<Database> database,
                              OpenDatabase(path, options, StoreMigrations()));
  absl::StatusOr<StoreStatements> statements = PrepareStatements(*database);
  absl::StatusOr<LogTables> logs = LogTables::Prepare(*database);
  for (const absl::Status& status : {statements.status(), logs.status()}) {
    // SQL that is known to be right can only miss its tables.
    if (absl::IsInternal(status)) {
      return DamagedError(path, sqlite3_errmsg(database->handle()));
    }
    TALLYSTICK_RETURN_IF_ERROR(status);
  }
  return std::make_unique<SqliteStore>(
      std::move(database), *std::move(statements), *std::move(logs));
}

}  // namespace tallystick::node
