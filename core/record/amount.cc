// SPDX-License-Identifier: Apache-2.0
#include "core/record/amount.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "absl/strings/str_cat.h"
#include "core/evidence/refusal.h"
#include "core/expectation/answer.h"

namespace tallystick::record {
namespace {

constexpr Units kMost = absl::MakeInt128(INT64_MAX, UINT64_MAX);

absl::Status Overflow() {
  return evidence::Refuse("amount_overflow",
                          "the amount is more than 10^15 minor units");
}

// Of numbers that are not negative.
bool TimesFits(Units a, Units b) { return b == 0 || a <= kMost / b; }

// Of numbers that are not negative, `divisor` more than 0.
Units DivideHalfEven(Units dividend, Units divisor) {
  Units quotient = dividend / divisor;
  // Not twice the remainder, which might not fit.
  const Units rest = dividend % divisor;
  const Units missing = divisor - rest;
  if (rest > missing || (rest == missing && quotient % 2 != 0)) ++quotient;
  return quotient;
}

// The same within 64 bits, which is what nearly every line fits into; none if
// this one does not. Division of 128 bits is slow.
std::optional<int64_t> MultiplyQuickly(
    std::initializer_list<expectation::Decimal> factors, int digits) {
  int64_t product = 1;
  int scale = 0;
  for (const expectation::Decimal& factor : factors) {
    if (__builtin_mul_overflow(product, factor.unscaled, &product)) return {};
    scale += static_cast<int>(factor.scale);
  }
  for (; scale < digits; ++scale) {
    if (__builtin_mul_overflow(product, int64_t{10}, &product)) return {};
  }
  if (scale - digits > static_cast<int>(expectation::kScaleMax)) return {};
  int64_t divisor = 1;
  for (; scale > digits; --scale) divisor *= 10;
  int64_t units = product / divisor;
  const int64_t twice_rest = 2 * std::abs(product % divisor);
  if (twice_rest > divisor || (twice_rest == divisor && units % 2 != 0)) {
    units += product < 0 ? -1 : 1;
  }
  if (std::abs(units) > expectation::kUnscaledMax) return {};
  return units;
}

}  // namespace

int DigitsOf(absl::string_view currency) {
  return currency == kPoints ? 2 : expectation::MinorDigits(currency);
}

absl::StatusOr<int64_t> Multiply(
    std::initializer_list<expectation::Decimal> factors, int digits) {
  if (const auto units = MultiplyQuickly(factors, digits)) return *units;
  Units product = 1;
  bool negative = false;
  int scale = 0;
  for (const expectation::Decimal& factor : factors) {
    const Units size =
        factor.unscaled < 0 ? -Units(factor.unscaled) : Units(factor.unscaled);
    if (!TimesFits(product, size)) return Overflow();
    product *= size;
    if (factor.unscaled < 0) negative = !negative;
    scale += static_cast<int>(factor.scale);
  }
  for (; scale < digits; ++scale) {
    if (!TimesFits(product, 10)) return Overflow();
    product *= 10;
  }
  Units divisor = 1;
  for (; scale > digits; --scale) divisor *= 10;
  const Units units = DivideHalfEven(product, divisor);
  if (units > expectation::kUnscaledMax) return Overflow();
  const int64_t size = static_cast<int64_t>(units);
  return negative ? -size : size;
}

expectation::Decimal ToDecimal(int64_t units, int digits) {
  return expectation::MakeDecimal(units, static_cast<uint32_t>(digits));
}

absl::StatusOr<int64_t> ToUnits(expectation::Decimal number, int digits) {
  return Multiply({number}, digits);
}

std::string ToText(Units units, int digits) {
  const bool negative = units < 0;
  std::string text;
  for (Units rest = negative ? -units : units; rest > 0; rest /= 10) {
    text.push_back(static_cast<char>('0' + static_cast<int>(rest % 10)));
  }
  const size_t fraction = static_cast<size_t>(std::max(digits, 0));
  if (text.size() <= fraction) text.append(fraction + 1 - text.size(), '0');
  std::reverse(text.begin(), text.end());
  if (fraction > 0) text.insert(text.size() - fraction, 1, '.');
  return negative ? absl::StrCat("-", text) : text;
}

}  // namespace tallystick::record
