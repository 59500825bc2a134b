// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_PEER_PEER_SERVER_H_
#define TALLYSTICK_NODE_PEER_PEER_SERVER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "node/identity/certificate.h"
#include "node/peer/peer_stream.h"
#include "node/peer/stream_registry.h"
#include "node/peer/trust.h"

namespace tallystick::node {

struct PeerServerOptions {
  size_t streams_per_peer_max = 64;
  // Looked at by OnPair; more get the same refusal as everybody else.
  int pair_attempts_per_minute = 30;
  // Network buffers of all connections together.
  size_t memory_bytes_max = size_t{64} << 20;
  // The clock that counts pairing attempts.
  std::function<absl::Time()> now = absl::Now;
};

// Takes calls of partners: gRPC over mutual TLS 1.3. A certificate that is not
// trusted gets UNAUTHENTICATED without a message for every call there is,
// except that Pair reaches the handler while pairing is open. A partner's Pair
// always does.
class PeerServer {
 public:
  // `address` as for CheckAddress, port 0 lets the kernel choose. UNAVAILABLE
  // if it cannot be bound, for example because another node has it.
  // `handler` must outlive the server.
  static absl::StatusOr<std::unique_ptr<PeerServer>> Start(
      absl::string_view address, const TlsKeyPair& own,
      std::shared_ptr<Trust> trust, std::shared_ptr<StreamRegistry> streams,
      PeerHandler* handler, const PeerServerOptions& options = {});

  virtual ~PeerServer() = default;

  virtual int port() const = 0;

  // Takes no more calls, gives open streams until then to end by themselves
  // (the engine says Goodbye and closes them), cancels the rest and returns
  // when all have ended. Safe to call twice. Not from a handler's callback.
  virtual void Shutdown(absl::Duration grace) = 0;
};

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_PEER_PEER_SERVER_H_
