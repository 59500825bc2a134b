// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_RECORD_RATES_H_
#define TALLYSTICK_CORE_RECORD_RATES_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/expectation/decimal.h"
#include "core/expectation/value.h"
#include "core/record/amount.h"

// Valuing unlike things (measures.md, b.4): value of a line = quantity x the
// rate in force on its day.
namespace tallystick::record {

// One version of what the parties agreed that things are worth.
struct RateTable {
  uint32_t version = 0;
  // The first day it is in force.
  expectation::Date effective_on;
  // ISO 4217, or "points".
  std::string currency;
  // By kind: how much one of it is worth, in major units.
  std::map<std::string, expectation::Decimal, std::less<>> rates;
  // The decision says that it holds for earlier days too. Otherwise a changed
  // rate never revalues the past.
  bool revalues_past = false;
};

struct Rate {
  expectation::Decimal rate;
  absl::string_view currency;
};

// Every table that was agreed. Small: one for every change of a rate.
class RateBook {
 public:
  RateBook() = default;
  explicit RateBook(std::vector<RateTable> tables);

  // Of the tables in one currency the one that counts on a day is the latest to
  // come into force by then, of two on the same day the higher version. None if
  // no such table has the kind; money comes before points, and the newest table
  // of money before the others.
  std::optional<Rate> Find(absl::string_view kind,
                           const expectation::Date& day) const;
  bool empty() const { return tables_.empty(); }
  // By day of effect and version.
  const std::vector<RateTable>& tables() const { return tables_; }

 private:
  std::vector<RateTable> tables_;
};

// What a line is worth.
struct LineValue {
  int64_t units = 0;
  absl::string_view currency;
};

// None if there is no rate: the line is unvalued, which is not 0. Refused as
// "amount_overflow" (amount.h).
absl::StatusOr<std::optional<LineValue>> ValueOf(const RateBook& book,
                                                 absl::string_view kind,
                                                 expectation::Decimal quantity,
                                                 const expectation::Date& day);

// Below this part of valued lines a share is `partial`.
inline constexpr double kCoverageMin = 0.8;

// Lines of one party in one dimension, and their sum.
struct Valuation {
  Units sum = 0;
  int64_t lines = 0;
  int64_t valued = 0;
  // How many lines of each kind have no rate.
  std::map<std::string, int64_t, std::less<>> unvalued;

  void AddValued(int64_t units);
  void AddUnvalued(absl::string_view kind);

  // The sum, or none where nothing is valued: missing is never 0.
  std::optional<Units> Total() const;
};

// Valued lines / lines of both; none without lines.
std::optional<double> Coverage(const Valuation& a, const Valuation& b);
bool IsPartial(const std::optional<double>& coverage);

}  // namespace tallystick::record

#endif  // TALLYSTICK_CORE_RECORD_RATES_H_
