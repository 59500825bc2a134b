// SPDX-License-Identifier: Apache-2.0
#include "core/sync/ingest.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "core/evidence/checkpoint.h"
#include "core/evidence/refusal.h"
#include "core/ledger/framing.h"
#include "core/status_macros.h"

namespace tallystick::sync {
namespace {

using ledger::Entry;
using ledger::Leaf;

absl::Status CheckLeaf(const Leaf& leaf, const IngestContext& context) {
  if (leaf.time_us > context.now_us + kClockSkewMaxUs) {
    return evidence::Refuse("bad_time",
                            "an entry was written more than a day from now");
  }
  if (leaf.partner_size > context.reader_size) {
    return evidence::Refuse(
        "seen_ahead",
        absl::StrCat("an entry has seen ", leaf.partner_size,
                     " entries of our log, which has ", context.reader_size));
  }
  return absl::OkStatus();
}

// A checkpoint for a size we hold already: the same root, or a fork.
absl::StatusOr<std::variant<VerifiedBatch, Fork>> CompareWithHeld(
    const ledger::Log& log, const v1::Entries& batch,
    const evidence::Checkpoint& checkpoint, const IngestContext& context) {
  // Entries of an earlier frame may not be stored yet.
  TALLYSTICK_ASSIGN_OR_RETURN(const evidence::Digest root,
                              log.RootAt(context.reader, checkpoint.size));
  if (root != checkpoint.root) {
    return Fork{.held = log.head().checkpoint, .received = batch.checkpoint()};
  }
  return VerifiedBatch();
}

absl::StatusOr<VerifiedBatch> Extend(ledger::Log& log, const v1::Entries& batch,
                                     const evidence::Checkpoint& checkpoint,
                                     const IngestContext& context) {
  TALLYSTICK_ASSIGN_OR_RETURN(std::vector<Entry> entries,
                              ledger::ParseFramed(batch.entries()));
  VerifiedBatch verified;
  verified.leaves.reserve(entries.size());
  log.Reserve(entries.size());
  for (Entry& entry : entries) {
    TALLYSTICK_ASSIGN_OR_RETURN(Leaf leaf, ledger::VerifyEntry(entry));
    TALLYSTICK_RETURN_IF_ERROR(CheckLeaf(leaf, context));
    TALLYSTICK_RETURN_IF_ERROR(log.Append(std::move(entry), leaf));
    verified.leaves.push_back(std::move(leaf));
  }
  if (log.size() != checkpoint.size || log.Root() != checkpoint.root) {
    return evidence::Refuse(
        "broken_tree",
        absl::StrCat("the entries up to ", log.size(),
                     " do not have the root that was signed for ",
                     checkpoint.size));
  }
  log.SetCheckpoint(batch.checkpoint());
  return verified;
}

}  // namespace

absl::StatusOr<std::variant<VerifiedBatch, Fork>> VerifyBatch(
    ledger::Log& log, const v1::Entries& batch, const IngestContext& context) {
  TALLYSTICK_ASSIGN_OR_RETURN(
      const evidence::Checkpoint checkpoint,
      evidence::OpenCheckpoint(batch.checkpoint(), context.log_key));
  if (checkpoint.size <= log.size()) {
    return CompareWithHeld(log, batch, checkpoint, context);
  }
  if (batch.first_index() != log.size()) {
    return evidence::Refuse(
        "out_of_order", absl::StrCat("entries from ", batch.first_index(),
                                     " on, where ", log.size(), " was next"));
  }
  ledger::Log::Mark before = log.MarkHere();
  auto verified = Extend(log, batch, checkpoint, context);
  if (verified.ok()) return *std::move(verified);
  log.GoBack(std::move(before));
  return verified.status();
}

}  // namespace tallystick::sync
