// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_SYNC_INGEST_H_
#define TALLYSTICK_CORE_SYNC_INGEST_H_

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "core/evidence/checkpoint.h"
#include "core/evidence/note.h"
#include "core/ledger/leaf.h"
#include "core/ledger/log.h"
#include "tallystick/v1/peer.pb.h"

// Checks a batch of entries before anything is kept of it.
namespace tallystick::sync {

// How far in the future a leaf may claim to have been written.
inline constexpr int64_t kClockSkewMaxUs = int64_t{24} * 3600 * 1'000'000;

// A batch that holds in every respect, and by which the log has grown.
struct VerifiedBatch {
  // What the leaves of the new entries say; the entries themselves are the last
  // of log.pending(). Empty: everything in it was here already.
  std::vector<ledger::Leaf> leaves;
};

// Proof that the partner keeps two histories: two checkpoints, each validly
// signed by it, that cannot both be true. Byte for byte.
struct Fork {
  std::string held;
  std::string received;
};

struct IngestContext {
  const ledger::LogReader& reader;
  const evidence::VerifierKey& log_key;
  int64_t now_us;
  // Size of the log of the party that receives.
  uint64_t reader_size;
};

// Verifies a batch that extends `log`, our copy of the partner's: framing,
// leaves, commitments, times, tree and signature. Unless all of it holds, the
// log is as before. Refusals (refusal.h):
// "oversize", "malformed_batch", "malformed_leaf", "commitment_mismatch",
// "bad_time", "seen_ahead" (claims to have seen entries we have not written),
// "out_of_order", "broken_tree", and those of a checkpoint.
absl::StatusOr<std::variant<VerifiedBatch, Fork>> VerifyBatch(
    ledger::Log& log, const v1::Entries& batch, const IngestContext& context);

}  // namespace tallystick::sync

#endif  // TALLYSTICK_CORE_SYNC_INGEST_H_
