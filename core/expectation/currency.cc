// SPDX-License-Identifier: Apache-2.0
// Currencies and their digits after the point, after ISO 4217 (list one).
#include <algorithm>
#include <iterator>

#include "core/expectation/answer.h"

namespace tallystick::expectation {
namespace {

// In alphabetical order.
constexpr absl::string_view kActive[] = {
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM",
    "BBD", "BDT", "BGN", "BHD", "BIF", "BMD", "BND", "BOB", "BOV", "BRL", "BSD",
    "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHE", "CHF", "CHW", "CLF", "CLP",
    "CNY", "COP", "COU", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD",
    "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD",
    "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD",
    "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW",
    "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MDL",
    "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MXV",
    "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN",
    "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR",
    "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN",
    "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD",
    "TZS", "UAH", "UGX", "USD", "USN", "UYI", "UYU", "UYW", "UZS", "VED", "VES",
    "VND", "VUV", "WST", "XAF", "XCD", "XCG", "XOF", "XPF", "YER", "ZAR", "ZMW",
    "ZWG"};
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

bool IsActiveCurrency(absl::string_view code) {
  return std::binary_search(std::begin(kActive), std::end(kActive), code);
}

int MinorDigits(absl::string_view currency) {
  if (In(kWithoutMinor, currency)) return 0;
  if (In(kThreeDigits, currency)) return 3;
  if (In(kFourDigits, currency)) return 4;
  return 2;
}

}  // namespace tallystick::expectation
