// SPDX-License-Identifier: Apache-2.0
// confirm; gaps.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/command.h"
#include "cli/gap_words.h"
#include "cli/score_words.h"
#include "cli/session.h"
#include "cli/text.h"
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
  request.set_topic(arguments.Get("TOPIC"));
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
      // Of one topic there is nothing to sum up.
      if (request.topic().empty()) {
        session.out() << RenderScores(gaps, request.layer(), session.layout())
                      << "\n";
      }
      session.out() << RenderGaps(gaps, session.layout());
      session.Remark("\nAPART: 0 the same, 1 as far apart as can be.");
    }
  }
  TALLYSTICK_ASSIGN_OR_RETURN(const int found, CountFound(gaps, kinds));
  return found > 0 ? Exit::kFound : Exit::kDone;
}

// The texts, and where that leaves both.
void PrintConfirmed(Session& session, const v1::ConfirmTextRequest& request,
                    const v1::ConfirmTextResponse& said) {
  session.out() << "Ours:    " << PrintableLines(said.own()) << "\n"
                << (request.of_prediction() ? "We think: " : "Theirs:  ")
                << PrintableLines(said.other()) << "\n";
  std::string words = said.same_meaning() ? "To us they mean the same."
                                          : "To us they do not mean the same.";
  if (!request.of_prediction()) {
    absl::StrAppend(&words, !said.has_partner_says_same()
                                ? " The partner has not said so far."
                            : said.partner_says_same()
                                ? " To the partner they do mean the same."
                                : " To the partner they do not.");
  }
  if (said.unchanged()) words += " We had said so before.";
  if (request.validate_only()) words += " Nothing was recorded (--dry-run).";
  session.Remark(words);
}

Outcome Confirm(Session& session, const Arguments& arguments) {
  v1::ConfirmTextRequest request;
  request.set_parent(session.AllianceName());
  request.set_topic(arguments.Get("TOPIC"));
  request.set_differs(arguments.Has("--differs"));
  request.set_of_prediction(arguments.Get("--with") == "prediction");
  request.set_stated(arguments.Get("--stated"));
  request.set_validate_only(arguments.Has("--dry-run"));
  request.set_author(session.options().person);
  request.set_request_id(NewRequestId());
  v1::ConfirmTextResponse said;
  TALLYSTICK_RETURN_IF_ERROR(session.node().Call(
      &v1::ExpectationService::Stub::ConfirmText, request, &said));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(said));
  if (session.for_people()) PrintConfirmed(session, request, said);
  return Exit::kDone;
}

}  // namespace

void AddGapCommands(Commands& commands) {
  commands.push_back(
      {"confirm",
       "Say that the partner's text on a topic means the same to you as your "
       "own, or not.",
       "tally confirm governance/unwind-plan\ntally confirm "
       "governance/unwind-plan --differs",
       "No machine compares texts for meaning. Two texts agree when both have "
       "confirmed them;\none that says they differ is enough. A change of "
       "either text makes it void.",
       {Positional("TOPIC", "A topic that is answered by a text."),
        Switch("--differs", "They do not mean the same."),
        Option("--with", "TEXT",
               "What your text is compared with: the partner's (default), or "
               "what you think they say.")
            .OneOf({"partner", "prediction"}),
        Option("--stated", "DATE", "The day it was said, if not today."),
        DryRun()},
       Confirm});
  commands.push_back(
      {"gaps",
       "Show how far you agree and read each other, and where you only think "
       "you agree; worst first.",
       "tally gaps\ntally gaps deal/ip-ownership\ntally gaps --layer deal "
       "--fail-on "
       "false_consensus,dissensus",
       "With --fail-on the exit status is 4 if a topic is in such a state.\n"
       "How well a party reads the other is measured by predictions it made "
       "before it had\nseen the answer.",
       {Positional("TOPIC", "Only this topic.").Optional(),
        Option("--layer", "LAYER",
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
