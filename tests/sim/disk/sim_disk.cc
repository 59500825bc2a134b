// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/disk/sim_disk.h"

#include <sqlite3.h>

#include <array>
#include <set>
#include <utility>

#include "tests/sim/disk/sim_vfs.h"

namespace tallystick::sim {

SimDisk::SimDisk(std::string name, uint64_t seed) : name_(std::move(name)) {
  sqlite3_initialize();
  // 0 would mean: seed from the system.
  const int prng_seed = static_cast<int>(seed % 0x7fffffff) + 1;
  sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, prng_seed, nullptr);
  vfs_ = std::make_unique<SimVfs>(*this);
}

SimDisk::~SimDisk() = default;

bool SimDisk::BeginOperation(bool* applies) {
  if (failing_) {
    *applies = false;
    return false;
  }
  *applies = true;
  failing_ = ++operations_ >= fail_from_;
  return !failing_;
}

void SimDisk::Crash(uint64_t seed) {
  std::mt19937_64 random(seed);
  constexpr std::array kSurvivals = {Survival::kNothing, Survival::kEverything,
                                     Survival::kHalf, Survival::kMost};
  const Survival survival = kSurvivals[random() % kSurvivals.size()];
  std::set<std::string> all_names;
  for (const auto& [name, node] : names_) all_names.insert(name);
  for (const auto& [name, node] : durable_names_) all_names.insert(name);
  Files files;
  for (const std::string& name : all_names) {
    const auto current = names_.find(name);
    const auto durable = durable_names_.find(name);
    const std::shared_ptr<Node> newer =
        current == names_.end() ? nullptr : current->second;
    const std::shared_ptr<Node> older =
        durable == durable_names_.end() ? nullptr : durable->second;
    const bool changed = newer != older;
    const std::shared_ptr<Node> kept =
        changed && !Survives(survival, random) ? older : newer;
    if (kept != nullptr) files[name] = kept->file.AfterCrash(survival, random);
  }
  Replace(std::move(files));
}

SimDisk::Files SimDisk::Snapshot() const {
  Files files;
  for (const auto& [name, node] : durable_names_) {
    files[name] = node->file.durable();
  }
  return files;
}

void SimDisk::Restore(const Files& files) { Replace(files); }

SimDisk::Files SimDisk::Current() const {
  Files files;
  for (const auto& [name, node] : names_) files[name] = node->file.current();
  return files;
}

uint64_t SimDisk::UsedBytes() const {
  uint64_t bytes = 0;
  for (const auto& [name, node] : names_) bytes += node->file.current().size();
  return bytes;
}

void SimDisk::KillHandles() {
  for (Names* names : {&names_, &durable_names_}) {
    for (const auto& [name, node] : *names) node->dead = true;
  }
}

void SimDisk::Replace(Files files) {
  KillHandles();
  names_.clear();
  for (auto& [name, content] : files) {
    names_[name] = std::make_shared<Node>(DiskFile(std::move(content)));
  }
  SyncNames();
  fail_from_ = std::numeric_limits<uint64_t>::max();
  failing_ = false;
}

}  // namespace tallystick::sim
