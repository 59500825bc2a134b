// SPDX-License-Identifier: Apache-2.0
#include "core/explain/explain_topic.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "core/alliance/statement_report.h"
#include "core/alliance/terms.h"
#include "core/drift/findings.h"
#include "core/expectation/answer.h"
#include "core/explain/comparison.h"
#include "core/explain/topic_words.h"

namespace tallystick::explain {
namespace {

using alliance::CellKey;
using alliance::GapRow;
using alliance::Version;
using expectation::Value;

class TopicExplainer {
 public:
  TopicExplainer(const alliance::AllianceState& state,
                 const alliance::GapQuestion& question, const GapRow& row)
      : state_(state),
        question_(question),
        row_(row),
        names_(question.names),
        own_(question.own_party),
        partner_(ledger::Other(question.own_party)),
        rates_(alliance::ExchangeRatesOn(state, question.on)) {}

  Explanation Explain() {
    explanation_.id = expectation::FormatTopicRef(row_.ref, names_);
    explanation_.title = row_.topic->title;
    explanation_.result = ResultInWords(row_, names_, own_);
    explanation_.rule = absl::StrCat(
        "Each company states its own answer and what it believes the other's "
        "is. ",
        ComparisonRule(*row_.topic), " A distance up to the tolerance ",
        Number(row_.topic->tolerance), " counts as the same.");
    AddInputs();
    AddComparisons();
    AddState(own_, row_.state_own, row_.congruency_own);
    AddState(partner_, row_.state_partner, row_.congruency_partner);
    AddSeverity();
    explanation_.next_step = NextStepInWords(row_, names_, own_);
    return std::move(explanation_);
  }

 private:
  std::string Name(v1::Party party) const {
    return std::string(names_.NameOf(party));
  }

  const Version* Find(v1::Party party, v1::Stance::Cell cell) const {
    const alliance::Cell* found = state_.FindCell({row_.ref, party, cell});
    return found == nullptr ? nullptr : &found->current();
  }

  // Kept at this node; null: what the log says counts.
  const alliance::PrivateAnswer* Kept(v1::Party party,
                                      v1::Stance::Cell cell) const {
    const auto found = question_.private_answers.find({row_.ref, cell});
    return party != own_ || found == question_.private_answers.end()
               ? nullptr
               : &found->second;
  }

  const Value* ValueOf(v1::Party party, v1::Stance::Cell cell) const {
    if (const auto* kept = Kept(party, cell)) return &*kept->value;
    const Version* version = Find(party, cell);
    return version == nullptr || version->kind != Version::Kind::kValue
               ? nullptr
               : &version->value;
  }

  void AddCell(const std::string& label, v1::Party party,
               v1::Stance::Cell cell) {
    if (const auto* kept = Kept(party, cell)) {
      explanation_.inputs.push_back(
          {label,
           absl::StrCat(
               expectation::AnswerToText(*row_.topic, *kept->value, names_),
               " (private: it stays at this node)"),
           std::nullopt});
      return;
    }
    const Version* version = Find(party, cell);
    if (version == nullptr) {
      explanation_.inputs.push_back({label, "not stated", std::nullopt});
      return;
    }
    std::string value = alliance::CellText(*row_.topic, *version, names_);
    if (cell == v1::Stance::PREDICTION && !version->blind) {
      absl::StrAppend(&value, " (after the other's answer was in view)");
    }
    explanation_.inputs.push_back(
        {label, std::move(value), Source{version->at, version->stated_on}});
  }

  void AddInputs() {
    for (const v1::Party party : {own_, partner_}) {
      AddCell(absl::StrCat(Name(party), ", own answer"), party,
              v1::Stance::OWN);
      AddCell(absl::StrCat(Name(party), " believes of ",
                           Name(ledger::Other(party))),
              party, v1::Stance::PREDICTION);
    }
    if (row_.agreed) {
      explanation_.inputs.push_back(
          {"agreed by both", *row_.agreed, std::nullopt});
    }
    explanation_.inputs.push_back(
        {"weight", absl::StrCat(row_.topic->weight), std::nullopt});
    explanation_.inputs.push_back(
        {"tolerance", Number(row_.topic->tolerance), std::nullopt});
  }

