// SPDX-License-Identifier: Apache-2.0
#include "node/api/alliance_api.h"

#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "core/evidence/allowed_signers.h"
#include "core/evidence/ssh_public_key.h"
#include "node/api/names.h"
#include "node/api/paging.h"
#include "node/engine/spaces.h"
#include "node/identity/address.h"

namespace tallystick::node {
namespace {

v1::Alliance EncodeAlliance(const Node& node, AllianceNode& alliance) {
  const AllianceNode::Record& record = alliance.record();
  alliance::Replica& replica = alliance.replica();
  v1::Alliance message;
  message.set_name(AllianceName(alliance));
  message.set_alliance(alliance.name());
  message.set_title(record.title());
  message.set_uid(absl::BytesToHexString(record.uid()));
  message.set_own(alliance.Domain(alliance.own_party()));
  message.set_partner(alliance.Domain(alliance.partner_party()));
  message.set_partner_display_name(record.partner().display_name());
  message.set_own_party(alliance.own_party());
  message.set_fingerprint_words(node.FingerprintWords(alliance));
  message.set_connected(replica.connected());
  message.set_own_size(replica.own_log().size());
  message.set_partner_size(replica.partner_log().size());
  message.set_cosigned_size(replica.own_log().head().cosigned_size);
  message.set_state_digest(evidence::DigestToHex(replica.StateDigest()));
  message.set_in_step(replica.connected() && replica.InStep());
  if (alliance.last_contact != absl::InfinitePast()) {
    message.set_last_contact(
        TimeText(absl::ToUnixMicros(alliance.last_contact)));
  } else if (record.last_contact_us() > 0) {
    message.set_last_contact(TimeText(record.last_contact_us()));
  }
  message.set_open_alerts(replica.alerts().open_count());
  if (!replica.stopped().empty()) message.set_stopped(replica.stopped());
  message.set_own_short_name(alliance.ShortName(alliance.own_party()));
  message.set_partner_short_name(alliance.ShortName(alliance.partner_party()));
  return message;
}

v1::RosterPerson EncodePerson(const AllianceNode& alliance, v1::Party party,
                              const alliance::RosterPerson& person) {
  v1::RosterPerson message;
  message.set_person(person.id);
  message.set_party(alliance.ShortName(party));
  message.set_name(absl::StrCat(AllianceName(alliance), "/people/",
                                message.party(), "/", person.id));
  message.set_display_name(person.display_name);
  for (const std::string& role : person.roles) message.add_roles(role);
  for (const std::string& forum : person.forums) message.add_forums(forum);
  message.set_principal(absl::StrCat(person.id, "@", alliance.Domain(party)));
  const auto key = evidence::SshPublicKey::Parse(person.ssh_public_key);
  if (key.ok()) {
    message.set_key_fingerprint(key->Fingerprint());
    std::string line = evidence::FormatAllowedSigner(
        message.principal(), *key, std::nullopt, std::nullopt);
    absl::StripTrailingAsciiWhitespace(&line);
    message.set_allowed_signer(line);
  }
  return message;
}

alliance::RosterPerson FromMessage(const v1::Person& person) {
  return {.id = person.id(),
          .display_name = person.display_name(),
          .roles = {person.roles().begin(), person.roles().end()},
          .forums = {person.forums().begin(), person.forums().end()},
          .ssh_public_key = person.ssh_public_key()};
}

// One call of JoinAlliance that is waiting for the partner.
struct Joining {
  Engine& engine;
  const v1::JoinAllianceRequest* request;
  v1::Alliance* response;
  grpc::ServerUnaryReactor* reactor;
  Invitation invitation;
  bool answered = false;
};

void FinishJoining(const std::shared_ptr<Joining>& joining,
                   absl::StatusOr<std::string> name) {
  if (!name.ok()) {
    joining->reactor->Finish(ToGrpcStatus(name.status()));
    return;
  }
  joining->engine.Call(
      [joining, name = *std::move(name)](Node& node) -> absl::Status {
        TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance, node.Find(name));
        *joining->response = EncodeAlliance(node, *alliance);
        Remember(node, "JoinAlliance", *joining->request, *joining->response);
        return absl::OkStatus();
      },
      [joining](const absl::Status& status) {
        joining->reactor->Finish(ToGrpcStatus(status));
      });
}

}  // namespace

