// SPDX-License-Identifier: Apache-2.0
// approve, reject.
#include <unistd.h>

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/command.h"
#include "cli/decision_words.h"
#include "cli/paging.h"
#include "cli/session.h"
#include "cli/ssh_sign.h"
#include "cli/text.h"
#include "core/status_macros.h"
#include "tallystick/v1/alliance_service.grpc.pb.h"
#include "tallystick/v1/decision_service.grpc.pb.h"

namespace tallystick::cli {
namespace {

using Verdict = v1::DecisionApproval;
using Decisions = v1::DecisionService::Stub;

// --person, else --by.
std::string PersonOf(const Session& session, const Arguments& arguments) {
  return arguments.Has("--person") ? arguments.Get("--person")
                                   : session.options().person;
}

// Whoever of the own roster signs with `key`; empty: nobody.
std::string OwnerOf(const SigningKey& key, const std::string& own_party,
                    const v1::ListPeopleResponse& people) {
  for (const v1::RosterPerson& person : people.people()) {
    if (person.party() == own_party &&
        absl::StrContains(person.allowed_signer(), key.public_key)) {
      return person.person();
    }
  }
  return "";
}

// Keys of the agent, else ~/.ssh/id_ed25519, that are in the own roster (and
// of `person`, if named). None found: nullopt.
absl::StatusOr<std::optional<SigningKey>> FindKey(Session& session,
                                                  const v1::Alliance& alliance,
                                                  const std::string& person) {
  v1::ListPeopleRequest request;
  request.set_parent(alliance.name());
  v1::ListPeopleResponse people;
  TALLYSTICK_RETURN_IF_ERROR(ListPages(
      session, &v1::AllianceService::Stub::ListPeople, request, kEvery, &people,
      [](const auto& page) { return page.people_size(); }));
  const auto may_sign = [&](const SigningKey& key) {
    const std::string owner = OwnerOf(key, alliance.own_short_name(), people);
    return !owner.empty() && (person.empty() || owner == person);
  };
  std::vector<SigningKey> found;
  if (!session.surroundings().variable("SSH_AUTH_SOCK").empty()) {
    for (SigningKey& key : KeysOfAgent()) {
      if (may_sign(key)) found.push_back(std::move(key));
    }
  }
  if (found.size() > 1) {
    return UsageError(
        "your ssh agent has several keys of the roster (say which with --key "
        "FILE.pub, or who signs with --person NAME)");
  }
  if (found.size() == 1) return std::optional<SigningKey>(found.front());
  const std::string file =
      absl::StrCat(session.surroundings().variable("HOME"), "/.ssh/id_ed25519");
  if (access(file.c_str(), R_OK) == 0) {
    const absl::StatusOr<SigningKey> key = KeyFromFile(file);
    if (key.ok() && may_sign(*key)) return std::optional<SigningKey>(*key);
  }
  return std::optional<SigningKey>();
}

// The key to sign with; nullopt only if none was named and none found.
absl::StatusOr<std::optional<SigningKey>> ChooseKey(
    Session& session, const Arguments& arguments,
    const v1::Alliance& alliance) {
  if (arguments.Has("--key")) {
    TALLYSTICK_ASSIGN_OR_RETURN(SigningKey key,
                                KeyFromFile(arguments.Get("--key")));
    return std::optional<SigningKey>(std::move(key));
  }
  return FindKey(session, alliance, PersonOf(session, arguments));
}

// A text from the node, as the person sees it.
void ShowText(const std::string& text, std::ostream& stream) {
  stream << PrintableLines(text);
  if (!absl::EndsWith(text, "\n")) stream << "\n";
}

Outcome DryRunVerdict(Session& session, const v1::VerdictText& text) {
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(text));
  if (session.for_people()) {
    // Byte for byte for a file, so that it can be signed by hand.
    if (session.layout().width == 0) {
      session.out() << text.text();
    } else {
      ShowText(text.text(), session.out());
    }
  }
  session.RemarkDryRun(true);
  return Exit::kDone;
}

absl::Status Sign(Session& session, const SigningKey& key,
                  const v1::VerdictText& text,
                  v1::RecordVerdictRequest& request) {
  session.Remark(
      absl::StrCat("You sign as ", Printable(text.principal()), ":\n"));
  ShowText(text.text(), session.err());
  session.Remark("");
  session.err().flush();
  TALLYSTICK_ASSIGN_OR_RETURN(*request.mutable_signature(),
                              SignText(key, text.text()));
  request.set_text(text.text());
  request.set_person(text.person());
  return absl::OkStatus();
}

Outcome GiveVerdict(Session& session, const Arguments& arguments,
                    Verdict::Verdict verdict) {
  TALLYSTICK_ASSIGN_OR_RETURN(const v1::Alliance alliance,
                              session.FindAlliance());
  TALLYSTICK_ASSIGN_OR_RETURN(const std::optional<SigningKey> key,
                              ChooseKey(session, arguments, alliance));
  v1::GetVerdictTextRequest ask;
  ask.set_name(ResourceName(alliance.name(), "decisions", arguments.Get("ID")));
  ask.set_verdict(verdict);
  ask.set_person(PersonOf(session, arguments));
  ask.set_reason(arguments.Get("--why"));
  if (key.has_value()) ask.set_ssh_public_key(key->public_key);
  const bool dry_run = arguments.Has("--dry-run");
  const bool may_go_unsigned = verdict == Verdict::REJECT || dry_run;
  if (!key.has_value() && (!may_go_unsigned || ask.person().empty())) {
    return absl::FailedPreconditionError(absl::StrCat(
        "none of your keys is in the roster of ", alliance.own_short_name(),
        " (name one with --key FILE; who may sign: tally people)"));
  }
  v1::RecordVerdictRequest request;
  request.set_name(ask.name());
  request.set_verdict(verdict);
  request.set_person(ask.person());
  request.set_reason(ask.reason());
  if (key.has_value() || dry_run) {
    v1::VerdictText text;
    TALLYSTICK_RETURN_IF_ERROR(
        session.node().Call(&Decisions::GetVerdictText, ask, &text));
    if (dry_run) return DryRunVerdict(session, text);
    TALLYSTICK_RETURN_IF_ERROR(Sign(session, *key, text, request));
  }
  request.set_request_id(NewRequestId());
  v1::Decision decision;
  TALLYSTICK_RETURN_IF_ERROR(
      session.node().Call(&Decisions::RecordVerdict, request, &decision));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(decision));
  if (session.for_people()) {
    session.out() << RenderDecision(decision, session.layout());
  }
  return Exit::kDone;
}

