// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EXPECTATION_DECIMAL_H_
#define TALLYSTICK_CORE_EXPECTATION_DECIMAL_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// Exact decimal numbers, so that what a person wrote is what is hashed, shown
// and read back.
namespace tallystick::expectation {

inline constexpr int64_t kUnscaledMax = 1'000'000'000'000'000;  // 10^15
inline constexpr uint32_t kScaleMax = 9;

// unscaled * 10^-scale. Canonical: a scale above 0 means that the last digit is
// not 0, so that equal numbers are equal field by field.
struct Decimal {
  int64_t unscaled = 0;
  uint32_t scale = 0;

  double ToDouble() const;

  friend bool operator==(const Decimal&, const Decimal&) = default;
};

// The canonical form of unscaled * 10^-scale. Any scale is allowed.
Decimal MakeDecimal(int64_t unscaled, uint32_t scale);

// True if canonical and within the limits above.
bool IsValid(Decimal number);

// -1, 0 or 1 as `a` is below, equal to or above `b`, without rounding.
int Compare(Decimal a, Decimal b);

// Reads "-12.50": digits, at most one point with digits on both sides, no
// exponent, no separators. INVALID_ARGUMENT for anything else, or for more
// digits than a Decimal holds.
absl::StatusOr<Decimal> ParseDecimal(absl::string_view text);

// "12.5", "-0.25", "7". ParseDecimal reads it back.
std::string ToText(Decimal number);

template <typename Archive>
void Visit(Archive& archive, Decimal& number) {
  archive(number.unscaled);
  archive(number.scale);
}

}  // namespace tallystick::expectation

#endif  // TALLYSTICK_CORE_EXPECTATION_DECIMAL_H_
