// SPDX-License-Identifier: Apache-2.0
// view template, export, show, apply; expect.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/command.h"
#include "cli/paging.h"
#include "cli/session.h"
#include "cli/view_file.h"
#include "cli/view_rest.h"
#include "cli/yaml_tree.h"
#include "core/status_macros.h"
#include "tallystick/v1/expectation_service.grpc.pb.h"

namespace tallystick::cli {
namespace {

using Expectations = v1::ExpectationService::Stub;

Outcome PrintTemplate(Session& session, const Arguments& arguments) {
  TALLYSTICK_ASSIGN_OR_RETURN(const v1::Alliance alliance,
                              session.FindAlliance());
  v1::ListTopicsRequest request;
  request.set_parent(alliance.name());
  request.set_layer(arguments.Get("--layer"));
  request.set_missing(arguments.Has("--missing"));
  v1::ListTopicsResponse response;
  TALLYSTICK_RETURN_IF_ERROR(
      ListPages(session, &Expectations::ListTopics, request, kEvery, &response,
                [](const auto& page) { return page.topics_size(); }));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(response));
  if (session.for_people()) {
    session.out() << WriteViewTemplate(
        alliance.own_short_name(), alliance.partner_short_name(),
        {response.topics().begin(), response.topics().end()});
  }
  return Exit::kDone;
}

absl::StatusOr<v1::View> GetView(Session& session, const Arguments& arguments) {
  const std::string alliance = session.AllianceName();
  v1::GetViewRequest request;
  request.set_parent(alliance);
  request.set_as_of(arguments.Get("--as-of"));
  request.set_layer(arguments.Get("--layer"));
  v1::View view;
  TALLYSTICK_RETURN_IF_ERROR(
      session.node().Call(&Expectations::GetView, request, &view));
  return view;
}

Outcome ExportView(Session& session, const Arguments& arguments) {
  TALLYSTICK_ASSIGN_OR_RETURN(const v1::View view, GetView(session, arguments));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(view));
  if (session.for_people()) session.out() << WriteViewFile(view);
  return Exit::kDone;
}

std::string CellText(const v1::ViewCell& cell) {
  switch (cell.state()) {
    case v1::ViewCell::STATED:
      return cell.text();
    case v1::ViewCell::PRIVATE:
      return cell.has_partner_holds()
                 ? absl::StrCat(cell.text(), " (private; the partner holds: ",
                                cell.partner_holds(), ")")
                 : absl::StrCat(cell.text(), " (private)");
    case v1::ViewCell::DECLINED:
      return "(declined)";
    case v1::ViewCell::WITHDRAWN:
      return "(withdrawn)";
    case v1::ViewCell::SEALED:
      return "(sealed)";
    default:
      return "-";
  }
}

bool SaysSomething(const v1::ViewCell& cell) {
  return cell.state() != v1::ViewCell::STATE_UNSPECIFIED &&
         cell.state() != v1::ViewCell::UNSTATED;
}

Outcome ShowView(Session& session, const Arguments& arguments) {
  TALLYSTICK_ASSIGN_OR_RETURN(const v1::View view, GetView(session, arguments));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(view));
  if (!session.for_people()) return Exit::kDone;
  const bool partner = arguments.Has("--partner");
  const std::string& who = partner ? view.partner() : view.party();
  const std::string& other = partner ? view.party() : view.partner();
  Table table({{"topic"},
               {absl::StrCat(who, " says")},
               {absl::StrCat("and thinks ", other, " says")},
               {"stated"}});
  for (const v1::ViewTopic& topic : view.topics()) {
    const v1::ViewCell& own = partner ? topic.partner_own() : topic.own();
    const v1::ViewCell& prediction =
        partner ? topic.partner_prediction() : topic.prediction();
    if (!SaysSomething(own) && !SaysSomething(prediction)) continue;
    table.AddRow({topic.topic(), CellText(own), CellText(prediction),
                  own.has_stated() ? own.stated() : prediction.stated()});
  }
  if (!table.empty()) {
    session.Print(table);
  } else {
    session.Remark(partner ? "The partner has said nothing yet."
                           : "Nothing said yet. Begin with: tally view "
                             "template > view.yaml");
  }
  return Exit::kDone;
}

absl::Status CheckParty(const ViewFile& view, const v1::Alliance& alliance,
                        const std::string& file) {
  if (view.party != alliance.own_short_name() && view.party != alliance.own()) {
    return FileError(
        file, view.party_line,
        absl::StrCat("this is the view of ", view.party,
                     ", and this is the node of ", alliance.own_short_name()));
  }
  if (!view.partner.empty() && !alliance.partner().empty() &&
      view.partner != alliance.partner_short_name() &&
      view.partner != alliance.partner()) {
    return FileError(
        file, view.partner_line,
        absl::StrCat("the partner in ", alliance.alliance(), " is ",
                     alliance.partner_short_name(), ", not ", view.partner));
  }
  return absl::OkStatus();
}

std::string GoesToPartner(const v1::ApplyViewResponse::Change& change) {
  if (change.disclosed()) return "yes";
  return change.has_partner_holds()
             ? absl::StrCat("no; still holds: ", change.partner_holds())
             : "no";
}

// What changed, and what the partner gets to see: that cannot be unsent.
void PrintChanges(Session& session, const v1::ApplyViewResponse& response,
                  bool dry_run) {
  Table table(
      {{"topic"}, {"cell"}, {"before"}, {"after"}, {"goes to partner"}});
  for (const v1::ApplyViewResponse::Change& change : response.changes()) {
    table.AddRow({change.topic(), change.cell(),
                  change.has_before() ? change.before() : "-", change.after(),
                  GoesToPartner(change)});
  }
  if (!table.empty()) session.Print(table);
  session.Remark(absl::StrCat(
      response.changes_size(), dry_run ? " would be stated, " : " stated, ",
      response.unchanged(), " unchanged.",
      dry_run ? " Nothing was recorded (--dry-run)." : ""));
}

