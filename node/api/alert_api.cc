// SPDX-License-Identifier: Apache-2.0
#include "node/api/alert_api.h"

#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/alliance/ids.h"
#include "node/api/names.h"
#include "node/api/paging.h"

namespace tallystick::node {
namespace {

v1::Alert::State Encode(drift::Alert::State state) {
  switch (state) {
    case drift::Alert::State::kOpen:
      return v1::Alert::OPEN;
    case drift::Alert::State::kAcknowledged:
      return v1::Alert::ACKNOWLEDGED;
    case drift::Alert::State::kClosed:
      return v1::Alert::CLOSED;
    case drift::Alert::State::kSuperseded:
      return v1::Alert::SUPERSEDED;
  }
  return v1::Alert::STATE_UNSPECIFIED;
}

v1::Alert::Severity Encode(drift::Severity severity) {
  switch (severity) {
    case drift::Severity::kInfo:
      return v1::Alert::INFO;
    case drift::Severity::kWatch:
      return v1::Alert::WATCH;
    case drift::Severity::kWarning:
      return v1::Alert::WARNING;
    case drift::Severity::kCritical:
      return v1::Alert::CRITICAL;
  }
  return v1::Alert::SEVERITY_UNSPECIFIED;
}

v1::Alert EncodeAlert(const AllianceNode& alliance, const drift::Alert& alert) {
  v1::Alert message;
  message.set_id(alliance::FormatAlertId(alert.number));
  message.set_name(
      absl::StrCat(AllianceName(alliance), "/alerts/", message.id()));
  message.set_kind(alert.finding.kind);
  message.set_subject(alert.finding.subject);
  if (alert.finding.party != v1::PARTY_UNSPECIFIED) {
    message.set_party(alliance.ShortName(alert.finding.party));
  }
  message.set_severity(Encode(alert.finding.severity));
  message.set_state(Encode(alert.state));
  message.set_opened_at(TimeText(alert.opened_at_us));
  message.set_last_seen_at(TimeText(alert.last_seen_at_us));
  message.set_count(alert.count);
  message.set_text(alert.finding.text);
  if (alert.finding.points > 0) message.set_points(alert.finding.points);
  message.set_alliance(alliance.name());
  return message;
}

bool IsOpen(const drift::Alert& alert) {
  return alert.state == drift::Alert::State::kOpen ||
         alert.state == drift::Alert::State::kAcknowledged;
}

// One call of WatchAlerts.
class WatchReactor final : public grpc::ServerWriteReactor<v1::Alert> {
 public:
  WatchReactor(AlertApi& api, grpc::CallbackServerContext* context,
               const std::string& parent)
      : engine_(api.engine()),
        watches_(api.watches()),
        watch_(std::make_shared<AlertWatch>(context, this)) {
    const bool added = watches_.Add(watch_);
    // Read and written on the engine's thread only.
    auto watched = std::make_shared<std::string>();
    watcher_ = engine_.AddWatcher(
        [&engine = engine_, watch = watch_, watched](
            const std::string& alliance, const drift::Alert& alert) {
          if (alliance != *watched) return;
          engine.Call(
              [watch, alliance, alert](Node& node) {
                const auto found = node.Find(alliance);
                if (found.ok()) watch->Send(EncodeAlert(**found, alert));
                return absl::OkStatus();
              },
              nullptr);
        });
    engine_.Call(
        [watch = watch_, watched, parent](Node& node) -> absl::Status {
          TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                                      node.Find(parent));
          *watched = alliance->name();
          for (const auto& [number, alert] :
               alliance->replica().alerts().alerts()) {
            if (IsOpen(alert)) watch->Send(EncodeAlert(*alliance, alert));
          }
          return absl::OkStatus();
        },
        [watch = watch_](const absl::Status& status) {
          if (!status.ok()) watch->End(ToGrpcStatus(status));
        });
    if (!added) {
      watch_->End(grpc::Status(grpc::StatusCode::UNAVAILABLE,
                               "the node is shutting down"));
    }
  }

  void OnWriteDone(bool ok) override { watch_->OnWriteDone(ok); }
  void OnCancel() override { watch_->End(grpc::Status::CANCELLED); }
  void OnDone() override {
    watch_->OnDone();
    watches_.Remove(watch_);
    engine_.RemoveWatcher(watcher_);
    delete this;
  }

 private:
  Engine& engine_;
  AlertWatches& watches_;
  std::shared_ptr<AlertWatch> watch_;
  uint64_t watcher_ = 0;
};

}  // namespace

absl::StatusOr<v1::ListAlertsResponse> ListAlerts(
    Node& node, const v1::ListAlertsRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  std::vector<const drift::Alert*> alerts;
  std::vector<Place> places;
  for (const auto& [number, alert] : alliance->replica().alerts().alerts()) {
    if (request.open() && !IsOpen(alert)) continue;
    alerts.push_back(&alert);
    places.push_back({number});
  }
  TALLYSTICK_ASSIGN_OR_RETURN(
      const Page page,
      ReadPage(request.page_size(), request.page_token(),
               absl::StrCat("alerts\n", alliance->name(), "\n", request.open()),
               places));
  v1::ListAlertsResponse response;
  for (size_t i = page.end; i > page.begin; --i) {
    *response.add_alerts() = EncodeAlert(*alliance, *alerts[i - 1]);
  }
  response.set_next_page_token(page.next_page_token);
  response.set_total_size(static_cast<int32_t>(alerts.size()));
  return response;
}

absl::StatusOr<v1::Alert> AcknowledgeAlert(
    Node& node, const v1::AcknowledgeAlertRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(const ChildName name,
                              FindChild(node, request.name(), "alerts"));
  TALLYSTICK_ASSIGN_OR_RETURN(const uint64_t number,
                              alliance::ParseAlertId(name.id));
  alliance::Replica& replica = name.alliance->replica();
  if (request.validate_only()) {
    drift::AlertBook tried = replica.alerts();
    TALLYSTICK_ASSIGN_OR_RETURN(const drift::Alert alert,
                                tried.Acknowledge(number));
    return EncodeAlert(*name.alliance, alert);
  }
  TALLYSTICK_RETURN_IF_ERROR(replica.AcknowledgeAlert(number));
  return EncodeAlert(*name.alliance, replica.alerts().alerts().at(number));
}

grpc::ServerWriteReactor<v1::Alert>* AlertApi::WatchAlerts(
    grpc::CallbackServerContext* context,
    const v1::WatchAlertsRequest* request) {
  return new WatchReactor(*this, context, request->parent());
}

}  // namespace tallystick::node
