// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_IDS_H_
#define TALLYSTICK_CORE_ALLIANCE_IDS_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/alliance/state.h"
#include "core/alliance/terms.h"

// The short names people type: decisions "d-7", records "r-31", alerts "a-4".
// Both nodes show the same one for the same thing. Where both parties used a
// number before they saw each other's, its author's name tells the two apart:
// "cascadia/d-7".
namespace tallystick::alliance {

std::string FormatDecisionId(const AllianceState& state,
                             const expectation::PartyNames& names,
                             const decision::Decision& decision);
// "d-7", or the reference of a decision taken before; empty if it is gone.
std::string FormatDecisionId(const AllianceState& state,
                             const expectation::PartyNames& names,
                             const TermSource& source);
std::string FormatRecordId(const AllianceState& state,
                           const expectation::PartyNames& names,
                           const record::Record& record);
std::string FormatAlertId(uint64_t number);

// Reads "d-7", "7" or "cascadia/d-7". NOT_FOUND if there is none,
// INVALID_ARGUMENT for another form and, naming both, if two are meant.
absl::StatusOr<const decision::Decision*> ResolveDecision(
    const AllianceState& state, const expectation::PartyNames& names,
    absl::string_view text);
absl::StatusOr<const record::Record*> ResolveRecord(
    const AllianceState& state, const expectation::PartyNames& names,
    absl::string_view text);
// The number in "a-4" or "4".
absl::StatusOr<uint64_t> ParseAlertId(absl::string_view text);

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_IDS_H_
