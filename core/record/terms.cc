// SPDX-License-Identifier: Apache-2.0
#include "core/record/terms.h"

namespace tallystick::record {

std::optional<expectation::Decimal> FindCurrencyRate(
    const BalanceTerms& terms, absl::string_view from, absl::string_view to,
    const expectation::Date& day) {
  const CurrencyRate* newest = nullptr;
  for (const CurrencyRate& rate : terms.currency_rates) {
    if (rate.from != from || rate.to != to || rate.effective_on > day) continue;
    if (newest == nullptr || rate.effective_on >= newest->effective_on) {
      newest = &rate;
    }
  }
  if (newest == nullptr) return std::nullopt;
  return newest->rate;
}

}  // namespace tallystick::record
