// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_LEDGER_FRAMING_H_
#define TALLYSTICK_CORE_LEDGER_FRAMING_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/ledger/storage.h"

// Entries on the wire: many in one bytes field, because a message per entry
// would cost more than the entries themselves.
namespace tallystick::ledger {

// A sender closes a batch at this size; a receiver refuses more than a batch
// that was closed by one last, largest entry.
inline constexpr size_t kBatchBytesMax = 1 << 20;
inline constexpr size_t kBatchBytesRefused = kBatchBytesMax + (1 << 17);

// Appends lp(leaf) lp(salt) lp(body) to `out`, lp(x) = 4-byte big-endian
// length, then x.
void AppendFramed(const Entry& entry, std::string* out);

// Cuts a batch into its entries. Refuses with "oversize" or "malformed_batch".
absl::StatusOr<std::vector<Entry>> ParseFramed(absl::string_view batch);

// The same for entries this node framed itself, of any size.
absl::StatusOr<std::vector<Entry>> ParseFramedUnbounded(
    absl::string_view framed);

}  // namespace tallystick::ledger

#endif  // TALLYSTICK_CORE_LEDGER_FRAMING_H_
