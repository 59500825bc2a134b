// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EXPECTATION_EXCHANGE_RATES_H_
#define TALLYSTICK_CORE_EXPECTATION_EXCHANGE_RATES_H_

#include <string>
#include <vector>

#include "core/expectation/decimal.h"

namespace tallystick::expectation {

// A unit of `from` is worth `rate` (more than 0) of `to`, as both agreed.
struct ExchangeRate {
  std::string from;
  std::string to;
  Decimal rate;
};

// Those in force: between two currencies at most one, in one direction.
using ExchangeRates = std::vector<ExchangeRate>;

}  // namespace tallystick::expectation

#endif  // TALLYSTICK_CORE_EXPECTATION_EXCHANGE_RATES_H_
