// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_DECISION_OVERTAKEN_H_
#define TALLYSTICK_CORE_DECISION_OVERTAKEN_H_

#include <string>
#include <vector>

#include "core/decision/decision.h"

namespace tallystick::decision {

// Something a party did that crossed an approval on the way and came to
// nothing: the decision is ratified all the same.
struct Overtaken {
  enum class Act { kWithdrawal = 1, kRejection = 2, kCounter = 3 };

  Act act = Act::kWithdrawal;
  ledger::Position at;

  friend bool operator==(const Overtaken&, const Overtaken&) = default;
};

// Of a ratified decision, in the order withdrawals, rejections, counters.
// `outcome`: what Evaluate made of it.
std::vector<Overtaken> FindOvertaken(const Decision& decision,
                                     const Outcome& outcome);

// "cascadia withdrew it on 2026-09-21, and meridian had approved it without
// knowing: it is ratified all the same."
std::string InWords(const Overtaken& overtaken, const std::string& who,
                    const std::string& partner);

}  // namespace tallystick::decision

#endif  // TALLYSTICK_CORE_DECISION_OVERTAKEN_H_
