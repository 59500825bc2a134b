// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/disk/sim_vfs.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <string_view>
#include <utility>

namespace tallystick::sim {
namespace {

constexpr int kPathBytesMax = 512;

}  // namespace

SimVfs::SimVfs(SimDisk& disk) {
  // What is not replaced (sleeping, random bytes, ...) is the system's.
  vfs_ = *sqlite3_vfs_find(nullptr);
  vfs_.iVersion = 2;
  vfs_.szOsFile = sizeof(Handle);
  vfs_.mxPathname = kPathBytesMax;
  vfs_.pNext = nullptr;
  vfs_.zName = disk.name().c_str();
  vfs_.pAppData = &disk;
  vfs_.xOpen = &SimVfs::Open;
  vfs_.xDelete = &SimVfs::Delete;
  vfs_.xAccess = &SimVfs::Access;
  vfs_.xFullPathname = &SimVfs::FullPathname;
  vfs_.xCurrentTimeInt64 = &SimVfs::CurrentTime;
  sqlite3_vfs_register(&vfs_, /*makeDflt=*/0);
}

SimVfs::~SimVfs() { sqlite3_vfs_unregister(&vfs_); }

// Version 1: no shared memory. A connection in exclusive locking mode keeps the
// index of its write-ahead log to itself and needs none; any other is refused
// by SQLite, and so is memory mapping.
const sqlite3_io_methods* SimVfs::Methods() {
  static const sqlite3_io_methods kMethods = [] {
    sqlite3_io_methods methods = {};
    methods.iVersion = 1;
    methods.xClose = &SimVfs::Close;
    methods.xRead = &SimVfs::Read;
    methods.xWrite = &SimVfs::Write;
    methods.xTruncate = &SimVfs::Truncate;
    methods.xSync = &SimVfs::Sync;
    methods.xFileSize = &SimVfs::FileSize;
    methods.xLock = &SimVfs::Lock;
    methods.xUnlock = &SimVfs::Unlock;
    methods.xCheckReservedLock = &SimVfs::CheckReservedLock;
    methods.xFileControl = [](sqlite3_file*, int, void*) {
      return SQLITE_NOTFOUND;
    };
    methods.xSectorSize = [](sqlite3_file*) {
      return static_cast<int>(kSectorBytes);
    };
    // As SQLite's own VFS promises: a write leaves alone the bytes beside it.
    methods.xDeviceCharacteristics = [](sqlite3_file*) {
      return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
    };
    return methods;
  }();
  return &kMethods;
}

int SimVfs::Open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file,
                 int flags, int* out_flags) {
  SimDisk& disk = DiskOf(vfs);
  file->pMethods = nullptr;  // SQLite closes what has methods.
  if (path == nullptr || disk.failing()) return SQLITE_CANTOPEN;
  auto found = disk.names_.find(path);
  const bool exists = found != disk.names_.end();
  if (!exists) {
    if ((flags & SQLITE_OPEN_CREATE) == 0 || disk.read_only_) {
      return SQLITE_CANTOPEN;
    }
    bool applies = false;
    const bool succeeds = disk.BeginOperation(&applies);
    if (applies) {
      found =
          disk.names_.emplace(path, std::make_shared<SimDisk::Node>(DiskFile()))
              .first;
    }
    if (!succeeds) return SQLITE_CANTOPEN;
  }
  Handle* handle = new (file) Handle;
  handle->pMethods = Methods();
  handle->disk = &disk;
  handle->node = found->second;
  handle->syncs_names =
      !exists && (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
  handle->node->locks.push_back(&handle->lock);
  if (disk.read_only_) {
    flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) |
            SQLITE_OPEN_READONLY;
  }
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int SimVfs::Delete(sqlite3_vfs* vfs, const char* path, int sync_names) {
  SimDisk& disk = DiskOf(vfs);
  if (disk.failing()) return SQLITE_IOERR_DELETE;
  if (!disk.names_.contains(path)) return SQLITE_IOERR_DELETE_NOENT;
  if (disk.read_only_) return SQLITE_IOERR_DELETE;
  bool applies = false;
  const bool succeeds = disk.BeginOperation(&applies);
  if (applies) disk.names_.erase(path);
  if (!succeeds) return SQLITE_IOERR_DELETE;
  if (sync_names != 0) disk.SyncNames();
  return SQLITE_OK;
}

int SimVfs::Access(sqlite3_vfs* vfs, const char* path, int flags, int* result) {
  SimDisk& disk = DiskOf(vfs);
  if (disk.failing()) return SQLITE_IOERR_ACCESS;
  const auto found = disk.names_.find(path);
  // Like SQLite's own VFS: an empty log is as good as none.
  const bool exists =
      found != disk.names_.end() && !found->second->file.current().empty();
  *result = exists && (flags != SQLITE_ACCESS_READWRITE || !disk.read_only_);
  return SQLITE_OK;
}

int SimVfs::FullPathname(sqlite3_vfs*, const char* path, int size, char* full) {
  const size_t length = std::strlen(path);
  if (length >= static_cast<size_t>(size)) return SQLITE_CANTOPEN;
  std::memcpy(full, path, length + 1);
  return SQLITE_OK;
}

int SimVfs::CurrentTime(sqlite3_vfs*, sqlite3_int64* milliseconds) {
  *milliseconds = 0;  // Nothing stored may depend on it.
  return SQLITE_OK;
}

int SimVfs::Close(sqlite3_file* file) {
  Handle& handle = HandleOf(file);
  std::erase(handle.node->locks, &handle.lock);
  handle.~Handle();
  return SQLITE_OK;
}

int SimVfs::Read(sqlite3_file* file, void* data, int size,
                 sqlite3_int64 offset) {
  const Handle& handle = HandleOf(file);
  if (handle.dead()) return SQLITE_IOERR_READ;
  const std::string& content = handle.node->file.current();
  const size_t wanted = static_cast<size_t>(size);
  const size_t start = std::min(static_cast<size_t>(offset), content.size());
  const size_t available = std::min(wanted, content.size() - start);
  std::memcpy(data, content.data() + start, available);
  if (available == wanted) return SQLITE_OK;
  std::memset(static_cast<char*>(data) + available, 0, wanted - available);
  return SQLITE_IOERR_SHORT_READ;
}

int SimVfs::Write(sqlite3_file* file, const void* data, int size,
                  sqlite3_int64 offset) {
  Handle& handle = HandleOf(file);
  SimDisk& disk = *handle.disk;
  if (handle.dead()) return SQLITE_IOERR_WRITE;
  if (disk.read_only_) return SQLITE_READONLY;
  const uint64_t old_size = handle.node->file.current().size();
  const uint64_t end =
      static_cast<uint64_t>(offset) + static_cast<uint64_t>(size);
  if (end > old_size && disk.UsedBytes() + (end - old_size) > disk.capacity_) {
    return SQLITE_FULL;
  }
  bool applies = false;
  const bool succeeds = disk.BeginOperation(&applies);
  if (applies) {
    handle.node->file.Write(
        static_cast<uint64_t>(offset),
        {static_cast<const char*>(data), static_cast<size_t>(size)});
  }
  return succeeds ? SQLITE_OK : SQLITE_IOERR_WRITE;
}

int SimVfs::Truncate(sqlite3_file* file, sqlite3_int64 size) {
  Handle& handle = HandleOf(file);
  if (handle.dead()) return SQLITE_IOERR_TRUNCATE;
  if (handle.disk->read_only_) return SQLITE_READONLY;
  bool applies = false;
  const bool succeeds = handle.disk->BeginOperation(&applies);
  if (applies) handle.node->file.Truncate(static_cast<uint64_t>(size));
  return succeeds ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

int SimVfs::Sync(sqlite3_file* file, int) {
  Handle& handle = HandleOf(file);
  if (handle.dead()) return SQLITE_IOERR_FSYNC;
  bool applies = false;
  // A sync that the power fails in has written a part: the crash draws it.
  if (!handle.disk->BeginOperation(&applies)) return SQLITE_IOERR_FSYNC;
  ++handle.disk->syncs_;
  handle.node->file.Sync();
  if (handle.syncs_names) {
    handle.disk->SyncNames();
    handle.syncs_names = false;
  }
  return SQLITE_OK;
}

int SimVfs::FileSize(sqlite3_file* file, sqlite3_int64* size) {
  const Handle& handle = HandleOf(file);
  if (handle.dead()) return SQLITE_IOERR_FSTAT;
  *size = static_cast<sqlite3_int64>(handle.node->file.current().size());
  return SQLITE_OK;
}

bool SimVfs::Handle::LockedByOther(int level) const {
  return std::any_of(
      node->locks.begin(), node->locks.end(),
      [&](const int* other) { return other != &lock && *other >= level; });
}

// SQLite's lock levels are ordered: shared, reserved, pending, exclusive.
int SimVfs::Lock(sqlite3_file* file, int level) {
  Handle& handle = HandleOf(file);
  if (handle.dead()) return SQLITE_IOERR_LOCK;
  if (handle.lock >= level) return SQLITE_OK;
  if (level == SQLITE_LOCK_SHARED) {
    if (handle.LockedByOther(SQLITE_LOCK_PENDING)) return SQLITE_BUSY;
  } else {
    if (handle.LockedByOther(SQLITE_LOCK_RESERVED)) return SQLITE_BUSY;
    if (level == SQLITE_LOCK_EXCLUSIVE &&
        handle.LockedByOther(SQLITE_LOCK_SHARED)) {
      handle.lock = SQLITE_LOCK_PENDING;  // No new reader comes in.
      return SQLITE_BUSY;
    }
  }
  handle.lock = level;
  return SQLITE_OK;
}

int SimVfs::Unlock(sqlite3_file* file, int level) {
  Handle& handle = HandleOf(file);
  handle.lock = std::min(handle.lock, level);
  return SQLITE_OK;
}

int SimVfs::CheckReservedLock(sqlite3_file* file, int* reserved) {
  const Handle& handle = HandleOf(file);
  *reserved = handle.lock >= SQLITE_LOCK_RESERVED ||
              handle.LockedByOther(SQLITE_LOCK_RESERVED);
  return SQLITE_OK;
}

}  // namespace tallystick::sim