  // `d`: as the report has it; absent if that cannot be known.
  void AddComparison(const std::string& what, const Value* a, const Value* b,
                     const std::optional<double>& d) {
    if (a == nullptr || b == nullptr) {
      explanation_.steps.push_back(absl::StrCat(what, ": nothing to compare"));
      return;
    }
    const expectation::Distance distance =
        expectation::Compare(*row_.topic, *a, *b, rates_);
    if (!distance.known() && d) {
      explanation_.steps.push_back(
          absl::StrCat(what, ": the companies said of the texts that they ",
                       *d == 0 ? "mean the same" : "do not mean the same"));
      return;
    }
    explanation_.steps.push_back(absl::StrCat(
        what, ": ", DescribeDistance(*row_.topic, *a, distance),
        d ? absl::StrCat("; ", DescribeMatch(*d, row_.topic->tolerance)) : ""));
  }

  void AddComparisons() {
    const Value* own = ValueOf(own_, v1::Stance::OWN);
    const Value* theirs = ValueOf(partner_, v1::Stance::OWN);
    const Value* predicted = ValueOf(own_, v1::Stance::PREDICTION);
    const Value* they_predicted = ValueOf(partner_, v1::Stance::PREDICTION);
    AddComparison("agreement, own against own", own, theirs, row_.agreement);
    AddComparison(absl::StrCat(Name(own_), " thinks they agree"), own,
                  predicted, row_.congruency_own);
    AddComparison(absl::StrCat(Name(own_), " reads ", Name(partner_)),
                  predicted, theirs, row_.accuracy_own);
    AddComparison(absl::StrCat(Name(partner_), " thinks they agree"), theirs,
                  they_predicted, row_.congruency_partner);
    AddComparison(absl::StrCat(Name(partner_), " reads ", Name(own_)),
                  they_predicted, own, row_.accuracy_partner);
  }

  void AddState(v1::Party party, expectation::State state,
                const std::optional<double>& congruency) {
    if (!row_.agreement || !congruency) return;
    const double tolerance = row_.topic->tolerance;
    explanation_.steps.push_back(absl::StrCat(
        Name(party), ": the answers ",
        expectation::Matches(*row_.agreement, tolerance) ? "match" : "differ",
        ", and it believes that they ",
        expectation::Matches(*congruency, tolerance) ? "match" : "differ", ": ",
        InWords(state)));
  }

  void AddSeverity() {
    if (!row_.severity) return;
    const expectation::Severity& severity = *row_.severity;
    explanation_.steps.push_back(absl::StrFormat(
        "severity: (%s - %s) of what is beyond the tolerance = %s, band %d; "
        "weight %d x band %d x class %d (%s) = %d: %s",
        Number(*row_.agreement), Number(row_.topic->tolerance),
        Number(severity.excess), severity.band, row_.topic->weight,
        severity.band, severity.class_factor, InWords(row_.joint),
        severity.points, std::string(expectation::ToText(severity.grade))));
  }

  const alliance::AllianceState& state_;
  const alliance::GapQuestion& question_;
  const GapRow& row_;
  const expectation::PartyNames& names_;
  v1::Party own_;
  v1::Party partner_;
  expectation::ExchangeRates rates_;
  Explanation explanation_;
};

}  // namespace

Explanation ExplainTopic(const alliance::AllianceState& state,
                         const alliance::GapQuestion& question,
                         const GapRow& row) {
  Explanation explanation = TopicExplainer(state, question, row).Explain();
  const alliance::AgreedTopics agreed(state, question.on);
  for (const auto& found :
       {alliance::FindMoves(state, agreed, row.ref, question.names),
        alliance::FindLateness(state, agreed, row.ref, question.names)}) {
    for (const alliance::StatementRow& drift : found) {
      explanation.steps.push_back(DriftInWords(drift.drift, drift.subject));
    }
  }
  return explanation;
}

}  // namespace tallystick::explain
