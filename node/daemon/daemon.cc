// SPDX-License-Identifier: Apache-2.0
#include "node/daemon/daemon.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "core/status_macros.h"
#include "node/api/local_server.h"
#include "node/daemon/log.h"
#include "node/engine/engine.h"
#include "node/engine/spaces.h"
#include "node/identity/data_lock.h"
#include "node/identity/node_identity.h"
#include "node/peer/peer_server.h"
#include "node/store/sqlite_store.h"

namespace tallystick::node {
namespace {

// Calls under way get this long to end.
constexpr absl::Duration kGrace = absl::Seconds(5);

class RunningDaemon : public Daemon {
 public:
  explicit RunningDaemon(DataLock lock) : lock_(std::move(lock)) {}
  ~RunningDaemon() override { Stop(); }

  absl::Status Start(const DaemonOptions& options, const Config& config);
  void Stop() override;
  int port() const override { return peers_ ? peers_->port() : 0; }

 private:
  DataLock lock_;
  std::shared_ptr<Trust> trust_ = std::make_shared<Trust>();
  std::shared_ptr<StreamRegistry> streams_ = std::make_shared<StreamRegistry>();
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<PeerServer> peers_;
  std::unique_ptr<LocalServer> local_;
};

absl::Status RunningDaemon::Start(const DaemonOptions& options,
                                  const Config& config) {
  TALLYSTICK_ASSIGN_OR_RETURN(NodeIdentity identity,
                              LoadIdentity(options.data_dir, config));
  TALLYSTICK_ASSIGN_OR_RETURN(
      std::unique_ptr<Store> store,
      OpenSqliteStore(absl::StrCat(options.data_dir, "/node.db"), {}));
  const TlsKeyPair tls = identity.tls;
  const std::string domain = identity.domain;
  TALLYSTICK_ASSIGN_OR_RETURN(std::unique_ptr<Node> node,
                              Node::Open({.identity = std::move(identity),
                                          .config = config,
                                          .store = std::move(store),
                                          .trust = trust_,
                                          .random = SystemRandom(),
                                          .now = absl::Now}));
  engine_ = std::make_unique<Engine>(std::move(node), streams_,
                                     Engine::Options{.log = LogLine});
  if (!config.listen.empty()) {
    PeerServerOptions peer_options;
    peer_options.streams_per_peer_max =
        static_cast<size_t>(config.limits.streams_per_partner);
    peer_options.pair_attempts_per_minute =
        static_cast<int>(config.limits.pairing_attempts_per_minute);
    peer_options.memory_bytes_max =
        static_cast<size_t>(config.limits.network_memory_mib) << 20;
    TALLYSTICK_ASSIGN_OR_RETURN(
        peers_, PeerServer::Start(config.listen, tls, trust_, streams_,
                                  engine_.get(), peer_options));
  }
  const std::string socket = SocketPath(options.data_dir);
  TALLYSTICK_ASSIGN_OR_RETURN(local_,
                              LocalServer::Start(*engine_, lock_, socket));
  LogLine("info", absl::StrCat("started version=", kSoftwareVersion,
                               " party=", domain, " listen=",
                               config.listen.empty() ? "none" : config.listen,
                               " socket=", socket));
  return absl::OkStatus();
}

void RunningDaemon::Stop() {
  if (!engine_) return;
  LogLine("info", "stopping");
  if (local_) local_->Shutdown(kGrace);
  engine_->Stop();
  if (peers_) peers_->Shutdown(kGrace);
  streams_->CancelAll();
  streams_->Drain(kGrace);
  local_ = nullptr;
  peers_ = nullptr;
  engine_ = nullptr;
  LogLine("info", "stopped");
}

}  // namespace

absl::StatusOr<std::unique_ptr<Daemon>> Daemon::Start(
    const DaemonOptions& options) {
  TALLYSTICK_ASSIGN_OR_RETURN(
      const Config config,
      LoadConfig(options.config_file.empty() ? ConfigPath(options.data_dir)
                                             : options.config_file));
  SetLogLevel(config.log_level);
  TALLYSTICK_ASSIGN_OR_RETURN(DataLock lock,
                              DataLock::Acquire(options.data_dir));
  auto daemon = std::make_unique<RunningDaemon>(std::move(lock));
  TALLYSTICK_RETURN_IF_ERROR(daemon->Start(options, config));
  return daemon;
}

}  // namespace tallystick::node
