// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_READINGS_H_
#define TALLYSTICK_CORE_ALLIANCE_READINGS_H_

#include "core/alliance/state.h"

// One measure, one day, two logs: both parties may report a reading, and what
// the other says is then as good as an answer.
namespace tallystick::alliance {

// What the catalogue says of a measure binds its readings. Refuses with
// "bad_record" a reading that cannot be; any other record passes.
absl::Status CheckReading(const expectation::Catalogue& catalogue,
                          const record::Record& record);

// The other party's reading of the same measure, about the same party and for
// the same day; null if there is none or `record` is no reading.
const record::Record* OtherReading(const AllianceState& state,
                                   const record::Record& record);

// The state of a record with both logs in view. Of a reading that the other
// party has not answered and reports itself: acknowledged if the figures are
// equal, conflicting if not.
record::State StateOf(const AllianceState& state, const record::Record& record);

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_READINGS_H_
