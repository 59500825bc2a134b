// SPDX-License-Identifier: Apache-2.0
#include "core/sync/recovery.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "core/evidence/merkle.h"
#include "core/evidence/refusal.h"
#include "core/ledger/framing.h"
#include "core/status_macros.h"

namespace tallystick::sync {
namespace {

using ledger::Entry;
using ledger::Leaf;
using ledger::Side;

constexpr int kConsistencyMax = 63;

// How many entries of the batch stand in our log already, at their place.
absl::StatusOr<uint64_t> CommonPrefix(const ledger::Log& own,
                                      const RecoveredBatch& batch,
                                      const ledger::LogReader& reader) {
  uint64_t common = 0;
  while (common < batch.entries.size() &&
         batch.first_index + common < own.size()) {
    TALLYSTICK_ASSIGN_OR_RETURN(
        const std::vector<Entry> stored,
        reader.ReadEntries(Side::kOwn, batch.first_index + common,
                           ledger::kBatchBytesMax));
    if (stored.empty())
      return absl::DataLossError("a stored log lacks its end");
    for (const Entry& entry : stored) {
      if (common == batch.entries.size()) return common;
      if (entry.leaf != batch.entries[common].leaf) return common;
      ++common;
    }
  }
  return common;
}

}  // namespace

absl::StatusOr<RecoveredBatch> ReadRecovered(
    const v1::Entries& batch, const evidence::VerifierKey& own_key) {
  RecoveredBatch recovered = {.first_index = batch.first_index()};
  TALLYSTICK_ASSIGN_OR_RETURN(
      recovered.checkpoint,
      evidence::OpenCheckpoint(batch.checkpoint(), own_key));
  TALLYSTICK_ASSIGN_OR_RETURN(recovered.entries,
                              ledger::ParseFramed(batch.entries()));
  for (const Entry& entry : recovered.entries) {
    TALLYSTICK_ASSIGN_OR_RETURN(Leaf leaf, ledger::VerifyEntry(entry));
    recovered.leaves.push_back(std::move(leaf));
  }
  if (batch.consistency_size() > kConsistencyMax) {
    return evidence::Refuse("broken_tree", "a proof is longer than any tree");
  }
  for (const std::string& hash : batch.consistency()) {
    const auto digest = evidence::DigestFromBytes(hash);
    if (!digest.ok()) {
      return evidence::Refuse("broken_tree", "a proof cannot be read");
    }
    recovered.consistency.push_back(*digest);
  }
  const uint64_t end = recovered.first_index + recovered.entries.size();
  if (recovered.entries.empty() || end < recovered.first_index ||
      end > recovered.checkpoint.size) {
    return evidence::Refuse("out_of_order",
                            "entries given back do not fit their checkpoint");
  }
  return recovered;
}

absl::StatusOr<Placement> PlaceRecovered(const ledger::Log& own,
                                         const RecoveredBatch& batch,
                                         const ledger::LogReader& reader) {
  TALLYSTICK_ASSIGN_OR_RETURN(const uint64_t common,
                              CommonPrefix(own, batch, reader));
  Placement placement = {.log = own,
                         .end = batch.first_index + batch.entries.size()};
  const uint64_t agreed = batch.first_index + common;
  // What stands behind the agreed part is ours alone, unless the partner's
  // batch merely ends before our log does.
  const bool partner_ends =
      common == batch.entries.size() && placement.end == batch.checkpoint.size;
  if (own.size() > agreed && (common < batch.entries.size() || partner_ends)) {
    TALLYSTICK_ASSIGN_OR_RETURN(placement.log, own.TruncatedTo(reader, agreed));
    placement.detach_from = agreed;
  }
  for (uint64_t i = common; i < batch.entries.size(); ++i) {
    const absl::Status appended =
        placement.log.Append(batch.entries[i], batch.leaves[i]);
    if (!appended.ok()) {
      return evidence::Refuse("broken_tree", appended.message());
    }
  }
  evidence::Digest root = placement.log.Root();
  if (placement.log.size() != placement.end) {
    TALLYSTICK_ASSIGN_OR_RETURN(
        root, ledger::StoredRootAt(reader, Side::kOwn, placement.end));
  }
  if (!evidence::VerifyConsistency(placement.end, batch.checkpoint.size, root,
                                   batch.checkpoint.root, batch.consistency)
           .ok()) {
    return evidence::Refuse(
        "broken_tree",
        absl::StrCat("entries up to ", placement.end,
                     " given back are not a part of what this node signed"));
  }
  return placement;
}

}  // namespace tallystick::sync
