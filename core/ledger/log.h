// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_LEDGER_LOG_H_
#define TALLYSTICK_CORE_LEDGER_LOG_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/evidence/merkle.h"
#include "core/evidence/tile.h"
#include "core/ledger/leaf.h"
#include "core/ledger/storage.h"

// One log as the core holds it: its head in memory, its entries and tiles in a
// store. Appending changes the head and collects what must be stored; nothing
// counts until that has been committed. If a commit fails, throw the Log away
// and load it again.
//
// Thread-compatible.
namespace tallystick::ledger {

class Log {
 public:
  // An empty log.
  explicit Log(Side side) : side_(side) {}

  // Reads the head from the store. DATA_LOSS if the parts do not fit together.
  static absl::StatusOr<Log> Load(const LogReader& reader, Side side);

  uint64_t size() const { return range_.size(); }
  evidence::Digest Root() const { return range_.Root(); }
  const LogHead& head() const { return head_; }
  // The time of the last leaf; 0 if there is none. Leaf times never decrease.
  int64_t last_time_us() const { return last_time_us_; }

  // Adds an entry that VerifyEntry has accepted. Refuses with "bad_time" if it
  // was written before the entry in front of it.
  absl::Status Append(Entry entry, const Leaf& leaf);

  // Where a log stands, to go back there if what is appended turns out wrong.
  class Mark {
   private:
    friend class Log;
    LogHead head;
    int64_t last_time_us = 0;
    evidence::CompactRange range;
    evidence::TileTree tiles;
    size_t pending = 0;
  };
  Mark MarkHere() const;
  // Undoes what was appended since. No TakeAppend may lie between.
  void GoBack(Mark mark);

  // Room for as many more entries.
  void Reserve(size_t entries) { pending_.reserve(pending_.size() + entries); }

  // Root of the first `size` entries, of which the newest may not be stored
  // yet. Requires size <= size().
  absl::StatusOr<evidence::Digest> RootAt(const LogReader& reader,
                                          uint64_t size) const;

  // The entries added since the last TakeAppend.
  const std::vector<Entry>& pending() const { return pending_; }

  // The entries added since the last call. Call once per transaction.
  tallystick::ledger::Append TakeAppend();

  void SetCheckpoint(std::string note) { head_.checkpoint = std::move(note); }
  void SetCosigned(uint64_t size, std::string note);

  // The log as it was at `size`; later entries are to be dropped from the
  // store as well. Needs everything up to now to have been committed.
  absl::StatusOr<Log> TruncatedTo(const LogReader& reader, uint64_t size) const;

 private:
  Side side_;
  LogHead head_;
  int64_t last_time_us_ = 0;
  evidence::CompactRange range_;
  evidence::TileTree tiles_;
  uint64_t first_pending_ = 0;
  std::vector<Entry> pending_;
};

// Root of the first `size` entries of a stored log.
absl::StatusOr<evidence::Digest> StoredRootAt(const LogReader& reader,
                                              Side side, uint64_t size);

// Proof that the log at `old_size` is a prefix of the log at `new_size`.
absl::StatusOr<std::vector<evidence::Digest>> ProveStoredConsistency(
    const LogReader& reader, Side side, uint64_t old_size, uint64_t new_size);

}  // namespace tallystick::ledger

#endif  // TALLYSTICK_CORE_LEDGER_LOG_H_
