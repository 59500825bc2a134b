// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_SIM_WORLD_WORKLOAD_H_
#define TALLYSTICK_TESTS_SIM_WORLD_WORKLOAD_H_

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "core/alliance/state.h"
#include "tallystick/v1/entry.pb.h"
#include "tests/sim/world/company.h"

// What the people of the two companies say, do and agree: random statements
// that mostly make sense to the company's own state. The partner does likewise
// at the same time, so they cross.
namespace tallystick::sim {

struct Statements {
  std::vector<v1::Body> bodies;
  std::string author;
  // For the trace: "stance", "approval", ...
  std::string what;
};

// The next thing that people of `own` do. May be refused when written.
Statements NextStatements(const Company& own,
                          const alliance::AllianceState& state,
                          std::mt19937_64& random, int64_t now_us);

// The single ones, for tests that script what happens.
v1::Body Stance(const std::string& topic, const std::string& option,
                v1::Stance::Cell cell = v1::Stance::OWN);
v1::Body Proposal(const std::string& uid, const std::string& title,
                  const std::string& position, int64_t respond_by_us = 0);
v1::Body Counter(const decision::Decision& decision,
                 const decision::Revision& replaced, const std::string& title,
                 const std::string& position);
v1::Body Withdrawal(const decision::Decision& decision,
                    const decision::Revision& revision);
// Signed by `person` over the text the state prescribes.
v1::Body Verdict(const Company& own, const Person& person,
                 const alliance::AllianceState& state,
                 const decision::Decision& decision,
                 const decision::Revision& revision, v1::Verdict::Kind kind);

}  // namespace tallystick::sim

#endif  // TALLYSTICK_TESTS_SIM_WORLD_WORKLOAD_H_
