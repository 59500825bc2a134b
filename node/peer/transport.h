// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_PEER_TRANSPORT_H_
#define TALLYSTICK_NODE_PEER_TRANSPORT_H_

#include "absl/strings/string_view.h"

namespace tallystick::node {

// Receives what gRPC and protobuf would print to stderr, one line at a time,
// from any thread.
using TransportLog = void (*)(absl::string_view message);

// Prepares the process: TLS 1.3 only, and messages of the libraries go to `log`
// (nullptr: nowhere). To be called once, from main, before any other thread is
// started and before anything of gRPC is used: it sets an environment variable
// that gRPC reads when it first needs TLS.
void InitializeTransport(TransportLog log);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_PEER_TRANSPORT_H_
