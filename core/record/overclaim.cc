// SPDX-License-Identifier: Apache-2.0
#include "core/record/overclaim.h"

#include <cmath>

#include "core/expectation/distance.h"

namespace tallystick::record {
namespace {

std::optional<double> Difference(const std::optional<double>& claimed,
                                 const std::optional<double>& left) {
  if (!claimed || !left) return std::nullopt;
  return *claimed - *left;
}

OverclaimLevel Judge(double omega) {
  const double size = std::abs(omega) - expectation::kSlack;
  if (size <= kOverclaimOrdinary) return OverclaimLevel::kOrdinary;
  return size <= kOverclaimWatch ? OverclaimLevel::kWatch
                                 : OverclaimLevel::kWarning;
}

}  // namespace

absl::string_view ToText(OverclaimLevel level) {
  switch (level) {
    case OverclaimLevel::kOneSided:
      return "one_sided";
    case OverclaimLevel::kOrdinary:
      return "ordinary";
    case OverclaimLevel::kWatch:
      return "watch";
    case OverclaimLevel::kWarning:
      return "warning";
  }
  return "";
}

Overclaim MeasureOverclaim(const Claims& a, const Claims& b) {
  Overclaim result = {.gap_a = Difference(a.own, b.left_to_partner),
                      .gap_b = Difference(b.own, a.left_to_partner)};
  if (!a.own || !b.own) return result;
  result.omega = *a.own + *b.own - 1;
  result.level = Judge(*result.omega);
  return result;
}

}  // namespace tallystick::record
