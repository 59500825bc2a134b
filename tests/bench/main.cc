// SPDX-License-Identifier: Apache-2.0
// bench [decisions | catch-up | reports | run-lengths | full]: prints a table
// of numbers and their limits. Without a word: decisions, catch-up and reports,
// but no log of a million entries.
#include <stdlib.h>

#include <filesystem>
#include <string>

#include "node/peer/transport.h"
#include "tests/bench/bodies.h"
#include "tests/bench/measures.h"

int main(int argc, char** argv) {
  using namespace tallystick;
  node::InitializeTransport(nullptr);
  const std::string part = argc > 1 ? argv[1] : "";
  if (part == "run-lengths" || part == "full") bench::MeasureRunLengths();
  if (part == "run-lengths") return 0;
  // A real disk: /tmp may be memory.
  std::string directory = "/var/tmp/tally-bench-XXXXXX";
  if (mkdtemp(directory.data()) == nullptr) return 1;
  const bool all = part.empty() || part == "full";
  if (all || part == "decisions") bench::MeasureDecisionLatency(directory);
  if (all || part == "reports") {
    bench::MeasureNewReading();
    bench::MeasureReports(directory);
  }
  if (all || part == "catch-up") {
    const bench::CatchUp small = bench::MeasureCatchUp(directory, 10'000);
    bench::CatchUp large = bench::MeasureCatchUp(directory, 100'000);
    if (part == "full") large = bench::MeasureCatchUp(directory, 1'000'000);
    bench::PrintRow("node start, largest log against 10,000 entries",
                    large.start / small.start, "x", "<= 1.5");
  }
  std::filesystem::remove_all(directory);
  return 0;
}
