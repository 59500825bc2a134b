// SPDX-License-Identifier: Apache-2.0
// How long the shipped detectors run until they signal, against the simulated
// column of the definition (measures.md, c.6): independent normal scores,
// shifted from the first one on.
#include <array>
#include <cmath>
#include <random>
#include <string>

#include "absl/strings/str_format.h"
#include "core/drift/cusum.h"
#include "core/drift/ewma.h"
#include "core/drift/exceeds.h"
#include "tests/bench/bodies.h"
#include "tests/bench/measures.h"

namespace tallystick::bench {
namespace {

using drift::Side;

constexpr int kRuns = 100'000;

class CusumChart {
 public:
  CusumChart(double h, bool two_sided) : h_(h), two_sided_(two_sided) {}

  bool SignalsAt(double z) {
    cusum_.Add(z);
    return drift::Exceeds(cusum_.sum(Side::kUp), h_) ||
           (two_sided_ && drift::Exceeds(cusum_.sum(Side::kDown), h_));
  }

 private:
  double h_;
  bool two_sided_;
  drift::Cusum cusum_{0.5};
};

class EwmaChart {
 public:
  // Asymptotic limits are those after a long time at 0.
  EwmaChart(const drift::EwmaRule& rule, bool asymptotic) : ewma_(rule) {
    for (int i = 0; asymptotic && i < 1000; ++i) ewma_.Add(0);
  }

  bool SignalsAt(double z) {
    ewma_.Add(z);
    return ewma_.signals();
  }

 private:
  drift::Ewma ewma_;
};

template <typename Chart>
double MeanRunLength(const Chart& fresh, double shift) {
  std::mt19937_64 random(20250701);
  std::normal_distribution<double> normal(shift, 1);
  int64_t points = 0;
  for (int run = 0; run < kRuns; ++run) {
    Chart chart = fresh;
    do {
      ++points;
    } while (!chart.SignalsAt(normal(random)));
  }
  return static_cast<double>(points) / kRuns;
}

struct Cell {
  double shift;
  double simulated;
};

template <typename Chart, size_t kCells>
double PrintCells(const std::string& name, const Chart& chart,
                  const std::array<Cell, kCells>& cells) {
  double worst = 0;
  for (const Cell& cell : cells) {
    const double length = MeanRunLength(chart, cell.shift);
    const double ratio = length / cell.simulated;
    worst = std::max(worst, std::abs(ratio - 1));
    PrintRow(absl::StrFormat("%s, shift %.4g sigma", name, cell.shift), length,
             "points", absl::StrFormat("%.4g (x %.4f)", cell.simulated, ratio));
  }
  return worst;
}

}  // namespace

void MeasureRunLengths() {
  constexpr std::array<Cell, 8> kTwoSided4 = {{{0, 167.4},
                                               {0.25, 74.3},
                                               {0.5, 26.7},
                                               {0.75, 13.3},
                                               {1, 8.38},
                                               {1.5, 4.75},
                                               {2, 3.34},
                                               {3, 2.19}}};
  constexpr std::array<Cell, 8> kTwoSided5 = {{{0, 466.3},
                                               {0.25, 139.3},
                                               {0.5, 38.0},
                                               {0.75, 17.1},
                                               {1, 10.38},
                                               {1.5, 5.75},
                                               {2, 4.01},
                                               {3, 2.58}}};
  const drift::EwmaRule slow = {0.1, 2.814};
  const drift::EwmaRule quick = {0.2, 2.962};
  double worst = 0;
  const auto print = [&worst](const std::string& name, const auto& chart,
                              const auto& cells) {
    worst = std::max(worst, PrintCells(name, chart, cells));
  };
  print("CUSUM two-sided k .5 h 4", CusumChart(4, true), kTwoSided4);
  print("CUSUM two-sided k .5 h 5", CusumChart(5, true), kTwoSided5);
  print("CUSUM one-sided k .5 h 4", CusumChart(4, false),
        std::array{Cell{0, 335.0}});
  print("CUSUM one-sided k .5 h 5", CusumChart(5, false),
        std::array{Cell{0, 931.1}});
  print("EWMA .1/2.814 asymptotic limits", EwmaChart(slow, true),
        std::array{Cell{0, 498.9}, Cell{0.5, 31.3}, Cell{1, 10.32},
                   Cell{2, 4.36}});
  print("EWMA .1/2.814 exact limits", EwmaChart(slow, false),
        std::array{Cell{0, 487.7}, Cell{1, 8.14}});
  print("EWMA .2/2.962 asymptotic limits", EwmaChart(quick, true),
        std::array{Cell{0, 499.5}, Cell{1, 10.55}});
  PrintRow("run lengths, largest departure from the simulated ones",
           100 * worst, "%", "<= 2");
}

}  // namespace tallystick::bench
