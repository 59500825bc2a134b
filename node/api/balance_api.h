// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_BALANCE_API_H_
#define TALLYSTICK_NODE_API_BALANCE_API_H_

#include "absl/status/statusor.h"
#include "core/alliance/balance_report.h"
#include "node/api/names.h"
#include "node/api/serve.h"
#include "tallystick/v1/balance_service.grpc.pb.h"

// Do against do: balance, and being better off.
namespace tallystick::node {

// With the figures that stay at this node.
absl::StatusOr<alliance::BalanceReport> ReportBalance(
    const AllianceNode& alliance, const StateView& state);

absl::StatusOr<v1::Balance> GetBalance(Node& node,
                                       const v1::GetBalanceRequest& request);
absl::StatusOr<v1::StateBetterOffResponse> StateBetterOff(
    Node& node, const v1::StateBetterOffRequest& request);
absl::StatusOr<v1::SetPrivateFiguresResponse> SetPrivateFigures(
    Node& node, const v1::SetPrivateFiguresRequest& request);

class BalanceApi final : public v1::BalanceService::CallbackService {
 public:
  explicit BalanceApi(Engine& engine) : engine_(engine) {}

  grpc::ServerUnaryReactor* GetBalance(grpc::CallbackServerContext* context,
                                       const v1::GetBalanceRequest* request,
                                       v1::Balance* response) override {
    return Serve(context, engine_, request, response, &node::GetBalance);
  }
  grpc::ServerUnaryReactor* StateBetterOff(
      grpc::CallbackServerContext* context,
      const v1::StateBetterOffRequest* request,
      v1::StateBetterOffResponse* response) override {
    return ServeOnce(context, engine_, "StateBetterOff", request, response,
                     &node::StateBetterOff);
  }
  grpc::ServerUnaryReactor* SetPrivateFigures(
      grpc::CallbackServerContext* context,
      const v1::SetPrivateFiguresRequest* request,
      v1::SetPrivateFiguresResponse* response) override {
    return ServeOnce(context, engine_, "SetPrivateFigures", request, response,
                     &node::SetPrivateFigures);
  }

 private:
  Engine& engine_;
};

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_BALANCE_API_H_
