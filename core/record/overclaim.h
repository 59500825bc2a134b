// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_RECORD_OVERCLAIM_H_
#define TALLYSTICK_CORE_RECORD_OVERCLAIM_H_

#include <optional>

#include "absl/strings/string_view.h"

// Of something made together, the parts that each claims for itself seldom add
// up to one (measures.md, b.3).
namespace tallystick::record {

inline constexpr double kOverclaimOrdinary = 0.10;
inline constexpr double kOverclaimWatch = 0.25;

// What one party says of a thing; each 0 to 1, absent: not said.
struct Claims {
  std::optional<double> own;
  // Entered separately, so that it tells more than the sum of own parts does.
  std::optional<double> left_to_partner;
};

enum class OverclaimLevel {
  // Not both have claimed their part.
  kOneSided = 1,
  kOrdinary = 2,
  kWatch = 3,
  kWarning = 4,
};
// "one_sided", "ordinary", "watch", "warning".
absl::string_view ToText(OverclaimLevel level);

struct Overclaim {
  OverclaimLevel level = OverclaimLevel::kOneSided;
  // Sum of both own parts - 1: more than 0, overclaimed; less, work that nobody
  // claims.
  std::optional<double> omega;
  // What each claims for itself - what the other leaves to it.
  std::optional<double> gap_a;
  std::optional<double> gap_b;
};

Overclaim MeasureOverclaim(const Claims& a, const Claims& b);

}  // namespace tallystick::record

#endif  // TALLYSTICK_CORE_RECORD_OVERCLAIM_H_
