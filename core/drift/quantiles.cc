// SPDX-License-Identifier: Apache-2.0
#include "core/drift/quantiles.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace tallystick::drift {
namespace {

// Highest power first.
using Polynomial = std::array<double, 8>;

double Evaluate(const Polynomial& coefficients, double x) {
  double sum = 0;
  for (const double coefficient : coefficients) sum = sum * x + coefficient;
  return sum;
}

struct Ratio {
  Polynomial above;
  Polynomial below;

  double operator()(double x) const {
    return Evaluate(above, x) / Evaluate(below, x);
  }
};

constexpr Ratio kCentre = {{2.5090809287301226727e+3, 3.3430575583588128105e+4,
                            6.7265770927008700853e+4, 4.5921953931549871457e+4,
                            1.3731693765509461125e+4, 1.9715909503065514427e+3,
                            1.3314166789178437745e+2, 3.3871328727963666080e+0},
                           {5.2264952788528545610e+3, 2.8729085735721942674e+4,
                            3.9307895800092710610e+4, 2.1213794301586595867e+4,
                            5.3941960214247511077e+3, 6.8718700749205790830e+2,
                            4.2313330701600911252e+1, 1.0}};

constexpr Ratio kShoulder = {
    {7.74545014278341407640e-4, 2.27238449892691845833e-2,
     2.41780725177450611770e-1, 1.27045825245236838258e+0,
     3.64784832476320460504e+0, 5.76949722146069140550e+0,
     4.63033784615654529590e+0, 1.42343711074968357734e+0},
    {1.05075007164441684324e-9, 5.47593808499534494600e-4,
     1.51986665636164571966e-2, 1.48103976427480074590e-1,
     6.89767334985100004550e-1, 1.67638483018380384940e+0,
     2.05319162663775882187e+0, 1.0}};

constexpr Ratio kTail = {{2.01033439929228813265e-7, 2.71155556874348757815e-5,
                          1.24266094738807843860e-3, 2.65321895265761230930e-2,
                          2.96560571828504891230e-1, 1.78482653991729133580e+0,
                          5.46378491116411436990e+0, 6.65790464350110377720e+0},
                         {2.04426310338993978564e-15, 1.42151175831644588870e-7,
                          1.84631831751005468180e-5, 7.86869131145613259100e-4,
                          1.48753612908506148525e-2, 1.36929880922735805310e-1,
                          5.99832206555887937690e-1, 1.0}};

// Gamma(x + 1/2) / Gamma(x), x > 0: the asymptotic series, reached by the
// recurrence.
double GammaRatio(double x) {
  double factor = 1;
  for (; x < 50; x += 1) factor *= x / (x + 0.5);
  const double r = 1 / x;
  const double series =
      1 + r * (-1 / 8.0 + r * (1 / 128.0 +
                               r * (5 / 1024.0 + r * (-21 / 32768.0 +
                                                      r * (-399 / 262144.0)))));
  return factor * std::sqrt(x) * series;
}

// What DLMF 8.17.22 has beside x^a (1-x)^b / (a B(a, b)), by the method of
// Lentz; converges quickly for x < (a + 1) / (a + b + 2).
double BetaFraction(double a, double b, double x) {
  constexpr int kStepsMax = 10'000;
  constexpr double kTiny = 1e-300;
  const auto off_zero = [](double y) {
    return std::abs(y) < kTiny ? kTiny : y;
  };
  double c = 1;
  double d = 1 / off_zero(1 - (a + b) * x / (a + 1));
  double fraction = d;
  for (int m = 1; m <= kStepsMax; ++m) {
    double change = 1;
    for (const double term :
         {m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
          -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))}) {
      d = 1 / off_zero(1 + term * d);
      c = off_zero(1 + term / c);
      change = c * d;
      fraction *= change;
    }
    if (std::abs(change - 1) < 1e-15) break;
  }
  return fraction;
}

}  // namespace

double NormalQuantile(double p) {
  const double q = p - 0.5;
  if (std::abs(q) <= 0.425) return q * kCentre(0.180625 - q * q);
  const double r = std::sqrt(-std::log(q < 0 ? p : 1 - p));
  const double x = r <= 5 ? kShoulder(r - 1.6) : kTail(r - 5);
  return q < 0 ? -x : x;
}

double StudentUpperTail(double t, double degrees) {
  const double a = degrees / 2;
  // x + y = 1. For huge t the square would overflow before the quotient.
  const double ratio = t / std::sqrt(degrees);
  const double x = 1 / (1 + ratio * ratio);
  const double y = ratio > 1 ? 1 / (1 + 1 / (ratio * ratio))
                             : ratio * ratio / (1 + ratio * ratio);
  // x^a (1-x)^(1/2) / B(a, 1/2), with B(a, 1/2) = sqrt(pi) / GammaRatio(a).
  constexpr double kSqrtPi = 1.7724538509055160273;
  const double front = std::pow(x, a) * std::sqrt(y) * GammaRatio(a) / kSqrtPi;
  if (x < (a + 1) / (a + 2.5)) return front * BetaFraction(a, 0.5, x) / a / 2;
  return 0.5 - front * BetaFraction(0.5, a, y);
}

double NormalFromStudent(double t, double degrees) {
  const double tail = std::max(StudentUpperTail(std::abs(t), degrees),
                               std::numeric_limits<double>::min());
  return std::copysign(-NormalQuantile(tail), t);
}

}  // namespace tallystick::drift
