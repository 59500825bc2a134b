// SPDX-License-Identifier: Apache-2.0
// init, alliance new, invite, join, status.
#include <unistd.h>

#include <array>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "cli/command.h"
#include "cli/paging.h"
#include "cli/process.h"
#include "cli/session.h"
#include "cli/text.h"
#include "core/status_macros.h"
#include "tallystick/v1/alliance_service.grpc.pb.h"

namespace tallystick::cli {
namespace {

std::string Entries(int64_t count) {
  return absl::StrCat(count, count == 1 ? " entry" : " entries");
}

using Alliances = v1::AllianceService::Stub;

// The tallyd that sits beside this program; else the one in PATH.
std::string DaemonProgram() {
  std::array<char, 4096> buffer{};
  const ssize_t size =
      readlink("/proc/self/exe", buffer.data(), buffer.size() - 1);
  if (size > 0) {
    std::string path(buffer.data(), static_cast<size_t>(size));
    path = absl::StrCat(path.substr(0, path.rfind('/') + 1), "tallyd");
    if (access(path.c_str(), X_OK) == 0) return path;
  }
  return "tallyd";
}

Outcome Init(Session& session, const Arguments& arguments) {
  std::vector<std::string> words = {DaemonProgram(), "--init",
                                    "--party",       arguments.Get("--party"),
                                    "--name",        arguments.Get("--name")};
  if (arguments.Has("--listen")) {
    words.insert(words.end(), {"--listen", arguments.Get("--listen")});
  }
  words.insert(words.end(), {"--data", session.options().data_dir});
  session.out().flush();
  absl::StatusOr<Ended> ended = RunProcess(words, Streams::kInherit);
  if (!ended.ok()) {
    return absl::NotFoundError(absl::StrCat(ended.status().message(),
                                            " (install tallyd beside tally)"));
  }
  return static_cast<Exit>(ended->status);
}

Outcome NewAlliance(Session& session, const Arguments& arguments) {
  v1::CreateAllianceRequest request;
  request.set_alliance_id(arguments.Get("NAME"));
  request.set_title(arguments.Get("--title"));
  request.set_request_id(NewRequestId());
  v1::Alliance alliance;
  TALLYSTICK_RETURN_IF_ERROR(
      session.node().Call(&Alliances::CreateAlliance, request, &alliance));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(alliance));
  if (session.for_people()) {
    session.out() << "Founded " << alliance.alliance() << ".\n";
    session.Remark(absl::StrCat("Next: tally invite ", alliance.alliance()));
  }
  return Exit::kDone;
}

Outcome SetAddress(Session& session, const Arguments& arguments) {
  v1::SetPartnerAddressRequest request;
  request.set_parent(session.AllianceName());
  request.set_address(arguments.Get("HOST:PORT"));
  request.set_validate_only(arguments.Has("--dry-run"));
  request.set_request_id(NewRequestId());
  v1::Alliance alliance;
  TALLYSTICK_RETURN_IF_ERROR(
      session.node().Call(&Alliances::SetPartnerAddress, request, &alliance));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(alliance));
  if (session.for_people()) {
    session.out() << alliance.partner()
                  << (request.validate_only() ? " would be " : " is ")
                  << (request.address().empty()
                          ? "not called any more"
                          : absl::StrCat("called at ", request.address()))
                  << " from now on.\n";
  }
  session.RemarkDryRun(request.validate_only());
  return Exit::kDone;
}

// "24h", "30m", "7d" in seconds.
absl::StatusOr<int64_t> Seconds(absl::string_view text) {
  int64_t number = 0;
  const absl::string_view digits =
      text.substr(0, text.empty() ? 0 : text.size() - 1);
  if (!absl::SimpleAtoi(digits, &number) || number < 1 || number > 100000) {
    return UsageError(absl::StrCat(
        "--expires wants a time as 30m, 24h or 7d, not \"", text, "\""));
  }
  switch (text.back()) {
    case 'm':
      return number * 60;
    case 'h':
      return number * 3600;
    case 'd':
      return number * 86400;
    default:
      return UsageError(absl::StrCat(
          "--expires wants a time as 30m, 24h or 7d, not \"", text, "\""));
  }
}

