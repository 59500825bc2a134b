// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_NODE_STORE_FIXTURE_CONTENT_H_
#define TALLYSTICK_TESTS_NODE_STORE_FIXTURE_CONTENT_H_

#include "node/store/store.h"

namespace tallystick::node {

// What the databases in testdata/ hold: a little of everything, in alliances
// 1 and 2 and the document spaces "alliance" and "snapshot". Never changes.
Transaction FixtureContent();

}  // namespace tallystick::node

#endif  // TALLYSTICK_TESTS_NODE_STORE_FIXTURE_CONTENT_H_
