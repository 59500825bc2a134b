// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/readings.h"

#include <variant>

#include "core/evidence/refusal.h"

namespace tallystick::alliance {

absl::Status CheckReading(const expectation::Catalogue& catalogue,
                          const record::Record& record) {
  if (!std::holds_alternative<record::Reading>(record.details)) {
    return absl::OkStatus();
  }
  const expectation::PracticeMeasure* measure =
      catalogue.FindMeasure(record.kind);
  if (measure == nullptr || measure->unit != "percent") return absl::OkStatus();
  if (record.claimed->unscaled < 0 ||
      expectation::Compare(*record.claimed, {100, 0}) > 0) {
    return evidence::Refuse("bad_record", "a percentage is from 0 to 100");
  }
  return absl::OkStatus();
}

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
