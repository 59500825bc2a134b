// SPDX-License-Identifier: Apache-2.0
#include "core/drift/trend.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/drift/exceeds.h"

namespace tallystick::drift {
namespace {

using Points = std::vector<TrendPoint>;

double Median(std::vector<double> values) {
  const auto middle =
      values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*std::max_element(values.begin(), middle) + *middle) / 2;
}

std::vector<double> PairSlopes(const Points& points) {
  std::vector<double> slopes;
  slopes.reserve(points.size() * (points.size() - 1) / 2);
  for (size_t j = 1; j < points.size(); ++j) {
    for (size_t i = 0; i < j; ++i) {
      const double time = points[j].t - points[i].t;
      if (time != 0) slopes.push_back((points[j].x - points[i].x) / time);
    }
  }
  return slopes;
}

int64_t RisesLessFalls(const Points& points) {
  int64_t s = 0;
  for (size_t j = 1; j < points.size(); ++j) {
    for (size_t i = 0; i < j; ++i) {
      s += (points[j].x > points[i].x) - (points[j].x < points[i].x);
    }
  }
  return s;
}

double VarianceOfS(const Points& points) {
  const auto term = [](double c) { return c * (c - 1) * (2 * c + 5); };
  std::map<double, int> groups;
  for (const TrendPoint& point : points) ++groups[point.x];
  double ties = 0;
  for (const auto& [x, count] : groups) ties += term(count);
  return (term(static_cast<double>(points.size())) - ties) / 18;
}

double Standardise(int64_t s, double variance) {
  // Nothing but ties: neither rises nor falls.
  if (s == 0 || variance <= 0) return 0;
  return static_cast<double>(s > 0 ? s - 1 : s + 1) / std::sqrt(variance);
}

}  // namespace

bool Trend::significant() const { return Exceeds(std::abs(z), kLimit); }

std::optional<Trend> FitTrend(const std::vector<TrendPoint>& points) {
  if (points.size() > kTrendPointsMax) {
    return FitTrend(Points(points.end() - kTrendPointsMax, points.end()));
  }
  if (points.empty()) return std::nullopt;
  std::vector<double> slopes = PairSlopes(points);
  if (slopes.empty()) return std::nullopt;
  Trend trend;
  trend.n = points.size();
  trend.slope = Median(std::move(slopes));
  trend.s = RisesLessFalls(points);
  trend.variance = VarianceOfS(points);
  trend.z = Standardise(trend.s, trend.variance);
  return trend;
}

}  // namespace tallystick::drift
