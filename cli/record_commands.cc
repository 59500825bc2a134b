// SPDX-License-Identifier: Apache-2.0
// record apply, records, acknowledge, dispute.
#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cli/command.h"
#include "cli/paging.h"
#include "cli/record_file.h"
#include "cli/record_words.h"
#include "cli/session.h"
#include "cli/text.h"
#include "cli/yaml_tree.h"
#include "core/status_macros.h"
#include "tallystick/v1/record_service.grpc.pb.h"

namespace tallystick::cli {
namespace {

using Records = v1::RecordService::Stub;

std::string Amount(bool exists, double amount) {
  return exists ? absl::StrFormat("%.15g", amount) : "-";
}

// "12.5", "USD 1200000"
std::string Claimed(const v1::Record& record) {
  const std::string amount = Amount(record.has_claimed(), record.claimed());
  return record.currency().empty() || !record.has_claimed()
             ? amount
             : absl::StrCat(record.currency(), " ", amount);
}

// What is recorded: its kind, its title, or both.
std::string What(const v1::Record& record) {
  std::string what = record.kind();
  if (record.type() == "commitment") {
    what = absl::StrCat("days", what.empty() ? "" : " of ", what);
  }
  if (!record.about().empty()) absl::StrAppend(&what, "@", record.about());
  if (record.title().empty()) return what;
  return what.empty() ? record.title()
                      : absl::StrCat(what, ": ", record.title());
}

// The note, and what a record holds beside its figure.
std::string Remarks(const v1::Record& record) {
  std::vector<std::string> parts;
  for (const v1::Record::Detail& detail : record.details()) {
    parts.push_back(absl::StrCat(detail.name(), " ", detail.value()));
  }
  if (!record.note().empty()) parts.push_back(record.note());
  return absl::StrJoin(parts, ", ");
}

absl::string_view InWords(v1::Record::State state) {
  switch (state) {
    case v1::Record::CLAIMED:
      return "claimed";
    case v1::Record::ACKNOWLEDGED:
      return "acknowledged";
    case v1::Record::PARTLY_ACKNOWLEDGED:
      return "partly";
    case v1::Record::DISPUTED:
      return "disputed";
    case v1::Record::SUPERSEDED:
      return "superseded";
    case v1::Record::CONFLICTING:
      return "conflicting";
    default:
      return "-";
  }
}

Tone ToneOf(v1::Record::State state) {
  switch (state) {
    case v1::Record::ACKNOWLEDGED:
      return Tone::kGood;
    case v1::Record::PARTLY_ACKNOWLEDGED:
      return Tone::kWarning;
    case v1::Record::DISPUTED:
    case v1::Record::CONFLICTING:
      return Tone::kBad;
    case v1::Record::SUPERSEDED:
      return Tone::kQuiet;
    default:
      return Tone::kPlain;
  }
}

// ", 900 acknowledged" where that is another figure than the claimed one.
std::string AnsweredWith(const v1::Record& record) {
  if (!record.has_acknowledged() || record.acknowledged() == record.claimed()) {
    return "";
  }
  return absl::StrCat(", ", Amount(true, record.acknowledged()),
                      " acknowledged");
}

}  // namespace

Outcome ShowRecord(Session& session, const v1::Record& record,
                   absl::string_view done) {
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(record));
  if (session.for_people()) {
    // A preview has no id yet.
    session.out() << done << " " << record.type()
                  << (record.id().empty() ? "" : " ") << record.id() << ": "
                  << (record.has_claimed() ? Claimed(record) + " " : "")
                  << Printable(What(record)) << " of " << record.giver() << ", "
                  << record.date() << " (" << InWords(record.state())
                  << AnsweredWith(record) << ").\n";
  }
  return Exit::kDone;
}

