// SPDX-License-Identifier: Apache-2.0
#include "node/store/sqlite_error.h"

#include <sqlite3.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace tallystick::node {

absl::Status DamagedError(absl::string_view path, absl::string_view detail) {
  // An integrity check reports in several lines.
  const std::string line = absl::StrReplaceAll(detail, {{"\n", " "}});
  return absl::DataLossError(
      absl::StrCat(path, " is damaged (", line,
                   "): keep the file, and restore a backup in its place"));
}

absl::Status StatusFromSqlite(int code, absl::string_view detail,
                              absl::string_view path) {
  constexpr int kPrimary = 0xff;  // The rest of the code narrows it down.
  switch (code & kPrimary) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
      return absl::OkStatus();
    case SQLITE_FULL:
      return absl::ResourceExhaustedError(
          absl::StrCat("the disk that holds ", path,
                       " is full, nothing was written: free some space"));
    case SQLITE_NOMEM:
      return absl::ResourceExhaustedError(
          absl::StrCat("not enough memory to work on ", path));
    case SQLITE_READONLY:
      return absl::PermissionDeniedError(
          absl::StrCat("cannot write ", path,
                       ": make the file, its folder and its disk writable "
                       "for the user who runs this program"));
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return absl::PermissionDeniedError(
          absl::StrCat("cannot open ", path,
                       ": its folder must exist, and the user who runs this "
                       "program must be able to read and write both"));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return absl::UnavailableError(absl::StrCat("another process has ", path,
                                                 " open: stop that one first"));
    case SQLITE_CORRUPT:
      return DamagedError(path, detail);
    case SQLITE_NOTADB:
      return absl::DataLossError(absl::StrCat(
          path,
          " is not a Tallystick database, or its beginning is damaged: name "
          "another file, or restore a backup in its place"));
    case SQLITE_IOERR:
      if (code == SQLITE_IOERR_CORRUPTFS || code == SQLITE_IOERR_DATA) {
        return DamagedError(path, detail);
      }
      return absl::InternalError(absl::StrCat("reading or writing ", path,
                                              " failed (", detail,
                                              "): check the disk"));
    case SQLITE_TOOBIG:
      return absl::InvalidArgumentError(
          absl::StrCat("a value is too big to be stored in ", path));
    default:
      return absl::InternalError(
          absl::StrCat("SQLite on ", path, ": ", detail, " (", code, ")"));
  }
}

}  // namespace tallystick::node
