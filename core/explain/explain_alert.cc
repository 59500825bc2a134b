// SPDX-License-Identifier: Apache-2.0
#include "core/explain/explain_alert.h"

#include "absl/strings/str_cat.h"
#include "core/alliance/dates.h"
#include "core/alliance/ids.h"

namespace tallystick::explain {
namespace {

using drift::Alert;

absl::string_view StateInWords(Alert::State state) {
  switch (state) {
    case Alert::State::kOpen:
      return "open";
    case Alert::State::kAcknowledged:
      return "acknowledged: silent unless it gets worse";
    case Alert::State::kClosed:
      return "over";
    case Alert::State::kSuperseded:
      return "superseded: a joint decision is the new baseline";
  }
  return "";
}

std::string Day(int64_t time_us) {
  return expectation::ToText(alliance::DayOf(time_us));
}

}  // namespace

Explanation ExplainAlert(const Alert& alert, const Explanation* about) {
  Explanation explanation;
  explanation.id = alliance::FormatAlertId(alert.number);
  explanation.title =
      absl::StrCat(alert.finding.kind, " on ", alert.finding.subject);
  explanation.result = alert.finding.text;
  explanation.rule =
      "The same matter is one alert: kind, subject, company, direction and "
      "baseline. Noticed again it is counted; acknowledged it stays silent "
      "unless its severity rises; it closes when the cause is gone or a joint "
      "decision sets a new baseline; back within 14 days it keeps its number.";
  explanation.inputs = {
      {"state", std::string(StateInWords(alert.state)), std::nullopt},
      {"opened", Day(alert.opened_at_us), std::nullopt},
      {"last seen",
       absl::StrCat(Day(alert.last_seen_at_us), ", ", alert.count,
                    alert.count == 1 ? " time in all" : " times in all"),
       std::nullopt}};
  if (alert.finding.points > 0) {
    explanation.inputs.push_back(
        {"severity",
         absl::StrCat(drift::ToText(alert.finding.severity), ", ",
                      alert.finding.points, " points"),
         std::nullopt});
  }
  explanation.next_step = absl::StrCat(
      "Acknowledge it once somebody looks after it (tally alert "
      "ack ",
      explanation.id, ").");
  if (about != nullptr) {
    explanation.rule = absl::StrCat(about->rule, " ", explanation.rule);
    explanation.inputs.insert(explanation.inputs.end(), about->inputs.begin(),
                              about->inputs.end());
    explanation.steps = about->steps;
    explanation.next_step =
        absl::StrCat(about->next_step, " ", explanation.next_step);
  }
  return explanation;
}

}  // namespace tallystick::explain