namespace {

void PrintApplied(Session& session, const v1::ApplyRecordsResponse& response,
                  bool dry_run) {
  const absl::string_view would = dry_run ? "would be " : "";
  session.out() << response.claimed() << " " << would << "claimed, "
                << response.acknowledged() << " " << would << "acknowledged, "
                << response.unchanged() << " unchanged.\n";
  if (!response.replaced().empty()) {
    session.Remark(absl::StrCat(
        "In the place of what was claimed before, with any answer to that: ",
        absl::StrJoin(response.replaced(), ", "), "."));
  }
  if (!response.waiting().empty()) {
    session.Remark(absl::StrCat(
        "Not claimed by the partner yet, so nothing to acknowledge: ",
        absl::StrJoin(response.waiting(), ", "),
        ". Apply the file again when they have."));
  }
  if (!response.conflicting().empty()) {
    session.Remark(absl::StrCat("The partner says otherwise, and both stand: ",
                                absl::StrJoin(response.conflicting(), ", "),
                                "."));
  }
  session.RemarkDryRun(dry_run);
}

void RemarkTexts(Session& session, const SaidOfTexts& said) {
  if (said.said > 0) {
    session.Remark(absl::StrCat("Of texts: ", said.said, " confirmed."));
  }
  if (!said.waiting.empty()) {
    session.Remark(
        absl::StrCat("The two texts it speaks of do not both stand yet: ",
                     absl::StrJoin(said.waiting, ", "),
                     ". Apply the file again when both views are in."));
  }
}

// The newest day that the file names: it speaks of the time until then.
std::string LatestDay(const RecordFile& records) {
  std::string latest;
  for (const auto* rows : {&records.contributions, &records.records}) {
    for (const v1::RecordRow& row : *rows) {
      latest = std::max(latest, row.date());
    }
  }
  return latest;
}

Outcome ApplyRecordFile(Session& session, const Arguments& arguments) {
  const std::string file = arguments.Get("FILE");
  session.set_input_file(file);
  TALLYSTICK_ASSIGN_OR_RETURN(const std::string text, ReadTextFile(file));
  TALLYSTICK_ASSIGN_OR_RETURN(const RecordFile records,
                              ReadRecordFile(text, file));
  const std::string alliance = session.AllianceName();
  if (!records.unused.empty()) {
    session.Remark(absl::StrCat(file, ": not used by this version: ",
                                absl::StrJoin(records.unused, ", ")));
  }
  v1::ApplyRecordsRequest request;
  request.set_parent(alliance);
  request.mutable_contributions()->Assign(records.contributions.begin(),
                                          records.contributions.end());
  request.mutable_records()->Assign(records.records.begin(),
                                    records.records.end());
  request.set_date(arguments.Has("--date") ? arguments.Get("--date")
                                           : LatestDay(records));
  request.set_author(session.options().person);
  request.set_validate_only(arguments.Has("--dry-run"));
  request.set_request_id(NewRequestId());
  // The file is taken whole or not at all.
  TALLYSTICK_RETURN_IF_ERROR(
      SayOfTexts(session, records.text_verdicts, /*validate_only=*/true)
          .status());
  v1::ApplyRecordsResponse response;
  TALLYSTICK_RETURN_IF_ERROR(
      session.node().Call(&Records::ApplyRecords, request, &response));
  TALLYSTICK_ASSIGN_OR_RETURN(
      const SaidOfTexts said,
      SayOfTexts(session, records.text_verdicts, request.validate_only()));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(response));
  if (session.for_people()) {
    PrintApplied(session, response, request.validate_only());
  }
  RemarkTexts(session, said);
  return Exit::kDone;
}

Outcome ListRecords(Session& session, const Arguments& arguments) {
  const std::string alliance = session.AllianceName();
  v1::ListRecordsRequest request;
  request.set_parent(alliance);
  request.set_kind(arguments.Get("--kind"));
  request.set_type(arguments.Get("--type"));
  request.set_open(arguments.Has("--open"));
  request.set_as_of(arguments.Get("--as-of"));
  v1::ListRecordsResponse response;
  TALLYSTICK_RETURN_IF_ERROR(ListPages(
      session, &Records::ListRecords, request, WantedItems(arguments),
      &response, [](const auto& page) { return page.records_size(); }));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(response));
  if (!session.for_people()) return Exit::kDone;
  Table table({{"id"},
               {"date"},
               {"type"},
               {"giver"},
               {"what"},
               {"claimed", Table::Align::kRight},
               {"acknowledged", Table::Align::kRight},
               {"state"},
               {"ref"},
               {"note"}});
  for (const v1::Record& record : response.records()) {
    table.AddRow({record.id(), record.date(), record.type(), record.giver(),
                  What(record), Claimed(record),
                  Amount(record.has_acknowledged(), record.acknowledged()),
                  Cell(InWords(record.state()), ToneOf(record.state())),
                  record.reference(), Remarks(record)});
  }
  if (!table.empty()) {
    session.Print(table);
  } else {
    session.Remark(
        "No records. Record one: tally record contribution --kind "
        "field_sales_day --quantity 12.5 --date 2026-10-31");
  }
  RemarkCutOff(session, response, response.records_size());
  return Exit::kDone;
}

