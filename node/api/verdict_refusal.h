// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_VERDICT_REFUSAL_H_
#define TALLYSTICK_NODE_API_VERDICT_REFUSAL_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace tallystick::node {

// What somebody wanted to do to a decision.
struct Attempt {
  // "d-7"
  std::string decision;
  // "approved", "rejected", "countered", "withdrawn", "done"
  absl::string_view verb;
  // Who wanted it, if a person did, and the company's short name.
  std::string person;
  std::string party;
};

// A refusal of the fold as a sentence that names the thing, the reason and the
// next step: "decision d-7 cannot be approved: bo is not on the roster of
// cascadia (see: tally people)". Keeps the reason for programs; other statuses
// come back as they are.
absl::Status ExplainRefusal(const absl::Status& status, const Attempt& attempt);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_VERDICT_REFUSAL_H_
