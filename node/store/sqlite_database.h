// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_STORE_SQLITE_DATABASE_H_
#define TALLYSTICK_NODE_STORE_SQLITE_DATABASE_H_

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// Owners of SQLite's handles, which turn its result codes into Status. They
// know nothing of what is stored. Not thread-safe.
namespace tallystick::node {

// A prepared statement, kept and run many times. Parameters and columns hold
// integers or bytes; parameters count from 1, columns from 0, as in SQLite.
class Statement {
 public:
  // The value must stay alive until the statement has been run.
  Statement& Bind(int parameter, int64_t value);
  Statement& Bind(int parameter, absl::string_view bytes);

  // Runs to the end, ignoring rows, and can then be bound anew.
  absl::Status Run();

  // Goes to the next row: true if there is one. A statement that is left before
  // its end must be Reset, as it holds a read transaction.
  absl::StatusOr<bool> Step();
  void Reset();

  // Columns of the current row. Bytes are valid until the next Step or Reset.
  int64_t Integer(int column) const;
  absl::string_view Bytes(int column) const;

 private:
  friend class Database;
  struct Finalizer {
    void operator()(sqlite3_stmt* statement) const {
      sqlite3_finalize(statement);
    }
  };
  Statement(sqlite3_stmt* statement, const std::string* path)
      : statement_(statement), path_(path) {}

  absl::Status Error(int code) const;

  std::unique_ptr<sqlite3_stmt, Finalizer> statement_;
  const std::string* path_;    // The database's.
  int bind_code_ = SQLITE_OK;  // The first failure since the last Reset.
};

// One connection.
class Database {
 public:
  // Opens or creates `path` on the named VFS; empty: the operating system's. A
  // file created there is readable and writable by its owner only, and so are
  // the ones SQLite puts beside it. PERMISSION_DENIED if it is read-only.
  static absl::StatusOr<std::unique_ptr<Database>> Open(const std::string& path,
                                                        const std::string& vfs);
  ~Database();

  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Runs SQL without parameters, ignoring rows.
  absl::Status Execute(const std::string& sql);

  // The first column of the first row; NOT_FOUND if there is none.
  absl::StatusOr<int64_t> QueryInteger(absl::string_view sql);
  absl::StatusOr<std::string> QueryText(absl::string_view sql);

  // The statement must not outlive the database.
  absl::StatusOr<Statement> Prepare(absl::string_view sql);

  // Ends a transaction, if one is open, without effect.
  void Rollback();

  // The status of SQLite's result `code` on this database.
  absl::Status Error(int code) const;

  sqlite3* handle() const { return handle_; }
  const std::string& path() const { return path_; }
  const std::string& vfs() const { return vfs_; }

 private:
  Database(sqlite3* handle, std::string path, std::string vfs);

  sqlite3* handle_;
  std::string path_;
  std::string vfs_;
};

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_STORE_SQLITE_DATABASE_H_