Outcome Acknowledge(Session& session, const Arguments& arguments) {
  const std::string alliance = session.AllianceName();
  v1::AcknowledgeRecordRequest request;
  request.set_name(ResourceName(alliance, "records", arguments.Get("ID")));
  request.set_value(arguments.Get("--value"));
  request.set_author(session.options().person);
  request.set_validate_only(arguments.Has("--dry-run"));
  request.set_request_id(NewRequestId());
  v1::Record record;
  TALLYSTICK_RETURN_IF_ERROR(
      session.node().Call(&Records::AcknowledgeRecord, request, &record));
  const bool dry_run = request.validate_only();
  session.RemarkDryRun(dry_run);
  return ShowRecord(session, record,
                    dry_run ? "Would acknowledge" : "Acknowledged");
}

Outcome Dispute(Session& session, const Arguments& arguments) {
  const std::string alliance = session.AllianceName();
  v1::DisputeRecordRequest request;
  request.set_name(ResourceName(alliance, "records", arguments.Get("ID")));
  request.set_why(arguments.Get("--why"));
  request.set_author(session.options().person);
  request.set_validate_only(arguments.Has("--dry-run"));
  request.set_request_id(NewRequestId());
  v1::Record record;
  TALLYSTICK_RETURN_IF_ERROR(
      session.node().Call(&Records::DisputeRecord, request, &record));
  const bool dry_run = request.validate_only();
  session.RemarkDryRun(dry_run);
  return ShowRecord(session, record, dry_run ? "Would dispute" : "Disputed");
}

}  // namespace

void AddRecordCommands(Commands& commands) {
  std::vector<Parameter> list = {
      Option("--kind", "KIND",
             "Only of this kind or type: plant_hour, reading."),
      Option("--type", "TYPE", "Only of this type: reading, risk, ...")
          .OneOf(RecordTypes()),
      Switch("--open", "Only those the receiver has not answered."), AsOf()};
  for (Parameter& parameter : ListParameters()) list.push_back(parameter);
  commands.push_back(
      {"record apply",
       "Take from a file what is yours to claim or to acknowledge.",
       "tally record apply records.yaml --dry-run\ntally record apply "
       "records.yaml",
       "All of it, or nothing if a line is wrong. What is recorded already "
       "stays as it is; what has changed replaces the earlier claim.",
       {Positional("FILE", "A file with contributions, benefits, risks, ..."),
        Option("--date", "DATE",
               "The day of what names none (default: the latest in the file)."),
        DryRun()},
       ApplyRecordFile,
       "contributions:\n"
       "- {id: C27, date: 2026-03-31, giver: meridian, kind: plant_hour,\n"
       "   claimed: 700, acknowledged: 600}\n"
       "benefits:\n"
       "- {id: B01, date: 2026-01-31, receiver: cascadia, kind: gross_profit,\n"
       "   amount: 1200000, currency: USD}\n"
       "risks:\n"
       "- {title: product recall, impact_usd: 4000000,\n"
       "   likelihood: {agreed: possible, cascadia: unlikely},\n"
       "   borne: {cascadia: 0.3, meridian: 0.7}}\n"
       "measures:\n"
       "  handoff_lead_time: [{on: 2026-01-31, value: 5.5}]"});
  commands.push_back({"records",
                      "Show what each side claims, and what the other says.",
                      "tally records --open\ntally records --type reading", "",
                      std::move(list), ListRecords});
  commands.push_back(
      {"acknowledge",
       "Say that you received what the partner claims, all or in part.",
       "tally acknowledge r-31\ntally acknowledge r-31 --value 10",
       "",
       {Positional("ID", "The record."),
        Option("--value", "NUMBER", "How much of it (default: all)."),
        DryRun()},
       Acknowledge});
  commands.push_back({"dispute",
                      "Say that what the partner claims is not so.",
                      "tally dispute r-31 --why \"Only ten days were worked.\"",
                      "Both words stay in the logs.",
                      {Positional("ID", "The record."),
                       Option("--why", "TEXT", "Why.").Required(), DryRun()},
                      Dispute});
}

}  // namespace tallystick::cli
