// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_STORE_ROW_KEY_H_
#define TALLYSTICK_NODE_STORE_ROW_KEY_H_

#include <cstdint>

#include "core/ledger/storage.h"
#include "node/store/store.h"

// The keys of the tables that hold logs. Each is one positive 64-bit integer,
// SQLite's row id itself, so that a row needs no index beside it and one log's
// rows lie next to each other, in order. From the highest bit:
//
//   log    alliance:22 side:1
//   entry  alliance:22 side:1 index:40
//   tile   alliance:22 side:1 level:3 index:32
//
// Small alliance keys make short row ids on disk (6 bytes for the first).
namespace tallystick::node {

inline constexpr int kSideBits = 1;
inline constexpr int kEntryIndexBits = 40;
inline constexpr int kTileLevelBits = 3;
inline constexpr int kTileIndexBits = 32;

// Limits that follow: alliances are 1 .. kAllianceKeyMax, a log has at most
// kLogSizeMax entries, and so has tiles of the levels 0 .. kTileLevelMax only.
// (One key less than fits, so that the bound past the last row does, too.)
inline constexpr int64_t kAllianceKeyMax = (int64_t{1} << 22) - 2;
inline constexpr uint64_t kLogSizeMax = uint64_t{1} << kEntryIndexBits;
inline constexpr int kTileLevelMax = 5;
inline constexpr uint64_t kTileIndexMax = (uint64_t{1} << kTileIndexBits) - 1;

// One of the two logs of an alliance.
struct LogId {
  AllianceKey alliance;
  ledger::Side side;
};

inline int64_t LogRow(LogId log) {
  return static_cast<int64_t>(log.alliance) << kSideBits |
         static_cast<int64_t>(log.side);
}

// `index` may be kLogSizeMax: the bound just past the log's last possible row.
inline int64_t EntryRow(LogId log, uint64_t index) {
  return (LogRow(log) << kEntryIndexBits) + static_cast<int64_t>(index);
}

// `index` may be kTileIndexMax + 1: the bound just past the level's last row.
inline int64_t TileRow(LogId log, int level, uint64_t index) {
  return ((LogRow(log) << kTileLevelBits | level) << kTileIndexBits) +
         static_cast<int64_t>(index);
}

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_STORE_ROW_KEY_H_
