// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_BENCH_BENCH_NODE_H_
#define TALLYSTICK_TESTS_BENCH_BENCH_NODE_H_

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "node/engine/engine.h"
#include "node/peer/peer_server.h"

// A whole node inside the benchmark: engine, real store on disk, real TLS.
// Whatever fails ends the program.
namespace tallystick::bench {

[[noreturn]] void Die(const absl::Status& status);
inline void Check(const absl::Status& status) {
  if (!status.ok()) Die(status);
}

inline constexpr absl::string_view kAlliance = "rtd-coffee";

class BenchNode {
 public:
  // `port` 0: takes no calls. Makes the directory and everything in it.
  BenchNode(const std::string& directory, const std::string& domain, int port);
  ~BenchNode();

  // From now on partners can call.
  void Listen();
  void StopListening();

  // Runs on the engine's thread; returns when what it did is durable.
  void Call(const std::function<absl::Status(node::AllianceNode&)>& work);
  void CallNode(const std::function<absl::Status(node::Node&)>& work);
  // Returns as soon as `ready` says so; it is asked after whatever happens.
  void Until(const std::function<bool(node::AllianceNode&)>& ready);

  // Founds the alliance with `partner`, who joins over the wire.
  void PairWith(BenchNode& partner);

  // Streams that partners or we have opened.
  int connections() const { return connections_; }
  const node::TlsKeyPair& tls() const { return tls_; }

 private:
  const int port_;
  node::TlsKeyPair tls_;
  std::shared_ptr<node::Trust> trust_ = std::make_shared<node::Trust>();
  std::shared_ptr<node::StreamRegistry> streams_ =
      std::make_shared<node::StreamRegistry>();
  std::atomic<int> connections_ = 0;
  // The engine's thread only: what Until waits for.
  std::function<bool(node::Node&)> waiting_;
  std::unique_ptr<node::Engine> engine_;
  std::unique_ptr<node::PeerServer> server_;
};

}  // namespace tallystick::bench

#endif  // TALLYSTICK_TESTS_BENCH_BENCH_NODE_H_
