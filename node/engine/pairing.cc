// SPDX-License-Identifier: Apache-2.0
// The node's part in pairing: inviting, and taking a caller in.
#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/evidence/plain_text.h"
#include "core/status_macros.h"
#include "node/engine/node.h"
#include "node/engine/spaces.h"
#include "node/identity/address.h"

namespace tallystick::node {
namespace {

constexpr absl::Duration kExpiryMin = absl::Minutes(1);
constexpr absl::Duration kExpiryMax = absl::Hours(24 * 30);

absl::string_view AsView(const std::array<uint8_t, 16>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string SecretKey(absl::string_view secret) {
  return evidence::DigestToHex(evidence::Sha256(secret));
}

// Whether this is who was taken in before, with the same keys.
bool IsPartner(const AllianceNode& alliance, const Fingerprint& caller,
               const v1::PartyCard& card) {
  const v1::PartyCard& partner = alliance.record().partner();
  return alliance.PartnerFingerprint() == std::optional(caller) &&
         card.domain() == partner.domain() &&
         card.log_key() == partner.log_key() &&
         card.witness_key() == partner.witness_key();
}

}  // namespace

absl::Status CheckCard(const v1::PartyCard& card, absl::string_view uid,
                       const Fingerprint& caller,
                       absl::string_view own_domain) {
  const std::string hex = absl::BytesToHexString(uid);
  TALLYSTICK_RETURN_IF_ERROR(CheckDomain(card.domain()));
  if (card.domain() == own_domain) {
    return absl::InvalidArgumentError(
        absl::StrCat("both sides call themselves ", own_domain));
  }
  TALLYSTICK_ASSIGN_OR_RETURN(const auto log_key,
                              evidence::VerifierKey::Parse(card.log_key()));
  TALLYSTICK_ASSIGN_OR_RETURN(const auto witness_key,
                              evidence::VerifierKey::Parse(card.witness_key()));
  TALLYSTICK_ASSIGN_OR_RETURN(const Certificate certificate,
                              ParseCertificate(card.certificate()));
  if (log_key.name != OriginOf(card.domain(), hex) ||
      witness_key.name != WitnessNameOf(card.domain(), hex) ||
      log_key.type != evidence::KeyType::kLog ||
      witness_key.type != evidence::KeyType::kWitness ||
      log_key.public_key == witness_key.public_key ||
      certificate.fingerprint != caller ||
      !CheckDisplayName(card.display_name()).ok() ||
      !evidence::IsPlainLine(card.title(), 200)) {
    return absl::InvalidArgumentError(
        "the keys the other side shows are not for this alliance");
  }
  if (!card.address().empty()) {
    TALLYSTICK_RETURN_IF_ERROR(CheckAddress(card.address()));
  }
  return absl::OkStatus();
}

absl::StatusOr<Invitation> Node::Invite(AllianceNode& alliance,
                                        absl::Duration expires_in,
                                        absl::string_view address) {
  if (alliance.has_partner()) {
    return absl::FailedPreconditionError(absl::StrCat(
        alliance.name(),
        " has a partner already: ", alliance.record().partner().domain(),
        ". A second partner is a second alliance (tally alliance new)"));
  }
  if (expires_in < kExpiryMin || expires_in > kExpiryMax) {
    return absl::InvalidArgumentError(
        "an invitation is good for 1 minute to 30 days (--expires 24h)");
  }
  Invitation invitation;
  invitation.address =
      address.empty() ? config().dialable() : std::string(address);
  if (invitation.address.empty()) {
    return absl::FailedPreconditionError(
        "this node takes no calls, so nobody could join: set `listen` in "
        "tallyd.yaml and start it again, or let the partner invite");
  }
  std::copy(alliance.record().uid().begin(), alliance.record().uid().end(),
            invitation.alliance_uid.begin());
  invitation.inviter = identity().fingerprint();
  invitation.secret = MakeSecret(services_.random);
  invitation.expires =
      absl::FromUnixSeconds(absl::ToUnixSeconds(Now() + expires_in));
  invitation.alliance_name = alliance.name();
  invitation.inviter_domain = identity().domain;
  storage::v1::InvitationRecord record;
  record.set_alliance(alliance.name());
  record.set_secret(std::string(AsView(invitation.secret)));
  record.set_expires_at_us(absl::ToUnixMicros(invitation.expires));
  Put({std::string(kInvitationSpace), SecretKey(record.secret()),
       record.SerializeAsString()});
  trust().SetPairingOpen(true);
  return invitation;
}

void Node::UpdatePairingOpen() {
  bool open = false;
  const auto invitations = store().ListDocuments(kInvitationSpace, "");
  if (invitations.ok()) {
    for (const auto& [key, bytes] : *invitations) {
      storage::v1::InvitationRecord record;
      open =
          open || (record.ParseFromString(bytes) && record.used_at_us() == 0 &&
                   record.expires_at_us() > NowMicros());
    }
  }
  trust().SetPairingOpen(open);
}

absl::StatusOr<storage::v1::InvitationRecord> Node::FindInvitation(
    const AllianceNode& alliance, const Fingerprint& caller,
    const v1::PairRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(const auto invitations,
                              store().ListDocuments(kInvitationSpace, ""));
  for (const auto& [key, bytes] : invitations) {
    storage::v1::InvitationRecord record;
    if (record.ParseFromString(bytes) && record.alliance() == alliance.name() &&
        SameProof(request.proof(),
                  PairingProof(PairRole::kJoin, record.secret(),
                               request.alliance_uid(), identity().fingerprint(),
                               caller, request.card()))) {
      return record;
    }
  }
  return absl::PermissionDeniedError(
      "somebody who does not know the secret, or whose token was altered or "
      "intercepted, tried to join");
}

absl::StatusOr<v1::PairResponse> Node::AcceptPairing(
    const Fingerprint& caller, const v1::PairRequest& request) {
  AllianceNode* alliance = FindByUid(request.alliance_uid());
  if (alliance == nullptr) {
    return absl::NotFoundError("an invitation to an alliance we do not have");
  }
  TALLYSTICK_ASSIGN_OR_RETURN(const storage::v1::InvitationRecord invitation,
                              FindInvitation(*alliance, caller, request));
  v1::PartyCard card;
  if (!card.ParseFromString(request.card())) {
    return absl::InvalidArgumentError("the caller's card cannot be read");
  }
  TALLYSTICK_RETURN_IF_ERROR(
      CheckCard(card, request.alliance_uid(), caller, identity().domain));
  if (!alliance->has_partner()) {
    TALLYSTICK_RETURN_IF_ERROR(Redeem(invitation));
  } else if (!IsPartner(*alliance, caller, card)) {
    return absl::FailedPreconditionError(
        "an invitation was presented a second time");
  }
  // Of a partner whose answer was lost only the address may be new.
  TALLYSTICK_RETURN_IF_ERROR(TakeIn(*alliance, card));
  return Introduction(*alliance, invitation.secret(), caller);
}

absl::Status Node::Redeem(storage::v1::InvitationRecord invitation) {
  if (invitation.expires_at_us() <= NowMicros()) {
    return absl::FailedPreconditionError("an expired invitation was presented");
  }
  invitation.set_used_at_us(NowMicros());
  Put({std::string(kInvitationSpace), SecretKey(invitation.secret()),
       invitation.SerializeAsString()});
  return absl::OkStatus();
}

absl::Status Node::TakeIn(AllianceNode& alliance, v1::PartyCard card) {
  card.set_title(alliance.record().title());
  TALLYSTICK_RETURN_IF_ERROR(alliance.SetPartner(card));
  trust().Add(*alliance.PartnerFingerprint());
  return absl::OkStatus();
}

v1::PairResponse Node::Introduction(const AllianceNode& alliance,
                                    absl::string_view secret,
                                    const Fingerprint& caller) const {
  const AllianceNode::Record& record = alliance.record();
  v1::PairResponse response;
  response.set_card(OwnCard(record.uid(), record.title()).SerializeAsString());
  response.set_proof(PairingProof(PairRole::kInvite, secret, record.uid(),
                                  identity().fingerprint(), caller,
                                  response.card()));
  return response;
}

}  // namespace tallystick::node
