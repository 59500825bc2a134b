// SPDX-License-Identifier: Apache-2.0
#include "core/drift/measure.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "core/expectation/decimal.h"

namespace tallystick::drift {
namespace {

// The least positive number that people can write.
constexpr double kSmallest = 1e-9;
constexpr double kLargest = static_cast<double>(expectation::kUnscaledMax);

// Of the standard deviation in the mean difference of two neighbours.
constexpr double kRangePerSigma = 1.128;

bool InBounds(double x) { return std::isfinite(x) && std::abs(x) <= kLargest; }

struct Figure {
  absl::string_view name;
  std::optional<double> value;
  // The least it may be.
  double least = kSmallest;
};

}  // namespace

absl::Status CheckMeasure(const Measure& measure) {
  for (const Figure& figure : std::initializer_list<Figure>{
           {"the agreed figure", measure.agreed, -kLargest},
           {"sigma", measure.sigma},
           {"the default sigma", measure.sigma_default},
           {"the least sigma", measure.sigma_min},
           {"the tolerance of the topic", measure.topic_tolerance, 0},
           {"the tolerance", measure.tolerance},
           {"the interval", measure.interval_days},
           {"h", measure.h},
           {"k", measure.k, 0},
           {"lambda", measure.ewma.lambda},
           {"L", measure.ewma.width}}) {
    if (figure.value &&
        (!InBounds(*figure.value) || *figure.value < figure.least)) {
      return absl::InvalidArgumentError(absl::StrCat(
          measure.name, ": ", figure.name, " is ", *figure.value,
          figure.least > 0    ? "; it must be more than 0"
          : figure.least == 0 ? "; it must not be negative"
                              : "; it must be a number up to 10^15"));
    }
  }
  if (measure.ewma.lambda > 1) {
    return absl::InvalidArgumentError(absl::StrCat(measure.name, ": lambda is ",
                                                   measure.ewma.lambda,
                                                   "; it must be at most 1"));
  }
  return absl::OkStatus();
}

double DefaultH(double interval_days) {
  constexpr double kShortestMonth = 28;
  return interval_days >= kShortestMonth ? 4 : 5;
}

bool AdviseLargerH(int charts, double h) {
  return charts > kChartsMax && h < kLargerH;
}

void MovingRange::Add(double x) {
  if (count_ > 0) sum_ += std::abs(x - newest_);
  newest_ = x;
  ++count_;
}

std::optional<double> MovingRange::Sigma() const {
  if (count_ < kEstimatePointsMin) return std::nullopt;
  return sum_ / (count_ - 1) / kRangePerSigma;
}

Reference Resolve(const Measure& measure, const MovingRange& ranges) {
  Reference reference = {.agreed = measure.agreed};
  reference.h = measure.h.value_or(DefaultH(measure.interval_days));
  const auto use = [&reference](double sigma, SigmaSource source) {
    reference.sigma = sigma;
    reference.sigma_source = source;
  };
  const double half_tolerance = measure.topic_tolerance.value_or(0) *
                                std::abs(measure.agreed.value_or(0)) / 2;
  const std::optional<double> estimate = ranges.Sigma();
  if (measure.sigma) {
    use(*measure.sigma, SigmaSource::kAgreed);
  } else if (measure.sigma_default) {
    use(*measure.sigma_default, SigmaSource::kDefault);
  } else if (half_tolerance >= kSmallest) {
    use(half_tolerance, SigmaSource::kTolerance);
  } else if (estimate && measure.agreed) {
    use(std::max(*estimate, measure.sigma_min), SigmaSource::kEstimated);
  }
  if (reference.agreed) {
    if (measure.tolerance) {
      reference.tolerance = measure.tolerance;
    } else if (reference.sigma) {
      reference.tolerance = 2 * *reference.sigma;
    }
  }
  return reference;
}

bool IsBad(Good good, Side side) {
  switch (good) {
    case Good::kLower:
      return side == Side::kUp;
    case Good::kHigher:
      return side == Side::kDown;
    case Good::kTwoSided:
      return true;
  }
  return true;
}

absl::string_view ToText(Side side) {
  return side == Side::kUp ? "up" : "down";
}

absl::string_view ToText(SigmaSource source) {
  switch (source) {
    case SigmaSource::kAgreed:
      return "agreed";
    case SigmaSource::kDefault:
      return "default";
    case SigmaSource::kTolerance:
      return "tolerance";
    case SigmaSource::kEstimated:
      return "estimated";
    case SigmaSource::kNone:
      break;
  }
  return "none";
}

}  // namespace tallystick::drift
