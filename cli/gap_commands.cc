// SPDX-License-Identifier: Apache-2.0
// gaps.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/command.h"
#include "cli/gap_words.h"
#include "cli/score_words.h"
#include "cli/session.h"
#include "core/status_macros.h"
#include "tallystick/v1/expectation_service.grpc.pb.h"

namespace tallystick::cli {
namespace {

// Every word is checked, also if there is no gap to compare it with.
absl::StatusOr<int> CountFound(const v1::GetGapsResponse& gaps,
                               const std::string& kinds) {
  int found = 0;
  if (kinds.empty()) return found;
  for (absl::string_view kind : absl::StrSplit(kinds, ',')) {
    TALLYSTICK_RETURN_IF_ERROR(IsOfKind(v1::Gap(), kind).status());
    for (const v1::Gap& gap : gaps.gaps()) {
      TALLYSTICK_ASSIGN_OR_RETURN(const bool is, IsOfKind(gap, kind));
      found += is ? 1 : 0;
    }
  }
  return found;
}

Outcome ShowGaps(Session& session, const Arguments& arguments) {
  const std::string kinds = arguments.Get("--fail-on");
  // Wrong words are reported before anything is asked.
  TALLYSTICK_RETURN_IF_ERROR(CountFound({}, kinds).status());
  const std::string alliance = session.AllianceName();
  v1::GetGapsRequest request;
  request.set_parent(alliance);
  request.set_layer(arguments.Get("--layer"));
  request.set_as_of(arguments.Get("--as-of"));
  request.set_position(arguments.Get("--position"));
  v1::GetGapsResponse gaps;
  TALLYSTICK_RETURN_IF_ERROR(session.node().Call(
      &v1::ExpectationService::Stub::GetGaps, request, &gaps));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(gaps));
  if (session.for_people()) {
    if (gaps.gaps().empty()) {
      session.Remark(
          "Nothing to compare yet. State your view: tally view template > "
          "view.yaml, then tally view apply view.yaml");
    } else {
      session.out() << RenderScores(gaps, arguments.Get("--layer"),
                                    session.layout())
                    << "\n"
                    << RenderGaps(gaps, session.layout());
      session.Remark("\nAPART: 0 the same, 1 as far apart as can be.");
    }
  }
  TALLYSTICK_ASSIGN_OR_RETURN(const int found, CountFound(gaps, kinds));
  return found > 0 ? Exit::kFound : Exit::kDone;
}

}  // namespace

void AddGapCommands(Commands& commands) {
  commands.push_back(
      {"gaps",
       "Show how far you agree and read each other, and where you only think "
       "you agree; worst first.",
       "tally gaps\ntally gaps --layer deal --fail-on "
       "false_consensus,dissensus",
       "With --fail-on the exit status is 4 if a topic is in such a state.\n"
       "How well a party reads the other is measured by predictions it made "
       "before it had\nseen the answer.",
       {Option("--layer", "LAYER",
               "Only of this layer: frame, socket, performance, ..."),
        Option("--fail-on", "STATES",
               "false_consensus, false_conflict, dissensus, unstated, ..."),
        Option("--position", "POSITION",
               "Weigh the layers as at this position: transactional, "
               "cooperative, innovative, identity."),
        AsOf()},
       ShowGaps});
}

}  // namespace tallystick::cli
