// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_RECORD_BETTER_OFF_H_
#define TALLYSTICK_CORE_RECORD_BETTER_OFF_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "core/record/amount.h"

// Better off than alone, synergy, upkeep (measures.md, b.6). Everything in
// minor units of one currency; absent: not known, which is not 0.
namespace tallystick::record {

struct Account {
  std::optional<Units> benefit;
  std::optional<Units> inputs;
  std::optional<Units> upkeep;
  std::optional<Units> expected_loss;
  // The best alternative over the same period. A party's strongest secret: it
  // never leaves its node.
  std::optional<Units> value_alone;
};

// benefit - inputs - upkeep - expected loss; none unless all are known.
std::optional<Units> ValueWith(const Account& account);

// Value with the alliance - value alone.
std::optional<Units> BetterBy(const Account& account);

enum class BetterOff { kUndecided = 1, kYes = 2, kNo = 3 };
// "undecided", "yes", "no".
absl::string_view ToText(BetterOff better);

// The only thing about it that is shared: better by more than 0.
BetterOff JudgeBetterOff(const std::optional<Units>& better_by);

// The sum of what both gain; a positive one does not help the party that loses.
std::optional<Units> Synergy(const std::optional<Units>& better_a,
                             const std::optional<Units>& better_b);
// Two honest yeses prove it without a figure. None: not proven.
std::optional<bool> SynergyProven(BetterOff a, BetterOff b);

// Of A in the synergy; only if both gain.
std::optional<double> SurplusShareOfA(const std::optional<Units>& better_a,
                                      const std::optional<Units>& better_b);

inline constexpr double kUpkeepWatch = 0.15;
inline constexpr double kUpkeepWarning = 0.25;

enum class UpkeepLevel { kNoData = 1, kOrdinary = 2, kWatch = 3, kWarning = 4 };
// "no_data", "ordinary", "watch", "warning".
absl::string_view ToText(UpkeepLevel level);

struct UpkeepRatio {
  // Upkeep / benefit; none without benefit.
  std::optional<double> ratio;
  UpkeepLevel level = UpkeepLevel::kNoData;
};
UpkeepRatio MeasureUpkeep(const std::optional<Units>& upkeep,
                          const std::optional<Units>& benefit);

}  // namespace tallystick::record

#endif  // TALLYSTICK_CORE_RECORD_BETTER_OFF_H_
