// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_ENGINE_SPACES_H_
#define TALLYSTICK_NODE_ENGINE_SPACES_H_

#include "absl/strings/string_view.h"
#include "core/evidence/party_name.h"

// Where documents are kept in the store. Part of the storage format: names are
// never reused for something else.
namespace tallystick::node {

inline constexpr absl::string_view kSoftwareVersion = "tallystick/0.1.0";

// storage::v1 messages.
inline constexpr absl::string_view kAllianceSpace = "alliance";
inline constexpr absl::string_view kInvitationSpace = "invitation";
inline constexpr absl::string_view kRequestSpace = "request";
inline constexpr absl::string_view kPrivateSpacePrefix = "private/";
// Key: "own".
inline constexpr absl::string_view kFiguresSpacePrefix = "figures/";
inline constexpr absl::string_view kOwnFigures = "own";
inline constexpr absl::string_view kEvidenceSpacePrefix = "evidence/";
// Key: alliance. A snapshot of the folded state.
inline constexpr absl::string_view kSnapshotSpace = "snapshot";
// Key: alliance. Own entries taken off the log, framed.
inline constexpr absl::string_view kDetachedSpace = "detached";
// Key: alliance. A checkpoint of the partner's that it could not show the
// entries of.
inline constexpr absl::string_view kUnprovenSpace = "unproven";
// Key: the alert's number, 20 digits. drift::Alert, canonically encoded.
inline constexpr absl::string_view kAlertSpacePrefix = "alert/";

using evidence::OriginOf;
using evidence::WitnessNameOf;

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_ENGINE_SPACES_H_
