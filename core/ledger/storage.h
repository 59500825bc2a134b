// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_LEDGER_STORAGE_H_
#define TALLYSTICK_CORE_LEDGER_STORAGE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/evidence/tile.h"

// What the core asks to be stored for one alliance, and what it reads back. The
// core computes all of it; a store only keeps bytes durably and in order.
namespace tallystick::ledger {

// Whose log: the one this node writes, or its copy of the partner's.
enum class Side { kOwn = 0, kPartner = 1 };

// One log entry as exact bytes: what was hashed, sent and received.
struct Entry {
  std::string leaf;
  // 32 bytes, and the message the leaf commits to. Both empty once redacted.
  std::string salt;
  std::string body;

  friend bool operator==(const Entry&, const Entry&) = default;
};

// How far a log has come.
struct LogHead {
  uint64_t size = 0;
  // The newest checkpoint, a signed note for exactly `size`; empty if none.
  std::string checkpoint;
  // The newest checkpoint that also carries the witness's cosignature, and its
  // size: own log, what the partner holds; partner's log, what we told it.
  uint64_t cosigned_size = 0;
  std::string cosigned_checkpoint;

  friend bool operator==(const LogHead&, const LogHead&) = default;
};

// Entries that extend a log, with everything derived from them.
struct Append {
  Side side = Side::kOwn;
  uint64_t first_index = 0;
  std::vector<Entry> entries;
  // The complete new content of every tile that changed, save the lowest one
  // that is not full yet: its hashes are those of the last entries.
  std::vector<evidence::TileWrite> tiles;
};

// What one step of the core asks to be stored: all of it or nothing, in this
// order, durable before anything that follows from it is sent.
struct Changes {
  // Drops the own log's entries and tiles from this size on: provisional
  // entries that the partner has never seen (see core/sync/README.md).
  std::optional<uint64_t> truncate_own;
  std::vector<Append> appends;
  // New heads, where they changed.
  std::optional<LogHead> own_head;
  std::optional<LogHead> partner_head;

  bool empty() const {
    return !truncate_own && appends.empty() && !own_head && !partner_head;
  }
};

// Reads what is stored of one alliance's logs. Thread-compatible.
class LogReader {
 public:
  virtual ~LogReader() = default;

  virtual absl::StatusOr<LogHead> ReadHead(Side side) const = 0;

  // Entries from `first_index` on, in order: at least one if there is one, then
  // as many as fit into `max_bytes` of leaf, salt and body. Empty at the end.
  virtual absl::StatusOr<std::vector<Entry>> ReadEntries(
      Side side, uint64_t first_index, uint64_t max_bytes) const = 0;

  // The hashes of one tile (evidence formats, section 7), as far as written.
  // NOT_FOUND if there is no such tile.
  virtual absl::StatusOr<std::string> ReadTile(Side side, int level,
                                               uint64_t index) const = 0;
};

}  // namespace tallystick::ledger

#endif  // TALLYSTICK_CORE_LEDGER_STORAGE_H_
