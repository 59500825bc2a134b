// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/refusal.h"

#include "absl/strings/cord.h"

namespace tallystick::evidence {
namespace {

constexpr absl::string_view kReasonUrl = "tallystick/reason";

}  // namespace

absl::Status Refuse(absl::string_view reason, absl::string_view detail) {
  absl::Status status = absl::InvalidArgumentError(detail);
  status.SetPayload(kReasonUrl, absl::Cord(reason));
  return status;
}

std::string ReasonOf(const absl::Status& status) {
  const auto reason = status.GetPayload(kReasonUrl);
  return reason ? std::string(*reason) : std::string();
}

}  // namespace tallystick::evidence
