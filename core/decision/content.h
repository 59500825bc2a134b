// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_DECISION_CONTENT_H_
#define TALLYSTICK_CORE_DECISION_CONTENT_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/evidence/digest.h"
#include "tallystick/v1/agree.pb.h"

// The exact terms of a decision: a serialised v1::DecisionContent, kept as the
// bytes it came in.
namespace tallystick::decision {

inline constexpr size_t kContentSizeMax = 40 << 10;

// SHA-256( lp("tallystick/decision/v1") || lp(content) ). Two sides approve the
// same terms if and only if they approve the same hash.
evidence::Digest ContentHash(absl::string_view content);

// Reads terms written by anyone and checks every bound of agree.proto, but not
// whether the settings fit their topics. INVALID_ARGUMENT names what is wrong.
absl::StatusOr<v1::DecisionContent> ParseContent(absl::string_view content);

}  // namespace tallystick::decision

#endif  // TALLYSTICK_CORE_DECISION_CONTENT_H_
