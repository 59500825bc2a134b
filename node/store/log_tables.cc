// SPDX-License-Identifier: Apache-2.0
#include "node/store/log_tables.h"

#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "core/status_macros.h"
#include "node/store/sqlite_error.h"

namespace tallystick::node {
namespace {

constexpr size_t kHashBytes = 32;
constexpr uint64_t kTileHashes = 256;
constexpr int kTileHashesLog2 = 8;

enum StatementId {
  kInsertEntry,
  kSelectEntries,
  kSelectLastEntry,
  kDeleteEntries,
  kReplaceTile,
  kSelectTile,
  kDeleteTiles,
  kReplaceHead,
  kSelectHead,
  kSelectBrokenLog,
  kStatementCount,
};

constexpr const char* kSql[kStatementCount] = {
    "INSERT INTO entry (key, leaf, salt, body) VALUES (?1, ?2, ?3, ?4)",
    "SELECT key, leaf, salt, body FROM entry WHERE key >= ?1 AND key < ?2 "
    "ORDER BY key",
    "SELECT key FROM entry WHERE key >= ?1 AND key < ?2 "
    "ORDER BY key DESC LIMIT 1",
    "DELETE FROM entry WHERE key >= ?1 AND key < ?2",
    "REPLACE INTO tile (key, hashes) VALUES (?1, ?2)",
    "SELECT hashes FROM tile WHERE key = ?1",
    "DELETE FROM tile WHERE key >= ?1 AND key < ?2",
    "REPLACE INTO log (key, size, checkpoint, cosigned_size, "
    "cosigned_checkpoint) VALUES (?1, ?2, ?3, ?4, ?5)",
    "SELECT size, checkpoint, cosigned_size, cosigned_checkpoint FROM log "
    "WHERE key = ?1",
    "SELECT log FROM (SELECT key >> ?1 AS log, min(key) AS first, "
    "max(key) AS last, count(*) AS entries FROM entry GROUP BY key >> ?1) "
    "WHERE first <> log << ?1 OR last - first + 1 <> entries LIMIT 1",
};

absl::Status CheckAlliance(AllianceKey alliance) {
  const int64_t key = static_cast<int64_t>(alliance);
  if (key < 1 || key > kAllianceKeyMax) {
    return absl::InvalidArgumentError(absl::StrCat(
        "alliance key ", key, " is not in 1 .. ", kAllianceKeyMax));
  }
  return absl::OkStatus();
}

absl::Status CheckTile(int level, uint64_t index) {
  if (level < 0 || level > kTileLevelMax || index > kTileIndexMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("there is no tile ", index, " of level ", level));
  }
  return absl::OkStatus();
}

absl::Status CheckTileWrite(const evidence::TileWrite& tile) {
  TALLYSTICK_RETURN_IF_ERROR(CheckTile(tile.level, tile.index));
  const size_t bytes = tile.hashes.size();
  if (bytes == 0 || bytes % kHashBytes != 0 ||
      bytes > kTileHashes * kHashBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("a tile cannot have ", bytes, " bytes"));
  }
  return absl::OkStatus();
}

}  // namespace

LogTables::LogTables(std::vector<Statement> statements, std::string path)
    : statements_(std::move(statements)), path_(std::move(path)) {}

absl::StatusOr<LogTables> LogTables::Prepare(Database& database) {
  std::vector<Statement> statements;
  for (const char* sql : kSql) {
    TALLYSTICK_ASSIGN_OR_RETURN(Statement statement, database.Prepare(sql));
    statements.push_back(std::move(statement));
  }
  return LogTables(std::move(statements), database.path());
}

absl::Status LogTables::Apply(AllianceKey alliance,
                              const ledger::Changes& changes) {
  TALLYSTICK_RETURN_IF_ERROR(CheckAlliance(alliance));
  const LogId own = {alliance, ledger::Side::kOwn};
  const LogId partner = {alliance, ledger::Side::kPartner};
  if (changes.truncate_own) {
    TALLYSTICK_RETURN_IF_ERROR(Truncate(own, *changes.truncate_own));
  }
  for (const ledger::Append& append : changes.appends) {
    TALLYSTICK_RETURN_IF_ERROR(Append({alliance, append.side}, append));
  }
  if (changes.own_head) {
    TALLYSTICK_RETURN_IF_ERROR(WriteHead(own, *changes.own_head));
  }
  if (changes.partner_head) {
    TALLYSTICK_RETURN_IF_ERROR(WriteHead(partner, *changes.partner_head));
  }
  return absl::OkStatus();
}

