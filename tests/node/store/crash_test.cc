// SPDX-License-Identifier: Apache-2.0
// The power fails at any disk operation, in a random state of the caches: what
// was reported as stored is there, and nothing is there by half. A seed that
// fails is named and gives the same run again.
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "node/store/sqlite_store.h"
#include "tests/node/store/store_image.h"
#include "tests/sim/disk/sim_disk.h"
#include "tests/status_matchers.h"

namespace tallystick::node {
namespace {

using ledger::Side;
using Synchronous = SqliteOptions::Synchronous;

constexpr int kAlliances = 2;
constexpr int kSteps = 12;

ledger::Append RandomAppend(Side side, uint64_t size, std::mt19937_64& random) {
  ledger::Append append;
  append.side = side;
  append.first_index = size;
  const uint64_t count = random() % 20 == 0 ? 300 : 1 + random() % 4;
  for (uint64_t i = size; i < size + count; ++i) {
    append.entries.push_back({.leaf = absl::StrCat("leaf ", i, random()),
                              .salt = std::string(32, 's'),
                              .body = std::string(random() % 500, 'b')});
  }
  append.tiles = TilesBetween(size, size + count);
  return append;
}

// A transaction that is valid after `image`.
Transaction RandomTransaction(StoreImage image, std::mt19937_64& random) {
  Transaction transaction;
  const int64_t key = 1 + static_cast<int64_t>(random() % kAlliances);
  ledger::Changes changes;
  uint64_t own_size = image.logs[{key, Side::kOwn}].entries.size();
  if (own_size > 0 && random() % 8 == 0) {
    own_size = random() % own_size;
    changes.truncate_own = own_size;
  }
  changes.appends.push_back(RandomAppend(Side::kOwn, own_size, random));
  own_size += changes.appends.back().entries.size();
  changes.own_head.emplace();
  changes.own_head->size = own_size;
  changes.own_head->checkpoint = absl::StrCat(random());
  if (random() % 2 == 0) {
    changes.appends.push_back(
        RandomAppend(Side::kPartner,
                     image.logs[{key, Side::kPartner}].entries.size(), random));
  }
  transaction.logs.emplace_back(AllianceKey{key}, changes);
  transaction.documents = {
      {"a", absl::StrCat(random() % 5), std::string(random() % 2000, 'd')}};
  if (random() % 4 == 0) {
    transaction.documents.push_back(
        {"a", absl::StrCat(random() % 5), std::nullopt});
  }
  return transaction;
}

// Where a run stopped: what must be there, and what may be.
struct Outcome {
  StoreImage acknowledged;
  StoreImage attempted;  // Including the transaction that failed, if one did.
};

Outcome RunUntilFailure(sim::SimDisk& disk, Synchronous synchronous,
                        uint64_t seed) {
  std::mt19937_64 random(seed);
  Outcome outcome;
  SqliteOptions options;
  options.vfs = disk.name();
  options.synchronous = synchronous;
  const auto store = OpenSqliteStore("/store.db", options);
  if (!store.ok()) return outcome;
  for (int step = 0; step < kSteps; ++step) {
    const Transaction transaction =
        RandomTransaction(outcome.acknowledged, random);
    outcome.attempted.Apply(transaction);
    if (!(*store)->Commit(transaction).ok()) return outcome;
    outcome.acknowledged = outcome.attempted;
    if (random() % 4 == 0 && !(*store)->Idle().ok()) return outcome;
  }
  return outcome;  // Closing the store writes as well.
}

// One crash. Says what is wrong after it; empty if nothing is.
std::string Crash(Synchronous synchronous, uint64_t seed) {
  uint64_t operations = 0;
  {
    sim::SimDisk disk("crash-test", seed);
    RunUntilFailure(disk, synchronous, seed);
    operations = disk.operations();
  }
  sim::SimDisk disk("crash-test", seed);
  disk.FailFrom(1 + std::mt19937_64(~seed)() % operations);
  const Outcome outcome = RunUntilFailure(disk, synchronous, seed);
  disk.Crash(seed);
  const auto store = OpenSqliteStore("/store.db", {.vfs = disk.name()});
  if (!store.ok()) return store.status().ToString();
  const absl::Status integrity = (*store)->CheckIntegrity();
  if (!integrity.ok()) return integrity.ToString();
  const auto found = ReadImage(**store, kAlliances, {"a"});
  if (!found.ok()) return found.status().ToString();
  if (*found != outcome.acknowledged && *found != outcome.attempted) {
    return "not what was acknowledged";
  }
  std::mt19937_64 random(seed);
  const absl::Status next = (*store)->Commit(RandomTransaction(*found, random));
  return next.ok() ? "" : next.ToString();
}

TEST(CrashTest, LosesNothingThatWasReportedStored) {
  constexpr uint64_t kSeeds = 1500;
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    ASSERT_EQ(Crash(Synchronous::kFull, seed), "") << "seed " << seed;
  }
}

// The controls: the simulated disk does bite those who do not wait for it.
uint64_t LossesWith(Synchronous synchronous) {
  constexpr uint64_t kSeeds = 200;
  uint64_t losses = 0;
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    if (!Crash(synchronous, seed).empty()) ++losses;
  }
  return losses;
}

TEST(CrashTest, NoticesAStoreThatWaitsForTheDiskOnlySometimes) {
  EXPECT_GT(LossesWith(Synchronous::kNormal), 0);
}

TEST(CrashTest, NoticesAStoreThatNeverWaitsForTheDisk) {
  EXPECT_GT(LossesWith(Synchronous::kOff), 0);
}

}  // namespace
}  // namespace tallystick::node
