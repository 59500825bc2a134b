// SPDX-License-Identifier: Apache-2.0
// The digits after the point of currencies, after ISO 4217 (list one).
#include <algorithm>
#include <iterator>

#include "core/expectation/answer.h"

namespace tallystick::expectation {
namespace {

constexpr absl::string_view kWithoutMinor[] = {
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG",
    "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"};
constexpr absl::string_view kThreeDigits[] = {"BHD", "IQD", "JOD", "KWD",
                                              "LYD", "OMR", "TND"};
constexpr absl::string_view kFourDigits[] = {"CLF", "UYW"};

template <size_t kSize>
bool In(const absl::string_view (&list)[kSize], absl::string_view currency) {
  return std::find(std::begin(list), std::end(list), currency) !=
         std::end(list);
}

}  // namespace

int MinorDigits(absl::string_view currency) {
  if (In(kWithoutMinor, currency)) return 0;
  if (In(kThreeDigits, currency)) return 3;
  if (In(kFourDigits, currency)) return 4;
  return 2;
}

}  // namespace tallystick::expectation
