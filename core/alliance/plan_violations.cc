// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/plan_violations.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "core/canonical.h"

namespace tallystick::alliance {
namespace {

constexpr absl::string_view kPayload = "tallystick.violations";

}  // namespace

absl::Status ViolationsStatus(const std::vector<Violation>& violations) {
  if (violations.empty()) return absl::OkStatus();
  const Violation& first = violations.front();
  std::string message =
      first.line > 0 ? absl::StrCat("line ", first.line, ": ", first.text)
                     : first.text;
  if (violations.size() > 1) {
    absl::StrAppend(&message, " (and ", violations.size() - 1, " more)");
  }
  absl::Status status = absl::InvalidArgumentError(message);
  CanonicalWriter writer;
  writer(violations);
  status.SetPayload(kPayload, absl::Cord(writer.Take()));
  return status;
}

std::vector<Violation> ViolationsOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kPayload);
  if (!payload.has_value()) return {};
  const std::string bytes(*payload);
  CanonicalReader reader(bytes);
  std::vector<Violation> violations;
  reader(violations);
  if (!reader.Finish().ok()) return {};
  return violations;
}

}  // namespace tallystick::alliance
