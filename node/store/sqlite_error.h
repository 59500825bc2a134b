// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_STORE_SQLITE_ERROR_H_
#define TALLYSTICK_NODE_STORE_SQLITE_ERROR_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace tallystick::node {

// What SQLite's (extended) result `code` means to the person who runs the node:
// one line with the file and what to do, and one of the codes store.h promises.
// `detail` is SQLite's own message. OK for SQLITE_OK, SQLITE_ROW, SQLITE_DONE.
absl::Status StatusFromSqlite(int code, absl::string_view detail,
                              absl::string_view path);

// The same, as DATA_LOSS, for damage that SQLite itself cannot see.
absl::Status DamagedError(absl::string_view path, absl::string_view detail);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_STORE_SQLITE_ERROR_H_
