// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_NODE_STORE_STORE_IMAGE_H_
#define TALLYSTICK_TESTS_NODE_STORE_STORE_IMAGE_H_

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "node/store/store.h"

// A store as plain values: what a test expects, and what it finds.
namespace tallystick::node {

struct LogImage {
  std::vector<ledger::Entry> entries;
  std::map<std::pair<int, uint64_t>, std::string> tiles;  // By level, index.
  ledger::LogHead head;

  friend bool operator==(const LogImage&, const LogImage&) = default;
};

struct StoreImage {
  std::map<std::pair<int64_t, ledger::Side>, LogImage> logs;
  std::map<std::pair<std::string, std::string>, std::string> documents;

  // What a transaction that succeeds does, in the plainest way.
  void Apply(const Transaction& transaction);

  friend bool operator==(const StoreImage&, const StoreImage&) = default;
};

// The hashes that stand for the Merkle tree's in these tests: each names its
// place. Gives every tile that changes when a log grows from one size to the
// other.
std::vector<evidence::TileWrite> TilesBetween(uint64_t old_size,
                                              uint64_t new_size);

// Reads both logs of the alliances 1 .. `alliance_count` and all documents of
// `spaces`. Logs that hold nothing are left out.
absl::StatusOr<StoreImage> ReadImage(const Store& store, int alliance_count,
                                     const std::vector<std::string>& spaces);

}  // namespace tallystick::node

#endif  // TALLYSTICK_TESTS_NODE_STORE_STORE_IMAGE_H_
