// SPDX-License-Identifier: Apache-2.0
#include "core/drift/severity.h"

#include <algorithm>
#include <cmath>

#include "core/drift/exceeds.h"

namespace tallystick::drift {

Severity SeverityOf(int points) {
  if (points < 5) return Severity::kInfo;
  if (points < 12) return Severity::kWatch;
  if (points < 24) return Severity::kWarning;
  return Severity::kCritical;
}

int DriftBand(double statistic, double limit) {
  if (!Exceeds(statistic, 1.5 * limit)) return 1;
  return Exceeds(statistic, 2 * limit) ? 3 : 2;
}

int SkewBand(double skew, double agreed_band) {
  if (!Exceeds(std::abs(skew), 2 * agreed_band)) return 1;
  return Exceeds(std::abs(skew), 3 * agreed_band) ? 3 : 2;
}

int OverclaimBand(double overclaim) {
  constexpr double kWarningAbove = 0.25;
  return SkewBand(overclaim, kWarningAbove / 2);
}

Rating Rate(int weight, int band, int class_factor) {
  const int points = std::clamp(weight, 1, 5) * band * class_factor;
  return {band, points, SeverityOf(points)};
}

absl::string_view ToText(Severity severity) {
  switch (severity) {
    case Severity::kInfo:
      return "info";
    case Severity::kWatch:
      return "watch";
    case Severity::kWarning:
      return "warning";
    case Severity::kCritical:
      return "critical";
  }
  return "info";
}

}  // namespace tallystick::drift
