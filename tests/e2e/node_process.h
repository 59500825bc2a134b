// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_E2E_NODE_PROCESS_H_
#define TALLYSTICK_TESTS_E2E_NODE_PROCESS_H_

#include <string>
#include <vector>

#include "tests/e2e/json.h"
#include "tests/e2e/program.h"

// A company's node: a data directory, its `tallyd`, and `tally` to speak to it.
namespace tallystick::e2e {

class NodeProcess {
 public:
  // Makes the data directory. `port` 0: takes no calls.
  NodeProcess(const std::string& directory, const std::string& domain,
              const std::string& name, int port);
  ~NodeProcess();
  NodeProcess(const NodeProcess&) = delete;

  const std::string& directory() const { return directory_; }
  std::string Path(const std::string& file) const {
    return directory_ + "/" + file;
  }

  // True when it takes calls; false if it ended instead, see Log.
  bool Start();
  // The whole log of the last start.
  std::string Log() const;
  // Sends a signal and waits for the end.
  int End(int signal);
  int KillAtOnce();
  // How many files and connections it has open.
  int OpenFiles() const;

  // One `tally` command.
  Result Tally(std::vector<std::string> words) const;
  // The same with -o json; null if it failed.
  Json Ask(std::vector<std::string> words) const;
  // The first alliance as `tally status` shows it.
  Json Alliance() const;

 private:
  std::string directory_;
  int pid_ = 0;
};

// A whole `tallyd` that is expected to end by itself.
Result RunDaemon(const std::string& directory);

}  // namespace tallystick::e2e

#endif  // TALLYSTICK_TESTS_E2E_NODE_PROCESS_H_
