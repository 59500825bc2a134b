// SPDX-License-Identifier: Apache-2.0
#include "node/store/sqlite_database.h"

#include <fcntl.h>
#include <unistd.h>

#include <utility>

#include "core/status_macros.h"
#include "node/store/sqlite_error.h"

namespace tallystick::node {
namespace {

// SQLite would create the file with the permissions of any document. An
// existing file must not even be opened here: closing it again would drop the
// locks that a connection of this process has on it.
void CreatePrivateFile(const std::string& path) {
  constexpr mode_t kOwnerOnly = 0600;
  const int fd =
      open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, kOwnerOnly);
  if (fd >= 0) close(fd);  // If not, SQLite will say why it cannot open it.
}

}  // namespace

Statement& Statement::Bind(int parameter, int64_t value) {
  const int code = sqlite3_bind_int64(statement_.get(), parameter, value);
  if (bind_code_ == SQLITE_OK) bind_code_ = code;
  return *this;
}

Statement& Statement::Bind(int parameter, absl::string_view bytes) {
  // No bytes are a value, too, but a null pointer would mean NULL.
  const char* data = bytes.empty() ? "" : bytes.data();
  const int code = sqlite3_bind_blob64(statement_.get(), parameter, data,
                                       bytes.size(), SQLITE_STATIC);
  if (bind_code_ == SQLITE_OK) bind_code_ = code;
  return *this;
}

absl::Status Statement::Run() {
  int code = bind_code_;
  if (code == SQLITE_OK) {
    do {
      code = sqlite3_step(statement_.get());
    } while (code == SQLITE_ROW);
  }
  absl::Status status = Error(code);  // Before Reset forgets the message.
  Reset();
  return status;
}

absl::StatusOr<bool> Statement::Step() {
  const int code =
      bind_code_ != SQLITE_OK ? bind_code_ : sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  absl::Status status = Error(code);
  Reset();
  if (!status.ok()) return status;
  return false;
}

void Statement::Reset() {
  sqlite3_reset(statement_.get());
  bind_code_ = SQLITE_OK;
}

int64_t Statement::Integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

absl::string_view Statement::Bytes(int column) const {
  const void* data = sqlite3_column_blob(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return {static_cast<const char*>(data), static_cast<size_t>(size)};
}

absl::Status Statement::Error(int code) const {
  return StatusFromSqlite(
      code, sqlite3_errmsg(sqlite3_db_handle(statement_.get())), *path_);
}

Database::Database(sqlite3* handle, std::string path, std::string vfs)
    : handle_(handle), path_(std::move(path)), vfs_(std::move(vfs)) {}

Database::~Database() { sqlite3_close(handle_); }

absl::StatusOr<std::unique_ptr<Database>> Database::Open(
    const std::string& path, const std::string& vfs) {
  if (vfs.empty()) CreatePrivateFile(path);
  sqlite3* handle = nullptr;
  const int code =
      sqlite3_open_v2(path.c_str(), &handle,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
                          SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                      vfs.empty() ? nullptr : vfs.c_str());
  // SQLite hands out a connection even if it fails, for its message.
  std::unique_ptr<Database> database(new Database(handle, path, vfs));
  TALLYSTICK_RETURN_IF_ERROR(database->Error(code));
  if (sqlite3_db_readonly(handle, "main") == 1) {
    return database->Error(SQLITE_READONLY);
  }
  return database;
}

absl::Status Database::Execute(const std::string& sql) {
  return Error(sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr));
}

absl::StatusOr<int64_t> Database::QueryInteger(absl::string_view sql) {
  TALLYSTICK_ASSIGN_OR_RETURN(Statement statement, Prepare(sql));
  TALLYSTICK_ASSIGN_OR_RETURN(const bool found, statement.Step());
  if (!found) return absl::NotFoundError("no row");
  return statement.Integer(0);
}

absl::StatusOr<std::string> Database::QueryText(absl::string_view sql) {
  TALLYSTICK_ASSIGN_OR_RETURN(Statement statement, Prepare(sql));
  TALLYSTICK_ASSIGN_OR_RETURN(const bool found, statement.Step());
  if (!found) return absl::NotFoundError("no row");
  return std::string(statement.Bytes(0));
}

absl::StatusOr<Statement> Database::Prepare(absl::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  TALLYSTICK_RETURN_IF_ERROR(Error(
      sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                         SQLITE_PREPARE_PERSISTENT, &statement, nullptr)));
  return Statement(statement, &path_);
}

void Database::Rollback() {
  // After some errors SQLite has rolled back on its own. A rollback that fails
  // has ended the transaction all the same.
  if (sqlite3_get_autocommit(handle_) == 0) {
    sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

absl::Status Database::Error(int code) const {
  return StatusFromSqlite(code, sqlite3_errmsg(handle_), path_);
}

}  // namespace tallystick::node
