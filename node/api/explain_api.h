// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_EXPLAIN_API_H_
#define TALLYSTICK_NODE_API_EXPLAIN_API_H_

#include "absl/status/statusor.h"
#include "node/api/serve.h"
#include "tallystick/v1/explain_service.grpc.pb.h"

// Why the reports say what they say.
namespace tallystick::node {

// NOT_FOUND, naming what can be explained, if `subject` is none of it.
absl::StatusOr<v1::Explanation> GetExplanation(
    Node& node, const v1::GetExplanationRequest& request);

class ExplainApi final : public v1::ExplainService::CallbackService {
 public:
  explicit ExplainApi(Engine& engine) : engine_(engine) {}

  grpc::ServerUnaryReactor* GetExplanation(
      grpc::CallbackServerContext* context,
      const v1::GetExplanationRequest* request,
      v1::Explanation* response) override {
    return Serve(context, engine_, request, response, &node::GetExplanation);
  }

 private:
  Engine& engine_;
};

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_EXPLAIN_API_H_
