// SPDX-License-Identifier: Apache-2.0
#include "core/drift/monitor.h"

#include <algorithm>
#include <utility>

#include "core/drift/exceeds.h"
#include "core/status_macros.h"

namespace tallystick::drift {
namespace {

constexpr double kDaysPerMonth = 30;

Method MethodOf(const PracticeChart& chart) {
  const int n = chart.count();
  if (n >= kStatisticsPointsMin) {
    return chart.standardised() ? Method::kCusum : Method::kSelfStarting;
  }
  return n > 0 && chart.reference().tolerance ? Method::kRuleOfTwo
                                              : Method::kNone;
}

bool HasStatistics(Method method) {
  return method == Method::kCusum || method == Method::kSelfStarting;
}

OpenDrift FromChart(const PracticeChart& chart, const Episode& episode,
                    Method method, int weight) {
  const double statistic = chart.sum(episode.side);
  const double h = chart.reference().h;
  return {.side = episode.side,
          .found_by = method,
          .signal_at = episode.signal_at,
          .onset_at = episode.onset_at,
          .statistic = statistic,
          .ratio = statistic / h,
          .rating = Rate(weight, DriftBand(statistic, h), kPracticeFactor)};
}

OpenDrift FromRule(Side side, int since, int weight) {
  OpenDrift drift = {.side = side,
                     .found_by = Method::kRuleOfTwo,
                     .signal_at = since,
                     .rating = Rate(weight, 1, kPracticeFactor)};
  drift.rating.severity = Severity::kWatch;
  return drift;
}

std::vector<OpenDrift> OpenDrifts(const PracticeChart& chart, Method method,
                                  int weight) {
  std::vector<OpenDrift> open;
  for (const Side side : kSides) {
    const Episode* episode = chart.OpenOn(side);
    if (episode != nullptr && HasStatistics(method)) {
      open.push_back(FromChart(chart, *episode, method, weight));
    } else if (chart.early(side) != 0) {
      open.push_back(FromRule(side, chart.early(side), weight));
    }
  }
  return open;
}

PracticeState StateOf(const Practice& practice) {
  if (practice.n == 0) return PracticeState::kNoReadings;
  if (practice.method == Method::kNone) return PracticeState::kTooFew;
  if (practice.open.empty()) return PracticeState::kQuiet;
  const bool by_chart = std::any_of(
      practice.open.begin(), practice.open.end(), [](const OpenDrift& drift) {
        return drift.found_by != Method::kRuleOfTwo;
      });
  return by_chart ? PracticeState::kDrifting : PracticeState::kOutOfTolerance;
}

void SetStatistics(const PracticeChart& chart, Good good, Practice& practice) {
  practice.statistic = 0;
  practice.highest = 0;
  for (const Side side : kSides) {
    if (IsBad(good, side)) {
      practice.statistic = std::max(*practice.statistic, chart.sum(side));
      practice.highest = std::max(*practice.highest, chart.highest(side));
    } else if (Exceeds(chart.sum(side), chart.reference().h)) {
      practice.better_than_agreed = true;
    }
  }
  // Without a score so far there is no average.
  if (chart.ewma().limit() > 0) {
    practice.ewma = chart.ewma().value();
    practice.ewma_limit = chart.ewma().limit();
  }
  if (chart.ewma_signal_at() > 0) {
    practice.ewma_signal_at = chart.ewma_signal_at();
  }
}

int MonthNumber(const expectation::Date& day) {
  return day.year * 12 + day.month;
}

}  // namespace

absl::StatusOr<Monitor> Monitor::Create(Measure measure) {
  TALLYSTICK_RETURN_IF_ERROR(CheckMeasure(measure));
  return Monitor(std::move(measure));
}

Monitor::Monitor(Measure measure)
    : measure_(std::move(measure)),
      series_(measure_.reporter),
      chart_(measure_, Resolve(measure_, {})),
      chart_before_(chart_) {}

void Monitor::Add(const Reading& reading) { Apply(series_.Add(reading)); }

void Monitor::Remove(const Reading& reading) { Apply(series_.Remove(reading)); }

absl::Status Monitor::SetMeasure(Measure measure) {
  TALLYSTICK_RETURN_IF_ERROR(CheckMeasure(measure));
  measure_ = std::move(measure);
  Series series(measure_.reporter);
  for (const Reading& reading : series_.readings()) series.Add(reading);
  series_ = std::move(series);
  Rebuild();
  return absl::OkStatus();
}

void Monitor::Apply(const Series::Change& change) {
  using Kind = Series::Change::Kind;
  if (change.kind == Kind::kNone) return;
  const std::vector<Point>& points = series_.points();
  const bool newest =
      change.index + 1 == points.size() && change.index >= FirstCharted();
  // An estimate moves with every reading.
  const bool estimated =
      measure_.agreed && points.size() >= kEstimatePointsMin &&
      (!chart_.standardised() ||
       chart_.reference().sigma_source == SigmaSource::kEstimated);
  if (!newest || estimated || change.kind == Kind::kDayGone) return Rebuild();
  if (change.kind == Kind::kSameDay) {
    chart_ = chart_before_;
  } else {
    chart_before_ = chart_;
  }
  chart_.Add(points.back());
  ++points_computed_;
}

size_t Monitor::FirstCharted() const {
  const std::vector<Point>& points = series_.points();
  if (!measure_.since) return 0;
  return static_cast<size_t>(
      std::lower_bound(points.begin(), points.end(), *measure_.since,
                       [](const Point& point, const expectation::Date& day) {
                         return point.on < day;
                       }) -
      points.begin());
}

std::vector<Point> Monitor::Charted() const {
  return {
      series_.points().begin() + static_cast<std::ptrdiff_t>(FirstCharted()),
      series_.points().end()};
}

void Monitor::Rebuild() {
  const std::vector<Point> points = Charted();
  MovingRange ranges;
  for (const Point& point : points) ranges.Add(point.value);
  chart_ = PracticeChart(measure_, Resolve(measure_, ranges));
  chart_before_ = chart_;
  for (size_t i = 0; i < points.size(); ++i) {
    if (i + 1 == points.size()) chart_before_ = chart_;
    chart_.Add(points[i]);
  }
  points_computed_ += static_cast<int64_t>(points.size());
}

Practice Monitor::practice() const {
  Practice practice = {.method = MethodOf(chart_),
                       .reference = chart_.reference(),
                       .n = chart_.count(),
                       .differing_days = series_.differing_days()};
  if (HasStatistics(practice.method)) {
    SetStatistics(chart_, measure_.good, practice);
  }
  practice.open = OpenDrifts(chart_, practice.method, measure_.weight);
  const size_t first = FirstCharted();
  const auto day = [this, first](int at) {
    return series_.points()[first + static_cast<size_t>(at) - 1].on;
  };
  for (OpenDrift& drift : practice.open) {
    drift.signal_on = day(drift.signal_at);
    if (drift.onset_at) drift.onset_on = day(*drift.onset_at);
  }
  practice.state = StateOf(practice);
  return practice;
}

std::vector<ChartRow> Monitor::Rows() const {
  PracticeChart chart(measure_, chart_.reference());
  std::vector<ChartRow> rows;
  for (const Point& point : Charted()) rows.push_back(chart.Add(point));
  return rows;
}

std::optional<PracticeTrend> Monitor::FindTrend() const {
  // A month is the step of a monthly series, however many days it has.
  const bool by_month = measure_.interval_days >= 28 && !measure_.irregular;
  std::vector<TrendPoint> points;
  for (const Point& point : Charted()) {
    const double t =
        by_month ? MonthNumber(point.on)
                 : static_cast<double>(expectation::DayNumber(point.on));
    points.push_back({t, point.value});
  }
  const std::optional<Trend> trend = FitTrend(points);
  if (!trend) return std::nullopt;
  return PracticeTrend{
      .trend = *trend,
      .per_month = by_month ? trend->slope : trend->slope * kDaysPerMonth,
      .is_bad = trend->significant() &&
                IsBad(measure_.good, trend->s > 0 ? Side::kUp : Side::kDown)};
}

}  // namespace tallystick::drift