absl::StatusOr<v1::Alliance> CreateAlliance(
    Node& node, const v1::CreateAllianceRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(
      AllianceNode * alliance,
      node.CreateAlliance(request.alliance_id(), request.title()));
  return EncodeAlliance(node, *alliance);
}

absl::StatusOr<v1::ListAlliancesResponse> ListAlliances(
    Node& node, const v1::ListAlliancesRequest& request) {
  v1::ListAlliancesResponse response;
  response.set_party(node.identity().domain);
  response.set_display_name(node.identity().display_name);
  response.set_software_version(std::string(kSoftwareVersion));
  response.set_listen_address(node.config().dialable());
  std::vector<AllianceNode*> alliances;
  if (!request.filter_name().empty()) {
    TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                                node.Find(request.filter_name()));
    alliances.push_back(alliance);
  } else {
    for (const auto& [name, alliance] : node.alliances()) {
      alliances.push_back(alliance.get());
    }
  }
  constexpr absl::string_view kList = "alliances";
  TALLYSTICK_ASSIGN_OR_RETURN(const size_t size,
                              ReadPageSize(request.page_size()));
  size_t next = 0;
  if (!request.page_token().empty()) {
    TALLYSTICK_ASSIGN_OR_RETURN(const std::vector<uint64_t> place,
                                ParseToken(kList, request.page_token(), 1));
    next = place[0];
  }
  for (; next < alliances.size(); ++next) {
    if (static_cast<size_t>(response.alliances_size()) == size) {
      response.set_next_page_token(FormatToken(kList, {next}));
      break;
    }
    *response.add_alliances() = EncodeAlliance(node, *alliances[next]);
  }
  return response;
}

absl::StatusOr<v1::Invitation> CreateInvitation(
    Node& node, const v1::CreateInvitationRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  const absl::Duration expires_in =
      request.expires_in_seconds() == 0
          ? absl::Hours(24)
          : absl::Seconds(request.expires_in_seconds());
  TALLYSTICK_ASSIGN_OR_RETURN(
      const Invitation invitation,
      node.Invite(*alliance, expires_in, request.address()));
  v1::Invitation response;
  TALLYSTICK_ASSIGN_OR_RETURN(*response.mutable_token(),
                              FormatInvitation(invitation));
  response.set_expires_at(TimeText(absl::ToUnixMicros(invitation.expires)));
  return response;
}

grpc::ServerUnaryReactor* AllianceApi::JoinAlliance(
    grpc::CallbackServerContext* context,
    const v1::JoinAllianceRequest* request, v1::Alliance* response) {
  auto joining = std::make_shared<Joining>(
      Joining{engine_, request, response, context->DefaultReactor(), {}});
  engine_.Call(
      [joining](Node& node) -> absl::Status {
        TALLYSTICK_ASSIGN_OR_RETURN(
            std::optional<v1::Alliance> answered,
            FindAnswered<v1::Alliance>(node, "JoinAlliance",
                                       *joining->request));
        if (answered) {
          *joining->response = *std::move(answered);
          joining->answered = true;
          return absl::OkStatus();
        }
        TALLYSTICK_ASSIGN_OR_RETURN(joining->invitation,
                                    ParseInvitation(joining->request->token()));
        return absl::OkStatus();
      },
      [joining](const absl::Status& status) {
        if (!status.ok() || joining->answered) {
          joining->reactor->Finish(ToGrpcStatus(status));
          return;
        }
        joining->engine.Join(joining->invitation,
                             joining->request->alliance_id(),
                             [joining](absl::StatusOr<std::string> name) {
                               FinishJoining(joining, std::move(name));
                             });
      });
  return joining->reactor;
}

