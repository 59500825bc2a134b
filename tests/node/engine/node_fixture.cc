// SPDX-License-Identifier: Apache-2.0
#include "tests/node/engine/node_fixture.h"

#include <filesystem>
#include <utility>

#include "gtest/gtest.h"
#include "node/store/sqlite_store.h"

namespace tallystick::node {
namespace {

std::string UidOf(const Invitation& invitation) {
  return {invitation.alliance_uid.begin(), invitation.alliance_uid.end()};
}

}  // namespace

std::unique_ptr<Node> OpenNode(const std::string& directory,
                               const std::string& domain,
                               const HandClock& clock,
                               const std::string& listen,
                               std::shared_ptr<Trust> trust) {
  Config config;
  config.party = domain;
  config.name = domain;
  config.listen = listen;
  auto identity = std::filesystem::exists(directory)
                      ? LoadIdentity(directory, config)
                      : CreateIdentity(directory, domain, domain, listen);
  EXPECT_TRUE(identity.ok()) << identity.status();
  auto store = OpenSqliteStore(directory + "/node.db", {});
  EXPECT_TRUE(store.ok()) << store.status();
  auto node =
      Node::Open({.identity = *std::move(identity),
                  .config = config,
                  .store = *std::move(store),
                  .trust = trust ? std::move(trust) : std::make_shared<Trust>(),
                  .random = SystemRandom(),
                  .now = [&clock] { return clock.Now(); },
                  .steady_now = [&clock] { return clock.SteadyNow(); }});
  EXPECT_TRUE(node.ok()) << node.status();
  return *std::move(node);
}

absl::Status Commit(Node& node) {
  absl::Status status = node.store().Commit(node.TakeTransaction());
  return status.ok() ? node.FinishCommit() : status;
}

Invitation FoundAndInvite(Node& inviter) {
  auto alliance = inviter.CreateAlliance("rtd", "Coffee");
  EXPECT_TRUE(alliance.ok()) << alliance.status();
  auto invitation = inviter.Invite(**alliance, absl::Hours(1), "");
  EXPECT_TRUE(invitation.ok()) << invitation.status();
  return *invitation;
}

v1::PairRequest RequestToJoin(const Node& joiner,
                              const Invitation& invitation) {
  return RequestToJoin(joiner, invitation,
                       joiner.OwnCard(UidOf(invitation), ""));
}

v1::PairRequest RequestToJoin(const Node& joiner, const Invitation& invitation,
                              const v1::PartyCard& card) {
  v1::PairRequest request;
  request.set_alliance_uid(UidOf(invitation));
  request.set_card(card.SerializeAsString());
  request.set_proof(PairingProof(
      PairRole::kJoin,
      std::string(invitation.secret.begin(), invitation.secret.end()),
      request.alliance_uid(), invitation.inviter,
      joiner.identity().fingerprint(), request.card()));
  return request;
}

}  // namespace tallystick::node
