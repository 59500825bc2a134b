// SPDX-License-Identifier: Apache-2.0
#include "core/explain/explain_measure.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace tallystick::explain {
namespace {

using alliance::PracticeRow;
using drift::Method;

// Without drift, so many of the newest points are shown.
constexpr size_t kPointsShown = 8;

absl::string_view SideName(size_t side) { return side == 0 ? "up" : "down"; }

std::string RuleOf(const PracticeRow& row) {
  switch (row.practice.method) {
    case Method::kCusum:
      return absl::StrFormat(
          "Each reading is taken as its distance z from the agreed figure, in "
          "standard deviations. What exceeds k = %s adds up, in each "
          "direction; a sum of more than h = %s on the bad side is drift "
          "(CUSUM). It is over when the moving average has come back to half "
          "its limit and three readings in a row are within tolerance.",
          Number(row.measure.k), Number(row.practice.reference.h));
    case Method::kSelfStarting:
      return "Without an agreed figure and spread the series is held against "
             "its own past, reading by reading (self-starting CUSUM).";
    case Method::kRuleOfTwo:
      return "With fewer than 5 readings there are no statistics: two of the "
             "last three out of tolerance on the bad side are worth a look.";
    case Method::kNone:
      break;
  }
  return "There is too little to judge by: readings, a figure, or a spread.";
}

std::string ResultOf(const PracticeRow& row) {
  if (!row.practice.open.empty()) {
    return alliance::FindingsOf(row).front().text;
  }
  switch (row.practice.state) {
    case drift::PracticeState::kNoReadings:
      return "There are no readings.";
    case drift::PracticeState::kTooFew:
      return "There are too few readings to say anything.";
    default:
      break;
  }
  if (!row.practice.reference.agreed) {
    return "It has not drifted from its own past.";
  }
  return row.practice.better_than_agreed ? "It is better than agreed."
                                         : "It is as agreed.";
}

void AddInput(const std::string& label, const std::string& value,
              Explanation* explanation) {
  explanation->inputs.push_back({label, value, std::nullopt});
}

void AddInputs(const PracticeRow& row, const std::string& decision,
               Explanation* explanation) {
  const drift::Reference& reference = row.practice.reference;
  if (reference.agreed) {
    AddInput("agreed figure",
             absl::StrCat(Number(*reference.agreed),
                          decision.empty() ? "" : " by " + decision),
             explanation);
  }
  // Held against its own past a series is judged by its own spread.
  if (reference.sigma && row.practice.method != Method::kSelfStarting) {
    AddInput("spread (sigma)",
             absl::StrCat(Number(*reference.sigma), " (",
                          drift::ToText(reference.sigma_source), ")"),
             explanation);
  }
  if (reference.tolerance) {
    AddInput("tolerance", Number(*reference.tolerance), explanation);
  }
  AddInput("readings", absl::StrCat(row.points.size()), explanation);
  AddInput("weight", absl::StrCat(row.measure.weight), explanation);
  if (row.practice.differing_days > 0) {
    AddInput("days on which the two report different figures",
             absl::StrCat(row.practice.differing_days), explanation);
  }
}

// "2025-05-12: 6.4, z 1.4; up max(0, 4.5 + 1.4 - 0.5) = 5.4"
std::string StepOf(const PracticeRow& row, size_t i) {
  const drift::ChartRow& at = row.chart[i];
  std::string step =
      absl::StrCat(expectation::ToText(at.on), ": ", Number(at.value));
  if (!at.score) return step;
  absl::StrAppend(&step, ", z ", Number(*at.score));
  for (const size_t side : {size_t{0}, size_t{1}}) {
    const drift::Side named = side == 0 ? drift::Side::kUp : drift::Side::kDown;
    if (!drift::IsBad(row.measure.good, named)) continue;
    const bool restarted = i > 0 && row.chart[i - 1].closed;
    const double before = i == 0 || restarted ? 0 : row.chart[i - 1].sums[side];
    absl::StrAppend(&step, "; ", SideName(side), " max(0, ", Number(before),
                    side == 0 ? " + " : " - ", Number(*at.score), " - ",
                    Number(row.measure.k), ") = ", Number(at.sums[side]));
    if (at.opened[side]) absl::StrAppend(&step, ", noticed");
  }
  if (at.closed) absl::StrAppend(&step, "; over, the sums restart at 0");
  return step;
}

void AddSteps(const PracticeRow& row, Explanation* explanation) {
  const size_t n = row.chart.size();
  size_t first = n - std::min(n, kPointsShown);
  for (const drift::OpenDrift& open : row.practice.open) {
    if (open.onset_at) {
      first = std::min(first, static_cast<size_t>(*open.onset_at) - 1);
    }
  }
  if (first > 0) {
    explanation->steps.push_back(absl::StrCat(
        "the first ", first, " readings are left out here",
        row.practice.open.empty() ? "" : ": after them the sum stood at 0"));
  }
  for (size_t i = first; i < n; ++i) {
    explanation->steps.push_back(StepOf(row, i));
  }
  for (const drift::OpenDrift& open : row.practice.open) {
    if (!open.ratio) continue;
    explanation->steps.push_back(absl::StrFormat(
        "severity: %s / %s = %s times the limit, band %d; weight %d x band %d "
        "x class %d = %d: %s",
        Number(*open.statistic), Number(row.practice.reference.h),
        Number(*open.ratio), open.rating.band, row.measure.weight,
        open.rating.band, drift::kPracticeFactor, open.rating.points,
        std::string(drift::ToText(open.rating.severity))));
  }
}

}  // namespace

Explanation ExplainMeasure(const PracticeRow& row,
                           const std::string& decision) {
  Explanation explanation;
  explanation.id = row.subject.id;
  explanation.title = row.unit.empty() ? "" : "in " + row.unit;
  explanation.result = ResultOf(row);
  explanation.rule = RuleOf(row);
  AddInputs(row, decision, &explanation);
  AddSteps(row, &explanation);
  explanation.next_step =
      row.practice.open.empty()
          ? "Nothing; go on reporting (tally record reading)."
          : "Talk about it: bring practice back, or agree on another figure "
            "(tally propose FILE, with monitored:).";
  return explanation;
}

}  // namespace tallystick::explain
