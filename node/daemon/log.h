// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_DAEMON_LOG_H_
#define TALLYSTICK_NODE_DAEMON_LOG_H_

#include "node/daemon/daemon.h"
#include "node/identity/config.h"

namespace tallystick::node {

// Lines of lesser weight are dropped from now on. Thread-safe.
void SetLogLevel(Config::LogLevel level);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_DAEMON_LOG_H_
