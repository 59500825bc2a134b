// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_RECORD_TERMS_H_
#define TALLYSTICK_CORE_RECORD_TERMS_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/record/equity.h"
#include "core/record/exposure.h"
#include "core/record/rates.h"
#include "core/record/symmetry.h"

// What the parties agreed on, as far as records are held against it.
namespace tallystick::record {

// How much of one currency the other is worth, from a day on.
struct CurrencyRate {
  std::string from;
  std::string to;
  expectation::Decimal rate;
  expectation::Date effective_on;
};

struct AgreedTarget {
  Target target;
  // The decision that agreed it, for people: "d-3".
  std::string decision;
  // Of the linked topic, 1 to 5; 0: there is none.
  int weight = 0;
};

// The share of party A as each party expects it; none: it has not said.
struct ExpectedShares {
  std::optional<double> by_a;
  std::optional<double> by_b;
};

struct BalanceTerms {
  // Dimensions without one have no agreed share.
  std::map<Dimension, AgreedTarget> targets;
  // Of linked topics, by dimension, agreed or not.
  std::map<Dimension, int> weights;
  // The same: where no share is agreed, what there is to talk about.
  std::map<Dimension, ExpectedShares> expected;
  RateBook rates;
  std::vector<CurrencyRate> currency_rates;
  // None agreed: DefaultScale.
  LikelihoodScale scale = DefaultScale();
  double equity_band = kEquityBandDefault;
  // What amounts are shown in; empty: no table of rates names one.
  std::string currency;
};

// The newest rate from one currency to the other on a day, in this direction.
std::optional<expectation::Decimal> FindCurrencyRate(
    const BalanceTerms& terms, absl::string_view from, absl::string_view to,
    const expectation::Date& day);

}  // namespace tallystick::record

#endif  // TALLYSTICK_CORE_RECORD_TERMS_H_
