// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_ALLIANCE_API_H_
#define TALLYSTICK_NODE_API_ALLIANCE_API_H_

#include "absl/status/statusor.h"
#include "node/api/serve.h"
#include "tallystick/v1/alliance_service.grpc.pb.h"

// Founding, joining and staffing alliances.
namespace tallystick::node {

absl::StatusOr<v1::Alliance> CreateAlliance(
    Node& node, const v1::CreateAllianceRequest& request);
absl::StatusOr<v1::ListAlliancesResponse> ListAlliances(
    Node& node, const v1::ListAlliancesRequest& request);
absl::StatusOr<v1::Invitation> CreateInvitation(
    Node& node, const v1::CreateInvitationRequest& request);
absl::StatusOr<v1::ListPeopleResponse> ListPeople(
    Node& node, const v1::ListPeopleRequest& request);
absl::StatusOr<v1::RosterPerson> PutPerson(Node& node,
                                           const v1::PutPersonRequest& request);
absl::StatusOr<v1::RemovePersonResponse> RemovePerson(
    Node& node, const v1::RemovePersonRequest& request);
absl::StatusOr<v1::Alliance> SetPartnerAddress(
    Node& node, const v1::SetPartnerAddressRequest& request);

class AllianceApi final : public v1::AllianceService::CallbackService {
 public:
  explicit AllianceApi(Engine& engine) : engine_(engine) {}

  grpc::ServerUnaryReactor* CreateAlliance(
      grpc::CallbackServerContext* context,
      const v1::CreateAllianceRequest* request,
      v1::Alliance* response) override {
    return ServeOnce(context, engine_, "CreateAlliance", request, response,
                     &node::CreateAlliance);
  }
  grpc::ServerUnaryReactor* ListAlliances(
      grpc::CallbackServerContext* context,
      const v1::ListAlliancesRequest* request,
      v1::ListAlliancesResponse* response) override {
    return Serve(context, engine_, request, response, &node::ListAlliances);
  }
  grpc::ServerUnaryReactor* CreateInvitation(
      grpc::CallbackServerContext* context,
      const v1::CreateInvitationRequest* request,
      v1::Invitation* response) override {
    return ServeOnce(context, engine_, "CreateInvitation", request, response,
                     &node::CreateInvitation);
  }
  grpc::ServerUnaryReactor* ListPeople(
      grpc::CallbackServerContext* context,
      const v1::ListPeopleRequest* request,
      v1::ListPeopleResponse* response) override {
    return Serve(context, engine_, request, response, &node::ListPeople);
  }
  grpc::ServerUnaryReactor* PutPerson(grpc::CallbackServerContext* context,
                                      const v1::PutPersonRequest* request,
                                      v1::RosterPerson* response) override {
    return ServeOnce(context, engine_, "PutPerson", request, response,
                     &node::PutPerson);
  }
  grpc::ServerUnaryReactor* RemovePerson(
      grpc::CallbackServerContext* context,
      const v1::RemovePersonRequest* request,
      v1::RemovePersonResponse* response) override {
    return ServeOnce(context, engine_, "RemovePerson", request, response,
                     &node::RemovePerson);
  }
  grpc::ServerUnaryReactor* SetPartnerAddress(
      grpc::CallbackServerContext* context,
      const v1::SetPartnerAddressRequest* request,
      v1::Alliance* response) override {
    return ServeOnce(context, engine_, "SetPartnerAddress", request, response,
                     &node::SetPartnerAddress);
  }

  grpc::ServerUnaryReactor* JoinAlliance(grpc::CallbackServerContext* context,
                                         const v1::JoinAllianceRequest* request,
                                         v1::Alliance* response) override;

 private:
  Engine& engine_;
};

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_ALLIANCE_API_H_
