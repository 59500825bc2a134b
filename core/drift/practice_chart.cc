// SPDX-License-Identifier: Apache-2.0
#include "core/drift/practice_chart.h"

#include <algorithm>
#include <bit>

#include "core/drift/exceeds.h"

namespace tallystick::drift {
namespace {

constexpr unsigned kLastThree = 0b111;

// A self-starting chart has no tolerance of its own: out is what an agreed
// spread would call out.
constexpr double kScoreTolerance = 2;

// A self-starting chart sees nothing of the first points, so these are held
// against the figure one longer than statistics need.
constexpr int kSelfStartingFirst = 5;

}  // namespace

PracticeChart::PracticeChart(const Measure& measure, const Reference& reference)
    : good_(measure.good),
      interval_days_(measure.interval_days),
      irregular_(measure.irregular),
      reference_(reference),
      cusum_(measure.k),
      shown_(measure.ewma) {}

bool PracticeChart::standardised() const {
  return reference_.agreed && reference_.sigma;
}

const Episode* PracticeChart::OpenOn(Side side) const {
  for (const Episode& episode : episodes_) {
    if (episode.side == side && episode.closed_at == 0) return &episode;
  }
  return nullptr;
}

ChartRow PracticeChart::Add(const Point& point) {
  ChartRow row = {.on = point.on, .value = point.value};
  ++count_;
  Standardise(point, row);
  NoteTolerance(row);
  Close(row);
  Open(row);
  return row;
}

void PracticeChart::Standardise(const Point& point, ChartRow& row) {
  if (standardised()) {
    row.score = (point.value - *reference_.agreed) / *reference_.sigma;
  } else if (const auto score = self_starting_.Add(point.value)) {
    row.score = score->u;
    row.t = score->t;
  }
  cusum_.Add(row.score);
  if (row.score) {
    double gap = 1;
    if (irregular_ && scored_on_) {
      gap = static_cast<double>(expectation::DayNumber(point.on) -
                                expectation::DayNumber(*scored_on_)) /
            interval_days_;
    }
    scored_on_ = point.on;
    shown_.Add(*row.score, gap);
    closing_.Add(*row.score, gap);
  }
  for (const Side side : kSides) {
    row.sums[IndexOf(side)] = cusum_.sum(side);
    highest_[IndexOf(side)] =
        std::max(highest_[IndexOf(side)], cusum_.sum(side));
  }
  row.ewma = shown_.value();
  row.ewma_limit = shown_.limit();
  row.ewma_signals = shown_.signals();
  if (row.ewma_signals && ewma_signal_at_ == 0) ewma_signal_at_ = count_;
}

void PracticeChart::NoteTolerance(ChartRow& row) {
  for (const Side side : kSides) {
    double off = 0;
    if (reference_.tolerance) {
      off = (row.value - *reference_.agreed) / *reference_.tolerance;
    } else if (row.score) {
      off = *row.score / kScoreTolerance;
    }
    const bool out = IsBad(good_, side) && Exceeds(SignOf(side) * off, 1);
    row.out[IndexOf(side)] = out;
    out_[IndexOf(side)] =
        (out_[IndexOf(side)] << 1 | (out ? 1 : 0)) & kLastThree;
  }
}

bool PracticeChart::LastThreeWithin() const {
  return count_ >= 3 && out_[0] == 0 && out_[1] == 0;
}

bool PracticeChart::AverageHasSettled() const {
  return std::none_of(kSides.begin(), kSides.end(), [this](Side side) {
    return IsBad(good_, side) &&
           Exceeds(SignOf(side) * closing_.value(), closing_.limit() / 2);
  });
}

void PracticeChart::Close(ChartRow& row) {
  if (!LastThreeWithin()) return;
  const bool settled = AverageHasSettled();
  // Without agreed figure and spread the average does not speak of the figure.
  if (settled || !standardised()) early_ = {0, 0};
  if (!settled) return;
  for (Episode& episode : episodes_) {
    if (episode.closed_at != 0) continue;
    episode.closed_at = count_;
    row.closed = true;
  }
  if (!row.closed) return;
  cusum_.Restart();
  ewma_signal_at_ = 0;
}

void PracticeChart::Open(ChartRow& row) {
  const int first =
      standardised() ? kStatisticsPointsMin - 1 : kSelfStartingFirst;
  for (const Side side : kSides) {
    if (!IsBad(good_, side)) continue;
    if (OpenOn(side) == nullptr && Exceeds(cusum_.sum(side), reference_.h)) {
      episodes_.push_back({side, count_, cusum_.onset(side)});
      row.opened[IndexOf(side)] = true;
    }
    int& early = early_[IndexOf(side)];
    if (early == 0 && reference_.tolerance && count_ <= first &&
        std::popcount(out_[IndexOf(side)]) >= 2) {
      early = count_;
    }
  }
}

}  // namespace tallystick::drift
