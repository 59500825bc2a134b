// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_DAEMON_DAEMON_H_
#define TALLYSTICK_NODE_DAEMON_DAEMON_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// A whole node: lock, store, engine, the partner's side and the local side, put
// together in the order in which they need each other, and taken apart in the
// opposite one.
namespace tallystick::node {

struct DaemonOptions {
  std::string data_dir;
  // Empty: tallyd.yaml in the data directory.
  std::string config_file;
};

class Daemon {
 public:
  // One clear line if it cannot run: no identity, another node on the same data
  // directory, socket or port, a database that is damaged or of another
  // program, a wrong configuration.
  static absl::StatusOr<std::unique_ptr<Daemon>> Start(
      const DaemonOptions& options);

  virtual ~Daemon() = default;

  // Takes no more calls, finishes those under way, says goodbye to partners and
  // makes everything durable. Safe to call twice.
  virtual void Stop() = 0;

  // Where partners can dial in; 0: nowhere.
  virtual int port() const = 0;
};

// One line of structured log on stderr. `LogTransport` is for what the
// libraries below have to say.
void LogLine(absl::string_view level, absl::string_view line);
void LogTransport(absl::string_view message);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_DAEMON_DAEMON_H_
