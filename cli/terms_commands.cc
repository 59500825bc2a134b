// SPDX-License-Identifier: Apache-2.0
// decisions import, decision done, terms.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/command.h"
#include "cli/decision_words.h"
#include "cli/past_file.h"
#include "cli/session.h"
#include "cli/terms_words.h"
#include "cli/yaml_tree.h"
#include "core/status_macros.h"
#include "tallystick/v1/decision_service.grpc.pb.h"

namespace tallystick::cli {
namespace {

using Decisions = v1::DecisionService::Stub;

void PrintImported(Session& session,
                   const v1::ImportPastDecisionsResponse& response,
                   bool dry_run) {
  Table table({{"id"}, {"state"}, {"title"}, {"how it is known"}});
  bool waits = false;
  for (const v1::Decision& decision : response.decisions()) {
    table.AddRow(
        {decision.id(),
         Cell(StateInWords(decision.state()), ToneOf(decision.state())),
         decision.title(), decision.imported().summary()});
    waits |= !decision.imported().acknowledged();
  }
  session.Print(table);
  const absl::string_view would = dry_run ? "would be " : "";
  session.out() << response.added() << " " << would << "added, "
                << response.changed() << " " << would << "changed, "
                << response.unchanged() << " unchanged.\n";
  if (waits) {
    session.Remark(
        "What is not acknowledged has no effect until the partner has "
        "imported the same.");
  }
  session.RemarkDryRun(dry_run);
}

Outcome ImportDecisions(Session& session, const Arguments& arguments) {
  const std::vector<std::string> files = arguments.All("FILE");
  session.set_input_files(files);
  PastFiles past;
  for (const std::string& file : files) {
    TALLYSTICK_ASSIGN_OR_RETURN(const std::string text, ReadTextFile(file));
    TALLYSTICK_RETURN_IF_ERROR(past.Read(text, file));
  }
  TALLYSTICK_ASSIGN_OR_RETURN(v1::ImportPastDecisionsRequest request,
                              past.Finish());
  request.set_parent(session.AllianceName());
  request.set_author(session.options().person);
  request.set_validate_only(arguments.Has("--dry-run"));
  request.set_request_id(NewRequestId());
  v1::ImportPastDecisionsResponse response;
  TALLYSTICK_RETURN_IF_ERROR(
      session.node().Call(&Decisions::ImportPastDecisions, request, &response));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(response));
  if (session.for_people()) {
    PrintImported(session, response, request.validate_only());
  }
  return Exit::kDone;
}

Outcome Fulfil(Session& session, const Arguments& arguments) {
  const std::string alliance = session.AllianceName();
  v1::FulfilDecisionRequest request;
  request.set_name(ResourceName(alliance, "decisions", arguments.Get("ID")));
  request.set_done_on(arguments.Get("--on"));
  request.set_note(arguments.Get("--note"));
  request.set_take_back(arguments.Has("--take-back"));
  request.set_author(session.options().person);
  request.set_validate_only(arguments.Has("--dry-run"));
  request.set_request_id(NewRequestId());
  v1::Decision decision;
  TALLYSTICK_RETURN_IF_ERROR(
      session.node().Call(&Decisions::FulfilDecision, request, &decision));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(decision));
  if (session.for_people()) {
    session.out() << RenderDecision(decision, session.layout());
  }
  session.RemarkDryRun(request.validate_only());
  return Exit::kDone;
}

Outcome ShowTerms(Session& session, const Arguments& arguments) {
  v1::GetTermsRequest request;
  request.set_parent(session.AllianceName());
  request.set_as_of(arguments.Get("--as-of"));
  v1::Terms terms;
  TALLYSTICK_RETURN_IF_ERROR(
      session.node().Call(&Decisions::GetTerms, request, &terms));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(terms));
  if (!session.for_people()) return Exit::kDone;
  const Table table = RenderTerms(terms);
  if (!table.empty()) {
    session.Print(table);
  } else {
    session.Remark(
        "No targets, rates or figures are agreed. Agree on some: tally "
        "propose FILE; or import what was agreed before: tally decisions "
        "import FILE");
  }
  return Exit::kDone;
}

}  // namespace

void AddTermsCommands(Commands& commands) {
  commands.push_back(
      {"decisions import",
       "Tell of decisions that were taken before; they count once the partner "
       "tells the same.",
       "tally decisions import decisions.yaml alliance.yaml --dry-run\ntally "
       "decisions import decisions.yaml alliance.yaml",
       "Nobody has signed them, and they are never shown as if. Both companies "
       "import the same files; what differs is shown and has no effect. A file "
       "can be imported again after it was corrected.",
       {Positional("FILE", "Decisions, and what was agreed, as YAML.")
            .Repeated(),
        DryRun()},
       ImportDecisions});
  commands.push_back(
      {"decision done",
       "Say that what was decided is done.",
       "tally decision done d-7 --on 2026-10-31\ntally decision done D4",
       "",
       {Positional("ID", "The decision."),
        Option("--on", "DATE", "The day on which it was done; else today."),
        Option("--note", "TEXT", "What is to be said of it."),
        Switch("--take-back", "It is not done after all."), DryRun()},
       Fulfil});
  commands.push_back(
      {"terms",
       "Show which targets, rates and figures are in force, and by which "
       "decision.",
       "tally terms\ntally terms --as-of 2025-07-01 -o json",
       "",
       {AsOf()},
       ShowTerms});
}

}  // namespace tallystick::cli
