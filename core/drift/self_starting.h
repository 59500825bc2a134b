// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_DRIFT_SELF_STARTING_H_
#define TALLYSTICK_CORE_DRIFT_SELF_STARTING_H_

#include <optional>

// Standardises a series by its own past where neither figure nor spread has
// been agreed, after Hawkins (1987) (measures.md, c.7). From the third
// observation on, with mean and standard deviation s of those before it,
//
//   T_i = sqrt((i - 1) / i) (x_i - mean) / s
//   u_i = normal value as far out as T_i is in Student's t with i - 2 degrees
//
// Without a shift the u are independent standard normal. It needs a quiet
// beginning and gets used to a shift that lasts.
namespace tallystick::drift {

class SelfStarting {
 public:
  struct Score {
    double t = 0;
    double u = 0;
  };

  // None for the first two, and while all before were equal (s = 0).
  std::optional<Score> Add(double x);

 private:
  int count_ = 0;
  double mean_ = 0;
  // Sum of squared departures from the mean.
  double squares_ = 0;
};

}  // namespace tallystick::drift

#endif  // TALLYSTICK_CORE_DRIFT_SELF_STARTING_H_
