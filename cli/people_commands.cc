// SPDX-License-Identifier: Apache-2.0
// people, people list, people add, people remove.
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/command.h"
#include "cli/paging.h"
#include "cli/public_key.h"
#include "cli/session.h"
#include "core/status_macros.h"
#include "tallystick/v1/alliance_service.grpc.pb.h"

namespace tallystick::cli {
namespace {

using Alliances = v1::AllianceService::Stub;

Outcome ListPeople(Session& session, const Arguments&) {
  const std::string alliance = session.AllianceName();
  v1::ListPeopleRequest request;
  request.set_parent(alliance);
  v1::ListPeopleResponse response;
  TALLYSTICK_RETURN_IF_ERROR(
      ListPages(session, &Alliances::ListPeople, request, kEvery, &response,
                [](const auto& page) { return page.people_size(); }));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(response));
  if (!session.for_people()) return Exit::kDone;
  Table table(
      {{"person"}, {"party"}, {"name"}, {"roles"}, {"forums"}, {"key"}});
  for (const v1::RosterPerson& person : response.people()) {
    table.AddRow({person.person(), person.party(), person.display_name(),
                  absl::StrJoin(person.roles(), ", "),
                  absl::StrJoin(person.forums(), ", "),
                  person.key_fingerprint()});
  }
  if (!table.empty()) {
    session.Print(table);
  } else {
    session.Remark(
        "Nobody may sign yet. Add somebody: tally people add alice --name "
        "\"Alice Reyes\" --key ~/.ssh/id_ed25519.pub --forum steering");
  }
  return Exit::kDone;
}

Outcome AddPerson(Session& session, const Arguments& arguments) {
  TALLYSTICK_ASSIGN_OR_RETURN(const std::string key,
                              ReadPublicKeyFile(arguments.Get("--key")));
  const std::string alliance = session.AllianceName();
  v1::PutPersonRequest request;
  request.set_parent(alliance);
  request.set_validate_only(arguments.Has("--dry-run"));
  request.set_request_id(NewRequestId());
  v1::Person& person = *request.mutable_person();
  person.set_id(arguments.Get("ID"));
  person.set_display_name(arguments.Get("--name"));
  person.set_ssh_public_key(key);
  for (const std::string& role : arguments.All("--role")) {
    person.add_roles(role);
  }
  for (const std::string& forum : arguments.All("--forum")) {
    person.add_forums(forum);
  }
  v1::RosterPerson added;
  TALLYSTICK_RETURN_IF_ERROR(
      session.node().Call(&Alliances::PutPerson, request, &added));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(added));
  if (session.for_people()) {
    session.out() << (request.validate_only() ? "Would add " : "Added ")
                  << added.person() << " (" << added.display_name()
                  << "), who signs as " << added.principal() << " with "
                  << added.key_fingerprint() << ".\n";
  }
  session.RemarkDryRun(request.validate_only());
  return Exit::kDone;
}

Outcome RemovePerson(Session& session, const Arguments& arguments) {
  const std::string alliance = session.AllianceName();
  v1::RemovePersonRequest request;
  request.set_parent(alliance);
  request.set_person(arguments.Get("ID"));
  request.set_validate_only(arguments.Has("--dry-run"));
  request.set_request_id(NewRequestId());
  v1::RemovePersonResponse response;
  TALLYSTICK_RETURN_IF_ERROR(
      session.node().Call(&Alliances::RemovePerson, request, &response));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(response));
  if (session.for_people()) {
    session.out() << (request.validate_only() ? "Would remove " : "Removed ")
                  << request.person()
                  << "; what they signed before stays valid.\n";
  }
  session.RemarkDryRun(request.validate_only());
  return Exit::kDone;
}

}  // namespace

void AddPeopleCommands(Commands& commands) {
  commands.push_back({"people",
                      "Show who may speak for the two companies.",
                      "tally people\ntally people -o json",
                      "",
                      {},
                      ListPeople});
  commands.push_back({"people list",
                      "Show who may speak for the two companies.",
                      "tally people list",
                      "",
                      {},
                      ListPeople});
  commands.push_back(
      {"people add",
       "Add somebody to your company's roster, or change their entry.",
       "tally people add alice --name \"Alice Reyes\" --key "
       "~/.ssh/id_ed25519.pub \\\n    --role alliance-manager --forum steering",
       "The roster is part of your log: your partner sees it, and checks "
       "signatures against it.",
       {Positional("ID", "Short name: a-z, 0-9, dot, dash."),
        Option("--name", "NAME", "Their full name.").Required(),
        Option("--key", "FILE", "Their SSH public key (ed25519).").Required(),
        Option("--role", "ROLE", "What they are.").Repeated(),
        Option("--forum", "FORUM", "Where they decide.").Repeated(), DryRun()},
       AddPerson});
  commands.push_back({"people remove",
                      "Take somebody off your company's roster.",
                      "tally people remove alice",
                      "What they signed before stays valid.",
                      {Positional("ID", "Their short name."), DryRun()},
                      RemovePerson});
}

}  // namespace tallystick::cli
