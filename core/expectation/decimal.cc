// SPDX-License-Identifier: Apache-2.0
#include "core/expectation/decimal.h"

#include <cstddef>

#include "absl/numeric/int128.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/expectation/unicode.h"

namespace tallystick::expectation {
namespace {

constexpr int64_t kPowersOfTen[] = {
    1,       10,        100,        1'000,       10'000,
    100'000, 1'000'000, 10'000'000, 100'000'000, 1'000'000'000,
};

absl::Status NotANumber(absl::string_view text) {
  return absl::InvalidArgumentError(absl::StrCat(
      "\"", Excerpt(text), "\" is not a number; write it like 12 or -0.5"));
}

absl::Status TooManyDigits(absl::string_view text) {
  return absl::InvalidArgumentError(absl::StrCat(
      "\"", Excerpt(text),
      "\" has too many digits; at most 15, and 9 after the point"));
}

}  // namespace

double Decimal::ToDouble() const {
  if (scale > kScaleMax) return 0;
  // Division by an exact power of ten rounds once, as reading the text would.
  return static_cast<double>(unscaled) /
         static_cast<double>(kPowersOfTen[scale]);
}

Decimal MakeDecimal(int64_t unscaled, uint32_t scale) {
  while (scale > 0 && unscaled % 10 == 0) {
    if (unscaled == 0) return {};
    unscaled /= 10;
    --scale;
  }
  return {unscaled, scale};
}

bool IsValid(Decimal number) {
  return number.unscaled >= -kUnscaledMax && number.unscaled <= kUnscaledMax &&
         number.scale <= kScaleMax &&
         (number.scale == 0 || number.unscaled % 10 != 0);
}

int Compare(Decimal a, Decimal b) {
  const absl::int128 left = absl::int128(a.unscaled) * kPowersOfTen[b.scale];
  const absl::int128 right = absl::int128(b.unscaled) * kPowersOfTen[a.scale];
  return left < right ? -1 : left > right ? 1 : 0;
}

absl::StatusOr<Decimal> ParseDecimal(absl::string_view text) {
  absl::string_view digits = text;
  const bool negative = !digits.empty() && digits[0] == '-';
  if (negative) digits.remove_prefix(1);
  const size_t point = digits.find('.');
  absl::string_view fraction;
  if (point != absl::string_view::npos) {
    fraction = digits.substr(point + 1);
    digits = digits.substr(0, point);
    if (fraction.empty()) return NotANumber(text);
  }
  if (digits.empty()) return NotANumber(text);
  for (const absl::string_view part : {digits, fraction}) {
    for (const char c : part) {
      if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) {
        return NotANumber(text);
      }
    }
  }
  while (!fraction.empty() && fraction.back() == '0') fraction.remove_suffix(1);
  if (fraction.size() > kScaleMax) return TooManyDigits(text);
  int64_t unscaled = 0;
  for (const absl::string_view part : {digits, fraction}) {
    for (const char c : part) {
      unscaled = unscaled * 10 + (c - '0');
      if (unscaled > kUnscaledMax) return TooManyDigits(text);
    }
  }
  return Decimal{negative ? -unscaled : unscaled,
                 static_cast<uint32_t>(fraction.size())};
}

std::string ToText(Decimal number) {
  const bool negative = number.unscaled < 0;
  std::string digits =
      absl::StrCat(negative ? -number.unscaled : number.unscaled);
  if (number.scale > 0) {
    if (digits.size() <= number.scale) {
      digits.insert(0, number.scale + 1 - digits.size(), '0');
    }
    digits.insert(digits.size() - number.scale, 1, '.');
  }
  return negative ? absl::StrCat("-", digits) : digits;
}

}  // namespace tallystick::expectation
