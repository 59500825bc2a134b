// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_DRIFT_API_H_
#define TALLYSTICK_NODE_API_DRIFT_API_H_

#include "absl/status/statusor.h"
#include "node/api/serve.h"
#include "tallystick/v1/drift_service.grpc.pb.h"

// Watch: whether what was agreed or expected has moved.
namespace tallystick::node {

absl::StatusOr<v1::GetDriftResponse> GetDrift(
    Node& node, const v1::GetDriftRequest& request);

class DriftApi final : public v1::DriftService::CallbackService {
 public:
  explicit DriftApi(Engine& engine) : engine_(engine) {}

  grpc::ServerUnaryReactor* GetDrift(grpc::CallbackServerContext* context,
                                     const v1::GetDriftRequest* request,
                                     v1::GetDriftResponse* response) override {
    return Serve(context, engine_, request, response, &node::GetDrift);
  }

 private:
  Engine& engine_;
};

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_DRIFT_API_H_
