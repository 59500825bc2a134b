// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_SIM_DISK_SIM_DISK_H_
#define TALLYSTICK_TESTS_SIM_DISK_SIM_DISK_H_

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "tests/sim/disk/disk_file.h"

// A disk in memory for SQLite, which can lose power, fill up, become read-only
// and be put back to an earlier state. It has one folder; a file's name is
// whatever path SQLite is given.
//
//   sim::SimDisk disk("disk-of-meridian", /*seed=*/7);
//   OpenSqliteStore("/store.db", {.vfs = disk.name()});
//   disk.FailFrom(disk.operations() + 5);  // The power fails in 5 writes.
//   ...                                    // Until something reports an error.
//   disk.Crash(/*seed=*/7);                // What was not synced may be lost.
//   OpenSqliteStore(...);                  // The node starts again.
//
// Not thread-safe.
namespace tallystick::sim {

class SimVfs;

class SimDisk {
 public:
  // The content of each file, by name.
  using Files = std::map<std::string, std::string>;

  // Registers an SQLite VFS called `name`, which must be unique at a time. The
  // seed also restarts SQLite's own random numbers, process-wide: they go into
  // the files.
  SimDisk(std::string name, uint64_t seed);
  // Every connection must be closed by then.
  ~SimDisk();
  SimDisk(const SimDisk&) = delete;
  SimDisk& operator=(const SimDisk&) = delete;

  const std::string& name() const { return name_; }

  // Operations so far that could change what is on the disk: writes,
  // truncations, syncs, creations, deletions.
  uint64_t operations() const { return operations_; }
  uint64_t syncs() const { return syncs_; }

  // From operation number `operation` on (the first is 1) the power is off: all
  // calls fail, reads as well. That operation itself may or may not reach the
  // disk. Until Crash or Restore.
  void FailFrom(uint64_t operation) { fail_from_ = operation; }
  bool failing() const { return failing_; }

  // The power fails now and comes back: of what was not synced, a subset drawn
  // from `seed` is kept. Connections that are still open find every call
  // failing and can only be closed.
  void Crash(uint64_t seed);

  // Writing beyond this many bytes in all files together fails as on a full
  // disk.
  void SetCapacity(uint64_t bytes) { capacity_ = bytes; }
  void SetReadOnly(bool read_only) { read_only_ = read_only; }

  // A copy of all that is durable now, and back to one: a backup and its
  // restoration. Restoring does to open connections what a crash does.
  Files Snapshot() const;
  void Restore(const Files& files);

  // All files as the running program sees them.
  Files Current() const;
  // Bytes in them.
  uint64_t UsedBytes() const;

 private:
  friend class SimVfs;

  // A file and the connections' locks on it; outlives its name while open.
  struct Node {
    explicit Node(DiskFile content) : file(std::move(content)) {}
    DiskFile file;
    std::vector<int*> locks;  // The lock level of each open handle.
    bool dead = false;        // From before a crash.
  };
  using Names = std::map<std::string, std::shared_ptr<Node>>;

  // Counts one changing operation; false if the power is off. `applies` tells
  // whether it still may reach the disk.
  bool BeginOperation(bool* applies);
  void SyncNames() { durable_names_ = names_; }
  void KillHandles();
  void Replace(Files files);

  const std::string name_;
  std::unique_ptr<SimVfs> vfs_;
  Names names_;
  Names durable_names_;  // What a crash is sure to leave.
  uint64_t operations_ = 0;
  uint64_t syncs_ = 0;
  uint64_t fail_from_ = std::numeric_limits<uint64_t>::max();
  bool failing_ = false;
  uint64_t capacity_ = std::numeric_limits<uint64_t>::max();
  bool read_only_ = false;
};

}  // namespace tallystick::sim

#endif  // TALLYSTICK_TESTS_SIM_DISK_SIM_DISK_H_
