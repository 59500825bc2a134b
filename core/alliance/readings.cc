// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/readings.h"

namespace tallystick::alliance {

const record::Record* OtherReading(const AllianceState& state,
                                   const record::Record& record) {
  const auto* reading = std::get_if<record::Reading>(&record.details);
  if (reading == nullptr) return nullptr;
  return state.FindReading(ledger::Other(record.at.party),
                           {record.kind, reading->about, record.on});
}

record::State StateOf(const AllianceState& state,
                      const record::Record& record) {
  const record::State alone = record::StateOf(record);
  if (alone != record::State::kClaimed) return alone;
  const record::Record* other = OtherReading(state, record);
  if (other == nullptr) return alone;
  return other->claimed == record.claimed ? record::State::kAcknowledged
                                          : record::State::kConflicting;
}

}  // namespace tallystick::alliance
