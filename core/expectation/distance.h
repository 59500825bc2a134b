// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EXPECTATION_DISTANCE_H_
#define TALLYSTICK_CORE_EXPECTATION_DISTANCE_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "core/expectation/catalogue.h"
#include "core/expectation/exchange_rates.h"
#include "core/expectation/value.h"

// How far two answers to one topic are apart, from 0 (the same) to 1.
//
//   ordinal_step      |i - j| / (K - 1), K options, indices from 0
//   exact             0 if equal, else 1
//   jaccard           1 - |X n Y| / |X u Y|; both empty 0, one empty 1
//   relative          min(1, |x - y| / max(|x|, |y|, floor)); both zero 0.
//                     Durations in days: week 7, month 30, quarter 91, year
//                     365; open-ended against open-ended 0, else 1. Money of
//                     two currencies at the rate agreed between them
//   scaled            min(1, |x - y| / scale)
//   scaled_days       min(1, days apart / window_days)
//   interval_jaccard  1 - len(I n J) / len(I u J); a point x is
//                     [x - r/2, x + r/2], r = resolution
//   interval_gap      min(1, gap / scale), overlapping 0
//   kendall           (discordant + half-tied / 2) / (n (n - 1) / 2) over the
//                     pairs of the union; what is missing is tied last there
//   share_variation   half the sum of |x_k - y_k|
//   map_mean          mean over the union of keys; on one side only: 1
//   confirmed_text    0 if the hashes are equal, else unconfirmed
//
// Kendall's distance with penalty 1/2 for ties is after Fagin, Kumar and
// Sivakumar (2003), the share variation is the total variation distance.
namespace tallystick::expectation {

// What comparisons with a limit allow for floating-point noise.
inline constexpr double kSlack = 1e-9;

// Weeks of 7, months of 30, quarters of 91 and years of 365 days. Of an
// open-ended period its count, which means nothing.
double InDays(const Period& period);

struct Distance {
  enum class Kind {
    // `d` holds.
    kKnown,
    // Other type, unit or currency, or not an answer to this topic.
    kIncomparable,
    // Texts, which only people compare.
    kUnconfirmed
  };

  Kind kind = Kind::kIncomparable;
  double d = 0;
  // Where d comes from, for whoever explains it: part / whole, at most 1; or of
  // what the answers have in common, 1 - part / whole.
  double part = 0;
  double whole = 1;
  bool common = false;
  // Of money that had to be brought to one currency first.
  bool exchanged = false;

  static Distance Known(double d) { return {Kind::kKnown, d, d, 1}; }
  // `whole` > 0.
  static Distance Ratio(double part, double whole) {
    return {Kind::kKnown, std::min(1.0, part / whole), part, whole};
  }
  static Distance Overlap(double common, double all) {
    return {Kind::kKnown, std::clamp(1 - common / all, 0.0, 1.0), common, all,
            true};
  }
  static Distance Incomparable() { return {}; }
  static Distance Unconfirmed() { return {Kind::kUnconfirmed}; }
  bool known() const { return kind == Kind::kKnown; }

  friend bool operator==(const Distance& a, const Distance& b) {
    return a.kind == b.kind && a.d == b.d;
  }
};

// Symmetric; never NaN.
Distance Compare(const Topic& topic, const Value& a, const Value& b,
                 const ExchangeRates& rates = {});

// d <= tolerance, with the slack.
bool Matches(double d, double tolerance);

// 1 up to the tolerance, then falling in a line to 0 at d = 1.
double Grade(double d, double tolerance);

using TextDigest = std::array<uint8_t, 32>;

// Unicode NFC, line ends LF, runs of blanks (spaces and tabs) as one in each
// line, lines and the whole trimmed. `text` must be UTF-8.
std::string NormaliseText(absl::string_view text);

// SHA-256 of the normalised text.
TextDigest TextHash(absl::string_view text);

}  // namespace tallystick::expectation

#endif  // TALLYSTICK_CORE_EXPECTATION_DISTANCE_H_
