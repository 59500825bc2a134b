// SPDX-License-Identifier: Apache-2.0
// propose, counter, withdraw, decisions, decision.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/command.h"
#include "cli/decision_words.h"
#include "cli/paging.h"
#include "cli/proposal_file.h"
#include "cli/session.h"
#include "cli/yaml_tree.h"
#include "core/status_macros.h"
#include "tallystick/v1/decision_service.grpc.pb.h"

namespace tallystick::cli {
namespace {

using Decisions = v1::DecisionService::Stub;

absl::StatusOr<v1::DecisionTerms> TermsFromFile(Session& session,
                                                const std::string& file) {
  session.set_input_file(file);
  TALLYSTICK_ASSIGN_OR_RETURN(const std::string text, ReadTextFile(file));
  return ReadProposalFile(text, file);
}

v1::DecisionTerms::Setting* SettingOf(const std::string& topic,
                                      v1::DecisionTerms& terms) {
  for (v1::DecisionTerms::Setting& setting : *terms.mutable_settings()) {
    if (setting.topic() == topic) return &setting;
  }
  v1::DecisionTerms::Setting* added = terms.add_settings();
  added->set_topic(topic);
  return added;
}

// What the flags say replaces what the file says.
absl::Status AddFlags(const Arguments& arguments, v1::DecisionTerms& terms) {
  const auto take = [&](const char* flag, std::string* field) {
    if (arguments.Has(flag)) *field = arguments.Get(flag);
  };
  take("--type", terms.mutable_type());
  take("--title", terms.mutable_title());
  take("--respond-by", terms.mutable_respond_by());
  take("--effective-on", terms.mutable_effective_on());
  take("--due-on", terms.mutable_due_on());
  if (arguments.Has("--body")) {
    TALLYSTICK_ASSIGN_OR_RETURN(*terms.mutable_text(),
                                ReadTextFile(arguments.Get("--body")));
  }
  for (const std::string& set : arguments.All("--set")) {
    const size_t sign = set.find('=');
    if (sign == std::string::npos || sign == 0 || sign + 1 == set.size()) {
      return UsageError(
          absl::StrCat("--set wants TOPIC=VALUE, not \"", set, "\""));
    }
    v1::DecisionTerms::Setting* setting = SettingOf(set.substr(0, sign), terms);
    TALLYSTICK_ASSIGN_OR_RETURN(*setting->mutable_value(),
                                ParseValue(set.substr(sign + 1)));
  }
  return absl::OkStatus();
}

Outcome ShowDecision(Session& session, const v1::Decision& decision,
                     bool dry_run) {
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(decision));
  if (session.for_people()) {
    session.out() << RenderDecision(decision, session.layout());
  }
  session.RemarkDryRun(dry_run);
  return Exit::kDone;
}

Outcome Propose(Session& session, const Arguments& arguments) {
  v1::ProposeDecisionRequest request;
  if (arguments.Has("FILE")) {
    TALLYSTICK_ASSIGN_OR_RETURN(*request.mutable_terms(),
                                TermsFromFile(session, arguments.Get("FILE")));
  }
  TALLYSTICK_RETURN_IF_ERROR(AddFlags(arguments, *request.mutable_terms()));
  if (request.terms().type().empty() || request.terms().title().empty()) {
    return UsageError(
        "a proposal needs a type and a title (give a FILE, or --type TYPE "
        "--title TITLE)");
  }
  const std::string alliance = session.AllianceName();
  request.set_parent(alliance);
  request.set_author(session.options().person);
  request.set_validate_only(arguments.Has("--dry-run"));
  request.set_request_id(NewRequestId());
  v1::Decision decision;
  TALLYSTICK_RETURN_IF_ERROR(
      session.node().Call(&Decisions::ProposeDecision, request, &decision));
  return ShowDecision(session, decision, request.validate_only());
}

// The terms that stand, to be changed.
absl::Status TakeStandingTerms(Session& session,
                               v1::CounterDecisionRequest& counter) {
  v1::GetDecisionRequest request;
  request.set_name(counter.name());
  v1::Decision decision;
  TALLYSTICK_RETURN_IF_ERROR(
      session.node().Call(&Decisions::GetDecision, request, &decision));
  counter.set_replaces_hash(decision.content_hash());
  v1::DecisionTerms& terms = *counter.mutable_terms();
  terms.set_type(decision.type());
  terms.set_title(decision.title());
  terms.set_text(decision.text());
  terms.set_respond_by(decision.respond_by());
  terms.set_effective_on(decision.effective_on());
  terms.set_due_on(decision.due_on());
  *terms.mutable_agreed() = decision.agreed();
  for (const v1::Decision::Setting& setting : decision.settings()) {
    v1::DecisionTerms::Setting& added = *terms.add_settings();
    added.set_topic(setting.topic());
    *added.mutable_value() = setting.raw();
  }
  return absl::OkStatus();
}

Outcome Counter(Session& session, const Arguments& arguments) {
  const std::string alliance = session.AllianceName();
  v1::CounterDecisionRequest request;
  request.set_name(ResourceName(alliance, "decisions", arguments.Get("ID")));
  if (arguments.Has("FILE")) {
    TALLYSTICK_ASSIGN_OR_RETURN(*request.mutable_terms(),
                                TermsFromFile(session, arguments.Get("FILE")));
  } else {
    TALLYSTICK_RETURN_IF_ERROR(TakeStandingTerms(session, request));
  }
  TALLYSTICK_RETURN_IF_ERROR(AddFlags(arguments, *request.mutable_terms()));
  request.set_author(session.options().person);
  request.set_validate_only(arguments.Has("--dry-run"));
  request.set_request_id(NewRequestId());
  v1::Decision decision;
  TALLYSTICK_RETURN_IF_ERROR(
      session.node().Call(&Decisions::CounterDecision, request, &decision));
  return ShowDecision(session, decision, request.validate_only());
}

Outcome Withdraw(Session& session, const Arguments& arguments) {
  const std::string alliance = session.AllianceName();
  v1::WithdrawDecisionRequest request;
  request.set_name(ResourceName(alliance, "decisions", arguments.Get("ID")));
  request.set_reason(arguments.Get("--why"));
  request.set_author(session.options().person);
  request.set_validate_only(arguments.Has("--dry-run"));
  request.set_request_id(NewRequestId());
  v1::Decision decision;
  TALLYSTICK_RETURN_IF_ERROR(
      session.node().Call(&Decisions::WithdrawDecision, request, &decision));
  return ShowDecision(session, decision, request.validate_only());
}

Outcome ListDecisions(Session& session, const Arguments& arguments) {
  const std::string alliance = session.AllianceName();
  v1::ListDecisionsRequest request;
  request.set_parent(alliance);
  request.set_pending(arguments.Has("--pending"));
  request.set_as_of(arguments.Get("--as-of"));
  v1::ListDecisionsResponse response;
  TALLYSTICK_RETURN_IF_ERROR(ListPages(
      session, &Decisions::ListDecisions, request, WantedItems(arguments),
      &response, [](const auto& page) { return page.decisions_size(); }));
  TALLYSTICK_RETURN_IF_ERROR(session.PrintForScripts(response));
  if (!session.for_people()) return Exit::kDone;
  Table table(
      {{"id"}, {"state"}, {"title"}, {"type"}, {"by"}, {"due"}, {"waits for"}});
  for (const v1::Decision& decision : response.decisions()) {
    table.AddRow(
        {decision.id(),
         Cell(absl::StrCat(StateInWords(decision.state()),
                           decision.has_imported() ? " (imported)" : ""),
              ToneOf(decision.state())),
         decision.title(), decision.type(), decision.proposed_by(),
         DueInWords(decision), absl::StrJoin(decision.waiting_for(), ", ")});
  }
  if (!table.empty()) {
    session.Print(table);
  } else {
    session.Remark(request.pending()
                       ? "No decision waits for anybody."
                       : "No decisions yet. Propose one: tally propose --type "
                         "roadmap_changes --title TITLE");
  }
  RemarkCutOff(session, response, response.decisions_size());
  return Exit::kDone;
}

// The newest verdict of a person, byte for byte as it was signed: for checking
// it with ssh-keygen alone.
Outcome PrintSigned(Session& session, const v1::Decision& decision,
                    const std::string& person, bool signature) {
  const v1::DecisionApproval* newest = nullptr;
  for (const v1::DecisionApproval& approval : decision.approvals()) {
    if (approval.person() == person || approval.principal() == person) {
      newest = &approval;
    }
  }
  if (newest == nullptr) {
    return absl::NotFoundError(
        absl::StrCat(person, " has signed nothing about ", decision.id(),
                     " (see: tally decision ", decision.id(), ")"));
  }
  session.out() << (signature ? newest->signature() : newest->text());
  return Exit::kDone;
}

Outcome GetDecision(Session& session, const Arguments& arguments) {
  const std::string alliance = session.AllianceName();
  v1::GetDecisionRequest request;
  request.set_name(ResourceName(alliance, "decisions", arguments.Get("ID")));
  request.set_as_of(arguments.Get("--as-of"));
  v1::Decision decision;
  TALLYSTICK_RETURN_IF_ERROR(
      session.node().Call(&Decisions::GetDecision, request, &decision));
  for (const char* part : {"--text-of", "--signature-of"}) {
    if (!arguments.Has(part)) continue;
    return PrintSigned(session, decision, arguments.Get(part),
                       part == absl::string_view("--signature-of"));
  }
  return ShowDecision(session, decision, false);
}

constexpr char kTermsFile[] =
    "type: commercial_terms\n"
    "title: Price plus 4 per cent\n"
    "text: From January on ...\n"
    "set: {socket/handoff-lead-time: 5 days}     # agreed answers to topics\n"
    "respond_by: 2026-12-31\n"
    "effective: 2027-01-01\n"
    "due: 2027-04-30\n"
    "targets:                                    # agreed shares and band\n"
    "  inputs: {cascadia: 0.45, meridian: 0.55, band: 0.1}\n"
    "rate_table: {version: 1, effective: 2027-01-01, currency: USD,\n"
    "  rates: {plant_hour: 1800}}\n"
    "points_table: {version: 1, points: {patent_filing: 25}}\n"
    "currency_rates: [{from: EUR, to: USD, rate: 1.08}]\n"
    "monitored:                                  # agreed figures\n"
    "  service_level: {agreed: 97, sigma: 1.5, good: higher}";

// `first`, and what both proposing and countering take.
std::vector<Parameter> TermsParameters(std::vector<Parameter> first) {
  for (Parameter parameter :
       {Positional("FILE", "The terms, as YAML.").Optional(),
        Option("--type", "TYPE", "As in the decision rights."),
        Option("--title", "TITLE", "One line."),
        Option("--body", "FILE", "The text of the decision."),
        Option("--set", "TOPIC=VALUE", "What becomes the agreed charter.")
            .Repeated(),
        Option("--respond-by", "DAY", "Answers after it are late."),
        Option("--effective-on", "DATE", "From when it holds."),
        Option("--due-on", "DATE", "By when it is to be done."), DryRun()}) {
    first.push_back(std::move(parameter));
  }
  return first;
}

Command ProposeCommand() {
  return {"propose",
          "Propose a decision to the partner; proposing is not approving.",
          "tally propose --type delivery_tradeoffs --title \"Handoff in 5 "
          "days\" \\\n    --set \"socket/handoff-lead-time=5 days\"\ntally "
          "propose terms.yaml --dry-run",
          "Once a person on each side has approved the same revision, it "
          "binds both, and what it sets is the agreed charter.",
          TermsParameters({}),
          Propose,
          kTermsFile};
}

}  // namespace

