// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_EVIDENCE_API_H_
#define TALLYSTICK_NODE_API_EVIDENCE_API_H_

#include "absl/status/statusor.h"
#include "node/api/serve.h"
#include "tallystick/v1/evidence_service.grpc.pb.h"

// Prove: the logs, their checkpoints and keys.
namespace tallystick::node {

absl::StatusOr<v1::ListEntriesResponse> ListEntries(
    Node& node, const v1::ListEntriesRequest& request);
absl::StatusOr<v1::LogCheckpoint> GetCheckpoint(
    Node& node, const v1::GetCheckpointRequest& request);
absl::StatusOr<v1::Keys> GetKeys(Node& node, const v1::GetKeysRequest& request);

class EvidenceApi final : public v1::EvidenceService::CallbackService {
 public:
  explicit EvidenceApi(Engine& engine) : engine_(engine) {}

  grpc::ServerUnaryReactor* ListEntries(
      grpc::CallbackServerContext* context,
      const v1::ListEntriesRequest* request,
      v1::ListEntriesResponse* response) override {
    return Serve(context, engine_, request, response, &node::ListEntries);
  }
  grpc::ServerUnaryReactor* GetCheckpoint(
      grpc::CallbackServerContext* context,
      const v1::GetCheckpointRequest* request,
      v1::LogCheckpoint* response) override {
    return Serve(context, engine_, request, response, &node::GetCheckpoint);
  }
  grpc::ServerUnaryReactor* GetKeys(grpc::CallbackServerContext* context,
                                    const v1::GetKeysRequest* request,
                                    v1::Keys* response) override {
    return Serve(context, engine_, request, response, &node::GetKeys);
  }

  // See verification.h.
  grpc::ServerUnaryReactor* VerifyAlliance(
      grpc::CallbackServerContext* context,
      const v1::VerifyAllianceRequest* request,
      v1::Verification* response) override;

 private:
  Engine& engine_;
};

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_EVIDENCE_API_H_
