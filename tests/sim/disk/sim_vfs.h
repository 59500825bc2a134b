// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_SIM_DISK_SIM_VFS_H_
#define TALLYSTICK_TESTS_SIM_DISK_SIM_VFS_H_

#include <sqlite3.h>

#include <memory>
#include <string>

#include "tests/sim/disk/sim_disk.h"

namespace tallystick::sim {

// What SQLite calls: its VFS interface on top of a SimDisk. Registered as long
// as it lives.
class SimVfs {
 public:
  explicit SimVfs(SimDisk& disk);
  ~SimVfs();
  SimVfs(const SimVfs&) = delete;
  SimVfs& operator=(const SimVfs&) = delete;

 private:
  // An open file. SQLite allocates szOsFile bytes for it and knows only the
  // base; xOpen constructs and xClose destroys the rest in place.
  struct Handle : sqlite3_file {
    SimDisk* disk = nullptr;
    std::shared_ptr<SimDisk::Node> node;
    int lock = SQLITE_LOCK_NONE;
    // The first sync also makes the file's name durable, as SQLite's own VFS
    // does for the logs it creates.
    bool syncs_names = false;

    bool dead() const { return node->dead || disk->failing(); }
    bool LockedByOther(int level) const;
  };

  static SimDisk& DiskOf(sqlite3_vfs* vfs) {
    return *static_cast<SimDisk*>(vfs->pAppData);
  }
  static Handle& HandleOf(sqlite3_file* file) {
    return *static_cast<Handle*>(file);
  }
  static const sqlite3_io_methods* Methods();

  static int Open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file,
                  int flags, int* out_flags);
  static int Delete(sqlite3_vfs* vfs, const char* path, int sync_names);
  static int Access(sqlite3_vfs* vfs, const char* path, int flags, int* result);
  static int FullPathname(sqlite3_vfs* vfs, const char* path, int size,
                          char* full);
  static int CurrentTime(sqlite3_vfs* vfs, sqlite3_int64* milliseconds);

  static int Close(sqlite3_file* file);
  static int Read(sqlite3_file* file, void* data, int size,
                  sqlite3_int64 offset);
  static int Write(sqlite3_file* file, const void* data, int size,
                   sqlite3_int64 offset);
  static int Truncate(sqlite3_file* file, sqlite3_int64 size);
  static int Sync(sqlite3_file* file, int flags);
  static int FileSize(sqlite3_file* file, sqlite3_int64* size);
  static int Lock(sqlite3_file* file, int level);
  static int Unlock(sqlite3_file* file, int level);
  static int CheckReservedLock(sqlite3_file* file, int* reserved);

  sqlite3_vfs vfs_;
};

}  // namespace tallystick::sim

#endif  // TALLYSTICK_TESTS_SIM_DISK_SIM_VFS_H_
