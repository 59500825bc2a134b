// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_E2E_PAIR_OF_NODES_H_
#define TALLYSTICK_TESTS_E2E_PAIR_OF_NODES_H_

#include <memory>
#include <string>

#include "gtest/gtest.h"
#include "tests/e2e/node_process.h"

namespace tallystick::e2e {

// A directory of its own for each test, gone afterwards.
class E2eTest : public ::testing::Test {
 protected:
  E2eTest();
  ~E2eTest() override;

  std::string Path(const std::string& name) const {
    return directory_ + "/" + name;
  }

 private:
  std::string directory_;
};

// Cascadia, who founds alliances and takes calls, and Meridian.
class PairOfNodes : public E2eTest {
 protected:
  // Makes and starts both; not paired yet.
  void StartBoth(bool meridian_listens = false);
  // Cascadia founds an alliance and invites; "" if that failed.
  std::string Invite(const std::string& alliance = "rtd-coffee");
  // Meridian joins, and both are in step.
  void Pair(bool meridian_listens = false);
  // Both hold the same and say so.
  bool InStep() const;
  bool WaitInStep() const {
    return Eventually([this] { return InStep(); });
  }

  std::unique_ptr<NodeProcess> cascadia_;
  std::unique_ptr<NodeProcess> meridian_;
};

}  // namespace tallystick::e2e

#endif  // TALLYSTICK_TESTS_E2E_PAIR_OF_NODES_H_
