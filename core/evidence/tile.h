// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EVIDENCE_TILE_H_
#define TALLYSTICK_CORE_EVIDENCE_TILE_H_

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/evidence/digest.h"
#include "core/evidence/merkle.h"

// Tiles (evidence formats, section 7): 256 hashes of tree level 8 * L at a
// time. Hash j of tile (L, N) covers leaves
// [(N * 256 + j) * 256^L, (N * 256 + j + 1) * 256^L).
namespace tallystick::evidence {

inline constexpr int kTileHeight = 8;
inline constexpr uint64_t kTileWidth = 1 << kTileHeight;

// "tile/0/x001/067.p/5"; no suffix for a full tile. Level -1: entry bundles.
std::string TilePath(int level, uint64_t index, uint64_t width);

// Entries of one bundle, each as big-endian uint16 length and bytes.
// INVALID_ARGUMENT if one is longer than 65535 bytes.
absl::StatusOr<std::string> EncodeEntryBundle(
    std::span<const std::string> entries);

// The complete new content of a tile: concatenated hashes.
struct TileWrite {
  int level = 0;
  uint64_t index = 0;
  std::string hashes;

  friend bool operator==(const TileWrite&, const TileWrite&) = default;
};

// The tiles a log is still filling, in memory.
class TileTree {
 public:
  TileTree() = default;
  // `open_tiles[L]`: the hashes at level 8 * L that no full tile holds, for
  // each L with size >> 8 L > 0. INVALID_ARGUMENT if the lengths do not fit.
  static absl::StatusOr<TileTree> FromTiles(
      uint64_t size, std::vector<std::string> open_tiles);

  void Append(const Digest& leaf_hash);
  uint64_t size() const { return size_; }

  // Every tile that changed since the last call, lowest level first.
  std::vector<TileWrite> TakeChangedTiles();

 private:
  struct Level {
    std::string open;
    // Index of the open tile.
    uint64_t index = 0;
    bool changed = false;
    std::vector<TileWrite> filled;
  };

  void AppendAt(size_t level, const Digest& hash);

  uint64_t size_ = 0;
  std::vector<Level> levels_;
};

// Returns the hashes of tile (level, index) as far as written.
using TileSource =
    std::function<absl::StatusOr<std::string>(int level, uint64_t index)>;

// Subtree hashes out of stored tiles.
class TileNodeReader : public NodeReader {
 public:
  explicit TileNodeReader(TileSource source) : source_(std::move(source)) {}

  absl::StatusOr<Digest> Node(int level, uint64_t index) const override;

 private:
  TileSource source_;
};

}  // namespace tallystick::evidence

#endif  // TALLYSTICK_CORE_EVIDENCE_TILE_H_