Outcome Invite(Session& session, const Arguments& arguments) {
  v1::CreateInvitationRequest request;
  request.set_parent(absl::StrCat("alliances/", arguments.Get("NAME")));
  request.set_address(arguments.Get("--address"));
  request.set_request_id(NewRequestId());
  if (arguments.Has("--expires")) {
    TALLYSTICK_ASSIGN_OR_RETURN(const int64_t seconds,
                                Seconds(arguments.Get("--expires")));
    request.set_expires_in_seconds(seconds);
  }
  v1::Invitation invitation;
  TALLYSTICK_RETURN_IF_ERROR(
      session.node().Call(&Alliances::CreateInvitation, request, &invitation));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(invitation));
  if (session.for_people()) {
    session.out() << invitation.token() << "\n";
    session.Remark(absl::StrCat(
        "Hand this line to your partner by a way you trust; it works once, "
        "until ",
        invitation.expires_at(), ". They type: tally join TOKEN"));
  }
  return Exit::kDone;
}

Outcome Join(Session& session, const Arguments& arguments) {
  v1::JoinAllianceRequest request;
  request.set_token(arguments.Get("TOKEN"));
  request.set_alliance_id(arguments.Get("--as"));
  request.set_request_id(NewRequestId());
  v1::Alliance alliance;
  session.Progress("Calling the partner's node ...");
  TALLYSTICK_RETURN_IF_ERROR(session.node().Call(
      &Alliances::JoinAlliance, request, &alliance, NodeClient::kLong));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(alliance));
  if (session.for_people()) {
    session.out() << "Joined " << alliance.alliance() << " with "
                  << alliance.partner() << ".\n"
                  << "Words:  " << alliance.fingerprint_words() << "\n";
    session.Remark(
        "Read the words to your partner over the phone: theirs must be the "
        "same (tally status shows them there).");
  }
  return Exit::kDone;
}

void PrintAlliance(Session& session, const v1::Alliance& alliance) {
  const Layout& layout = session.layout();
  const auto line = [&](absl::string_view name, absl::string_view value,
                        Tone tone = Tone::kPlain) {
    session.out() << "  " << name << std::string(16 - name.size(), ' ')
                  << Paint(value, tone, layout) << "\n";
  };
  session.out() << Paint(alliance.alliance(), Tone::kStrong, layout) << "  "
                << alliance.title() << "\n";
  if (alliance.partner().empty()) {
    line("partner", absl::StrCat("nobody has joined yet (tally invite ",
                                 alliance.alliance(), ")"));
    return;
  }
  line("partner", absl::StrCat(alliance.partner_display_name(), " (",
                               alliance.partner(), ")"));
  const bool a = alliance.own_party() == v1::PARTY_A;
  line("parties",
       absl::StrCat(
           "A is ",
           a ? alliance.own_short_name() : alliance.partner_short_name(),
           ", B is ",
           a ? alliance.partner_short_name() : alliance.own_short_name()));
  line("words", alliance.fingerprint_words());
  line("connected", alliance.connected() ? "yes" : "no",
       alliance.connected() ? Tone::kGood : Tone::kWarning);
  line("in step", alliance.in_step() ? "yes" : "no",
       alliance.in_step() ? Tone::kGood : Tone::kWarning);
  line("our log",
       absl::StrCat(Entries(alliance.own_size()), ", ",
                    alliance.cosigned_size(), " held by the partner"));
  line("their log", Entries(alliance.partner_size()));
  line("state digest", alliance.state_digest());
  line("last contact", alliance.has_last_contact()
                           ? InSeconds(alliance.last_contact())
                           : "never");
  line("open alerts", absl::StrCat(alliance.open_alerts()),
       alliance.open_alerts() > 0 ? Tone::kWarning : Tone::kPlain);
  if (alliance.has_stopped()) line("stopped", alliance.stopped(), Tone::kBad);
}

