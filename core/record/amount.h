// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_RECORD_AMOUNT_H_
#define TALLYSTICK_CORE_RECORD_AMOUNT_H_

#include <cstdint>
#include <initializer_list>
#include <string>

#include "absl/numeric/int128.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/expectation/decimal.h"

// Exact amounts (measures.md, b.4): a line is rounded once, half to even, to
// the minor unit; sums of lines are exact integers. No floating point.
namespace tallystick::record {

// Minor units of a currency, or hundredths of a point. As wide as it takes to
// sum any number of lines.
using Units = absl::int128;

// What points are written with in the place of a currency.
inline constexpr absl::string_view kPoints = "points";

// Digits after the point of an amount in this currency; 2 for points.
int DigitsOf(absl::string_view currency);

// `factors` multiplied, in units of 10^-digits; half to even, once. Refused as
// "amount_overflow" if that is more than 10^15 of them, the most that money
// holds, or if the product does not fit in 128 bits.
absl::StatusOr<int64_t> Multiply(
    std::initializer_list<expectation::Decimal> factors, int digits);

// The exact number of major units: -1250 with 2 digits is -12.5.
// `units`: absolute value at most 10^15.
expectation::Decimal ToDecimal(int64_t units, int digits);

// A decimal number in units of 10^-digits, half to even; errors of Multiply.
absl::StatusOr<int64_t> ToUnits(expectation::Decimal number, int digits);

// "3745000.00", "-0.05": plain, for programs.
std::string ToText(Units units, int digits);

}  // namespace tallystick::record

#endif  // TALLYSTICK_CORE_RECORD_AMOUNT_H_
