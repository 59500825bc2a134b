// SPDX-License-Identifier: Apache-2.0
// alerts, alert ack.
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "cli/alert_words.h"
#include "cli/command.h"
#include "cli/paging.h"
#include "cli/session.h"
#include "cli/text.h"
#include "core/status_macros.h"
#include "tallystick/v1/alert_service.grpc.pb.h"

namespace tallystick::cli {
namespace {

using Alerts = v1::AlertService::Stub;

std::string Small(const std::string& name) {
  return absl::AsciiStrToLower(name);
}

bool IsOpen(const v1::Alert& alert) {
  return alert.state() == v1::Alert::OPEN ||
         alert.state() == v1::Alert::ACKNOWLEDGED;
}

void PrintLine(Session& session, const v1::Alert& alert) {
  session.out() << InSeconds(alert.opened_at()) << "  " << alert.id() << "  "
                << Paint(Small(v1::Alert::Severity_Name(alert.severity())),
                         ToneOf(alert.severity()), session.layout())
                << "  " << Small(v1::Alert::State_Name(alert.state())) << "  "
                << Printable(alert.kind()) << "  " << Printable(alert.subject())
                << "  " << Printable(alert.text()) << std::endl;
}

// One line per alert as they come, whatever the format; YAML is a document
// each.
absl::Status PrintAsItComes(Session& session, const v1::Alert& alert) {
  switch (session.options().format) {
    case Format::kTable:
      PrintLine(session, alert);
      break;
    case Format::kJson: {
      TALLYSTICK_ASSIGN_OR_RETURN(const std::string json, ToJson(alert, true));
      session.out() << json << std::endl;
      break;
    }
    case Format::kYaml: {
      TALLYSTICK_ASSIGN_OR_RETURN(const std::string yaml, ToYaml(alert));
      session.out() << "---\n" << yaml << std::flush;
      break;
    }
  }
  return absl::OkStatus();
}

Outcome Follow(Session& session, const std::string& alliance, bool open_only) {
  v1::WatchAlertsRequest request;
  request.set_parent(alliance);
  absl::Status printed;
  session.Progress("Waiting for alerts; end with Ctrl-C.");
  TALLYSTICK_RETURN_IF_ERROR(session.node().Watch<Alerts>(
      &Alerts::WatchAlerts, request,
      std::function<bool(const v1::Alert&)>([&](const v1::Alert& alert) {
        if (open_only && !IsOpen(alert)) return true;
        printed = PrintAsItComes(session, alert);
        // Whoever read us may have gone.
        return printed.ok() && session.out().good();
      })));
  TALLYSTICK_RETURN_IF_ERROR(printed);
  return Exit::kDone;
}

Outcome ListAlerts(Session& session, const Arguments& arguments) {
  const std::string alliance = session.AllianceName();
  if (arguments.Has("--follow")) {
    return Follow(session, alliance, arguments.Has("--open"));
  }
  v1::ListAlertsRequest request;
  request.set_parent(alliance);
  request.set_open(arguments.Has("--open"));
  v1::ListAlertsResponse response;
  TALLYSTICK_RETURN_IF_ERROR(ListPages(
      session, &Alerts::ListAlerts, request, WantedItems(arguments), &response,
      [](const auto& page) { return page.alerts_size(); }));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(response));
  if (!session.for_people()) return Exit::kDone;
  std::string page;
  for (const v1::Alert& alert : response.alerts()) {
    absl::StrAppend(&page, page.empty() ? "" : "\n",
                    RenderAlert(alert, session.layout()));
  }
  session.out() << page;
  if (page.empty()) {
    session.Remark("No alerts. Be told when one comes: tally alerts --follow");
  }
  RemarkCutOff(session, response, response.alerts_size());
  return Exit::kDone;
}

Outcome AcknowledgeAlert(Session& session, const Arguments& arguments) {
  const std::string alliance = session.AllianceName();
  v1::AcknowledgeAlertRequest request;
  request.set_name(ResourceName(alliance, "alerts", arguments.Get("ID")));
  request.set_validate_only(arguments.Has("--dry-run"));
  request.set_request_id(NewRequestId());
  v1::Alert alert;
  TALLYSTICK_RETURN_IF_ERROR(
      session.node().Call(&Alerts::AcknowledgeAlert, request, &alert));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(alert));
  if (session.for_people()) PrintLine(session, alert);
  session.RemarkDryRun(request.validate_only());
  return Exit::kDone;
}

}  // namespace

void AddAlertCommands(Commands& commands) {
  std::vector<Parameter> list = {
      Switch("--follow", "Go on, and print each one as it comes."),
      Switch("--open", "Only those whose cause is not gone.")};
  for (Parameter& parameter : ListParameters()) list.push_back(parameter);
  commands.push_back({"alerts", "Show what this node noticed by itself.",
                      "tally alerts --open\ntally alerts --follow -o json",
                      "With --follow -o json it prints one object per line.",
                      std::move(list), ListAlerts});
  commands.push_back({"alert ack",
                      "Say that somebody looks after an alert.",
                      "tally alert ack a-4",
                      "It stays until its cause is gone.",
                      {Positional("ID", "The alert."), DryRun()},
                      AcknowledgeAlert});
}

}  // namespace tallystick::cli
