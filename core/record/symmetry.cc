// SPDX-License-Identifier: Apache-2.0
#include "core/record/symmetry.h"

#include <algorithm>
#include <cmath>

#include "core/expectation/distance.h"

namespace tallystick::record {
namespace {

bool Within(double x, double limit) { return x <= limit + expectation::kSlack; }

Balance Judge(double skew, double band) {
  if (Within(std::abs(skew), band)) return Balance::kBalanced;
  return Within(std::abs(skew), 2 * band) ? Balance::kWatch : Balance::kBreach;
}

}  // namespace

absl::string_view ToText(Dimension dimension) {
  switch (dimension) {
    case Dimension::kInputs:
      return "inputs";
    case Dimension::kBenefit:
      return "benefit";
    case Dimension::kRisk:
      return "risk";
    case Dimension::kKnowledge:
      return "knowledge";
    case Dimension::kOwnership:
      return "ownership";
    case Dimension::kCommitment:
      return "commitment";
  }
  return "";
}

absl::string_view ToText(Balance balance) {
  switch (balance) {
    case Balance::kNoData:
      return "no_data";
    case Balance::kOneSided:
      return "one_sided";
    case Balance::kNoTarget:
      return "no_target";
    case Balance::kPartial:
      return "partial";
    case Balance::kBalanced:
      return "balanced";
    case Balance::kWatch:
      return "watch";
    case Balance::kBreach:
      return "breach";
    case Balance::kNegative:
      return "negative";
  }
  return "";
}

Symmetry MeasureSymmetry(std::optional<double> a, std::optional<double> b,
                         const std::optional<Target>& target, bool partial) {
  Symmetry result;
  const bool negative = a.value_or(0) < 0 || b.value_or(0) < 0;
  if (a && b && !negative && *a + *b > 0) {
    result.share_of_a = *a / (*a + *b);
    if (target) {
      result.skew = *result.share_of_a - target->share_of_a;
      result.index = std::max(
          0.0, 1 - std::abs(*result.skew) /
                       std::max(target->share_of_a, 1 - target->share_of_a));
    }
  }
  if (partial) {
    result.balance = Balance::kPartial;
  } else if (a.has_value() != b.has_value()) {
    result.balance = Balance::kOneSided;
  } else if (negative) {
    result.balance = Balance::kNegative;
  } else if (!result.share_of_a) {
    result.balance = Balance::kNoData;
  } else if (!result.skew) {
    result.balance = Balance::kNoTarget;
  } else {
    result.balance = Judge(*result.skew, target->band);
  }
  return result;
}

Overall Summarize(absl::Span<const Symmetry> dimensions) {
  Overall overall;
  double sum = 0;
  for (const Symmetry& dimension : dimensions) {
    if (!dimension.index) continue;
    sum += *dimension.index;
    overall.least_index =
        std::min(overall.least_index.value_or(1), *dimension.index);
    ++overall.measured;
  }
  if (overall.measured > 0) overall.mean_index = sum / overall.measured;
  return overall;
}

}  // namespace tallystick::record
