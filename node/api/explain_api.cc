// SPDX-License-Identifier: Apache-2.0
#include "node/api/explain_api.h"

#include <algorithm>
#include <optional>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/alliance/gap_report.h"
#include "core/alliance/ids.h"
#include "core/alliance/practice_report.h"
#include "core/explain/explain_alert.h"
#include "core/explain/explain_decision.h"
#include "core/explain/explain_dimension.h"
#include "core/explain/explain_measure.h"
#include "core/explain/explain_past_decision.h"
#include "core/explain/explain_topic.h"
#include "core/status_macros.h"
#include "node/api/balance_api.h"
#include "node/api/names.h"
#include "node/api/past_encoding.h"
#include "node/api/private_view.h"

namespace tallystick::node {
namespace {

using explain::Explanation;

class Explainer {
 public:
  Explainer(const AllianceNode& alliance, const StateView& state)
      : alliance_(alliance), state_(state) {}

  absl::StatusOr<Explanation> Explain(const std::string& subject) const {
    if (absl::StartsWith(subject, "a-")) return Alert(subject);
    if (IsDecisionId(subject)) return Decision(subject);
    if (const auto dimension = FindDimension(subject)) {
      return Dimension(*dimension);
    }
    if (auto measure = Measure(subject)) return *std::move(measure);
    if (const alliance::PastTelling* telling =
            FindPast(alliance_, *state_, subject)) {
      return explain::ExplainPastDecision(*state_, alliance_.names(), *telling,
                                          state_.day);
    }
    return Topic(subject);
  }

 private:
  static bool IsDecisionId(absl::string_view subject) {
    return absl::StartsWith(subject, "d-") || absl::StrContains(subject, "/d-");
  }

  static std::optional<record::Dimension> FindDimension(
      absl::string_view subject) {
    for (const record::Dimension dimension : record::kDimensions) {
      if (subject == record::ToText(dimension)) return dimension;
    }
    return std::nullopt;
  }

  absl::StatusOr<Explanation> Dimension(record::Dimension dimension) const {
    TALLYSTICK_ASSIGN_OR_RETURN(const alliance::BalanceReport report,
                                ReportBalance(alliance_, state_));
    return explain::ExplainDimension(report, dimension, alliance_.names());
  }

  // None: no series of that name is measured or agreed on.
  std::optional<Explanation> Measure(const std::string& subject) const {
    for (const alliance::PracticeRow& row :
         alliance::PracticeReport(*state_, alliance_.names(), state_.day)) {
      if (row.subject.id != subject) continue;
      return explain::ExplainMeasure(
          row, row.source ? alliance::FormatDecisionId(
                                *state_, alliance_.names(), *row.source)
                          : "");
    }
    return std::nullopt;
  }

  absl::StatusOr<Explanation> Topic(const std::string& subject) const {
    TALLYSTICK_ASSIGN_OR_RETURN(
        const expectation::TopicRef ref,
        expectation::ParseTopicRef(subject, alliance_.names(),
                                   state_->catalogue()));
    alliance::GapQuestion question = {.own_party = alliance_.own_party(),
                                      .names = alliance_.names(),
                                      .on = state_.day,
                                      .position = std::nullopt,
                                      .private_answers = {}};
    TALLYSTICK_ASSIGN_OR_RETURN(question.private_answers,
                                PrivateInForce(alliance_, state_));
    const auto rows = alliance::CompareViews(*state_, question).rows;
    const auto row = std::find_if(
        rows.begin(), rows.end(),
        [&ref](const alliance::GapRow& one) { return one.ref == ref; });
    if (row == rows.end()) {
      return absl::NotFoundError(
          absl::StrCat("nobody has stated anything on ", subject,
                       " (see: tally topics --missing)"));
    }
    return explain::ExplainTopic(*state_, question, *row);
  }

  absl::StatusOr<Explanation> Decision(const std::string& subject) const {
    TALLYSTICK_ASSIGN_OR_RETURN(
        const decision::Decision* decision,
        alliance::ResolveDecision(*state_, alliance_.names(), subject));
    return explain::ExplainDecision(*state_, alliance_.names(), *decision,
                                    state_.now_us);
  }

  absl::StatusOr<Explanation> Alert(const std::string& subject) const {
    TALLYSTICK_ASSIGN_OR_RETURN(const uint64_t number,
                                alliance::ParseAlertId(subject));
    const auto& alerts = alliance_.replica().alerts().alerts();
    const auto alert = alerts.find(number);
    if (alert == alerts.end()) {
      return absl::NotFoundError(
          absl::StrCat("there is no alert ", subject, " (see: tally alerts)"));
    }
    // Alerts about the nodes themselves are about nothing people stated.
    const auto about = Explain(alert->second.finding.subject);
    return explain::ExplainAlert(alert->second, about.ok() ? &*about : nullptr);
  }

  const AllianceNode& alliance_;
  const StateView& state_;
};

v1::Explanation::Source Encode(const AllianceNode& alliance,
                               const explain::Source& source) {
  v1::Explanation::Source message;
  message.set_party(alliance.ShortName(source.at.party));
  message.set_person(source.at.author);
  if (source.stated_on) {
    message.set_stated_on(expectation::ToText(*source.stated_on));
  }
  message.set_written_at(TimeText(source.at.time_us));
  message.set_index(source.at.index);
  return message;
}

v1::Explanation Encode(const AllianceNode& alliance,
                       const Explanation& explanation) {
  v1::Explanation message;
  message.set_subject(explanation.id);
  message.set_title(explanation.title);
  message.set_result(explanation.result);
  message.set_rule(explanation.rule);
  for (const explain::Input& input : explanation.inputs) {
    v1::Explanation::Input* added = message.add_inputs();
    added->set_label(input.label);
    added->set_value(input.value);
    if (input.source)
      *added->mutable_source() = Encode(alliance, *input.source);
  }
  message.mutable_steps()->Add(explanation.steps.begin(),
                               explanation.steps.end());
  message.set_next_step(explanation.next_step);
  return message;
}

}  // namespace

absl::StatusOr<v1::Explanation> GetExplanation(
    Node& node, const v1::GetExplanationRequest& request) {
  TALLYSTICK_ASSIGN_OR_RETURN(AllianceNode * alliance,
                              node.Find(request.parent()));
  TALLYSTICK_ASSIGN_OR_RETURN(const StateView state,
                              ViewState(node, *alliance, request.as_of()));
  TALLYSTICK_ASSIGN_OR_RETURN(
      const Explanation explanation,
      Explainer(*alliance, state).Explain(request.subject()));
  v1::Explanation response = Encode(*alliance, explanation);
  response.set_own_size(state->size(alliance->own_party()));
  response.set_partner_size(state->size(alliance->partner_party()));
  response.set_as_of(expectation::ToText(state.day));
  return response;
}

}  // namespace tallystick::node
