// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_BENCH_BODIES_H_
#define TALLYSTICK_TESTS_BENCH_BODIES_H_

#include <chrono>
#include <string>
#include <vector>

#include "core/evidence/ed25519.h"
#include "tallystick/v1/entry.pb.h"

// What is written into the logs, and small things for measuring.
namespace tallystick::bench {

using Clock = std::chrono::steady_clock;
double SecondsSince(Clock::time_point start);
double Median(std::vector<double> values);
void PrintRow(const std::string& what, double value, const std::string& unit,
              const std::string& limit);

v1::Body Enrolment(const std::string& person, const evidence::SigningKey& key);
v1::Body Proposal(const std::string& uid, int number);
// A stance whose reason is so long.
v1::Body Stance(int number, size_t reason_size);

}  // namespace tallystick::bench

#endif  // TALLYSTICK_TESTS_BENCH_BODIES_H_