absl::StatusOr<v1::ApplyViewResponse> Apply(Session& session,
                                            v1::ApplyViewRequest request) {
  request.set_author(session.options().person);
  request.set_request_id(NewRequestId());
  v1::ApplyViewResponse response;
  TALLYSTICK_RETURN_IF_ERROR(
      session.node().Call(&Expectations::ApplyView, request, &response));
  return response;
}

Outcome ApplyViewFile(Session& session, const Arguments& arguments) {
  const std::string file = arguments.Get("FILE");
  session.set_input_file(file);
  TALLYSTICK_ASSIGN_OR_RETURN(const std::string text, ReadTextFile(file));
  TALLYSTICK_ASSIGN_OR_RETURN(const ViewFile view, ReadViewFile(text, file));
  TALLYSTICK_ASSIGN_OR_RETURN(const v1::Alliance alliance,
                              session.FindAlliance());
  TALLYSTICK_RETURN_IF_ERROR(CheckParty(view, alliance, file));
  if (!view.unused.empty()) {
    session.Remark(absl::StrCat(file, ": not used by this version: ",
                                absl::StrJoin(view.unused, ", ")));
  }
  if (!view.kept_back.empty()) {
    session.Remark(absl::StrCat(file, ": kept back, as they are sealed: ",
                                absl::StrJoin(view.kept_back, ", ")));
  }
  v1::ApplyViewRequest request;
  request.set_parent(alliance.name());
  request.mutable_rows()->Assign(view.rows.begin(), view.rows.end());
  request.set_validate_only(arguments.Has("--dry-run"));
  // All of the file is checked before any of it is stated.
  ViewRest rest(session, alliance.name(), view);
  TALLYSTICK_RETURN_IF_ERROR(rest.Check(request.validate_only()));
  TALLYSTICK_ASSIGN_OR_RETURN(const v1::ApplyViewResponse response,
                              Apply(session, request));
  if (!request.validate_only()) {
    TALLYSTICK_RETURN_IF_ERROR(rest.Apply());
  }
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(response));
  if (session.for_people()) {
    PrintChanges(session, response, request.validate_only());
  }
  return Exit::kDone;
}

Outcome Expect(Session& session, const Arguments& arguments) {
  TALLYSTICK_ASSIGN_OR_RETURN(v1::RawValue value,
                              ParseValue(arguments.Get("VALUE")));
  const std::string alliance = session.AllianceName();
  v1::ApplyViewRequest request;
  request.set_parent(alliance);
  request.set_validate_only(arguments.Has("--dry-run"));
  v1::ViewRow& row = *request.add_rows();
  row.set_topic(arguments.Get("TOPIC"));
  row.set_stated(arguments.Get("--stated"));
  row.set_reason(arguments.Get("--reason"));
  row.set_private_(arguments.Has("--private"));
  *(arguments.Get("--of") == "partner" ? row.mutable_prediction()
                                       : row.mutable_own()) = value;
  TALLYSTICK_ASSIGN_OR_RETURN(const v1::ApplyViewResponse response,
                              Apply(session, request));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(response));
  if (session.for_people()) {
    PrintChanges(session, response, request.validate_only());
  }
  return Exit::kDone;
}

Parameter Layer() {
  return Option("--layer", "LAYER",
                "Only of this layer: frame, socket, performance, ...");
}

}  // namespace

void AddViewCommands(Commands& commands) {
  commands.push_back(
      {"view template",
       "Print a file to fill in, with every topic explained.",
       "tally view template > view.yaml\ntally view template --missing",
       "",
       {Layer(), Switch("--missing", "Only topics you have not answered.")},
       PrintTemplate});
  commands.push_back({"view export",
                      "Print your view as a file that can be applied again.",
                      "tally view export > view.yaml",
                      "",
                      {Layer(), AsOf()},
                      ExportView});
  commands.push_back(
      {"view show",
       "Show your view, or the partner's as far as you have it.",
       "tally view show --layer deal\ntally view show --partner",
       "",
       {Switch("--partner", "The partner's view."), Layer(), AsOf()},
       ShowView});
  commands.push_back(
      {"view apply",
       "State what a file says: all of it, or nothing if a line is wrong.",
       "tally view apply view.yaml --dry-run\ntally view apply view.yaml",
       "What differs from what you have stated already goes into your log, "
       "and so to your partner; that cannot be unsent. See it first with "
       "--dry-run. Topics marked private stay at your node.",
       {Positional("FILE", "A view file (see: tally view template)."),
        DryRun()},
       ApplyViewFile});
  commands.push_back(
      {"expect",
       "State one answer: your own, or what you believe the partner's is.",
       "tally expect governance/notice-period \"180 days\"\ntally expect "
       "frame/scope-in \"[bottled_coffee, canned_coffee]\" --of partner",
       "It goes into your log, and so to your partner, unless it is private. "
       "A private answer counts at your node until you state an open one; "
       "what the partner holds already cannot be unsent.",
       {Positional("TOPIC", "See: tally topics."),
        Positional("VALUE", "As in a view file."),
        Option("--of", "WHOM", "Whose answer it is (default: own).")
            .OneOf({"own", "partner"}),
        Option("--stated", "DATE", "The day it speaks of (default: today)."),
        Option("--reason", "TEXT", "Why."),
        Switch("--private", "Keep it at this node."), DryRun()},
       Expect});
}

}  // namespace tallystick::cli
