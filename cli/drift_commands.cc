// SPDX-License-Identifier: Apache-2.0
// drift.
#include <string>

#include "cli/command.h"
#include "cli/drift_words.h"
#include "cli/session.h"
#include "core/status_macros.h"
#include "tallystick/v1/drift_service.grpc.pb.h"

namespace tallystick::cli {
namespace {

Outcome ShowDrift(Session& session, const Arguments& arguments) {
  v1::GetDriftRequest request;
  request.set_parent(session.AllianceName());
  request.set_topic(arguments.Get("TOPIC"));
  request.set_as_of(arguments.Get("--as-of"));
  v1::GetDriftResponse drift;
  TALLYSTICK_RETURN_IF_ERROR(
      session.node().Call(&v1::DriftService::Stub::GetDrift, request, &drift));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(drift));
  if (!session.for_people()) return Exit::kDone;
  if (drift.series().empty() && drift.statements().empty()) {
    session.Remark(request.topic().empty()
                       ? "Nothing has drifted."
                       : "Nothing has drifted there, or nothing is watched.");
    return Exit::kDone;
  }
  if (request.topic().empty()) {
    session.out() << RenderDrift(drift, session.layout());
    session.Remark(
        "BY: how far it moved, 0 to 1. More: tally drift TOPIC or MEASURE.");
    if (drift.larger_h_advised()) {
      session.Remark(
          "With so many series one of them soon errs by chance: agree on a "
          "limit of h: 5 for each.");
    }
    return Exit::kDone;
  }
  for (const v1::DriftSeries& series : drift.series()) {
    session.out() << RenderSeries(series, session.layout());
  }
  for (const v1::StatementDrift& row : drift.statements()) {
    session.out() << RenderStatement(row, session.layout());
  }
  return Exit::kDone;
}

}  // namespace

void AddDriftCommands(Commands& commands) {
  commands.push_back(
      {"drift",
       "Show what has moved away from what was agreed or first stated.",
       "tally drift\ntally drift handoff_lead_time --as-of 2025-07-01",
       "With a topic or measure: its series, the agreed figure, the band "
       "around "
       "it, and where the drift began.",
       {Positional("TOPIC", "A topic or a measure; all of them without")
            .Optional(),
        AsOf()},
       ShowDrift});
}

}  // namespace tallystick::cli
