// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EXPLAIN_EXPLANATION_H_
#define TALLYSTICK_CORE_EXPLAIN_EXPLANATION_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/expectation/value.h"
#include "core/ledger/position.h"

namespace tallystick::explain {

// Who said something, when, and where it stands under that company's signature.
struct Source {
  ledger::Position at;
  // The day it speaks for, if that is not simply the day it was written.
  std::optional<expectation::Date> stated_on;
};

// Something the result follows from.
struct Input {
  std::string label;
  std::string value;
  // None: it is not anybody's statement, such as a tolerance of the catalogue.
  std::optional<Source> source;
};

struct Explanation {
  // As people type it: "deal/share-benefit", "d-7", "a-4".
  std::string id;
  std::string title;
  // What it comes to, in a sentence.
  std::string result;
  // By which rule, in a few sentences.
  std::string rule;
  std::vector<Input> inputs;
  // The arithmetic, a line for each step.
  std::vector<std::string> steps;
  // What to do now.
  std::string next_step;
};

// At most four decimals, none that say nothing: "0.3333", "1".
std::string Number(double value);

}  // namespace tallystick::explain

#endif  // TALLYSTICK_CORE_EXPLAIN_EXPLANATION_H_
