// SPDX-License-Identifier: Apache-2.0
// record contribution, benefit, upkeep, ...: one record each.
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "cli/command.h"
#include "cli/record_words.h"
#include "cli/session.h"
#include "core/status_macros.h"
#include "tallystick/v1/record_service.grpc.pb.h"

namespace tallystick::cli {
namespace {

constexpr std::array kTypes = {"contribution", "benefit",   "upkeep",
                               "risk",         "reading",   "knowledge",
                               "meeting",      "milestone", "conflict",
                               "owned_result", "share",     "commitment"};

absl::Status SetCount(const Arguments& arguments, const std::string& option,
                      int32_t* count) {
  if (!arguments.Has(option)) return absl::OkStatus();
  if (absl::SimpleAtoi(arguments.Get(option), count)) return absl::OkStatus();
  return UsageError(absl::StrCat(option, " takes a whole number"));
}

void SetParts(const std::vector<std::string>& parts, v1::RecordFields& fields) {
  for (const std::string& part : parts) {
    v1::RecordFields::ByParty& share = *fields.add_shares();
    const size_t equals = part.find('=');
    share.set_party(part.substr(0, equals));
    if (equals != std::string::npos) share.set_value(part.substr(equals + 1));
  }
}

// Every option means the same in all of these commands.
absl::StatusOr<v1::CreateRecordRequest> ReadRequest(
    const Arguments& arguments) {
  v1::CreateRecordRequest request;
  v1::RecordFields& fields = *request.mutable_fields();
  const std::pair<const char*, std::string*> texts[] = {
      {"--kind", request.mutable_kind()},
      {"--measure", request.mutable_kind()},
      {"--forum", request.mutable_kind()},
      {"--subject", request.mutable_kind()},
      {"--quantity", request.mutable_quantity()},
      {"--count", request.mutable_quantity()},
      {"--value", request.mutable_quantity()},
      {"--days", request.mutable_quantity()},
      {"--date", request.mutable_date()},
      {"--note", request.mutable_note()},
      {"--reference", request.mutable_reference()},
      {"--amount", fields.mutable_amount()},
      {"--currency", fields.mutable_currency()},
      {"--title", fields.mutable_title()},
      {"--likelihood", fields.mutable_likelihood()},
      {"--impact", fields.mutable_impact()},
      {"--agreed-likelihood", fields.mutable_agreed_likelihood()},
      {"--agreed-impact", fields.mutable_agreed_impact()},
      {"--mitigation", fields.mutable_mitigation()},
      {"--about", fields.mutable_about()},
      {"--source", fields.mutable_source()},
      {"--due", fields.mutable_due()},
      {"--step", fields.mutable_step()},
      {"--own-share", fields.mutable_own_share()},
      {"--partner-share", fields.mutable_partner_share()},
      {"--of", fields.mutable_person()},
      {"--role", fields.mutable_role()}};
  for (const auto& [option, text] : texts) {
    if (arguments.Has(option)) *text = arguments.Get(option);
  }
  for (const std::string& attendee : arguments.All("--attendee")) {
    fields.add_attendees(attendee);
  }
  SetParts(arguments.All("--borne"), fields);
  SetParts(arguments.All("--owned"), fields);
  fields.set_closed(arguments.Has("--closed"));
  fields.set_met(arguments.Has("--met"));
  fields.set_settled(arguments.Has("--settled"));
  int32_t count = 0;
  TALLYSTICK_RETURN_IF_ERROR(SetCount(arguments, "--decisions", &count));
  fields.set_decisions(std::exchange(count, 0));
  TALLYSTICK_RETURN_IF_ERROR(SetCount(arguments, "--risks", &count));
  fields.set_risks(std::exchange(count, 0));
  TALLYSTICK_RETURN_IF_ERROR(SetCount(arguments, "--conflicts", &count));
  fields.set_conflicts(count);
  return request;
}

template <size_t kType>
Outcome Create(Session& session, const Arguments& arguments) {
  TALLYSTICK_ASSIGN_OR_RETURN(v1::CreateRecordRequest request,
                              ReadRequest(arguments));
  request.set_parent(session.AllianceName());
  request.set_type(kTypes[kType]);
  request.set_author(session.options().person);
  request.set_validate_only(arguments.Has("--dry-run"));
  request.set_request_id(NewRequestId());
  v1::Record record;
  TALLYSTICK_RETURN_IF_ERROR(session.node().Call(
      &v1::RecordService::Stub::CreateRecord, request, &record));
  const bool dry_run = request.validate_only();
  session.RemarkDryRun(dry_run);
  return ShowRecord(session, record, dry_run ? "Would record" : "Recorded");
}

Parameter Kind(std::string help) {
  return Option("--kind", "KIND", std::move(help));
}
Parameter Title() { return Option("--title", "TEXT", "What it is."); }
Parameter Amount() {
  return Option("--amount", "NUMBER", "How much money, in whole units.");
}
Parameter Currency() {
  return Option("--currency", "CODE",
                "USD, EUR, ... (default: as the kind ends: profit_usd).");
}

// With the options that all of them take.
void Add(Commands& commands, const std::string& name, std::string summary,
         std::string example, std::vector<Parameter> parameters,
         Outcome (*run)(Session&, const Arguments&)) {
  parameters.push_back(Option("--date", "DATE", "When (default: today)."));
  parameters.push_back(Option("--note", "TEXT", "What else to say."));
  parameters.push_back(Option("--reference", "TEXT", "Your own name for it."));
  parameters.push_back(DryRun());
  commands.push_back(
      {absl::StrCat("record ", name), std::move(summary), std::move(example),
       "The partner sees the claim and acknowledges or disputes it.",
       std::move(parameters), run});
}

void AddFigures(Commands& commands) {
  Add(commands, "contribution", "Record what your company gave.",
      "tally record contribution --kind field_sales_day --quantity 12.5 "
      "--date 2026-10-31",
      {Kind("As in the rate table.").Required(),
       Option("--quantity", "NUMBER", "How much.").Required()},
      Create<0>);
  Add(commands, "benefit", "Record what your company got out of it.",
      "tally record benefit --kind gross_profit --amount 120000 "
      "--currency USD\ntally record benefit --kind patent_filing --count 2",
      {Kind("What it is; if counted, as in the table of points.").Required(),
       Amount(), Currency(),
       Option("--count", "NUMBER", "How many, if it is no money.")},
      Create<1>);
  Add(commands, "upkeep",
      "Record what it cost just to keep the alliance going.",
      "tally record upkeep --kind joint_office --amount 20000 --currency USD",
      {Kind("What for.").Required(), Amount().Required(), Currency()},
      Create<2>);
  Add(commands, "reading", "Record one point of a measured series.",
      "tally record reading --measure service_level --value 97.4",
      {Option("--measure", "MEASURE", "MEASURE or MEASURE@PARTY.").Required(),
       Option("--value", "NUMBER", "The figure.").Required(),
       Option("--source", "TEXT", "Where it comes from.")},
      Create<4>);
  Add(commands, "knowledge", "Record know-how that you handed over.",
      "tally record knowledge --kind training_day --count 3",
      {Kind("As in the table of points; \"points\" for points.").Required(),
       Option("--count", "NUMBER", "How many.").Required(), Title()},
      Create<5>);
  Add(commands, "commitment", "Record days that your people give.",
      "tally record commitment --of \"Mara Lindqvist\" --days 20",
      {Option("--days", "NUMBER", "How many days.").Required(),
       Option("--of", "PERSON", "Whose days."),
       Option("--role", "ROLE", "As what: process_engineer.")},
      Create<11>);
}

void AddEvents(Commands& commands) {
  Add(commands, "risk", "Record a risk as your company sees it.",
      "tally record risk --title \"product recall\" --likelihood rare "
      "--impact 12000000 --currency USD --borne cascadia=0.6 --borne "
      "meridian=0.4",
      {Title().Required(), Kind("A kind of risk."),
       Option("--likelihood", "WORD",
              "rare, unlikely, possible, likely, almost_certain, or as agreed.")
           .Required(),
       Option("--impact", "NUMBER", "What it would cost.").Required(),
       Currency(),
       Option("--borne", "PARTY=PART", "Who bears what part of it, 0 to 1.")
           .Required()
           .Repeated(),
       Option("--agreed-likelihood", "WORD", "What the register says."),
       Option("--agreed-impact", "NUMBER", "What the register says."),
       Option("--mitigation", "TEXT", "What is done about it."),
       Switch("--closed", "It is over.")},
      Create<3>);
  Add(commands, "meeting", "Record a meeting of a forum.",
      "tally record meeting --forum steering --attendee \"Mara Lindqvist\" "
      "--decisions 2",
      {Option("--forum", "FORUM", "Which forum met.").Required(),
       Option("--attendee", "NAME", "Who was there.").Repeated(),
       Option("--decisions", "N", "How many were taken."),
       Option("--risks", "N", "How many were raised."),
       Option("--conflicts", "N", "How many were raised.")},
      Create<6>);
  Add(commands, "milestone", "Record whether a date was met.",
      "tally record milestone --title \"shelf-life study\" --due 2026-04-30 "
      "--met",
      {Title().Required(),
       Option("--due", "DATE", "When it is due.").Required(),
       Switch("--met", "It was met.")},
      Create<7>);
  Add(commands, "conflict", "Record a dispute as your company sees it.",
      "tally record conflict --title \"price of concentrate\" --step leads",
      {Title().Required(),
       Option("--step", "TEXT", "The step of the dispute ladder it is on."),
       Switch("--settled", "It is settled.")},
      Create<8>);
}

void AddShares(Commands& commands) {
  Add(commands, "owned-result",
      "Record something made together, and who owns what part of it.",
      "tally record owned-result --kind patent_filing --title P1 --owned "
      "cascadia=0.5 --owned meridian=0.5",
      {Kind("As in the table of points.").Required(), Title(),
       Option("--owned", "PARTY=PART", "Who owns what part of it, 0 to 1.")
           .Required()
           .Repeated()},
      Create<9>);
  Add(commands, "share", "Record your part in something made together.",
      "tally record share --subject category_growth --own-share 0.6 "
      "--partner-share 0.4",
      {Option("--subject", "SUBJECT", "What was made together.").Required(),
       Option("--own-share", "PART", "What you claim, 0 to 1.").Required(),
       Option("--partner-share", "PART", "What you leave to the partner.")},
      Create<10>);
}

}  // namespace

std::vector<std::string> RecordTypes() {
  return {kTypes.begin(), kTypes.end()};
}

void AddRecordCreateCommands(Commands& commands) {
  AddFigures(commands);
  AddEvents(commands);
  AddShares(commands);
}

}  // namespace tallystick::cli
