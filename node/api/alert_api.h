// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_ALERT_API_H_
#define TALLYSTICK_NODE_API_ALERT_API_H_

#include "absl/status/statusor.h"
#include "node/api/alert_stream.h"
#include "node/api/serve.h"
#include "tallystick/v1/alert_service.grpc.pb.h"

// Watch: what this node noticed by itself.
namespace tallystick::node {

absl::StatusOr<v1::ListAlertsResponse> ListAlerts(
    Node& node, const v1::ListAlertsRequest& request);
absl::StatusOr<v1::Alert> AcknowledgeAlert(
    Node& node, const v1::AcknowledgeAlertRequest& request);

class AlertApi final : public v1::AlertService::CallbackService {
 public:
  explicit AlertApi(Engine& engine) : engine_(engine) {}

  grpc::ServerUnaryReactor* ListAlerts(
      grpc::CallbackServerContext* context,
      const v1::ListAlertsRequest* request,
      v1::ListAlertsResponse* response) override {
    return Serve(context, engine_, request, response, &node::ListAlerts);
  }
  grpc::ServerUnaryReactor* AcknowledgeAlert(
      grpc::CallbackServerContext* context,
      const v1::AcknowledgeAlertRequest* request,
      v1::Alert* response) override {
    return ServeOnce(context, engine_, "AcknowledgeAlert", request, response,
                     &node::AcknowledgeAlert);
  }

  // Sends the open alerts, then each one as it opens or changes. Ends with
  // RESOURCE_EXHAUSTED if the caller does not keep up.
  grpc::ServerWriteReactor<v1::Alert>* WatchAlerts(
      grpc::CallbackServerContext* context,
      const v1::WatchAlertsRequest* request) override;
  // Ends every watch with UNAVAILABLE, and those that come later: without it
  // the server could not shut down.
  void EndWatches() { watches_.EndAll(); }

  // For the stream behind WatchAlerts.
  Engine& engine() { return engine_; }
  AlertWatches& watches() { return watches_; }

 private:
  Engine& engine_;
  AlertWatches watches_;
};

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_ALERT_API_H_
