// SPDX-License-Identifier: Apache-2.0
#include "tests/node/store/store_image.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "core/status_macros.h"

namespace tallystick::node {
namespace {

using ledger::Side;

constexpr int kLevels = 3;
constexpr uint64_t kTileHashes = 256;

std::string HashAt(int level, uint64_t position) {
  std::string hash = absl::StrCat("hash ", position, " of level ", level);
  hash.resize(32, '.');
  return hash;
}

// The hashes of a level in a tree of `size` leaves.
uint64_t HashCount(int level, uint64_t size) { return size >> (8 * level); }

// Straight from the definition: a hash stays if all its leaves stay, and of the
// lowest level only full tiles do.
void TruncateLog(uint64_t size, LogImage& log) {
  if (size >= log.entries.size()) return;
  log.entries.resize(size);
  std::map<std::pair<int, uint64_t>, std::string> kept;
  for (const auto& [place, hashes] : log.tiles) {
    const auto [level, index] = place;
    uint64_t leaves_per_hash = 1;
    for (int i = 0; i < level; ++i) leaves_per_hash *= kTileHashes;
    for (uint64_t j = 0; j < hashes.size() / 32; ++j) {
      if ((index * kTileHashes + j + 1) * leaves_per_hash <= size) {
        kept[place] += hashes.substr(j * 32, 32);
      }
    }
  }
  std::erase_if(kept, [](const auto& tile) {
    return tile.first.first == 0 && tile.second.size() < 32 * kTileHashes;
  });
  log.tiles = kept;
}

}  // namespace

std::vector<evidence::TileWrite> TilesBetween(uint64_t old_size,
                                              uint64_t new_size) {
  std::vector<evidence::TileWrite> tiles;
  for (int level = 0; level < kLevels; ++level) {
    const uint64_t old_count = HashCount(level, old_size);
    const uint64_t count = HashCount(level, new_size);
    if (count == old_count) break;
    for (uint64_t index = old_count / kTileHashes; index * kTileHashes < count;
         ++index) {
      evidence::TileWrite& tile =
          tiles.emplace_back(evidence::TileWrite{level, index, ""});
      const uint64_t end = std::min(count, (index + 1) * kTileHashes);
      for (uint64_t i = index * kTileHashes; i < end; ++i) {
        tile.hashes += HashAt(level, i);
      }
    }
  }
  return tiles;
}

void StoreImage::Apply(const Transaction& transaction) {
  for (const auto& [alliance, changes] : transaction.logs) {
    const int64_t key = static_cast<int64_t>(alliance);
    if (changes.truncate_own) {
      TruncateLog(*changes.truncate_own, logs[{key, Side::kOwn}]);
    }
    for (const ledger::Append& append : changes.appends) {
      LogImage& log = logs[{key, append.side}];
      log.entries.insert(log.entries.end(), append.entries.begin(),
                         append.entries.end());
      for (const evidence::TileWrite& tile : append.tiles) {
        log.tiles[{tile.level, tile.index}] = tile.hashes;
      }
    }
    if (changes.own_head) logs[{key, Side::kOwn}].head = *changes.own_head;
    if (changes.partner_head) {
      logs[{key, Side::kPartner}].head = *changes.partner_head;
    }
  }
  for (const Document& document : transaction.documents) {
    if (document.value) {
      documents[{document.space, document.key}] = *document.value;
    } else {
      documents.erase({document.space, document.key});
    }
  }
  std::erase_if(logs, [](const auto& log) { return log.second == LogImage(); });
}

absl::StatusOr<StoreImage> ReadImage(const Store& store, int alliance_count,
                                     const std::vector<std::string>& spaces) {
  StoreImage image;
  for (int key = 1; key <= alliance_count; ++key) {
    const auto reader = store.Reader(AllianceKey{key});
    for (const Side side : {Side::kOwn, Side::kPartner}) {
      LogImage log;
      TALLYSTICK_ASSIGN_OR_RETURN(log.head, reader->ReadHead(side));
      while (true) {
        constexpr uint64_t kPageBytes = 1000;
        TALLYSTICK_ASSIGN_OR_RETURN(
            const std::vector<ledger::Entry> page,
            reader->ReadEntries(side, log.entries.size(), kPageBytes));
        if (page.empty()) break;
        log.entries.insert(log.entries.end(), page.begin(), page.end());
      }
      for (int level = 0; level < kLevels; ++level) {
        for (uint64_t index = 0;; ++index) {
          absl::StatusOr<std::string> tile =
              reader->ReadTile(side, level, index);
          if (absl::IsNotFound(tile.status())) break;
          TALLYSTICK_RETURN_IF_ERROR(tile.status());
          log.tiles[{level, index}] = *std::move(tile);
        }
      }
      if (log != LogImage()) image.logs[{key, side}] = std::move(log);
    }
  }
  for (const std::string& space : spaces) {
    TALLYSTICK_ASSIGN_OR_RETURN(const auto documents,
                                store.ListDocuments(space, ""));
    for (const auto& [key, value] : documents) {
      image.documents[{space, key}] = value;
    }
  }
  return image;
}

}  // namespace tallystick::node
