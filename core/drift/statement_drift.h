// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_DRIFT_STATEMENT_DRIFT_H_
#define TALLYSTICK_CORE_DRIFT_STATEMENT_DRIFT_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/drift/severity.h"
#include "core/expectation/catalogue.h"
#include "core/expectation/exchange_rates.h"
#include "core/expectation/value.h"
#include "tallystick/v1/value.pb.h"

// Drift of what was said and decided (measures.md, c.1). Everything is compared
// with a baseline: the answers at the last joint decision on the topic, or else
// at the first exchange. The distances are those of core/expectation.
namespace tallystick::drift {

enum class StatementKind {
  // A party's own answer is further than the tolerance from its baseline.
  kRestatement = 1,
  // The same, although no step on the way was further than the tolerance.
  kCreep = 2,
  // The parties' answers have moved apart.
  kDivergence = 3,
  // A party read the other rightly at the baseline, and no longer does.
  kMisread = 4,
  // The partner restated, and the party has not looked again.
  kOutdatedPrediction = 5,
  // An answer has not been reviewed in time.
  kStaleness = 6,
  // Decided and not done, or a meeting or report of an agreed rhythm missed.
  kPromise = 7,
  // A party already goes by what has been proposed and not ratified.
  kAheadOfDecision = 8,
};

// "restatement_drift", "creep", "divergence", "misread",
// "outdated_prediction", "staleness", "promise_drift", "ahead_of_decision".
absl::string_view ToText(StatementKind kind);

// One thing found, with the figures it follows from.
struct StatementDrift {
  StatementKind kind = StatementKind::kRestatement;
  // Whose answer, prediction or promise; unspecified: of both.
  v1::Party party = v1::PARTY_UNSPECIFIED;

  // Distance kinds. Restatement, creep, ahead of decision: from the baseline.
  // Divergence: by how much agreement grew worse. Misread: from prediction to
  // answer.
  std::optional<double> distance;
  double tolerance = 0;
  // Divergence and misread: agreement or accuracy distance then and now.
  std::optional<double> at_baseline;
  std::optional<double> now;
  // Creep: the distance of each restatement from the one before.
  std::vector<double> steps;

  // Kinds that are a matter of days: how many, and from how many on it is
  // flagged.
  std::optional<int64_t> days;
  double days_limit = 0;
  // Staleness up to 1.5 times the limit: shown, and not worth an alert.
  bool notice = false;

  Rating rating;
};

// `answers`: the party's own, from the baseline to the present one, those in
// between that were values included; at least two. Nothing while the last is
// within tolerance of the first or cannot be compared with it.
std::optional<StatementDrift> FindMove(
    const expectation::Topic& topic, v1::Party party,
    const std::vector<const expectation::Value*>& answers,
    const expectation::ExchangeRates& rates = {});

// Agreement distances; absent ones are unknown, and then nothing is found.
// Found if the distance grew by more than the tolerance, or from match to no
// match.
std::optional<StatementDrift> FindDivergence(const expectation::Topic& topic,
                                             std::optional<double> at_baseline,
                                             std::optional<double> now);

// Accuracy distances of `party`. Found from match to no match; rated as a
// misread of the coorientation family.
std::optional<StatementDrift> FindAccuracyLoss(
    const expectation::Topic& topic, v1::Party party,
    std::optional<double> at_baseline, std::optional<double> now);

// A decision that is not in force (open, lapsed, rejected, withdrawn) offers
// `proposed`. Found if the party's answer has left its baseline by more than
// the tolerance and is within it of what was proposed.
std::optional<StatementDrift> FindAheadOfDecision(
    const expectation::Topic& topic, v1::Party party,
    const expectation::Value& baseline, const expectation::Value& now,
    const expectation::Value& proposed,
    const expectation::ExchangeRates& rates = {});

}  // namespace tallystick::drift

#endif  // TALLYSTICK_CORE_DRIFT_STATEMENT_DRIFT_H_
