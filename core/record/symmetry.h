// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_RECORD_SYMMETRY_H_
#define TALLYSTICK_CORE_RECORD_SYMMETRY_H_

#include <array>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

// In balance, not equal (measures.md, b.1 and b.7): the share of party A in
// what both carry or receive, held against the share that both agreed on.
namespace tallystick::record {

enum class Dimension {
  kInputs = 1,
  kBenefit = 2,
  kRisk = 3,
  kKnowledge = 4,
  kOwnership = 5,
  kCommitment = 6,
};
inline constexpr std::array kDimensions = {
    Dimension::kInputs,    Dimension::kBenefit,   Dimension::kRisk,
    Dimension::kKnowledge, Dimension::kOwnership, Dimension::kCommitment};
// "inputs", "benefit", ..., "commitment".
absl::string_view ToText(Dimension dimension);

enum class Balance {
  // Neither has reported anything, or both 0.
  kNoData = 1,
  // One of the two has not reported. That is not 0.
  kOneSided = 2,
  // No share was agreed; one half is never assumed.
  kNoTarget = 3,
  // Too few lines are valued for a judgement (b.4).
  kPartial = 4,
  kBalanced = 5,
  kWatch = 6,
  kBreach = 7,
  // One of the two has lost more than it got: a loss is no share of anything.
  kNegative = 8,
};
// "no_data", ..., "breach".
absl::string_view ToText(Balance balance);

inline constexpr double kBandDefault = 0.10;

// The agreed share of party A, 0 to 1, and how far from it is still in balance,
// more than 0.
struct Target {
  double share_of_a = 0;
  double band = kBandDefault;

  friend bool operator==(const Target&, const Target&) = default;
};

struct Symmetry {
  Balance balance = Balance::kNoData;
  // 0 to 1.
  std::optional<double> share_of_a;
  // share - target: more than 0 if A carries or receives more than agreed.
  std::optional<double> skew;
  // 1 at the target, 0 at the far end.
  std::optional<double> index;
};

// `a`, `b`: what each carries or receives, in one unit, at least 0; none: not
// reported. `partial`: too few lines behind them are valued; then share, skew
// and index are of those that are.
Symmetry MeasureSymmetry(std::optional<double> a, std::optional<double> b,
                         const std::optional<Target>& target, bool partial);

// All dimensions together. One does not make up for another.
struct Overall {
  // Over the dimensions that have an index; none without.
  std::optional<double> mean_index;
  std::optional<double> least_index;
  int measured = 0;
};
Overall Summarize(absl::Span<const Symmetry> dimensions);

}  // namespace tallystick::record

#endif  // TALLYSTICK_CORE_RECORD_SYMMETRY_H_
