// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_DRIFT_SEVERITY_H_
#define TALLYSTICK_CORE_DRIFT_SEVERITY_H_

#include "absl/strings/string_view.h"

// How much a matter deserves to be talked about (measures.md, c.8):
//
//   points = weight (1 to 5) x band (1 to 3) x class factor (1 to 3)
//   info < 5 <= watch < 12 <= warning < 24 <= critical
//
// The weight is that of the linked topic, kWeightDefault if there is none. The
// bands of coorientation are in core/expectation/coorient.h.
namespace tallystick::drift {

enum class Severity { kInfo = 1, kWatch = 2, kWarning = 3, kCritical = 4 };

Severity SeverityOf(int points);

inline constexpr int kWeightDefault = 3;

// Class factors of the families.
inline constexpr int kPracticeFactor = 2;
inline constexpr int kStatementFactor = 1;
inline constexpr int kAsymmetryFactor = 2;
inline constexpr int kOverclaimFactor = 1;

// Drift: 1 while the statistic is at most 1.5 times its limit, 2 up to twice,
// else 3. With a limit of 0 whatever exceeds it is in band 3. For a distance
// the limit is the tolerance, for a cumulative sum h.
int DriftBand(double statistic, double limit);

// Symmetry: 1 while |skew| is at most 2 times the agreed band, 2 up to 3 times,
// else 3.
int SkewBand(double skew, double agreed_band);

// Overclaiming: 1 while |overclaim| is at most 0.25, the limit beyond which it
// is a warning, 2 up to 1.5 times that, else 3.
int OverclaimBand(double overclaim);

struct Rating {
  int band = 1;
  int points = 0;
  Severity severity = Severity::kInfo;

  friend bool operator==(const Rating&, const Rating&) = default;
};

// `weight` outside 1 to 5 counts as the nearest of them.
Rating Rate(int weight, int band, int class_factor);

// "info", "watch", "warning", "critical".
absl::string_view ToText(Severity severity);

}  // namespace tallystick::drift

#endif  // TALLYSTICK_CORE_DRIFT_SEVERITY_H_