void AddDecisionCommands(Commands& commands) {
  commands.push_back(ProposeCommand());
  commands.push_back(
      {"counter",
       "Offer other terms; approvals of the former terms no longer count.",
       "tally counter d-7 --set \"deal/share-benefit={cascadia: 0.5, meridian: "
       "0.5}\"\ntally counter d-7 terms.yaml --dry-run",
       "Without FILE it is the terms that stand, with what the options change.",
       TermsParameters({Positional("ID", "The decision.")}), Counter,
       kTermsFile});
  commands.push_back(
      {"withdraw",
       "Take back the terms your company offered, as long as they bind nobody.",
       "tally withdraw d-7 --why \"Prices have changed.\"",
       "",
       {Positional("ID", "The decision."), Option("--why", "TEXT", "Why."),
        DryRun()},
       Withdraw});
  std::vector<Parameter> list = {
      Switch("--pending", "Only those that wait for somebody."), AsOf()};
  for (Parameter& parameter : ListParameters()) list.push_back(parameter);
  commands.push_back({"decisions", "Show decisions and whom they wait for.",
                      "tally decisions --pending\ntally decisions -o json", "",
                      std::move(list), ListDecisions});
  commands.push_back(
      {"decision",
       "Show one decision: its terms, who has approved, what is "
       "next.",
       "tally decision d-7\ntally decision d-7 --text-of alice "
       "> text\ntally decision d-7 --signature-of alice > "
       "text.sig",
       "Anybody can check a signature without Tallystick: "
       "ssh-keygen -Y verify -f allowed_signers -I "
       "alice@cascadia.example -n tallystick -s text.sig < text",
       {Positional("ID", "The decision."), AsOf(),
        Option("--text-of", "PERSON", "Print exactly the text they signed."),
        Option("--signature-of", "PERSON", "Print exactly their signature.")},
       GetDecision});
}

}  // namespace tallystick::cli
