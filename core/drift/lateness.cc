// SPDX-License-Identifier: Apache-2.0
#include "core/drift/lateness.h"

#include "core/drift/exceeds.h"

namespace tallystick::drift {
namespace {

using expectation::Date;

int64_t DaysBetween(const Date& from, const Date& to) {
  return expectation::DayNumber(to) - expectation::DayNumber(from);
}

// Nothing unless `days` is more than `limit`. Rated by days over `unit`.
std::optional<StatementDrift> Late(StatementKind kind, int weight,
                                   v1::Party party, int64_t days, double limit,
                                   double unit) {
  const double late = static_cast<double>(days);
  if (!Exceeds(late, limit)) return std::nullopt;
  return StatementDrift{
      .kind = kind,
      .party = party,
      .days = days,
      .days_limit = limit,
      .rating = Rate(weight, DriftBand(late, unit), kStatementFactor)};
}

}  // namespace

std::optional<StatementDrift> FindOutdatedPrediction(int weight,
                                                     v1::Party party,
                                                     const Date& restated_on,
                                                     const Date& today) {
  return Late(StatementKind::kOutdatedPrediction, weight, party,
              DaysBetween(restated_on, today), kLookAgainDays, kLookAgainDays);
}

std::optional<StatementDrift> FindStaleness(int weight, int review_days,
                                            v1::Party party,
                                            const Date& stated_on,
                                            const Date& today) {
  if (review_days < 1) return std::nullopt;
  const int64_t age = DaysBetween(stated_on, today);
  std::optional<StatementDrift> drift = Late(
      StatementKind::kStaleness, weight, party, age, review_days, review_days);
  if (drift) {
    drift->notice =
        !Exceeds(static_cast<double>(age), kStaleAlertRatio * review_days);
    if (drift->notice) drift->rating.severity = Severity::kInfo;
  }
  return drift;
}

std::optional<StatementDrift> FindOverdue(int weight, const Date& due_on,
                                          const Date& today) {
  return Late(StatementKind::kPromise, weight, v1::PARTY_UNSPECIFIED,
              DaysBetween(due_on, today), 0, kPromiseDays);
}

std::optional<StatementDrift> FindMissedCadence(int weight,
                                                const Date& newest_on,
                                                int interval_days,
                                                const Date& today) {
  if (interval_days < 1) return std::nullopt;
  return Late(StatementKind::kPromise, weight, v1::PARTY_UNSPECIFIED,
              DaysBetween(newest_on, today) - interval_days, interval_days,
              interval_days);
}

}  // namespace tallystick::drift
