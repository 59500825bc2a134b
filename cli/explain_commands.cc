// SPDX-License-Identifier: Apache-2.0
// explain.
#include "cli/command.h"
#include "cli/explain_words.h"
#include "cli/session.h"
#include "core/status_macros.h"
#include "tallystick/v1/explain_service.grpc.pb.h"

namespace tallystick::cli {
namespace {

Outcome Explain(Session& session, const Arguments& arguments) {
  v1::GetExplanationRequest request;
  request.set_parent(session.AllianceName());
  request.set_subject(arguments.Get("SUBJECT"));
  request.set_as_of(arguments.Get("--as-of"));
  v1::Explanation explanation;
  TALLYSTICK_RETURN_IF_ERROR(session.node().Call(
      &v1::ExplainService::Stub::GetExplanation, request, &explanation));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(explanation));
  if (session.for_people()) {
    session.out() << RenderExplanation(explanation, session.layout());
  }
  return Exit::kDone;
}

}  // namespace

void AddExplainCommands(Commands& commands) {
  commands.push_back(
      {"explain",
       "Explain a topic, measure, dimension, decision or alert: the rule, what "
       "went in, the arithmetic, and what to do.",
       "tally explain deal/share-benefit\ntally explain benefit\ntally explain "
       "a-4",
       "Every figure is the one the reports show, taken apart. What anybody "
       "stated is named with the entry of the log that holds it.",
       {Positional(
            "SUBJECT",
            "A topic, measure, dimension (benefit), decision (d-7) or alert "
            "(a-4)"),
        AsOf()},
       Explain});
}

}  // namespace tallystick::cli
