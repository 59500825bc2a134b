// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/replay.h"

#include <utility>
#include <vector>

#include "core/status_macros.h"

namespace tallystick::alliance {
namespace {

using ledger::Entry;
using ledger::Leaf;
using ledger::Side;

constexpr uint64_t kReplayChunkBytes = 1 << 20;

// Reads one log from an index on, in chunks.
class EntryCursor {
 public:
  EntryCursor(const ledger::LogReader& reader, Side side, uint64_t index,
              uint64_t end)
      : reader_(reader), side_(side), index_(index), end_(end) {}

  bool AtEnd() const { return index_ == end_; }
  const Entry& entry() const { return chunk_[position_]; }
  const Leaf& leaf() const { return leaf_; }

  // Makes entry() and leaf() valid. Not at the end.
  absl::Status Load() {
    if (loaded_) return absl::OkStatus();
    if (position_ == chunk_.size()) {
      TALLYSTICK_ASSIGN_OR_RETURN(
          chunk_, reader_.ReadEntries(side_, index_, kReplayChunkBytes));
      position_ = 0;
      if (chunk_.empty())
        return absl::DataLossError("a stored log lacks its end");
    }
    TALLYSTICK_ASSIGN_OR_RETURN(leaf_, ledger::ParseLeaf(entry().leaf));
    loaded_ = true;
    return absl::OkStatus();
  }

  void Advance() {
    ++position_;
    ++index_;
    loaded_ = false;
  }

 private:
  const ledger::LogReader& reader_;
  Side side_;
  uint64_t index_;
  uint64_t end_;
  std::vector<Entry> chunk_;
  size_t position_ = 0;
  Leaf leaf_;
  bool loaded_ = false;
};

}  // namespace

absl::Status FoldStored(const ledger::LogReader& reader, v1::Party own_party,
                        uint64_t own_size, uint64_t partner_size,
                        AllianceState& state) {
  const v1::Party partner_party = ledger::Other(own_party);
  EntryCursor own(reader, Side::kOwn, state.size(own_party), own_size);
  EntryCursor partner(reader, Side::kPartner, state.size(partner_party),
                      partner_size);
  for (bool folded = true; folded;) {
    folded = false;
    for (auto [cursor, party] :
         {std::pair(&own, own_party), std::pair(&partner, partner_party)}) {
      if (cursor->AtEnd()) continue;
      TALLYSTICK_RETURN_IF_ERROR(cursor->Load());
      if (cursor->leaf().partner_size > state.size(ledger::Other(party))) {
        continue;
      }
      TALLYSTICK_RETURN_IF_ERROR(
          state.Fold(party, cursor->leaf(), cursor->entry().body).status());
      cursor->Advance();
      folded = true;
    }
  }
  return absl::OkStatus();
}

}  // namespace tallystick::alliance