absl::Status LogTables::Truncate(LogId log, uint64_t size) {
  TALLYSTICK_ASSIGN_OR_RETURN(const uint64_t stored, ReadSize(log));
  if (size >= stored) return absl::OkStatus();
  TALLYSTICK_RETURN_IF_ERROR(statements_[kDeleteEntries]
                                 .Bind(1, EntryRow(log, size))
                                 .Bind(2, EntryRow(log, kLogSizeMax))
                                 .Run());
  for (int level = 0; level <= kTileLevelMax; ++level) {
    // A hash of a level covers 256 times the leaves of the level below, and is
    // written once all of them are there.
    TALLYSTICK_RETURN_IF_ERROR(
        CutTiles(log, level, size >> (kTileHashesLog2 * level)));
  }
  return absl::OkStatus();
}

// Leaves the first `hash_count` hashes of a level. Of level 0 only full tiles
// are kept at all.
absl::Status LogTables::CutTiles(LogId log, int level, uint64_t hash_count) {
  const uint64_t full_tiles = hash_count / kTileHashes;
  const size_t rest_bytes = hash_count % kTileHashes * kHashBytes;
  const bool keeps_rest = rest_bytes > 0 && level > 0;
  if (keeps_rest) {
    TALLYSTICK_ASSIGN_OR_RETURN(std::string hashes,
                                ReadTile(log, level, full_tiles));
    if (hashes.size() < rest_bytes) {
      return DamagedError(path_,
                          absl::StrCat("tile ", full_tiles, " of level ", level,
                                       " has only ", hashes.size(), " bytes"));
    }
    hashes.resize(rest_bytes);
    TALLYSTICK_RETURN_IF_ERROR(statements_[kReplaceTile]
                                   .Bind(1, TileRow(log, level, full_tiles))
                                   .Bind(2, hashes)
                                   .Run());
  }
  const uint64_t kept_tiles = full_tiles + (keeps_rest ? 1 : 0);
  return statements_[kDeleteTiles]
      .Bind(1, TileRow(log, level, kept_tiles))
      .Bind(2, TileRow(log, level, kTileIndexMax + 1))
      .Run();
}

absl::Status LogTables::Append(LogId log, const ledger::Append& append) {
  TALLYSTICK_ASSIGN_OR_RETURN(const uint64_t stored, ReadSize(log));
  if (append.first_index != stored) {
    return absl::FailedPreconditionError(
        absl::StrCat("an append at ", append.first_index,
                     " does not continue a log of ", stored, " entries"));
  }
  if (append.entries.size() > kLogSizeMax - stored) {
    return absl::FailedPreconditionError("the log has its greatest size");
  }
  int64_t row = EntryRow(log, append.first_index);
  for (const ledger::Entry& entry : append.entries) {
    TALLYSTICK_RETURN_IF_ERROR(statements_[kInsertEntry]
                                   .Bind(1, row++)
                                   .Bind(2, entry.leaf)
                                   .Bind(3, entry.salt)
                                   .Bind(4, entry.body)
                                   .Run());
  }
  for (const evidence::TileWrite& tile : append.tiles) {
    TALLYSTICK_RETURN_IF_ERROR(CheckTileWrite(tile));
    TALLYSTICK_RETURN_IF_ERROR(
        statements_[kReplaceTile]
            .Bind(1, TileRow(log, tile.level, tile.index))
            .Bind(2, tile.hashes)
            .Run());
  }
  return absl::OkStatus();
}

absl::Status LogTables::WriteHead(LogId log, const ledger::LogHead& head) {
  if (head.size > kLogSizeMax || head.cosigned_size > kLogSizeMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("a log cannot have ", head.size, " entries"));
  }
  return statements_[kReplaceHead]
      .Bind(1, LogRow(log))
      .Bind(2, static_cast<int64_t>(head.size))
      .Bind(3, head.checkpoint)
      .Bind(4, static_cast<int64_t>(head.cosigned_size))
      .Bind(5, head.cosigned_checkpoint)
      .Run();
}

