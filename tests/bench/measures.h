// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_BENCH_MEASURES_H_
#define TALLYSTICK_TESTS_BENCH_MEASURES_H_

#include <string>

namespace tallystick::bench {

// Propose to ratified, durable on both sides, against floor A.
void MeasureDecisionLatency(const std::string& directory);

// Catch-up of a real tallyd with so many entries, against floor B; then its
// memory, its files, its start and a CLI read.
struct CatchUp {
  // Seconds from exec to taking calls.
  double start = 0;
};
CatchUp MeasureCatchUp(const std::string& directory, int entries);

// A new reading among a thousand monitored series, in the core alone.
void MeasureNewReading();

// The reports as whole processes, with 10,000 stances and 100,000 records
// behind them.
void MeasureReports(const std::string& directory);

// Points until the control charts signal, against the simulated column of
// measures.md, c.6.
void MeasureRunLengths();

}  // namespace tallystick::bench

#endif  // TALLYSTICK_TESTS_BENCH_MEASURES_H_
