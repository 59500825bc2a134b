// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_DRIFT_EWMA_H_
#define TALLYSTICK_CORE_DRIFT_EWMA_H_

// Exponentially weighted moving average, after Roberts (1959) and Lucas and
// Saccucci (1990), with exact limits (measures.md, c.4):
//
//   e_i = w z_i + (1 - w) e_(i-1)          e_0 = 0
//   v_i = w^2 + (1 - w)^2 v_(i-1)          v_0 = 0
//   it signals while |e_i| > L sqrt(v_i)
//
// w = lambda, or for irregular spacing w = 1 - (1 - lambda)^min(gap, 6), which
// equals filling the gap with what was missed; its limits are approximate.
namespace tallystick::drift {

struct EwmaRule {
  // More than 0, at most 1. Quick 0.2 with L 2.962; for slow drift 0.1 with
  // 2.814.
  double lambda = 0.2;
  // L, more than 0.
  double width = 2.962;

  friend bool operator==(const EwmaRule&, const EwmaRule&) = default;
};

class Ewma {
 public:
  explicit Ewma(const EwmaRule& rule) : rule_(rule) {}

  // The next observation, standardised. `gap`: time since the one before, in
  // nominal intervals, more than 0; 1 with regular spacing.
  void Add(double z, double gap = 1);

  double value() const { return value_; }
  // How far from 0 the value may be; 0 before the first observation.
  double limit() const;
  bool signals() const;

 private:
  EwmaRule rule_;
  double value_ = 0;
  double variance_ = 0;
};

}  // namespace tallystick::drift

#endif  // TALLYSTICK_CORE_DRIFT_EWMA_H_
