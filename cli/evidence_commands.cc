// SPDX-License-Identifier: Apache-2.0
// log, keys, verify.
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/command.h"
#include "cli/paging.h"
#include "cli/session.h"
#include "cli/text.h"
#include "core/status_macros.h"
#include "tallystick/v1/evidence_service.grpc.pb.h"

namespace tallystick::cli {
namespace {

using Evidence = v1::EvidenceService::Stub;

Outcome ShowCheckpoint(Session& session, const std::string& alliance,
                       const std::string& party) {
  v1::GetCheckpointRequest request;
  request.set_parent(alliance);
  request.set_party(party);
  v1::LogCheckpoint checkpoint;
  TALLYSTICK_RETURN_IF_ERROR(
      session.node().Call(&Evidence::GetCheckpoint, request, &checkpoint));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(checkpoint));
  // Byte for byte: it is a signed note, and others check it.
  if (session.for_people()) session.out() << checkpoint.note();
  return Exit::kDone;
}

Outcome ShowLog(Session& session, const Arguments& arguments) {
  const std::string alliance = session.AllianceName();
  if (arguments.Has("--checkpoint")) {
    return ShowCheckpoint(session, alliance, arguments.Get("--party"));
  }
  v1::ListEntriesRequest request;
  request.set_parent(alliance);
  request.set_party(arguments.Get("--party"));
  v1::ListEntriesResponse response;
  TALLYSTICK_RETURN_IF_ERROR(ListPages(
      session, &Evidence::ListEntries, request, WantedItems(arguments),
      &response, [](const auto& page) { return page.entries_size(); }));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(response));
  if (!session.for_people()) return Exit::kDone;
  Table table({{"party"},
               {"index", Table::Align::kRight},
               {"time"},
               {"by"},
               {"kind"},
               {"held by both"},
               {"what"}});
  for (const v1::LogEntry& entry : response.entries()) {
    const std::string what =
        entry.has_set_aside() ? absl::StrCat("set aside: ", entry.set_aside())
                              : entry.summary();
    table.AddRow(
        {entry.party(), absl::StrCat(entry.index()), InSeconds(entry.time()),
         entry.author(), entry.kind(), entry.witnessed() ? "yes" : "no",
         Cell(what, entry.has_set_aside() ? Tone::kWarning : Tone::kPlain)});
  }
  if (!table.empty()) {
    session.Print(table);
  } else {
    session.Remark("The log is empty. State something: tally expect --help");
  }
  RemarkCutOff(session, response, response.entries_size());
  return Exit::kDone;
}

Outcome ShowKeys(Session& session, const Arguments&) {
  const std::string alliance = session.AllianceName();
  v1::GetKeysRequest request;
  request.set_parent(alliance);
  v1::Keys keys;
  TALLYSTICK_RETURN_IF_ERROR(
      session.node().Call(&Evidence::GetKeys, request, &keys));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(keys));
  if (!session.for_people()) return Exit::kDone;
  for (const v1::Keys::PartyKeys& party : keys.keys()) {
    session.out() << Paint(party.party(), Tone::kStrong, session.layout())
                  << "  " << party.domain() << "\n"
                  << "  log key      " << party.log_key() << "\n"
                  << "  witness key  " << party.witness_key() << "\n"
                  << "  certificate  " << party.certificate_fingerprint()
                  << "\n";
  }
  if (!keys.fingerprint_words().empty()) {
    session.out() << "words          " << keys.fingerprint_words() << "\n";
  }
  return Exit::kDone;
}

Outcome Verify(Session& session, const Arguments&) {
  const std::string alliance = session.AllianceName();
  v1::VerifyAllianceRequest request;
  request.set_parent(alliance);
  v1::Verification verification;
  session.Progress("Reading and checking the whole store ...");
  TALLYSTICK_RETURN_IF_ERROR(session.node().Call(
      &Evidence::VerifyAlliance, request, &verification, NodeClient::kLong));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(verification));
  if (session.for_people()) {
    Table table({{""},
                 {"checked"},
                 {"number", Table::Align::kRight},
                 {"failed", Table::Align::kRight},
                 {"detail"}});
    for (const v1::Verification::Check& check : verification.checks()) {
      const bool good = check.failed() == 0;
      table.AddRow({good ? Cell("ok", Tone::kGood) : Cell("BAD", Tone::kBad),
                    check.name(), absl::StrCat(check.checked()),
                    absl::StrCat(check.failed()), check.detail()});
    }
    session.Print(table);
    session.out() << "\n"
                  << (verification.ok() ? "Everything holds"
                                        : "It does NOT hold")
                  << ": " << verification.own_size() << " entries of ours, "
                  << verification.partner_size()
                  << " of the partner's; state digest "
                  << verification.state_digest() << "\n";
  }
  return verification.ok() ? Exit::kDone : Exit::kFound;
}

}  // namespace

void AddEvidenceCommands(Commands& commands) {
  std::vector<Parameter> list = {
      Option("--party", "PARTY", "Only this party's log."),
      Switch("--checkpoint",
             "Print the newest checkpoint with its signatures instead.")};
  for (Parameter& parameter : ListParameters()) list.push_back(parameter);
  commands.push_back({"log", "Show the entries of both logs, newest first.",
                      "tally log --party meridian\ntally log --checkpoint", "",
                      std::move(list), ShowLog});
  commands.push_back(
      {"verify",
       "Check everything: trees, signatures, cosignatures, state digest.",
       "tally verify",
       "The exit status is 4 if something does not hold.",
       {},
       Verify});
  commands.push_back({"keys",
                      "Show the public keys of both parties.",
                      "tally keys\ntally keys -o json",
                      "",
                      {},
                      ShowKeys});
}

}  // namespace tallystick::cli
