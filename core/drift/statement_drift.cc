// SPDX-License-Identifier: Apache-2.0
#include "core/drift/statement_drift.h"

#include <algorithm>
#include <utility>

#include "core/expectation/coorient.h"
#include "core/expectation/distance.h"

namespace tallystick::drift {
namespace {

using expectation::Compare;
using expectation::Distance;
using expectation::ExchangeRates;
using expectation::Matches;
using expectation::Topic;
using expectation::Value;

Rating RateDistance(const Topic& topic, double distance) {
  return Rate(topic.weight, DriftBand(distance, topic.tolerance),
              kStatementFactor);
}

Rating RateMisread(const Topic& topic, double accuracy) {
  const int points =
      expectation::CoorientationSeverity(1, accuracy, topic.tolerance, 1)
          .points;
  return Rate(topic.weight, points, kStatementFactor);
}

// Empty if one of them is unknown.
std::vector<double> StepsOf(const Topic& topic,
                            const std::vector<const Value*>& answers,
                            const ExchangeRates& rates) {
  std::vector<double> steps;
  for (size_t i = 1; i < answers.size(); ++i) {
    const Distance step = Compare(topic, *answers[i - 1], *answers[i], rates);
    if (!step.known()) return {};
    steps.push_back(step.d);
  }
  return steps;
}

}  // namespace

absl::string_view ToText(StatementKind kind) {
  switch (kind) {
    case StatementKind::kRestatement:
      return "restatement_drift";
    case StatementKind::kCreep:
      return "creep";
    case StatementKind::kDivergence:
      return "divergence";
    case StatementKind::kMisread:
      return "misread";
    case StatementKind::kOutdatedPrediction:
      return "outdated_prediction";
    case StatementKind::kStaleness:
      return "staleness";
    case StatementKind::kPromise:
      return "promise_drift";
    case StatementKind::kAheadOfDecision:
      return "ahead_of_decision";
  }
  return "";
}

std::optional<StatementDrift> FindMove(const Topic& topic, v1::Party party,
                                       const std::vector<const Value*>& answers,
                                       const ExchangeRates& rates) {
  if (answers.size() < 2) return std::nullopt;
  const Distance total =
      Compare(topic, *answers.front(), *answers.back(), rates);
  if (!total.known() || Matches(total.d, topic.tolerance)) return std::nullopt;
  StatementDrift drift = {.kind = StatementKind::kRestatement,
                          .party = party,
                          .distance = total.d,
                          .tolerance = topic.tolerance,
                          .rating = RateDistance(topic, total.d)};
  std::vector<double> steps = StepsOf(topic, answers, rates);
  const bool small = std::all_of(
      steps.begin(), steps.end(),
      [&topic](double step) { return Matches(step, topic.tolerance); });
  if (small && !steps.empty()) {
    drift.kind = StatementKind::kCreep;
    drift.steps = std::move(steps);
  }
  return drift;
}

std::optional<StatementDrift> FindDivergence(const Topic& topic,
                                             std::optional<double> at_baseline,
                                             std::optional<double> now) {
  if (!at_baseline || !now) return std::nullopt;
  const double growth = *now - *at_baseline;
  const bool match_lost =
      Matches(*at_baseline, topic.tolerance) && !Matches(*now, topic.tolerance);
  if (!match_lost && Matches(growth, topic.tolerance)) return std::nullopt;
  return StatementDrift{
      .kind = StatementKind::kDivergence,
      .distance = growth,
      .tolerance = topic.tolerance,
      .at_baseline = at_baseline,
      .now = now,
      // A match that is lost counts by how far it is lost.
      .rating = RateDistance(topic, match_lost ? *now : growth)};
}

std::optional<StatementDrift> FindAccuracyLoss(
    const Topic& topic, v1::Party party, std::optional<double> at_baseline,
    std::optional<double> now) {
  if (!at_baseline || !now || !Matches(*at_baseline, topic.tolerance) ||
      Matches(*now, topic.tolerance)) {
    return std::nullopt;
  }
  return StatementDrift{.kind = StatementKind::kMisread,
                        .party = party,
                        .distance = now,
                        .tolerance = topic.tolerance,
                        .at_baseline = at_baseline,
                        .now = now,
                        .rating = RateMisread(topic, *now)};
}

std::optional<StatementDrift> FindAheadOfDecision(
    const Topic& topic, v1::Party party, const Value& baseline,
    const Value& now, const Value& proposed, const ExchangeRates& rates) {
  const Distance moved = Compare(topic, baseline, now, rates);
  const Distance short_of = Compare(topic, now, proposed, rates);
  if (!moved.known() || !short_of.known() ||
      Matches(moved.d, topic.tolerance) ||
      !Matches(short_of.d, topic.tolerance)) {
    return std::nullopt;
  }
  return StatementDrift{.kind = StatementKind::kAheadOfDecision,
                        .party = party,
                        .distance = moved.d,
                        .tolerance = topic.tolerance,
                        .rating = RateDistance(topic, moved.d)};
}

}  // namespace tallystick::drift
