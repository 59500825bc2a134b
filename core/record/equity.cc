// SPDX-License-Identifier: Apache-2.0
#include "core/record/equity.h"

#include <cmath>

#include "core/expectation/distance.h"

namespace tallystick::record {
namespace {

std::optional<double> Net(const Exchange& party) {
  if (!party.outcome || !party.investment) return std::nullopt;
  return *party.outcome - *party.investment;
}

EquityState Judge(double ratio, double band) {
  if (ratio > 1 + band + expectation::kSlack) return EquityState::kFavoursA;
  if (ratio < 1 / (1 + band) - expectation::kSlack) {
    return EquityState::kFavoursB;
  }
  return EquityState::kBalanced;
}

}  // namespace

absl::string_view ToText(EquityState state) {
  switch (state) {
    case EquityState::kMissing:
      return "missing";
    case EquityState::kUndefined:
      return "undefined";
    case EquityState::kNegative:
      return "negative";
    case EquityState::kBalanced:
      return "balanced";
    case EquityState::kFavoursA:
      return "favours_a";
    case EquityState::kFavoursB:
      return "favours_b";
  }
  return "";
}

Equity MeasureEquity(const Exchange& a, const Exchange& b, double band) {
  Equity equity = {.net_a = Net(a), .net_b = Net(b)};
  if (!equity.net_a || !equity.net_b) return equity;
  if (*a.outcome < 0 || *b.outcome < 0) {
    equity.state = EquityState::kNegative;
    return equity;
  }
  if (*a.investment <= 0 || *b.investment <= 0 || *b.outcome == 0) {
    equity.state = EquityState::kUndefined;
    return equity;
  }
  equity.ratio = (*a.outcome / *a.investment) / (*b.outcome / *b.investment);
  if (*equity.ratio > 0) equity.log_ratio = std::log(*equity.ratio);
  equity.state = Judge(*equity.ratio, band);
  return equity;
}

}  // namespace tallystick::record