absl::StatusOr<v1::ListPeopleResponse> ListPeople(
    Node& node, const v1::ListPeopleRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  std::vector<v1::RosterPerson> people;
  for (const v1::Party party :
       {alliance->own_party(), alliance->partner_party()}) {
    for (const auto& [id, person] : alliance->state().roster(party)) {
      people.push_back(EncodePerson(*alliance, party, person));
    }
  }
  const std::string list = absl::StrCat("people\n", alliance->name());
  TALLYSTICK_ASSIGN_OR_RETURN(const size_t size,
                              ReadPageSize(request.page_size()));
  size_t next = 0;
  if (!request.page_token().empty()) {
    TALLYSTICK_ASSIGN_OR_RETURN(const std::vector<uint64_t> place,
                                ParseToken(list, request.page_token(), 1));
    next = place[0];
  }
  v1::ListPeopleResponse response;
  for (; next < people.size(); ++next) {
    if (static_cast<size_t>(response.people_size()) == size) {
      response.set_next_page_token(FormatToken(list, {next}));
      break;
    }
    *response.add_people() = std::move(people[next]);
  }
  return response;
}

absl::StatusOr<v1::RosterPerson> PutPerson(
    Node& node, const v1::PutPersonRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  v1::Body body;
  v1::Person& person = *body.mutable_roster_change()->mutable_put();
  person = request.person();
  const auto key = evidence::SshPublicKey::Parse(person.ssh_public_key());
  if (!key.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "the key of ", person.id(), " cannot be used: ", key.status().message(),
        " (people sign with Ed25519: ssh-keygen -t ed25519)"));
  }
  // The log takes the key without the comment behind it.
  person.set_ssh_public_key(key->ToString());
  const v1::Party own = alliance->own_party();
  alliance::AllianceState rehearsal = alliance->state();
  const ledger::Leaf leaf = {
      .partner_size = alliance->replica().partner_log().size(),
      .time_us = node.NowMicros(),
      .author = "",
      .body_commitment = {}};
  if (!rehearsal.FoldOrRefuse(own, leaf, body.SerializeAsString()).ok()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "\"", person.id(),
        "\" cannot be added: an id is 1 to 63 of a-z, 0-9, '.', '_' and '-', a "
        "name at most 200 bytes, with at most 20 roles and 20 forums"));
  }
  if (!request.validate_only()) {
    TALLYSTICK_RETURN_IF_ERROR(node.Append(*alliance, {&body, 1}, ""));
  }
  return EncodePerson(*alliance, own, FromMessage(person));
}

absl::StatusOr<v1::RemovePersonResponse> RemovePerson(
    Node& node, const v1::RemovePersonRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  const v1::Party own = alliance->own_party();
  if (alliance->state().roster(own).count(request.person()) == 0) {
    return absl::NotFoundError(
        absl::StrCat(request.person(), " is not on the roster of ",
                     alliance->ShortName(own), " (see: tally people)"));
  }
  v1::Body body;
  body.mutable_roster_change()->set_remove(request.person());
  if (!request.validate_only()) {
    TALLYSTICK_RETURN_IF_ERROR(node.Append(*alliance, {&body, 1}, ""));
  }
  return v1::RemovePersonResponse();
}

absl::StatusOr<v1::Alliance> SetPartnerAddress(
    Node& node, const v1::SetPartnerAddressRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  if (!alliance->has_partner()) {
    return absl::FailedPreconditionError(
        "nobody has joined yet; the address comes with the partner (tally "
        "invite)");
  }
  if (!request.address().empty()) {
    TALLYSTICK_RETURN_IF_ERROR(CheckAddress(request.address()));
  }
  if (!request.validate_only()) {
    alliance->SetPartnerAddress(request.address());
    // Tried at once, whatever was waited for.
    alliance->dial_at = node.SteadyNow();
  }
  return EncodeAlliance(node, *alliance);
}

}  // namespace tallystick::node
