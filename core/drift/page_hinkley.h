// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_DRIFT_PAGE_HINKLEY_H_
#define TALLYSTICK_CORE_DRIFT_PAGE_HINKLEY_H_

// The test of Page and Hinkley against the running mean (measures.md, c.5):
//
//   U_i = U_(i-1) + x_i - m_i - delta      up   = U_i - min(0, U_1..U_i)
//   D_i = D_(i-1) + x_i - m_i + delta      down = max(0, D_1..D_i) - D_i
//
// m_i = mean of x_1..x_i. It signals while up or down is more than its limit.
// With a known reference instead of the mean it is the CUSUM of cusum.h.
// Nothing uses it unasked, and then for 30 readings and more: the mean swallows
// the shift, and a shift that was there from the start is invisible to it.
namespace tallystick::drift {

class PageHinkley {
 public:
  // `delta`: the departure that is put up with, in the unit of x.
  explicit PageHinkley(double delta) : delta_(delta) {}

  void Add(double x);

  double up() const { return up_ - up_min_; }
  double down() const { return down_max_ - down_; }

 private:
  double delta_;
  int count_ = 0;
  double mean_ = 0;
  double up_ = 0;
  double up_min_ = 0;
  double down_ = 0;
  double down_max_ = 0;
};

}  // namespace tallystick::drift

#endif  // TALLYSTICK_CORE_DRIFT_PAGE_HINKLEY_H_
