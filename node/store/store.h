// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_STORE_STORE_H_
#define TALLYSTICK_NODE_STORE_STORE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/ledger/storage.h"

// Everything a node keeps. Two things only: the entries and tiles of logs, and
// small documents (alliances, alerts, invitations, snapshots, ...), which are
// bytes under a space and a key. A second implementation, on PostgreSQL, is
// meant to stand beside SQLite; that is why the interface is this small.
namespace tallystick::node {

// Names the two logs of one alliance in the store. Chosen by the caller, at
// least 1, never reused.
enum class AllianceKey : int64_t {};

struct Document {
  std::string space;
  std::string key;
  // Replaces what was there. No value: deletes.
  std::optional<std::string> value;
};

// One durable transaction.
struct Transaction {
  std::vector<std::pair<AllianceKey, ledger::Changes>> logs;
  std::vector<Document> documents;

  bool empty() const { return logs.empty() && documents.empty(); }
};

// Not thread-safe: one thread owns the store.
class Store {
 public:
  virtual ~Store() = default;

  // All of it, on stable storage before it returns OK; or nothing. An append
  // that does not continue its log at `first_index` is FAILED_PRECONDITION. A
  // full disk is RESOURCE_EXHAUSTED, a read-only one PERMISSION_DENIED, a
  // damaged database DATA_LOSS. After any error the store is as before.
  virtual absl::Status Commit(const Transaction& transaction) = 0;

  // Reads the logs of one alliance. Lives no longer than the store.
  virtual std::unique_ptr<ledger::LogReader> Reader(
      AllianceKey alliance) const = 0;

  // NOT_FOUND if there is none.
  virtual absl::StatusOr<std::string> ReadDocument(
      absl::string_view space, absl::string_view key) const = 0;

  // All documents of a space whose key starts with `prefix`, by key: key,
  // value.
  virtual absl::StatusOr<std::vector<std::pair<std::string, std::string>>>
  ListDocuments(absl::string_view space, absl::string_view prefix) const = 0;

  // Does what is better done while nothing else is: SQLite copies its
  // write-ahead log into the database.
  virtual absl::Status Idle() = 0;

  // Reads every page; DATA_LOSS names what is wrong.
  virtual absl::Status CheckIntegrity() const = 0;
};

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_STORE_STORE_H_
