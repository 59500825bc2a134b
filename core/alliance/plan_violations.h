// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_PLAN_VIOLATIONS_H_
#define TALLYSTICK_CORE_ALLIANCE_PLAN_VIOLATIONS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

// What is wrong with a file somebody wrote: all of it at once, each with its
// line, because nothing is applied before everything is right.
namespace tallystick::alliance {

struct Violation {
  // From 1; 0: not from a file.
  int line = 0;
  // A sentence that names the thing and what is allowed.
  std::string text;

  friend bool operator==(const Violation&, const Violation&) = default;
};

// OK if there is none; else INVALID_ARGUMENT whose message is the first one and
// how many more there are. ViolationsOf gives them back.
absl::Status ViolationsStatus(const std::vector<Violation>& violations);

// Empty for any other status.
std::vector<Violation> ViolationsOf(const absl::Status& status);

template <typename Archive>
void Visit(Archive& archive, Violation& violation) {
  archive(violation.line);
  archive(violation.text);
}

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_PLAN_VIOLATIONS_H_
