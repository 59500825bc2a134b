// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EXPECTATION_KENDALL_H_
#define TALLYSTICK_CORE_EXPECTATION_KENDALL_H_

#include <string>
#include <vector>

namespace tallystick::expectation {

// Kendall's tau distance with penalty 1/2 for ties (distance.h) is
// discordant / pairs.
struct Discordance {
  // Pairs that the two lists put the other way round, half for a pair that is
  // tied in one of them.
  double discordant = 0;
  // All pairs of the union; never 0.
  double pairs = 1;
};

// Each list has no item twice. With fewer than two items in all there is no
// pair: lists that are not equal then count as one discordant pair of one.
Discordance FindDiscordance(const std::vector<std::string>& a,
                            const std::vector<std::string>& b);

}  // namespace tallystick::expectation

#endif  // TALLYSTICK_CORE_EXPECTATION_KENDALL_H_
