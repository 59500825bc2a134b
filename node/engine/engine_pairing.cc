// SPDX-License-Identifier: Apache-2.0
// The engine's part in pairing: letting a caller in, and joining.
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/status_macros.h"
#include "node/engine/engine.h"

namespace tallystick::node {
namespace {

constexpr absl::Duration kPairTimeout = absl::Seconds(15);

absl::string_view AsView(const std::array<uint8_t, 16>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// What the alliance will be called here.
std::string NameFor(const Invitation& invitation, const std::string& wanted) {
  return wanted.empty() ? invitation.alliance_name : wanted;
}

// The name of the alliance if it was joined by this invitation before; empty
// if it can be joined now. Looked at before dialling: afterwards the token is
// spent.
absl::StatusOr<std::string> JoinedBefore(Node& node,
                                         const Invitation& invitation,
                                         const std::string& wanted) {
  const std::string name = NameFor(invitation, wanted);
  TALLYSTICK_RETURN_IF_ERROR(CheckAllianceName(name));
  if (invitation.inviter_domain == node.identity().domain) {
    return absl::InvalidArgumentError(
        "this is an invitation of your own node; send it to the partner");
  }
  if (const AllianceNode* joined =
          node.FindByUid(AsView(invitation.alliance_uid))) {
    if (wanted.empty() || wanted == joined->name()) return joined->name();
    return absl::AlreadyExistsError(
        absl::StrCat("this alliance was joined as \"", joined->name(),
                     "\" before (see: tally status)"));
  }
  if (node.alliances().count(name) > 0) {
    return absl::AlreadyExistsError(
        absl::StrCat("there is an alliance \"", name,
                     "\" here already (join under another name: tally join "
                     "TOKEN --as NAME)"));
  }
  return std::string();
}

// The inviter's card, if it proves that it made the invitation.
absl::StatusOr<v1::PartyCard> ReadInviter(const Paired& paired,
                                          const Invitation& invitation,
                                          const NodeIdentity& identity) {
  const absl::string_view uid = AsView(invitation.alliance_uid);
  const Fingerprint& inviter = paired.inviter.fingerprint;
  v1::PartyCard card;
  if (!SameProof(paired.response.proof(),
                 PairingProof(PairRole::kInvite, AsView(invitation.secret), uid,
                              inviter, identity.fingerprint(),
                              paired.response.card())) ||
      !card.ParseFromString(paired.response.card())) {
    return absl::PermissionDeniedError(
        "the other side could not prove that it made the invitation; nothing "
        "was joined. Ask the partner for a new one");
  }
  TALLYSTICK_RETURN_IF_ERROR(CheckCard(card, uid, inviter, identity.domain));
  // The address that was dialled works; the card's may be empty.
  if (card.address().empty()) card.set_address(invitation.address);
  return card;
}

drift::Finding PairingRefused(const AllianceNode& alliance,
                              absl::string_view why) {
  return {.kind = "pairing.refused",
          .subject = alliance.name(),
          .party = v1::PARTY_UNSPECIFIED,
          .variant = "",
          .severity = drift::Severity::kWatch,
          .text = absl::StrCat(
              "Pairing was refused: ", why,
              alliance.has_partner()
                  ? ". Your partner is in already; somebody else tried, or "
                    "tried again."
                  : ". If your partner tried to join, invite it again and send "
                    "the token another way.")};
}

}  // namespace

void Engine::OnPair(const Fingerprint& caller, v1::PairRequest request,
                    PairReply reply) {
  auto response = std::make_shared<v1::PairResponse>();
  auto shared = std::make_shared<v1::PairRequest>(std::move(request));
  Call(
      [this, caller, shared, response](Node& node) -> absl::Status {
        auto accepted = node.AcceptPairing(caller, *shared);
        if (accepted.ok()) {
          *response = *std::move(accepted);
          AllianceNode& taken = *node.FindByUid(shared->alliance_uid());
          taken.replica().EndAlert(PairingRefused(taken, "").Key(),
                                   node.NowMicros());
          Log("info", absl::StrCat("paired partner=", caller.ToHex()));
          return absl::OkStatus();
        }
        Log("warning",
            absl::StrCat("pairing refused: ", accepted.status().message()));
        if (AllianceNode* alliance = node.FindByUid(shared->alliance_uid())) {
          alliance->replica().Raise(
              PairingRefused(*alliance, accepted.status().message()),
              node.NowMicros());
        }
        return accepted.status();
      },
      [response, reply = std::move(reply)](absl::Status status) {
        if (status.ok()) {
          reply(std::move(*response));
        } else {
          reply(std::move(status));
        }
      });
}

void Engine::Join(
    const Invitation& invitation, const std::string& name,
    const std::function<void(absl::StatusOr<std::string>)>& done) {
  auto joined = std::make_shared<std::string>();
  Call(
      [this, invitation, name, joined, done](Node& node) -> absl::Status {
        TALLYSTICK_ASSIGN_OR_RETURN(*joined,
                                    JoinedBefore(node, invitation, name));
        if (!joined->empty()) return absl::OkStatus();
        v1::PairRequest request;
        request.set_alliance_uid(std::string(AsView(invitation.alliance_uid)));
        request.set_card(
            node.OwnCard(request.alliance_uid(), "").SerializeAsString());
        request.set_proof(PairingProof(
            PairRole::kJoin, AsView(invitation.secret), request.alliance_uid(),
            invitation.inviter, node.identity().fingerprint(), request.card()));
        PairWith(invitation.address, invitation.inviter, node.identity().tls,
                 request, kPairTimeout,
                 [this, invitation, name, done](absl::StatusOr<Paired> paired) {
                   FinishJoin(invitation, name, std::move(paired), done);
                 });
        return absl::OkStatus();
      },
      [joined, done](absl::Status status) {
        if (!status.ok()) return done(std::move(status));
        if (!joined->empty()) done(*joined);
      });
}

void Engine::FinishJoin(
    const Invitation& invitation, const std::string& name,
    absl::StatusOr<Paired> paired,
    const std::function<void(absl::StatusOr<std::string>)>& done) {
  auto shared = std::make_shared<absl::StatusOr<Paired>>(std::move(paired));
  auto joined = std::make_shared<std::string>();
  Call(
      [invitation, name, shared, joined](Node& node) -> absl::Status {
        // Another call may have been quicker.
        TALLYSTICK_ASSIGN_OR_RETURN(*joined,
                                    JoinedBefore(node, invitation, name));
        if (!joined->empty()) return absl::OkStatus();
        if (!shared->ok()) {
          // Only the inviter knows whether a token was used in time.
          TALLYSTICK_RETURN_IF_ERROR(CheckNotExpired(invitation, node.Now()));
          return shared->status();
        }
        TALLYSTICK_ASSIGN_OR_RETURN(
            const v1::PartyCard card,
            ReadInviter(**shared, invitation, node.identity()));
        TALLYSTICK_ASSIGN_OR_RETURN(
            const AllianceNode* alliance,
            node.AddJoined(NameFor(invitation, name),
                           AsView(invitation.alliance_uid), card));
        *joined = alliance->name();
        return absl::OkStatus();
      },
      [joined, done](absl::Status status) {
        if (status.ok()) {
          done(*joined);
        } else {
          done(std::move(status));
        }
      });
}

}  // namespace tallystick::node
