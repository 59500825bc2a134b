// SPDX-License-Identifier: Apache-2.0
#include "core/drift/ewma.h"

#include <algorithm>
#include <cmath>

#include "core/drift/exceeds.h"

namespace tallystick::drift {
namespace {

// A longer gap forgets no more than this many intervals would.
constexpr double kGapMax = 6;

}  // namespace

void Ewma::Add(double z, double gap) {
  const double kept = gap == 1
                          ? 1 - rule_.lambda
                          : std::pow(1 - rule_.lambda, std::min(gap, kGapMax));
  const double weight = 1 - kept;
  value_ = weight * z + kept * value_;
  variance_ = weight * weight + kept * kept * variance_;
}

double Ewma::limit() const { return rule_.width * std::sqrt(variance_); }

bool Ewma::signals() const { return Exceeds(std::abs(value_), limit()); }

}  // namespace tallystick::drift
