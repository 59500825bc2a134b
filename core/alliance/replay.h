// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_REPLAY_H_
#define TALLYSTICK_CORE_ALLIANCE_REPLAY_H_

#include <cstdint>

#include "absl/status/status.h"
#include "core/alliance/state.h"
#include "core/ledger/storage.h"

namespace tallystick::alliance {

// Folds two stored logs into `state`, from where it is up to these sizes, each
// entry as soon as everything its author had seen is there. Stops early, with
// OK, at entries whose author had seen more than is stored.
absl::Status FoldStored(const ledger::LogReader& reader, v1::Party own_party,
                        uint64_t own_size, uint64_t partner_size,
                        AllianceState& state);

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_REPLAY_H_
