// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_DRIFT_QUANTILES_H_
#define TALLYSTICK_CORE_DRIFT_QUANTILES_H_

// The two distributions that a self-starting chart needs.
namespace tallystick::drift {

// x such that a standard normal value is below x with probability p, 0 < p < 1.
// Wichura (1988), algorithm AS 241, routine PPND16: about 16 digits.
double NormalQuantile(double p);

// Probability that a value of Student's t distribution is above t >= 0;
// `degrees` at least 1. By the continued fraction of the incomplete beta
// function (DLMF 8.17.22); 12 digits, also far out in the tail.
double StudentUpperTail(double t, double degrees);

// The standard normal value that is as far out as t is in Student's
// distribution. Antisymmetric and finite for all finite t.
double NormalFromStudent(double t, double degrees);

}  // namespace tallystick::drift

#endif  // TALLYSTICK_CORE_DRIFT_QUANTILES_H_
