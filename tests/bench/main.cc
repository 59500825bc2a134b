// SPDX-License-Identifier: Apache-2.0
// bench [--full]: prints a table of numbers and their limits.
#include <stdlib.h>

#include <cstring>
#include <filesystem>
#include <string>

#include "node/peer/transport.h"
#include "tests/bench/bodies.h"
#include "tests/bench/measures.h"

int main(int argc, char** argv) {
  using namespace tallystick;
  node::InitializeTransport(nullptr);
  const bool full = argc > 1 && std::strcmp(argv[1], "--full") == 0;
  // A real disk: /tmp may be memory.
  std::string directory = "/var/tmp/tally-bench-XXXXXX";
  if (mkdtemp(directory.data()) == nullptr) return 1;
  bench::MeasureDecisionLatency(directory);
  const bench::CatchUp small = bench::MeasureCatchUp(directory, 10'000);
  bench::CatchUp large = bench::MeasureCatchUp(directory, 100'000);
  if (full) large = bench::MeasureCatchUp(directory, 1'000'000);
  bench::PrintRow("node start, largest log against 10,000 entries",
                  large.start / small.start, "x", "<= 1.5");
  std::filesystem::remove_all(directory);
  return 0;
}
