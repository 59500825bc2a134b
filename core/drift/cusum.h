// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_DRIFT_CUSUM_H_
#define TALLYSTICK_CORE_DRIFT_CUSUM_H_

#include <array>
#include <cstddef>
#include <optional>

// Cumulative sums, after Page (1954), in tabular form (measures.md, c.3):
//
//   up_i   = max(0, up_(i-1)   + z_i - k)
//   down_i = max(0, down_(i-1) - z_i - k)       both 0 before the first
//
// A sum signals while it is more than h. k = 0.5 is tuned to a shift by one
// standard deviation. Each observation counts once, however far apart they are.
namespace tallystick::drift {

enum class Side { kUp = 0, kDown = 1 };
inline constexpr std::array kSides = {Side::kUp, Side::kDown};

inline size_t IndexOf(Side side) { return static_cast<size_t>(side); }

// +1 or -1: what turns a departure into one that is positive on this side.
inline double SignOf(Side side) { return side == Side::kUp ? 1 : -1; }

class Cusum {
 public:
  explicit Cusum(double k) : k_(k) {}

  // The next observation, standardised. Without a score it counts as an
  // observation and leaves the sums as they are.
  void Add(std::optional<double> z);

  // Both sums are 0 again, as if they had been so at the last observation.
  void Restart();

  double sum(Side side) const { return sums_[IndexOf(side)]; }
  // Estimated first observation of the shift, counted from 1: one after the
  // last at which the sum was 0. Holds while the sum is above 0.
  int onset(Side side) const { return zero_at_[IndexOf(side)] + 1; }

 private:
  double k_;
  int count_ = 0;
  std::array<double, 2> sums_ = {0, 0};
  std::array<int, 2> zero_at_ = {0, 0};
};

}  // namespace tallystick::drift

#endif  // TALLYSTICK_CORE_DRIFT_CUSUM_H_
