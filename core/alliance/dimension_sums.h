// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_DIMENSION_SUMS_H_
#define TALLYSTICK_CORE_ALLIANCE_DIMENSION_SUMS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/expectation/value.h"
#include "core/record/rates.h"
#include "core/record/terms.h"
#include "tallystick/v1/value.pb.h"

// Lines of one dimension on one basis, added up for each party (measures.md,
// b.4). Amounts are only added within one unit.
namespace tallystick::alliance {

// What days of people are counted in, beside currencies and "points".
inline constexpr absl::string_view kDays = "days";

class DimensionSums {
 public:
  explicit DimensionSums(const record::BalanceTerms& terms) : terms_(&terms) {}

  // A line of `party` worth so many units. Money in another currency than that
  // of the terms is converted, half to even, by the rate in force on `day`.
  void Add(v1::Party party, absl::string_view kind, int64_t units,
           absl::string_view currency, const expectation::Date& day);
  // A line that nothing values.
  void AddUnvalued(v1::Party party, absl::string_view kind);
  // A line that is not known, such as a claim nobody has answered: it counts
  // against coverage, and is not 0.
  void AddUnknown(v1::Party party);
  // A line whose value does not fit: counts as unvalued, and is named.
  void AddTrouble(v1::Party party, absl::string_view kind,
                  absl::string_view why);
  // What record::ValueOf gives, or does not give, for a line.
  using Value = absl::StatusOr<std::optional<record::LineValue>>;
  void AddLine(v1::Party party, absl::string_view kind, const Value& value,
               const expectation::Date& day);
  // By the rate of its kind.
  void AddQuantity(v1::Party party, absl::string_view kind,
                   expectation::Decimal quantity, const expectation::Date& day);

  struct Result {
    record::Valuation a;
    record::Valuation b;
    // Of both sums: that of the terms if any line has it, else that of most
    // lines. Lines in other units are unvalued. Empty: nothing is valued.
    std::string unit;
    // Why something could not be added up; empty: nothing.
    std::string trouble;
  };
  Result Finish() const;

 private:
  struct Sides {
    record::Valuation a;
    record::Valuation b;
    record::Valuation& Of(v1::Party party) {
      return party == v1::PARTY_A ? a : b;
    }
  };

  const record::BalanceTerms* terms_;
  std::map<std::string, Sides, std::less<>> by_unit_;
  Sides unvalued_;
  std::string trouble_;
};

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_DIMENSION_SUMS_H_
