// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_PROTO_LINT_H_
#define TALLYSTICK_TESTS_PROTO_LINT_H_

// The rules our proto files follow (proto/README.md lists them): those of buf's
// STANDARD set and of the AIPs that fit us, and our own for bytes that are
// hashed.

#include <set>
#include <string>
#include <vector>

#include "tests/proto/schema.h"

namespace tallystick::proto {

struct LintOptions {
  // Only files below this folder are ours to check.
  std::string folder = "tallystick/";
  // Files whose messages are hashed or signed as bytes.
  std::set<std::string> hashed_files;
};

// Returns every breach, in the order of the files.
std::vector<Finding> Lint(const Schema& schema, const LintOptions& options);

}  // namespace tallystick::proto

#endif  // TALLYSTICK_TESTS_PROTO_LINT_H_
