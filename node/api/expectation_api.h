// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_EXPECTATION_API_H_
#define TALLYSTICK_NODE_API_EXPECTATION_API_H_

#include "absl/status/statusor.h"
#include "node/api/serve.h"
#include "tallystick/v1/expectation_service.grpc.pb.h"

// Say: topics, the view and its gaps.
namespace tallystick::node {

absl::StatusOr<v1::ListTopicsResponse> ListTopics(
    Node& node, const v1::ListTopicsRequest& request);
absl::StatusOr<v1::View> GetView(Node& node, const v1::GetViewRequest& request);
absl::StatusOr<v1::ApplyViewResponse> ApplyView(
    Node& node, const v1::ApplyViewRequest& request);
absl::StatusOr<v1::ConfirmTextResponse> ConfirmText(
    Node& node, const v1::ConfirmTextRequest& request);
absl::StatusOr<v1::GetGapsResponse> GetGaps(Node& node,
                                            const v1::GetGapsRequest& request);

class ExpectationApi final : public v1::ExpectationService::CallbackService {
 public:
  explicit ExpectationApi(Engine& engine) : engine_(engine) {}

  grpc::ServerUnaryReactor* ListTopics(
      grpc::CallbackServerContext* context,
      const v1::ListTopicsRequest* request,
      v1::ListTopicsResponse* response) override {
    return Serve(context, engine_, request, response, &node::ListTopics);
  }
  grpc::ServerUnaryReactor* GetView(grpc::CallbackServerContext* context,
                                    const v1::GetViewRequest* request,
                                    v1::View* response) override {
    return Serve(context, engine_, request, response, &node::GetView);
  }
  grpc::ServerUnaryReactor* ApplyView(
      grpc::CallbackServerContext* context, const v1::ApplyViewRequest* request,
      v1::ApplyViewResponse* response) override {
    return ServeOnce(context, engine_, "ApplyView", request, response,
                     &node::ApplyView);
  }
  grpc::ServerUnaryReactor* ConfirmText(
      grpc::CallbackServerContext* context,
      const v1::ConfirmTextRequest* request,
      v1::ConfirmTextResponse* response) override {
    return ServeOnce(context, engine_, "ConfirmText", request, response,
                     &node::ConfirmText);
  }
  grpc::ServerUnaryReactor* GetGaps(grpc::CallbackServerContext* context,
                                    const v1::GetGapsRequest* request,
                                    v1::GetGapsResponse* response) override {
    return Serve(context, engine_, request, response, &node::GetGaps);
  }

 private:
  Engine& engine_;
};

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_EXPECTATION_API_H_
