// SPDX-License-Identifier: Apache-2.0
#include "core/explain/explain_dimension.h"

#include <algorithm>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "core/record/amount.h"

namespace tallystick::explain {
namespace {

using alliance::Basis;
using alliance::DimensionRow;
using expectation::PartyNames;

std::string BasisInWords(Basis basis, const PartyNames& names) {
  switch (basis) {
    case Basis::kClaimed:
      return "as claimed";
    case Basis::kAcknowledged:
      return "as acknowledged";
    case Basis::kAgreed:
      return "by the agreed register";
    case Basis::kByA:
      return absl::StrCat("by the estimate of ", names.a);
    case Basis::kByB:
      return absl::StrCat("by the estimate of ", names.b);
  }
  return "";
}

std::string Amount(const record::Valuation& valuation,
                   const std::string& unit) {
  const std::optional<record::Units> total = valuation.Total();
  if (!total) return "not reported";
  return absl::StrCat(record::ToText(*total, record::DigitsOf(unit)), " ",
                      unit);
}

std::string Lines(const record::Valuation& valuation) {
  return absl::StrCat(valuation.valued, " of ", valuation.lines,
                      valuation.lines == 1 ? " line" : " lines", " valued");
}

std::string StateInWords(record::Balance balance) {
  switch (balance) {
    case record::Balance::kNoData:
      return "there are no records";
    case record::Balance::kOneSided:
      return "only one side has reported, which is not 0 of the other";
    case record::Balance::kNoTarget:
      return "no share was agreed, and one half is never assumed";
    case record::Balance::kPartial:
      return "too few lines are valued for a judgement";
    case record::Balance::kBalanced:
      return "in balance: within the band";
    case record::Balance::kWatch:
      return "watch: beyond the band, not beyond twice the band";
    case record::Balance::kBreach:
      return "breach: beyond twice the band";
    case record::Balance::kNegative:
      return "one side has lost more than it got, and a loss is no share of "
             "anything";
  }
  return "";
}

class DimensionExplainer {
 public:
  DimensionExplainer(const PartyNames& names, Explanation* explanation)
      : names_(names), explanation_(*explanation) {}

  void Add(const DimensionRow& row) {
    const std::string basis = BasisInWords(row.basis, names_);
    AddInput(absl::StrCat(names_.a, ", ", basis), row.sums.a, row.sums.unit);
    AddInput(absl::StrCat(names_.b, ", ", basis), row.sums.b, row.sums.unit);
    if (row.target && !target_named_) {
      target_named_ = true;
      explanation_.inputs.push_back(
          {absl::StrCat("agreed share of ", names_.a),
           absl::StrCat(Number(row.target->target.share_of_a), ", band ",
                        Number(row.target->target.band), ", by ",
                        row.target->decision),
           std::nullopt});
    }
    if (!row.target && !target_named_) {
      target_named_ = true;
      AddExpected(names_.a, row.expected.by_a);
      AddExpected(names_.b, row.expected.by_b);
    }
    explanation_.steps.push_back(absl::StrCat(basis, ": ", Judgement(row)));
    if (!row.sums.trouble.empty()) {
      explanation_.steps.push_back(absl::StrCat(basis, ": ", row.sums.trouble));
    }
  }

 private:
  void AddInput(const std::string& label, const record::Valuation& valuation,
                const std::string& unit) {
    explanation_.inputs.push_back(
        {label,
         absl::StrCat(Amount(valuation, unit), " (", Lines(valuation), ")"),
         std::nullopt});
    for (const auto& [kind, lines] : valuation.unvalued) {
      explanation_.inputs.push_back(
          {absl::StrCat(label, ", ", kind),
           absl::StrCat(lines, " without a rate: not valued, not 0"),
           std::nullopt});
    }
  }

  void AddExpected(const std::string& party,
                   const std::optional<double>& share_of_a) {
    explanation_.inputs.push_back(
        {absl::StrCat("share of ", names_.a, " that ", party, " expects"),
         share_of_a ? Number(*share_of_a) : "not stated", std::nullopt});
  }

  std::string Judgement(const DimensionRow& row) const {
    const record::Symmetry& symmetry = row.symmetry;
    std::string text;
    if (symmetry.share_of_a) {
      text = absl::StrCat("share of ", names_.a, " ",
                          Number(*symmetry.share_of_a));
    }
    if (symmetry.skew && row.target) {
      absl::StrAppend(&text, " - agreed ",
                      Number(row.target->target.share_of_a), " = ",
                      Number(*symmetry.skew));
    }
    if (symmetry.index) {
      absl::StrAppend(&text, ", index ", Number(*symmetry.index));
    }
    absl::StrAppend(&text, text.empty() ? "" : "; ",
                    StateInWords(symmetry.balance));
    if (row.rating) {
      absl::StrAppend(&text, "; ", row.rating->points, " points, ",
                      drift::ToText(row.rating->severity));
    }
    return text;
  }

  const PartyNames& names_;
  Explanation& explanation_;
  bool target_named_ = false;
};

}  // namespace

Explanation ExplainDimension(const alliance::BalanceReport& report,
                             record::Dimension dimension,
                             const PartyNames& names) {
  Explanation explanation;
  explanation.id = std::string(record::ToText(dimension));
  explanation.rule = absl::StrFormat(
      "What each carries or receives is valued by the agreed rates of its day. "
      "The share of %s is its part of both; held against the share that both "
      "agreed on, it is in balance within the agreed band. No dimension makes "
      "up for another.",
      names.a);
  DimensionExplainer explainer(names, &explanation);
  std::optional<record::Balance> worst;
  for (const DimensionRow& row : report.dimensions) {
    if (row.dimension != dimension) continue;
    explainer.Add(row);
    if (!worst || row.symmetry.balance > *worst) worst = row.symmetry.balance;
  }
  const record::Balance state = worst.value_or(record::Balance::kNoData);
  explanation.result = absl::StrCat("At worst: ", StateInWords(state), ".");
  switch (state) {
    case record::Balance::kBalanced:
      explanation.next_step = "Nothing.";
      break;
    case record::Balance::kNoTarget:
      explanation.next_step =
          "Agree on a share (tally propose FILE, with targets:).";
      break;
    case record::Balance::kNegative:
    case record::Balance::kWatch:
    case record::Balance::kBreach:
      explanation.next_step =
          "Talk about it: bring it back, or agree on another share (tally "
          "propose FILE, with targets:).";
      break;
    default:
      explanation.next_step =
          "Record what is missing (tally record apply FILE), or agree on its "
          "rate.";
  }
  return explanation;
}

}  // namespace tallystick::explain
