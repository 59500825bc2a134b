// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EXPLAIN_COMPARISON_H_
#define TALLYSTICK_CORE_EXPLAIN_COMPARISON_H_

#include <string>

#include "core/expectation/catalogue.h"
#include "core/expectation/distance.h"
#include "core/expectation/value.h"

namespace tallystick::explain {

// How answers to the topic are compared, in a sentence.
std::string ComparisonRule(const expectation::Topic& topic);

// How far `a` and `b` are apart, from the parts the distance consists of:
// "2 of 3 items in common: 1 - 2 / 3 = 0.3333". `distance` is Compare(a, b).
std::string DescribeDistance(const expectation::Topic& topic,
                             const expectation::Value& a,
                             const expectation::Distance& distance);

// Against the tolerance: "0.3333 is more than the tolerance 0.2: not the same".
std::string DescribeMatch(double d, double tolerance);

}  // namespace tallystick::explain

#endif  // TALLYSTICK_CORE_EXPLAIN_COMPARISON_H_
