// SPDX-License-Identifier: Apache-2.0
#include "cli/decision_words.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "cli/terms_words.h"
#include "cli/text.h"

namespace tallystick::cli {
namespace {

void AppendText(absl::string_view text, std::string& out) {
  if (text.empty()) return;
  const std::string clean = PrintableLines(text);
  absl::string_view rest = clean;
  while (!rest.empty() && rest.back() == '\n') rest.remove_suffix(1);
  absl::StrAppend(&out, "\n");
  for (absl::string_view line : absl::StrSplit(rest, '\n')) {
    absl::StrAppend(&out, line.empty() ? "" : "  ", line, "\n");
  }
}

void AppendApprovals(const v1::Decision& decision, const Layout& layout,
                     std::string& out) {
  if (decision.approvals().empty()) return;
  Table table(
      {{"who"}, {"party"}, {"verdict"}, {"revision"}, {"when"}, {"counts"}});
  for (const v1::DecisionApproval& approval : decision.approvals()) {
    const bool approves = approval.verdict() == v1::DecisionApproval::APPROVE;
    std::string why = approval.effective() ? "yes" : approval.why_not();
    if (!approval.reason().empty()) {
      absl::StrAppend(&why, why.empty() ? "" : "; ", approval.reason());
    }
    table.AddRow(
        {approval.person(), approval.party(),
         approves ? Cell("approves", Tone::kGood) : Cell("rejects", Tone::kBad),
         absl::StrCat(approval.revision()), InSeconds(approval.written()),
         why});
  }
  absl::StrAppend(&out, "\n", table.Render(layout));
}

}  // namespace

std::string StateInWords(v1::Decision::State state) {
  switch (state) {
    case v1::Decision::PROPOSED:
      return "proposed";
    case v1::Decision::RATIFIED:
      return "ratified";
    case v1::Decision::REJECTED:
      return "rejected";
    case v1::Decision::WITHDRAWN:
      return "withdrawn";
    case v1::Decision::LAPSED:
      return "lapsed";
    case v1::Decision::LATE_ACCEPTANCE:
      return "approved too late";
    case v1::Decision::IN_FORCE:
      return "in force";
    case v1::Decision::NOT_ACKNOWLEDGED:
      return "not acknowledged";
    default:
      return "-";
  }
}

Tone ToneOf(v1::Decision::State state) {
  switch (state) {
    case v1::Decision::RATIFIED:
    case v1::Decision::IN_FORCE:
      return Tone::kGood;
    case v1::Decision::PROPOSED:
    case v1::Decision::NOT_ACKNOWLEDGED:
    case v1::Decision::LATE_ACCEPTANCE:
      return Tone::kWarning;
    case v1::Decision::REJECTED:
      return Tone::kBad;
    default:
      return Tone::kQuiet;
  }
}

std::string DueInWords(const v1::Decision& decision) {
  if (decision.has_done_on()) {
    return absl::StrCat(decision.due_on(), decision.has_due_on() ? ", " : "",
                        "done");
  }
  if (!decision.has_late_days()) return decision.due_on();
  return absl::StrCat(decision.due_on(), ", ", decision.late_days(),
                      decision.late_days() == 1 ? " day late" : " days late");
}

std::string RenderDecision(const v1::Decision& decision, const Layout& layout) {
  std::string out = absl::StrCat(Paint(decision.id(), Tone::kStrong, layout),
                                 "  ", Printable(decision.title()), "\n");
  const auto line = [&out](absl::string_view name, absl::string_view value) {
    if (value.empty()) return;
    absl::StrAppend(&out, "  ", PadRight(name, 14), Printable(value), "\n");
  };
  absl::StrAppend(
      &out, "  ", PadRight("state", 14),
      Paint(StateInWords(decision.state()), ToneOf(decision.state()), layout),
      decision.reason().empty() ? "" : ": ", Printable(decision.reason()),
      "\n");
  line("how", decision.imported().summary());
  line("its dates say", decision.imported().status());
  line("type", decision.type());
  line("proposed", absl::StrCat("by ", decision.proposed_by(), ", ",
                                InSeconds(decision.proposed())));
  line("ratified", InSeconds(decision.ratified()));
  line("respond by", decision.respond_by());
  line("effective on", decision.effective_on());
  line("due on", decision.due_on());
  if (decision.has_done_on()) {
    line("done", absl::StrCat(decision.done_on(), ", says ",
                              absl::StrJoin(decision.done_by(), " and ")));
  } else if (decision.has_late_days()) {
    line("late", absl::StrCat(decision.late_days(),
                              decision.late_days() == 1 ? " day" : " days"));
  }
  line("note", decision.imported().note());
  if (decision.revision() > 0) {
    line("revision", absl::StrCat(decision.revision()));
  }
  line("hash", decision.content_hash());
  line("waits for", absl::StrJoin(decision.waiting_for(), ", "));
  for (const v1::Decision::Setting& setting : decision.settings()) {
    line("sets", absl::StrCat(setting.topic(), " = ", setting.value()));
  }
  for (const auto& [term, agreed] : DescribeAgreed(decision.agreed())) {
    line("agrees", absl::StrCat(term, " = ", agreed));
  }
  AppendText(decision.text(), out);
  AppendApprovals(decision, layout, out);
  for (const std::string& act : decision.overtaken()) {
    absl::StrAppend(&out, "\n");
    for (const std::string& wrapped : Wrap(Printable(act), 80)) {
      absl::StrAppend(&out, wrapped, "\n");
    }
  }
  if (!decision.next_step().empty()) {
    absl::StrAppend(&out, "\n", Printable(decision.next_step()), "\n");
  }
  return out;
}

}  // namespace tallystick::cli
