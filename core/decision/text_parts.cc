// SPDX-License-Identifier: Apache-2.0
#include "core/decision/text_parts.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"

namespace tallystick::decision {

std::string DecimalInText(const v1::Decimal& decimal) {
  const bool negative = decimal.unscaled() < 0;
  std::string digits =
      absl::StrCat(negative ? 0 - static_cast<uint64_t>(decimal.unscaled())
                            : static_cast<uint64_t>(decimal.unscaled()));
  const size_t scale = std::min<size_t>(decimal.scale(), 9);
  if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
  if (scale > 0) digits.insert(digits.size() - scale, ".");
  return absl::StrCat(negative ? "-" : "", digits);
}

std::string PeriodInText(const v1::Period& period) {
  if (period.unit() == v1::Period::OPEN_ENDED) return "open-ended";
  constexpr std::array<absl::string_view, 6> kUnits = {
      "", "days", "weeks", "months", "quarters", "years"};
  const int unit = period.unit() < 6 ? period.unit() : 0;
  return absl::StrCat(DecimalInText(period.count()), " ", kUnits[unit]);
}

std::string DateInText(const v1::Date& date) {
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(),
                         date.day());
}

}  // namespace tallystick::decision
