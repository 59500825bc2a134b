// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_E2E_EXPECTED_GAPS_H_
#define TALLYSTICK_TESTS_E2E_EXPECTED_GAPS_H_

#include <optional>
#include <string>
#include <vector>

// The table "Coorientation" of an example's expected.md.
namespace tallystick::e2e {

struct ExpectedGap {
  std::string topic;
  double weight = 0;
  double tolerance = 0;
  // Nothing is comparable: no distances are given.
  bool comparable = false;
  double agreement = 0;
  // Of parties A and B.
  double congruency[2] = {0, 0};
  double accuracy[2] = {0, 0};
  // In capitals; "" for none.
  std::string state[2];
  std::string joint;
  // Letter of the one party the joint state is about, or 0.
  char joint_letter = 0;
  bool stale = false;
  // Letters in their order: "", "A", "B" or "AB".
  std::string misread;
};

std::vector<ExpectedGap> ReadExpectedGaps(const std::string& file);

// The table of the layers' scores below it.
struct ExpectedLayer {
  std::string layer;
  double coverage = 0;
  double agreement = 0;
  // Of parties A and B.
  double accuracy[2] = {0, 0};
};

std::vector<ExpectedLayer> ReadExpectedLayers(const std::string& file);

}  // namespace tallystick::e2e

#endif  // TALLYSTICK_TESTS_E2E_EXPECTED_GAPS_H_
