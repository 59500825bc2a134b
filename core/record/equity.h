// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_RECORD_EQUITY_H_
#define TALLYSTICK_CORE_RECORD_EQUITY_H_

#include <optional>

#include "absl/strings/string_view.h"

// What each gets for what it puts in (measures.md, b.2).
namespace tallystick::record {

inline constexpr double kEquityBandDefault = 0.25;

// Of one party, in one unit; absent: not known, which is not 0.
struct Exchange {
  // O: benefit received. May be negative.
  std::optional<double> outcome;
  // I: inputs + upkeep + expected loss, at least 0.
  std::optional<double> investment;
};

enum class EquityState {
  // A figure is not known.
  kMissing = 1,
  // A party has put in nothing, or the other has received nothing.
  kUndefined = 2,
  // An outcome is negative: net values are shown in the place of a ratio.
  kNegative = 3,
  kBalanced = 4,
  // A gets more for each unit it puts in than B does, or the other way round.
  kFavoursA = 5,
  kFavoursB = 6,
};
// "missing", "undefined", "negative", "balanced", "favours_a", "favours_b".
absl::string_view ToText(EquityState state);

struct Equity {
  EquityState state = EquityState::kMissing;
  // (O_A / I_A) / (O_B / I_B), and its logarithm, symmetric about 0; the
  // logarithm is absent where the ratio is 0.
  std::optional<double> ratio;
  std::optional<double> log_ratio;
  // O - I.
  std::optional<double> net_a;
  std::optional<double> net_b;
};

// In balance while 1 / (1 + band) <= ratio <= 1 + band; `band` more than 0.
Equity MeasureEquity(const Exchange& a, const Exchange& b,
                     double band = kEquityBandDefault);

}  // namespace tallystick::record

#endif  // TALLYSTICK_CORE_RECORD_EQUITY_H_
