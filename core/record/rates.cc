// SPDX-License-Identifier: Apache-2.0
#include "core/record/rates.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "core/expectation/distance.h"
#include "core/status_macros.h"

namespace tallystick::record {

RateBook::RateBook(std::vector<RateTable> tables) : tables_(std::move(tables)) {
  std::stable_sort(tables_.begin(), tables_.end(),
                   [](const RateTable& a, const RateTable& b) {
                     return std::tie(a.effective_on, a.version) <
                            std::tie(b.effective_on, b.version);
                   });
}

std::optional<Rate> RateBook::Find(absl::string_view kind,
                                   const expectation::Date& day) const {
  // From the newest backwards; of each currency only the newest table counts,
  // even if it has lost the kind.
  std::vector<absl::string_view> seen;
  std::optional<Rate> points;
  for (auto table = tables_.rbegin(); table != tables_.rend(); ++table) {
    if (table->effective_on > day && !table->revalues_past) continue;
    if (std::find(seen.begin(), seen.end(), table->currency) != seen.end()) {
      continue;
    }
    seen.emplace_back(table->currency);
    const auto found = table->rates.find(kind);
    if (found == table->rates.end()) continue;
    const Rate rate = {.rate = found->second, .currency = table->currency};
    if (table->currency != kPoints) return rate;
    points = rate;
  }
  return points;
}

absl::StatusOr<std::optional<LineValue>> ValueOf(const RateBook& book,
                                                 absl::string_view kind,
                                                 expectation::Decimal quantity,
                                                 const expectation::Date& day) {
  const std::optional<Rate> rate = book.Find(kind, day);
  if (!rate) return std::optional<LineValue>();
  TALLYSTICK_ASSIGN_OR_RETURN(
      const int64_t units,
      Multiply({quantity, rate->rate}, DigitsOf(rate->currency)));
  return std::optional<LineValue>({.units = units, .currency = rate->currency});
}

void Valuation::AddValued(int64_t units) {
  sum += units;
  ++lines;
  ++valued;
}

void Valuation::AddUnvalued(absl::string_view kind) {
  ++lines;
  const auto found = unvalued.find(kind);
  if (found != unvalued.end()) {
    ++found->second;
  } else {
    unvalued.emplace(std::string(kind), 1);
  }
}

std::optional<Units> Valuation::Total() const {
  if (valued == 0) return std::nullopt;
  return sum;
}

std::optional<double> Coverage(const Valuation& a, const Valuation& b) {
  const int64_t lines = a.lines + b.lines;
  if (lines == 0) return std::nullopt;
  return static_cast<double>(a.valued + b.valued) / static_cast<double>(lines);
}

bool IsPartial(const std::optional<double>& coverage) {
  return coverage && *coverage < kCoverageMin - expectation::kSlack;
}

}  // namespace tallystick::record
