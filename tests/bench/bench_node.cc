// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/bench_node.h"

#include <cstdio>
#include <cstdlib>
#include <future>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "node/store/sqlite_store.h"

namespace tallystick::bench {

void Die(const absl::Status& status) {
  std::fprintf(stderr, "bench: %s\n", status.ToString().c_str());
  std::exit(1);
}

BenchNode::BenchNode(const std::string& directory, const std::string& domain,
                     int port)
    : port_(port) {
  const std::string listen = port == 0 ? "" : absl::StrCat("127.0.0.1:", port);
  auto identity = node::CreateIdentity(directory, domain, domain, listen);
  Check(identity.status());
  tls_ = identity->tls;
  auto config = node::LoadConfig(node::ConfigPath(directory));
  Check(config.status());
  auto store = node::OpenSqliteStore(directory + "/node.db", {});
  Check(store.status());
  auto node = node::Node::Open({.identity = *std::move(identity),
                                .config = *std::move(config),
                                .store = *std::move(store),
                                .trust = trust_,
                                .random = node::SystemRandom(),
                                .now = absl::Now});
  Check(node.status());
  node::Engine::Options options;
  options.log = [this](absl::string_view, absl::string_view line) {
    if (absl::StrContains(line, " connected partner=")) ++connections_;
  };
  options.settled = [this](node::Node& settled) {
    if (waiting_ && waiting_(settled)) waiting_ = nullptr;
  };
  engine_ = std::make_unique<node::Engine>(*std::move(node), streams_, options);
}

BenchNode::~BenchNode() {
  engine_->Stop();
  StopListening();
  streams_->CancelAll();
  streams_->Drain(absl::Seconds(5));
}

void BenchNode::Listen() {
  auto server = node::PeerServer::Start(absl::StrCat("127.0.0.1:", port_), tls_,
                                        trust_, streams_, engine_.get());
  Check(server.status());
  server_ = *std::move(server);
}

void BenchNode::StopListening() {
  if (server_) server_->Shutdown(absl::ZeroDuration());
  server_ = nullptr;
}

void BenchNode::CallNode(const std::function<absl::Status(node::Node&)>& work) {
  std::promise<absl::Status> answered;
  engine_->Call(work, [&](absl::Status status) {
    answered.set_value(std::move(status));
  });
  Check(answered.get_future().get());
}

void BenchNode::Call(
    const std::function<absl::Status(node::AllianceNode&)>& work) {
  CallNode([&](node::Node& node) -> absl::Status {
    auto alliance = node.Find("");
    return alliance.ok() ? work(**alliance) : alliance.status();
  });
}

void BenchNode::Until(const std::function<bool(node::AllianceNode&)>& ready) {
  std::promise<void> seen;
  CallNode([&](node::Node&) {
    waiting_ = [&](node::Node& node) {
      const bool done = ready(**node.Find(""));
      if (done) seen.set_value();
      return done;
    };
    return absl::OkStatus();
  });
  seen.get_future().get();
}

void BenchNode::PairWith(BenchNode& partner) {
  node::Invitation invitation;
  CallNode([&](node::Node& node) -> absl::Status {
    auto alliance = node.CreateAlliance(kAlliance, "Benchmark");
    if (!alliance.ok()) return alliance.status();
    auto made = node.Invite(**alliance, absl::Hours(1), "");
    if (made.ok()) invitation = *made;
    return made.status();
  });
  std::promise<absl::Status> joined;
  partner.engine_->Join(invitation, "", [&](absl::StatusOr<std::string> name) {
    joined.set_value(name.status());
  });
  Check(joined.get_future().get());
  for (BenchNode* node : {this, &partner}) {
    node->Until([](node::AllianceNode& alliance) {
      return alliance.replica().InStep();
    });
  }
}

}  // namespace tallystick::bench
