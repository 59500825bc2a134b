// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_DECISION_API_H_
#define TALLYSTICK_NODE_API_DECISION_API_H_

#include "absl/status/statusor.h"
#include "node/api/serve.h"
#include "tallystick/v1/decision_service.grpc.pb.h"

// Agree: proposals, verdicts signed by people, and what came of them.
namespace tallystick::node {

absl::StatusOr<v1::ListDecisionsResponse> ListDecisions(
    Node& node, const v1::ListDecisionsRequest& request);
absl::StatusOr<v1::Decision> GetDecision(Node& node,
                                         const v1::GetDecisionRequest& request);
absl::StatusOr<v1::Decision> ProposeDecision(
    Node& node, const v1::ProposeDecisionRequest& request);
absl::StatusOr<v1::Decision> CounterDecision(
    Node& node, const v1::CounterDecisionRequest& request);
absl::StatusOr<v1::VerdictText> GetVerdictText(
    Node& node, const v1::GetVerdictTextRequest& request);
absl::StatusOr<v1::Decision> RecordVerdict(
    Node& node, const v1::RecordVerdictRequest& request);
absl::StatusOr<v1::Decision> WithdrawDecision(
    Node& node, const v1::WithdrawDecisionRequest& request);

absl::StatusOr<v1::Decision> FulfilDecision(
    Node& node, const v1::FulfilDecisionRequest& request);
absl::StatusOr<v1::ImportPastDecisionsResponse> ImportPastDecisions(
    Node& node, const v1::ImportPastDecisionsRequest& request);
absl::StatusOr<v1::Terms> GetTerms(Node& node,
                                   const v1::GetTermsRequest& request);

class DecisionApi final : public v1::DecisionService::CallbackService {
 public:
  explicit DecisionApi(Engine& engine) : engine_(engine) {}

  grpc::ServerUnaryReactor* ListDecisions(
      grpc::CallbackServerContext* context,
      const v1::ListDecisionsRequest* request,
      v1::ListDecisionsResponse* response) override {
    return Serve(context, engine_, request, response, &node::ListDecisions);
  }
  grpc::ServerUnaryReactor* GetDecision(grpc::CallbackServerContext* context,
                                        const v1::GetDecisionRequest* request,
                                        v1::Decision* response) override {
    return Serve(context, engine_, request, response, &node::GetDecision);
  }
  grpc::ServerUnaryReactor* ProposeDecision(
      grpc::CallbackServerContext* context,
      const v1::ProposeDecisionRequest* request,
      v1::Decision* response) override {
    return ServeOnce(context, engine_, "ProposeDecision", request, response,
                     &node::ProposeDecision);
  }
  grpc::ServerUnaryReactor* CounterDecision(
      grpc::CallbackServerContext* context,
      const v1::CounterDecisionRequest* request,
      v1::Decision* response) override {
    return ServeOnce(context, engine_, "CounterDecision", request, response,
                     &node::CounterDecision);
  }
  grpc::ServerUnaryReactor* GetVerdictText(
      grpc::CallbackServerContext* context,
      const v1::GetVerdictTextRequest* request,
      v1::VerdictText* response) override {
    return Serve(context, engine_, request, response, &node::GetVerdictText);
  }
  grpc::ServerUnaryReactor* RecordVerdict(
      grpc::CallbackServerContext* context,
      const v1::RecordVerdictRequest* request,
      v1::Decision* response) override {
    return ServeOnce(context, engine_, "RecordVerdict", request, response,
                     &node::RecordVerdict);
  }
  grpc::ServerUnaryReactor* WithdrawDecision(
      grpc::CallbackServerContext* context,
      const v1::WithdrawDecisionRequest* request,
      v1::Decision* response) override {
    return ServeOnce(context, engine_, "WithdrawDecision", request, response,
                     &node::WithdrawDecision);
  }
  grpc::ServerUnaryReactor* FulfilDecision(
      grpc::CallbackServerContext* context,
      const v1::FulfilDecisionRequest* request,
      v1::Decision* response) override {
    return ServeOnce(context, engine_, "FulfilDecision", request, response,
                     &node::FulfilDecision);
  }
  grpc::ServerUnaryReactor* ImportPastDecisions(
      grpc::CallbackServerContext* context,
      const v1::ImportPastDecisionsRequest* request,
      v1::ImportPastDecisionsResponse* response) override {
    return ServeOnce(context, engine_, "ImportPastDecisions", request, response,
                     &node::ImportPastDecisions);
  }
  grpc::ServerUnaryReactor* GetTerms(grpc::CallbackServerContext* context,
                                     const v1::GetTermsRequest* request,
                                     v1::Terms* response) override {
    return Serve(context, engine_, request, response, &node::GetTerms);
  }

 private:
  Engine& engine_;
};

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_DECISION_API_H_
