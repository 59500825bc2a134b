// SPDX-License-Identifier: Apache-2.0
#include "gtest/gtest.h"
#include "node/peer/transport.h"

// As in the daemon: the transport is prepared before anything uses it.
int main(int argc, char** argv) {
  tallystick::node::InitializeTransport(nullptr);
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
