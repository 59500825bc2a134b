// SPDX-License-Identifier: Apache-2.0
// Runs one simulated world and tells what happens:
//   sim_replay --seed N [--steps M] [--raw] [--no-sync | --send-early]
//   sim_replay --seed N --to M [...]        many seeds, the broken ones only
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <string>

#include "tests/sim/world/world.h"

int main(int argc, char** argv) {
  tallystick::sim::WorldOptions options;
  uint64_t to = 0;
  for (int i = 1; i < argc; ++i) {
    const std::string flag = argv[i];
    const bool has_value = i + 1 < argc;
    if (flag == "--raw") {
      options.raw_faults = true;
    } else if (flag == "--no-sync") {
      options.defect = tallystick::sim::Defect::kNoSync;
    } else if (flag == "--send-early") {
      options.defect = tallystick::sim::Defect::kSendsBeforeCommit;
    } else if (flag == "--seed" && has_value) {
      options.seed = std::strtoull(argv[++i], nullptr, 10);
    } else if (flag == "--steps" && has_value) {
      options.steps = std::atoi(argv[++i]);
    } else if (flag == "--to" && has_value) {
      to = std::strtoull(argv[++i], nullptr, 10);
    } else {
      std::cerr << "usage: sim_replay --seed N [--to N] [--steps N] [--raw] "
                   "[--no-sync | --send-early]\n";
      return 2;
    }
  }
  if (to == 0) {
    options.trace = &std::cout;
    to = options.seed;
  }
  int broken = 0;
  for (; options.seed <= to; ++options.seed) {
    const absl::Status status = tallystick::sim::RunSeed(options);
    if (status.ok()) continue;
    ++broken;
    std::cout << "BROKEN seed " << options.seed << ": " << status.message()
              << "\n";
  }
  if (broken == 0) std::cout << "all invariants hold\n";
  return broken == 0 ? 0 : 1;
}
