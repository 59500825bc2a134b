// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_SIM_DISK_DISK_FILE_H_
#define TALLYSTICK_TESTS_SIM_DISK_DISK_FILE_H_

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace tallystick::sim {

// The least that a disk writes at once: a crash tears a write between sectors,
// never inside one.
inline constexpr uint64_t kSectorBytes = 512;

// How much of the unsynced work reaches the disk before a crash.
enum class Survival {
  kNothing,     // Only what was synced.
  kEverything,  // The cache was written just in time.
  kHalf,        // Each sector and each other change by the toss of a coin.
  kMost,        // Nearly all: the hardest to notice.
};

// True if one change survives.
bool Survives(Survival survival, std::mt19937_64& random);

// One file as the running program sees it, and as a crash would leave it.
class DiskFile {
 public:
  DiskFile() = default;
  // As found after a crash or in a copy: all of it durable.
  explicit DiskFile(std::string durable)
      : current_(durable), durable_(std::move(durable)) {}

  void Write(uint64_t offset, std::string_view bytes);
  void Truncate(uint64_t size);
  // All that was written so far is durable.
  void Sync();

  const std::string& current() const { return current_; }
  const std::string& durable() const { return durable_; }

  // What the disk holds after a crash now.
  std::string AfterCrash(Survival survival, std::mt19937_64& random) const;

 private:
  struct Change {
    bool truncates = false;
    uint64_t offset = 0;  // If it truncates: the new size.
    std::string bytes;
  };

  static void Apply(const Change& change, std::string& content);

  std::string current_;
  std::string durable_;
  std::vector<Change> unsynced_;  // Leads from durable_ to current_.
};

}  // namespace tallystick::sim

#endif  // TALLYSTICK_TESTS_SIM_DISK_DISK_FILE_H_
