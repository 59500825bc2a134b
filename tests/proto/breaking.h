// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_PROTO_BREAKING_H_
#define TALLYSTICK_TESTS_PROTO_BREAKING_H_

// What a company that has not upgraded yet, or a log written last year, would
// no longer understand. Adding is free; what was released keeps its number,
// name, type and cardinality, or is removed and reserved.

#include <vector>

#include "tests/proto/schema.h"

namespace tallystick::proto {

// Returns everything in `released` that `current` removed without reserving it
// or changed in meaning, in the order of the released files.
std::vector<Finding> BreakingChanges(const Schema& released,
                                     const Schema& current);

}  // namespace tallystick::proto

#endif  // TALLYSTICK_TESTS_PROTO_BREAKING_H_
