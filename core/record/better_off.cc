// SPDX-License-Identifier: Apache-2.0
#include "core/record/better_off.h"

#include "core/expectation/distance.h"

namespace tallystick::record {

std::optional<Units> ValueWith(const Account& account) {
  if (!account.benefit || !account.inputs || !account.upkeep ||
      !account.expected_loss) {
    return std::nullopt;
  }
  return *account.benefit - *account.inputs - *account.upkeep -
         *account.expected_loss;
}

std::optional<Units> BetterBy(const Account& account) {
  const std::optional<Units> with = ValueWith(account);
  if (!with || !account.value_alone) return std::nullopt;
  return *with - *account.value_alone;
}

absl::string_view ToText(BetterOff better) {
  switch (better) {
    case BetterOff::kUndecided:
      return "undecided";
    case BetterOff::kYes:
      return "yes";
    case BetterOff::kNo:
      return "no";
  }
  return "";
}

BetterOff JudgeBetterOff(const std::optional<Units>& better_by) {
  if (!better_by) return BetterOff::kUndecided;
  return *better_by > 0 ? BetterOff::kYes : BetterOff::kNo;
}

std::optional<Units> Synergy(const std::optional<Units>& better_a,
                             const std::optional<Units>& better_b) {
  if (!better_a || !better_b) return std::nullopt;
  return *better_a + *better_b;
}

std::optional<bool> SynergyProven(BetterOff a, BetterOff b) {
  if (a == BetterOff::kYes && b == BetterOff::kYes) return true;
  return std::nullopt;
}

std::optional<double> SurplusShareOfA(const std::optional<Units>& better_a,
                                      const std::optional<Units>& better_b) {
  if (!better_a || !better_b || *better_a <= 0 || *better_b <= 0) {
    return std::nullopt;
  }
  return static_cast<double>(*better_a) /
         static_cast<double>(*better_a + *better_b);
}

absl::string_view ToText(UpkeepLevel level) {
  switch (level) {
    case UpkeepLevel::kNoData:
      return "no_data";
    case UpkeepLevel::kOrdinary:
      return "ordinary";
    case UpkeepLevel::kWatch:
      return "watch";
    case UpkeepLevel::kWarning:
      return "warning";
  }
  return "";
}

UpkeepRatio MeasureUpkeep(const std::optional<Units>& upkeep,
                          const std::optional<Units>& benefit) {
  if (!upkeep || !benefit || *benefit <= 0) return {};
  const double ratio =
      static_cast<double>(*upkeep) / static_cast<double>(*benefit);
  const double size = ratio - expectation::kSlack;
  return {.ratio = ratio,
          .level = size <= kUpkeepWatch     ? UpkeepLevel::kOrdinary
                   : size <= kUpkeepWarning ? UpkeepLevel::kWatch
                                            : UpkeepLevel::kWarning};
}

}  // namespace tallystick::record
