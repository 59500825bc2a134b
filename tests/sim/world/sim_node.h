// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_SIM_WORLD_SIM_NODE_H_
#define TALLYSTICK_TESTS_SIM_WORLD_SIM_NODE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "core/alliance/replica.h"
#include "node/store/sqlite_store.h"
#include "tests/sim/disk/sim_disk.h"
#include "tests/sim/world/company.h"
#include "tests/sim/world/wire.h"

// One company's whole node: the replica, a real store on a simulated disk, and
// the order of effects of node/engine: events, one commit, then the answers to
// users and the frames to the partner.
namespace tallystick::sim {

// A bug planted on purpose, to see that the simulator notices.
enum class Defect {
  kNone,
  // Commits do not wait for the disk.
  kNoSync,
  // Frames (receipts among them) go out before the commit.
  kSendsBeforeCommit,
};

class SimNode {
 public:
  SimNode(const Company& own, uint64_t seed, Defect defect, Wire& wire);
  ~SimNode();

  // Opens the store and reads everything; the power is on. A node that cannot
  // start stays down.
  absl::Status Start();
  bool up() const { return replica_.has_value(); }
  // The power fails, and what was not synced may be lost.
  void Crash(uint64_t seed);
  // Crash, and then the disk is as it was when the backup was made.
  void RestoreBackup(const SimDisk::Files& backup);

  // Events. They form one batch until Finish.
  absl::Status Say(absl::Span<const v1::Body> bodies, absl::string_view author,
                   int64_t now_us);
  void StreamOpened(StreamId stream, bool dialled);
  void FrameArrived(StreamId stream, const std::string& bytes, int64_t now_us);
  void StreamEnded(StreamId stream);

  // Ends the batch as the engine does. `quiet`: what can wait is committed too.
  // An error means what is stored cannot be read, though the disk is fine.
  absl::Status Finish(bool quiet, int64_t now_us);
  bool batch_open() const { return batch_open_; }
  bool Changed() const { return up() && replica_->Changed(); }
  // What a node does when idle.
  absl::Status Idle() { return store_->Idle(); }

  const Company& company() const { return own_; }
  SimDisk& disk() { return disk_; }
  node::Store& store() { return *store_; }
  const ledger::LogReader& reader() const { return *reader_; }
  alliance::Replica& replica() { return *replica_; }
  std::optional<StreamId> stream() const { return stream_; }

  // What users were told, by the salt of the entry: recorded, or not recorded.
  std::map<std::string, std::string>& done() { return done_; }
  const std::set<std::string>& not_done() const { return not_done_; }
  // Own entries in the log, and those waiting to be appended again, by salt.
  absl::StatusOr<std::map<std::string, std::string>> StoredStatements() const;
  // The forks it has kept evidence of: held and received.
  std::vector<std::pair<std::string, std::string>> KeptForks() const;

 private:
  absl::Status Load();
  absl::StatusOr<alliance::StoredParts> ReadParts() const;
  absl::Status Commit(int64_t now_us);
  node::Transaction MakeTransaction(bool* reload);
  absl::Status StartOver();
  void Bind(StreamId stream);
  void Pump(int64_t now_us);
  void Drop();
  std::string FreshSalt();

  const Company& own_;
  const Defect defect_;
  Wire& wire_;
  std::mt19937_64 random_;
  SimDisk disk_;
  std::unique_ptr<node::Store> store_;
  std::unique_ptr<ledger::LogReader> reader_;
  std::optional<alliance::Replica> replica_;
  bool batch_open_ = false;

  // The stream in use, and those whose Hello has not come.
  std::optional<StreamId> stream_;
  std::set<StreamId> unbound_;

  std::vector<std::pair<std::string, std::string>> waiting_;
  std::map<std::string, std::string> done_;
  std::set<std::string> not_done_;
};

// In every node's store, and in no frame.
inline constexpr absl::string_view kPrivateMarker = "our walk-away price";

}  // namespace tallystick::sim

#endif  // TALLYSTICK_TESTS_SIM_WORLD_SIM_NODE_H_
