// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_SYNC_RECOVERY_H_
#define TALLYSTICK_CORE_SYNC_RECOVERY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/evidence/checkpoint.h"
#include "core/evidence/note.h"
#include "core/ledger/leaf.h"
#include "core/ledger/log.h"
#include "tallystick/v1/peer.pb.h"

// Taking back our own log from the partner after a lost disk or a restored
// backup (README.md).
namespace tallystick::sync {

// Entries of our own log that the partner gives back, under a checkpoint we
// signed ourselves.
struct RecoveredBatch {
  uint64_t first_index = 0;
  std::vector<ledger::Entry> entries;
  std::vector<ledger::Leaf> leaves;
  // What the partner holds in all.
  evidence::Checkpoint checkpoint;
  // From the end of this batch to the checkpoint.
  std::vector<evidence::Digest> consistency;
};

// Reads such a batch and checks all but the tree, which needs the place it is
// put. `own_key` is the key of our own log. Refuses as VerifyBatch does.
absl::StatusOr<RecoveredBatch> ReadRecovered(
    const v1::Entries& batch, const evidence::VerifierKey& own_key);

// Where a batch belongs in our log.
struct Placement {
  // Our log with the batch in place.
  ledger::Log log;
  // Our entries from this index on are not what the partner holds and were
  // never seen by it.
  std::optional<uint64_t> detach_from;
  // How far our log now agrees with what the partner holds.
  uint64_t end = 0;
};

// Puts a batch in place and verifies that the result is a prefix of what we
// signed. `own` must have nothing pending. Refuses with "broken_tree".
absl::StatusOr<Placement> PlaceRecovered(const ledger::Log& own,
                                         const RecoveredBatch& batch,
                                         const ledger::LogReader& reader);

}  // namespace tallystick::sync

#endif  // TALLYSTICK_CORE_SYNC_RECOVERY_H_
