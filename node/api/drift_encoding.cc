// SPDX-License-Identifier: Apache-2.0
#include "node/api/drift_encoding.h"

#include <string>

namespace tallystick::node {

v1::DriftSeverity::Level EncodeSeverity(drift::Severity severity) {
  switch (severity) {
    case drift::Severity::kInfo:
      return v1::DriftSeverity::INFO;
    case drift::Severity::kWatch:
      return v1::DriftSeverity::WATCH;
    case drift::Severity::kWarning:
      return v1::DriftSeverity::WARNING;
    case drift::Severity::kCritical:
      return v1::DriftSeverity::CRITICAL;
  }
  return v1::DriftSeverity::LEVEL_UNSPECIFIED;
}

namespace {

v1::DriftSeries::State Encode(drift::PracticeState state) {
  switch (state) {
    case drift::PracticeState::kNoReadings:
      return v1::DriftSeries::NO_READINGS;
    case drift::PracticeState::kTooFew:
      return v1::DriftSeries::TOO_FEW;
    case drift::PracticeState::kQuiet:
      return v1::DriftSeries::QUIET;
    case drift::PracticeState::kOutOfTolerance:
      return v1::DriftSeries::OUT_OF_TOLERANCE;
    case drift::PracticeState::kDrifting:
      return v1::DriftSeries::DRIFTING;
  }
  return v1::DriftSeries::STATE_UNSPECIFIED;
}

v1::DriftSeries::Method Encode(drift::Method method) {
  switch (method) {
    case drift::Method::kNone:
      break;
    case drift::Method::kRuleOfTwo:
      return v1::DriftSeries::RULE_OF_TWO;
    case drift::Method::kCusum:
      return v1::DriftSeries::CUSUM;
    case drift::Method::kSelfStarting:
      return v1::DriftSeries::SELF_STARTING;
  }
  return v1::DriftSeries::METHOD_UNSPECIFIED;
}

absl::string_view ToText(drift::Good good) {
  if (good == drift::Good::kTwoSided) return "near";
  return good == drift::Good::kHigher ? "higher" : "lower";
}

void EncodeReference(const alliance::PracticeRow& row, v1::DriftSeries* out) {
  const drift::Reference& reference = row.practice.reference;
  if (reference.agreed) out->set_agreed(*reference.agreed);
  if (reference.sigma) out->set_sigma(*reference.sigma);
  if (reference.sigma_source != drift::SigmaSource::kNone) {
    out->set_sigma_source(std::string(drift::ToText(reference.sigma_source)));
  }
  if (reference.tolerance) out->set_tolerance(*reference.tolerance);
  if (row.practice.method != drift::Method::kNone) {
    out->set_h(reference.h);
    out->set_k(row.measure.k);
  }
  out->set_good(std::string(ToText(row.measure.good)));
  out->set_unit(row.unit);
}

void EncodePoints(const alliance::PracticeRow& row, v1::DriftSeries* out) {
  for (size_t i = 0; i < row.chart.size(); ++i) {
    const drift::ChartRow& at = row.chart[i];
    v1::DriftSeries::Point* point = out->add_points();
    point->set_on(expectation::ToText(at.on));
    point->set_value(at.value);
    point->set_differs(row.points[i].reports_differ());
    if (!at.score) continue;
    point->set_score(*at.score);
    point->set_up(at.sums[0]);
    point->set_down(at.sums[1]);
    point->set_ewma(at.ewma);
    point->set_ewma_limit(at.ewma_limit);
  }
}

void EncodeStatistics(const drift::Practice& practice, v1::DriftSeries* out) {
  if (practice.statistic) out->set_statistic(*practice.statistic);
  if (practice.highest) out->set_highest(*practice.highest);
  if (practice.statistic && practice.reference.h > 0) {
    out->set_ratio(*practice.statistic / practice.reference.h);
  }
  if (practice.ewma) out->set_ewma(*practice.ewma);
  if (practice.ewma_limit) out->set_ewma_limit(*practice.ewma_limit);
  if (practice.ewma_signal_at) {
    out->set_ewma_signal_at(*practice.ewma_signal_at);
  }
  out->set_better_than_agreed(practice.better_than_agreed);
  out->set_differing_days(practice.differing_days);
}

// The worse of what is open, if it is open on both sides.
void EncodeOpen(const alliance::PracticeRow& row, v1::DriftSeries* out) {
  const drift::OpenDrift* worst = nullptr;
  for (const drift::OpenDrift& open : row.practice.open) {
    if (worst == nullptr || open.rating.points > worst->rating.points) {
      worst = &open;
    }
  }
  if (worst == nullptr) return;
  out->set_direction(std::string(drift::ToText(worst->side)));
  out->set_signal_at(worst->signal_at);
  out->set_signal_on(expectation::ToText(worst->signal_on));
  if (worst->onset_at) out->set_onset_at(*worst->onset_at);
  if (worst->onset_on) out->set_onset_on(expectation::ToText(*worst->onset_on));
  out->set_severity(EncodeSeverity(worst->rating.severity));
  out->set_severity_points(worst->rating.points);
  out->set_text(
      drift::ToFinding(*worst, row.practice, row.key.second, row.subject).text);
}

void EncodeTrend(const drift::PracticeTrend& trend, v1::DriftSeries* out) {
  out->set_per_month(trend.per_month);
  out->set_trend_s(static_cast<double>(trend.trend.s));
  out->set_trend_z(trend.trend.z);
  out->set_trend_significant(trend.trend.significant());
}

}  // namespace

v1::DriftSeries EncodeSeries(const alliance::PracticeRow& row,
                             const std::string& decision) {
  v1::DriftSeries message;
  message.set_measure(row.subject.id);
  message.set_state(Encode(row.practice.state));
  message.set_method(Encode(row.practice.method));
  message.set_decision(decision);
  EncodeReference(row, &message);
  EncodePoints(row, &message);
  EncodeStatistics(row.practice, &message);
  EncodeOpen(row, &message);
  if (row.trend) EncodeTrend(*row.trend, &message);
  return message;
}

v1::StatementDrift EncodeStatement(const alliance::StatementRow& row,
                                   const expectation::PartyNames& names) {
  const drift::StatementDrift& drift = row.drift;
  v1::StatementDrift message;
  message.set_kind(std::string(drift::ToText(drift.kind)));
  message.set_topic(row.subject.id);
  message.set_title(row.subject.title);
  message.set_party(std::string(names.NameOf(drift.party)));
  if (drift.distance) {
    message.set_distance(*drift.distance);
    message.set_tolerance(drift.tolerance);
  }
  if (drift.at_baseline) message.set_at_baseline(*drift.at_baseline);
  if (drift.now) message.set_now(*drift.now);
  message.mutable_steps()->Add(drift.steps.begin(), drift.steps.end());
  if (drift.days) {
    message.set_days(static_cast<int32_t>(*drift.days));
    message.set_days_limit(drift.days_limit);
  }
  message.set_severity(EncodeSeverity(drift.rating.severity));
  message.set_points(drift.rating.points);
  message.set_notice(drift.notice);
  message.set_baseline(row.subject.agreed ? "agreed" : "first");
  message.set_text(drift::ToFinding(drift, row.subject).text);
  return message;
}

}  // namespace tallystick::node
