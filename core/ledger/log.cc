// SPDX-License-Identifier: Apache-2.0
#include "core/ledger/log.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/evidence/refusal.h"
#include "core/status_macros.h"

namespace tallystick::ledger {
namespace {

using evidence::kTileHeight;
using evidence::kTileWidth;

constexpr size_t kTileBytes = kTileWidth * sizeof(evidence::Digest);
constexpr uint64_t kChunkBytes = 64 << 10;

// The lowest tile that is still being filled is not stored: every entry would
// write it anew. Its hashes are those of the last entries.
absl::StatusOr<std::string> LowestTile(const LogReader& reader, Side side,
                                       uint64_t index) {
  std::string hashes;
  while (hashes.size() < kTileBytes) {
    TALLYSTICK_ASSIGN_OR_RETURN(
        const std::vector<Entry> entries,
        reader.ReadEntries(
            side, index * kTileWidth + hashes.size() / sizeof(evidence::Digest),
            kChunkBytes));
    if (entries.empty()) break;
    for (const Entry& entry : entries) {
      if (hashes.size() == kTileBytes) break;
      const evidence::Digest hash = evidence::HashLeaf(entry.leaf);
      hashes.append(evidence::AsBytes(hash).data(), hash.size());
    }
  }
  return hashes;
}

absl::StatusOr<std::string> TileOf(const LogReader& reader, Side side,
                                   int level, uint64_t index) {
  auto tile = reader.ReadTile(side, level, index);
  if (level > 0 || (tile.ok() && tile->size() == kTileBytes) ||
      !(tile.ok() || absl::IsNotFound(tile.status()))) {
    return tile;
  }
  return LowestTile(reader, side, index);
}

// Reads tiles, and the lowest open one once.
evidence::TileNodeReader NodesOf(const LogReader& reader, Side side) {
  struct Last {
    int level = -1;
    uint64_t index = 0;
    std::string hashes;
  };
  auto last = std::make_shared<Last>();
  return evidence::TileNodeReader(
      [&reader, side, last](int level,
                            uint64_t index) -> absl::StatusOr<std::string> {
        if (last->level != level || last->index != index) {
          TALLYSTICK_ASSIGN_OR_RETURN(last->hashes,
                                      TileOf(reader, side, level, index));
          last->level = level;
          last->index = index;
        }
        return last->hashes;
      });
}

// The open tile of each level for a log of `size`, cut to what that size has.
absl::StatusOr<std::vector<std::string>> OpenTiles(const LogReader& reader,
                                                   Side side, uint64_t size) {
  std::vector<std::string> tiles;
  int level = 0;
  for (uint64_t hashes = size; hashes > 0; hashes >>= kTileHeight, ++level) {
    const uint64_t width = hashes % kTileWidth;
    if (width == 0) {
      tiles.emplace_back();
      continue;
    }
    TALLYSTICK_ASSIGN_OR_RETURN(
        std::string tile, TileOf(reader, side, level, hashes / kTileWidth));
    if (tile.size() < width * sizeof(evidence::Digest)) {
      return absl::DataLossError("a stored tile is shorter than its log");
    }
    tile.resize(width * sizeof(evidence::Digest));
    tiles.push_back(std::move(tile));
  }
  return tiles;
}

}  // namespace

absl::StatusOr<Log> Log::Load(const LogReader& reader, Side side) {
  TALLYSTICK_ASSIGN_OR_RETURN(LogHead head, reader.ReadHead(side));
  Log log(side);
  TALLYSTICK_ASSIGN_OR_RETURN(log, log.TruncatedTo(reader, head.size));
  log.head_ = std::move(head);
  return log;
}

absl::StatusOr<Log> Log::TruncatedTo(const LogReader& reader,
                                     uint64_t size) const {
  Log log(side_);
  TALLYSTICK_ASSIGN_OR_RETURN(log.range_,
                              evidence::RangeAt(NodesOf(reader, side_), size));
  TALLYSTICK_ASSIGN_OR_RETURN(std::vector<std::string> tiles,
                              OpenTiles(reader, side_, size));
  TALLYSTICK_ASSIGN_OR_RETURN(
      log.tiles_, evidence::TileTree::FromTiles(size, std::move(tiles)));
  if (size > 0) {
    TALLYSTICK_ASSIGN_OR_RETURN(const std::vector<Entry> last,
                                reader.ReadEntries(side_, size - 1, 1));
    if (last.empty()) return absl::DataLossError("a stored log lacks its end");
    TALLYSTICK_ASSIGN_OR_RETURN(const Leaf leaf, ParseLeaf(last[0].leaf));
    log.last_time_us_ = leaf.time_us;
  }
  log.head_ = head_;
  log.head_.size = size;
  log.first_pending_ = size;
  return log;
}

absl::Status Log::Append(Entry entry, const Leaf& leaf) {
  if (leaf.time_us < last_time_us_) {
    return evidence::Refuse(
        "bad_time", absl::StrCat("entry ", size(),
                                 " was written before the one in front of it"));
  }
  last_time_us_ = leaf.time_us;
  const evidence::Digest hash = evidence::HashLeaf(entry.leaf);
  range_.Append(hash);
  tiles_.Append(hash);
  pending_.push_back(std::move(entry));
  head_.size = range_.size();
  return absl::OkStatus();
}

Log::Mark Log::MarkHere() const {
  Mark mark;
  mark.head = head_;
  mark.last_time_us = last_time_us_;
  mark.range = range_;
  mark.tiles = tiles_;
  mark.pending = pending_.size();
  return mark;
}

void Log::GoBack(Mark mark) {
  head_ = std::move(mark.head);
  last_time_us_ = mark.last_time_us;
  range_ = std::move(mark.range);
  tiles_ = std::move(mark.tiles);
  pending_.resize(mark.pending);
}

absl::StatusOr<evidence::Digest> Log::RootAt(const LogReader& reader,
                                             uint64_t size) const {
  if (size == this->size()) return Root();
  if (size <= first_pending_) return StoredRootAt(reader, side_, size);
  TALLYSTICK_ASSIGN_OR_RETURN(
      evidence::CompactRange range,
      evidence::RangeAt(NodesOf(reader, side_), first_pending_));
  for (uint64_t index = first_pending_; index < size; ++index) {
    range.Append(evidence::HashLeaf(pending_[index - first_pending_].leaf));
  }
  return range.Root();
}

Append Log::TakeAppend() {
  ledger::Append append = {.side = side_,
                           .first_index = first_pending_,
                           .entries = std::move(pending_),
                           .tiles = tiles_.TakeChangedTiles()};
  std::erase_if(append.tiles, [](const evidence::TileWrite& tile) {
    return tile.level == 0 && tile.hashes.size() < kTileBytes;
  });
  pending_.clear();
  first_pending_ = size();
  return append;
}

void Log::SetCosigned(uint64_t size, std::string note) {
  head_.cosigned_size = size;
  head_.cosigned_checkpoint = std::move(note);
}

absl::StatusOr<evidence::Digest> StoredRootAt(const LogReader& reader,
                                              Side side, uint64_t size) {
  return evidence::RootAt(NodesOf(reader, side), size);
}

absl::StatusOr<std::vector<evidence::Digest>> ProveStoredConsistency(
    const LogReader& reader, Side side, uint64_t old_size, uint64_t new_size) {
  return evidence::ProveConsistency(NodesOf(reader, side), old_size, new_size);
}

}  // namespace tallystick::ledger
