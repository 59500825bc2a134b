// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_ENGINE_NODE_H_
#define TALLYSTICK_NODE_ENGINE_NODE_H_

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "node/engine/alliance_node.h"
#include "node/engine/steady_clock.h"
#include "node/identity/config.h"
#include "node/identity/invitation.h"
#include "node/identity/node_identity.h"
#include "node/identity/random.h"
#include "node/peer/trust.h"
#include "node/store/store.h"
#include "tallystick/v1/entry.pb.h"

// Everything this node knows, as the API's handlers see it. Lives on the
// engine's thread and does no network I/O; what it changes is committed by the
// engine when the handler has returned, and only then answered.
namespace tallystick::node {

// Whether a card that came with a pairing names the keys of one party of this
// alliance, and the certificate its bearer proved. Hostile input.
absl::Status CheckCard(const v1::PartyCard& card, absl::string_view uid,
                       const Fingerprint& bearer, absl::string_view own_domain);

// Whether people can call an alliance this. INVALID_ARGUMENT, in words.
absl::Status CheckAllianceName(absl::string_view name);

class Node {
 public:
  struct Services {
    NodeIdentity identity;
    Config config;
    std::unique_ptr<Store> store;
    std::shared_ptr<Trust> trust;
    RandomBytes random;
    // The date: for people, and for what is written.
    std::function<absl::Time()> now;
    // For waiting.
    std::function<absl::Duration()> steady_now = node::SteadyNow;
  };

  // Loads every alliance. `progress` is told what takes long.
  static absl::StatusOr<std::unique_ptr<Node>> Open(Services services);

  const NodeIdentity& identity() const { return services_.identity; }
  const Config& config() const { return services_.config; }
  Store& store() { return *services_.store; }
  Trust& trust() { return *services_.trust; }
  absl::Time Now() const { return services_.now(); }
  absl::Duration SteadyNow() const { return services_.steady_now(); }
  int64_t NowMicros() const { return absl::ToUnixMicros(Now()); }
  // Fresh random bytes, for uids and salts.
  std::string Random(size_t size) const;

  // By short name.
  const std::map<std::string, std::unique_ptr<AllianceNode>>& alliances()
      const {
    return alliances_;
  }
  // Accepts "alliances/NAME"; with an empty name the only alliance there is.
  // NOT_FOUND or INVALID_ARGUMENT, in words.
  absl::StatusOr<AllianceNode*> Find(absl::string_view resource);
  AllianceNode* FindByUid(absl::string_view uid);
  AllianceNode* FindByKey(AllianceKey key);

  // Founds an alliance; this node is party A.
  absl::StatusOr<AllianceNode*> CreateAlliance(absl::string_view name,
                                               absl::string_view title);
  // Party B's side of a pairing that the partner has accepted.
  absl::StatusOr<AllianceNode*> AddJoined(absl::string_view name,
                                          absl::string_view uid,
                                          const v1::PartyCard& partner);

  // A new invitation to an alliance that has no partner yet.
  absl::StatusOr<Invitation> Invite(AllianceNode& alliance,
                                    absl::Duration expires_in,
                                    absl::string_view address);
  // Party A's side: checks the proof and takes the caller in. The partner that
  // was taken in gets the same answer again, as the first may have been lost.
  // Any error means refusal; its message is for our log and alert, never for
  // the caller.
  absl::StatusOr<v1::PairResponse> AcceptPairing(
      const Fingerprint& caller, const v1::PairRequest& request);
  // How this node introduces itself in an alliance.
  v1::PartyCard OwnCard(absl::string_view alliance_uid,
                        absl::string_view title) const;
  // Six words over both parties' keys; empty until there is a partner.
  std::string FingerprintWords(const AllianceNode& alliance) const;

  // Writes statements of the own company: all or none. Errors are those of
  // Replica::Append, in words.
  absl::Status Append(AllianceNode& alliance, absl::Span<const v1::Body> bodies,
                      absl::string_view author);

  // A request id that was answered before: the stored answer. INVALID_ARGUMENT
  // if the call was another one: `request_hash` is SHA-256 over all of the
  // request.
  absl::StatusOr<std::optional<std::string>> FindAnswer(
      absl::string_view method, absl::string_view request_id,
      absl::string_view request_hash) const;
  void RememberAnswer(absl::string_view method, absl::string_view request_id,
                      absl::string_view request_hash, std::string response);

  // Stored with the next transaction.
  void Put(Document document) { documents_.push_back(std::move(document)); }

  // True if something waits to be stored that must not wait, or anything.
  bool Urgent() const;
  bool Changed() const;
  // What is stored could not be read: Reload is needed.
  bool NeedsReload() const;
  // What has to be committed now; empty if nothing changed. After a failed
  // commit call Reload.
  Transaction TakeTransaction();
  absl::Status Reload();
  // Alerts that changed since the last call, for those who watch.
  std::vector<std::pair<std::string, drift::Alert>> TakeChangedAlerts();
  // Replicas that must be loaded again after the commit.
  absl::Status FinishCommit();
  void UpdatePairingOpen();
  // Snapshots of alliances that have grown much, or at all.
  void StoreSnapshots(bool all);
  void ForgetOldAnswers();

 private:
  explicit Node(Services services) : services_(std::move(services)) {}

  absl::StatusOr<AllianceNode*> Add(storage::v1::AllianceRecord record);
  absl::Status CheckIdentity(const AllianceNode& alliance) const;
  void TakeStep(AllianceNode& alliance, Transaction* transaction);
  absl::StatusOr<storage::v1::InvitationRecord> FindInvitation(
      const AllianceNode& alliance, const Fingerprint& caller,
      const v1::PairRequest& request);
  absl::Status Redeem(storage::v1::InvitationRecord invitation);
  absl::Status TakeIn(AllianceNode& alliance, v1::PartyCard card);
  v1::PairResponse Introduction(const AllianceNode& alliance,
                                absl::string_view secret,
                                const Fingerprint& caller) const;

  Services services_;
  std::map<std::string, std::unique_ptr<AllianceNode>> alliances_;
  std::vector<Document> documents_;
  std::vector<std::pair<std::string, drift::Alert>> changed_alerts_;
  std::vector<AllianceNode*> to_reload_;
};

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_ENGINE_NODE_H_
