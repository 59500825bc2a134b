// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/tile.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "core/status_macros.h"

namespace tallystick::evidence {
namespace {

constexpr size_t kHashSize = sizeof(Digest);

Digest HashAt(absl::string_view hashes, size_t position) {
  Digest digest;
  const absl::string_view bytes =
      hashes.substr(position * kHashSize, kHashSize);
  std::copy(bytes.begin(), bytes.end(), digest.begin());
  return digest;
}

// Root over the `count` hashes from `first` on, count a power of two.
Digest CompleteRoot(absl::string_view hashes, size_t first, size_t count) {
  if (count == 1) return HashAt(hashes, first);
  return HashChildren(CompleteRoot(hashes, first, count / 2),
                      CompleteRoot(hashes, first + count / 2, count / 2));
}

}  // namespace

std::string TilePath(int level, uint64_t index, uint64_t width) {
  std::string number = absl::StrFormat("%03d", index % 1000);
  for (uint64_t rest = index / 1000; rest > 0; rest /= 1000) {
    number = absl::StrFormat("x%03d/%s", rest % 1000, number);
  }
  return absl::StrCat("tile/", level < 0 ? "entries" : absl::StrCat(level), "/",
                      number,
                      width == kTileWidth ? "" : absl::StrCat(".p/", width));
}

absl::StatusOr<std::string> EncodeEntryBundle(
    std::span<const std::string> entries) {
  std::string bundle;
  for (const std::string& entry : entries) {
    if (entry.size() > 0xffff) {
      return absl::InvalidArgumentError(
          "an entry of a bundle has at most 65535 bytes");
    }
    bundle.push_back(static_cast<char>(entry.size() >> 8));
    bundle.push_back(static_cast<char>(entry.size()));
    bundle.append(entry);
  }
  return bundle;
}

absl::StatusOr<TileTree> TileTree::FromTiles(
    uint64_t size, std::vector<std::string> open_tiles) {
  TileTree tree;
  tree.size_ = size;
  size_t level = 0;
  for (uint64_t hashes = size; hashes > 0; hashes >>= kTileHeight, ++level) {
    if (level >= open_tiles.size() ||
        open_tiles[level].size() != hashes % kTileWidth * kHashSize) {
      return absl::InvalidArgumentError("open tiles do not fit the log's size");
    }
    tree.levels_.push_back({.open = std::move(open_tiles[level]),
                            .index = hashes >> kTileHeight,
                            .filled = {}});
  }
  return tree;
}

void TileTree::Append(const Digest& leaf_hash) {
  AppendAt(0, leaf_hash);
  ++size_;
}

void TileTree::AppendAt(size_t level, const Digest& hash) {
  if (level == levels_.size()) levels_.emplace_back();
  levels_[level].open.append(AsBytes(hash).data(), kHashSize);
  levels_[level].changed = true;
  if (levels_[level].open.size() < kTileWidth * kHashSize) return;
  const Digest root = CompleteRoot(levels_[level].open, 0, kTileWidth);
  Level& full = levels_[level];
  full.filled.push_back({.level = static_cast<int>(level),
                         .index = full.index++,
                         .hashes = std::exchange(full.open, {})});
  full.changed = false;
  AppendAt(level + 1, root);
}

std::vector<TileWrite> TileTree::TakeChangedTiles() {
  std::vector<TileWrite> writes;
  for (size_t level = 0; level < levels_.size(); ++level) {
    for (TileWrite& tile : levels_[level].filled) {
      writes.push_back(std::move(tile));
    }
    levels_[level].filled.clear();
    if (std::exchange(levels_[level].changed, false)) {
      writes.push_back({.level = static_cast<int>(level),
                        .index = levels_[level].index,
                        .hashes = levels_[level].open});
    }
  }
  return writes;
}

absl::StatusOr<Digest> TileNodeReader::Node(int level, uint64_t index) const {
  const int tile_level = level / kTileHeight;
  const int rest = level % kTileHeight;
  // The node covers `count` neighbouring hashes of one tile.
  const uint64_t count = uint64_t{1} << rest;
  const uint64_t first = index << rest;
  TALLYSTICK_ASSIGN_OR_RETURN(const std::string hashes,
                              source_(tile_level, first >> kTileHeight));
  const uint64_t position = first % kTileWidth;
  if (hashes.size() < (position + count) * kHashSize) {
    return absl::DataLossError("a tile is shorter than its log");
  }
  return CompleteRoot(hashes, position, count);
}

}  // namespace tallystick::evidence
