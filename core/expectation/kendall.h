// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EXPECTATION_KENDALL_H_
#define TALLYSTICK_CORE_EXPECTATION_KENDALL_H_

#include <string>
#include <vector>

namespace tallystick::expectation {

// Kendall's tau distance with penalty 1/2 for ties (distance.h). Each list has
// no item twice. With fewer than two items in all there is no pair: 0 if the
// lists are equal, else 1.
double KendallDistance(const std::vector<std::string>& a,
                       const std::vector<std::string>& b);

}  // namespace tallystick::expectation

#endif  // TALLYSTICK_CORE_EXPECTATION_KENDALL_H_