absl::StatusOr<uint64_t> LogTables::ReadSize(LogId log) {
  Statement& last = statements_[kSelectLastEntry];
  const absl::Cleanup reset = [&last] { last.Reset(); };
  const int64_t first_row = EntryRow(log, 0);
  last.Bind(1, first_row).Bind(2, EntryRow(log, kLogSizeMax));
  TALLYSTICK_ASSIGN_OR_RETURN(const bool found, last.Step());
  if (!found) return 0;
  return static_cast<uint64_t>(last.Integer(0) - first_row) + 1;
}

absl::StatusOr<ledger::LogHead> LogTables::ReadHead(LogId log) {
  TALLYSTICK_RETURN_IF_ERROR(CheckAlliance(log.alliance));
  Statement& select = statements_[kSelectHead];
  const absl::Cleanup reset = [&select] { select.Reset(); };
  TALLYSTICK_ASSIGN_OR_RETURN(const bool found,
                              select.Bind(1, LogRow(log)).Step());
  if (!found) return ledger::LogHead();
  return ledger::LogHead{
      .size = static_cast<uint64_t>(select.Integer(0)),
      .checkpoint = std::string(select.Bytes(1)),
      .cosigned_size = static_cast<uint64_t>(select.Integer(2)),
      .cosigned_checkpoint = std::string(select.Bytes(3))};
}

absl::StatusOr<std::vector<ledger::Entry>> LogTables::ReadEntries(
    LogId log, uint64_t first_index, uint64_t max_bytes) {
  TALLYSTICK_RETURN_IF_ERROR(CheckAlliance(log.alliance));
  std::vector<ledger::Entry> entries;
  if (first_index >= kLogSizeMax) return entries;
  Statement& select = statements_[kSelectEntries];
  const absl::Cleanup reset = [&select] { select.Reset(); };
  int64_t row = EntryRow(log, first_index);
  select.Bind(1, row).Bind(2, EntryRow(log, kLogSizeMax));
  for (uint64_t bytes = 0;;) {
    TALLYSTICK_ASSIGN_OR_RETURN(const bool found, select.Step());
    if (!found) return entries;
    if (select.Integer(0) != row++) {
      return DamagedError(path_,
                          absl::StrCat("entry ", first_index + entries.size(),
                                       " of a log is missing"));
    }
    ledger::Entry entry = {.leaf = std::string(select.Bytes(1)),
                           .salt = std::string(select.Bytes(2)),
                           .body = std::string(select.Bytes(3))};
    bytes += entry.leaf.size() + entry.salt.size() + entry.body.size();
    if (bytes > max_bytes && !entries.empty()) return entries;
    entries.push_back(std::move(entry));
  }
}

absl::StatusOr<std::string> LogTables::ReadTile(LogId log, int level,
                                                uint64_t index) {
  TALLYSTICK_RETURN_IF_ERROR(CheckAlliance(log.alliance));
  TALLYSTICK_RETURN_IF_ERROR(CheckTile(level, index));
  Statement& select = statements_[kSelectTile];
  const absl::Cleanup reset = [&select] { select.Reset(); };
  TALLYSTICK_ASSIGN_OR_RETURN(
      const bool found, select.Bind(1, TileRow(log, level, index)).Step());
  if (!found) {
    return absl::NotFoundError(
        absl::StrCat("no tile ", index, " of level ", level));
  }
  return std::string(select.Bytes(0));
}

absl::Status LogTables::CheckContiguous() {
  Statement& select = statements_[kSelectBrokenLog];
  const absl::Cleanup reset = [&select] { select.Reset(); };
  TALLYSTICK_ASSIGN_OR_RETURN(const bool found,
                              select.Bind(1, kEntryIndexBits).Step());
  if (!found) return absl::OkStatus();
  return DamagedError(
      path_, absl::StrCat("entries are missing from the ",
                          (select.Integer(0) & 1) == 0 ? "own" : "partner's",
                          " log of alliance ", select.Integer(0) >> kSideBits));
}

}  // namespace tallystick::node