Outcome ShowStatus(Session& session, const Arguments&) {
  v1::ListAlliancesRequest request;
  if (!session.options().alliance.empty()) {
    request.set_filter_name(
        absl::StrCat("alliances/", session.options().alliance));
  }
  v1::ListAlliancesResponse response;
  TALLYSTICK_RETURN_IF_ERROR(
      ListPages(session, &Alliances::ListAlliances, request, kEvery, &response,
                [](const auto& page) { return page.alliances_size(); }));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(response));
  if (!session.for_people()) return Exit::kDone;
  session.out() << response.display_name() << " (" << response.party()
                << "), tallyd " << response.software_version() << ", "
                << (response.listen_address().empty()
                        ? std::string("takes no calls")
                        : absl::StrCat("listens on ",
                                       response.listen_address()))
                << "\n";
  for (const v1::Alliance& alliance : response.alliances()) {
    session.out() << "\n";
    PrintAlliance(session, alliance);
  }
  if (response.alliances().empty()) {
    session.Remark(
        "No alliances yet. Found one: tally alliance new NAME --title TITLE; "
        "or join one: tally join TOKEN");
  }
  return Exit::kDone;
}

}  // namespace

void AddSetupCommands(Commands& commands) {
  commands.push_back(
      {"init",
       "Set up a node for your company.",
       "tally init --party cascadia.example --name \"Cascadia Coffee\"",
       "Makes the data directory with its keys and a commented configuration "
       "file. Then start the node: tallyd --data DIR",
       {Option("--party", "DOMAIN", "Your company's domain.").Required(),
        Option("--name", "NAME", "Your company's name.").Required(),
        Option("--listen", "ADDRESS",
               "Where partners can call, as 0.0.0.0:7411; without it the node "
               "only calls.")},
       Init});
  commands.push_back(
      {"alliance new",
       "Found an alliance; a partner joins later.",
       "tally alliance new rtd-coffee --title \"Ready-to-drink coffee\"",
       "",
       {Positional("NAME", "Its short name: a-z, 0-9 and dashes."),
        Option("--title", "TITLE", "What it is called.").Required()},
       NewAlliance});
  commands.push_back(
      {"alliance address",
       "Say where your node calls the partner's from now on.",
       "tally alliance address tally.cascadia.example:7411",
       "For when the partner has moved. Whoever answers there still has to "
       "prove that it is your partner.",
       {Positional("HOST:PORT", "Where its node takes calls."), DryRun()},
       SetAddress});
  commands.push_back(
      {"invite",
       "Make a one-line token that lets your partner join, once.",
       "tally invite rtd-coffee --expires 24h",
       "The token is a secret until it is used: hand it over by a way you "
       "trust.",
       {Positional("NAME", "The alliance."),
        Option("--expires", "TIME", "30m, 24h, 7d (default: 24h)."),
        Option("--address", "HOST:PORT",
               "Where the partner shall call (default: where the node "
               "listens).")},
       Invite});
  commands.push_back({"join",
                      "Join an alliance with a token of its founder.",
                      "tally join TOKEN\ntally join TOKEN --as rtd-coffee",
                      "Both nodes then show the same six words; compare them "
                      "over the phone.",
                      {Positional("TOKEN", "The line your partner gave you."),
                       Option("--as", "NAME",
                              "Its short name at your node (default: the one "
                              "the partner uses).")},
                      Join});
  commands.push_back({"status",
                      "Show your alliances: connected, in step, open alerts.",
                      "tally status\ntally status -o json",
                      "",
                      {},
                      ShowStatus});
}

}  // namespace tallystick::cli
