// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_NODE_ENGINE_LINKED_ENGINES_H_
#define TALLYSTICK_TESTS_NODE_ENGINE_LINKED_ENGINES_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "node/engine/engine.h"
#include "tests/node/engine/node_fixture.h"

// Two engines of two companies in one process, paired, each with its own
// directory, keys and SQLite store. Frames pass through memory instead of gRPC,
// so that a thread sanitizer sees every lock there is.
namespace tallystick::node {

class LinkedEngines {
 public:
  // `directory` must exist and be empty.
  explicit LinkedEngines(const std::string& directory);
  ~LinkedEngines();

  Engine& a() { return *a_; }
  Engine& b() { return *b_; }
  HandClock& clock_a() { return clock_a_; }

  // Opens a stream between the two, dialled by A.
  void Connect();

  // Runs `work` on the engine's thread and waits for the answer.
  static absl::Status Call(Engine& engine,
                           std::function<absl::Status(Node&)> work);

  // Calls both engines until both say they are in step; false if that takes
  // more than `calls` calls.
  bool WaitInStep(int calls);

 private:
  static std::unique_ptr<Engine> Start(const std::string& directory,
                                       const std::string& domain,
                                       const HandClock& clock);
  void Pair();

  HandClock clock_a_;
  HandClock clock_b_;
  std::unique_ptr<Engine> a_;
  std::unique_ptr<Engine> b_;
};

}  // namespace tallystick::node

#endif  // TALLYSTICK_TESTS_NODE_ENGINE_LINKED_ENGINES_H_