Outcome Approve(Session& session, const Arguments& arguments) {
  return GiveVerdict(session, arguments, Verdict::APPROVE);
}

Outcome Reject(Session& session, const Arguments& arguments) {
  return GiveVerdict(session, arguments, Verdict::REJECT);
}

std::vector<Parameter> WithKey(std::vector<Parameter> parameters) {
  parameters.push_back(
      Option("--key", "FILE",
             "SSH key to sign with (default: your agent, then id_ed25519); a "
             ".pub file uses the agent."));
  parameters.push_back(Option("--person", "PERSON",
                              "Who signs (default: whose key it is; --by)."));
  parameters.push_back(Switch(
      "--dry-run", "Print the exact text to be signed, and record nothing."));
  return parameters;
}

}  // namespace

void AddVerdictCommands(Commands& commands) {
  commands.push_back(
      {"approve", "Approve a decision on behalf of your company.",
       "tally approve d-7 --dry-run\ntally approve d-7 --key "
       "~/.ssh/id_ed25519",
       "Your signed approval is logged at once. It binds both parties when "
       "the partner has approved too; `tally decision d-7` shows who has and "
       "who has not.",
       WithKey({Positional("ID", "The decision.")}), Approve});
  commands.push_back(
      {"reject", "Reject a decision on behalf of your company.",
       "tally reject d-7 --why \"The lead time is too short.\"",
       "It is signed if you have a key; without one, name yourself with --by.",
       WithKey(
           {Positional("ID", "The decision."),
            Option("--why", "TEXT", "Why; the partner reads it.").Required()}),
       Reject});
}

}  // namespace tallystick::cli
