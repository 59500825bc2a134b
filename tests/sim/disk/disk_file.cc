// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/disk/disk_file.h"

#include <algorithm>
#include <utility>

namespace tallystick::sim {

bool Survives(Survival survival, std::mt19937_64& random) {
  switch (survival) {
    case Survival::kNothing:
      return false;
    case Survival::kEverything:
      return true;
    case Survival::kHalf:
      return random() % 2 == 0;
    case Survival::kMost:
      return random() % 16 != 0;
  }
  return false;
}

void DiskFile::Write(uint64_t offset, std::string_view bytes) {
  unsynced_.push_back({.offset = offset, .bytes = std::string(bytes)});
  Apply(unsynced_.back(), current_);
}

void DiskFile::Truncate(uint64_t size) {
  unsynced_.push_back({.truncates = true, .offset = size, .bytes = {}});
  Apply(unsynced_.back(), current_);
}

void DiskFile::Sync() {
  for (const Change& change : unsynced_) Apply(change, durable_);
  unsynced_.clear();
}

std::string DiskFile::AfterCrash(Survival survival,
                                 std::mt19937_64& random) const {
  std::string content = durable_;
  for (const Change& change : unsynced_) {
    if (change.truncates) {
      if (Survives(survival, random)) Apply(change, content);
      continue;
    }
    const uint64_t end = change.offset + change.bytes.size();
    for (uint64_t at = change.offset; at < end;) {
      const uint64_t next =
          std::min(end, (at / kSectorBytes + 1) * kSectorBytes);
      if (Survives(survival, random)) {
        Apply({.offset = at,
               .bytes = change.bytes.substr(at - change.offset, next - at)},
              content);
      }
      at = next;
    }
  }
  return content;
}

void DiskFile::Apply(const Change& change, std::string& content) {
  if (change.truncates) {
    // A lost write may have left the file shorter already.
    if (content.size() > change.offset) content.resize(change.offset);
    return;
  }
  const uint64_t end = change.offset + change.bytes.size();
  if (content.size() < end) content.resize(end, '\0');
  content.replace(change.offset, change.bytes.size(), change.bytes);
}

}  // namespace tallystick::sim
