// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_PRIVATE_ANSWERS_H_
#define TALLYSTICK_CORE_ALLIANCE_PRIVATE_ANSWERS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "absl/types/span.h"
#include "core/alliance/state.h"

// Answers of the own company that stay at its node, beside the log. Nothing in
// here may reach a statement, a digest or an alert.
namespace tallystick::alliance {

struct PrivateAnswer {
  expectation::TopicRef topic;
  v1::Stance::Cell cell = v1::Stance::CELL_UNSPECIFIED;
  // None: the answer is to be forgotten.
  std::optional<expectation::Value> value;
  expectation::Date stated_on;
  // When it was given: entries the own log had then, and by the clock. Logs are
  // never empty; 0: not known.
  uint64_t own_size = 0;
  int64_t written_us = 0;
};

// One topic and cell of the own view.
using Slot = std::pair<expectation::TopicRef, v1::Stance::Cell>;
using PrivateAnswers = std::map<Slot, PrivateAnswer>;

// The newest act on a cell counts: the answers after which the company stated
// nothing openly on the same cell, in this state.
PrivateAnswers InForce(const AllianceState& state, v1::Party own_party,
                       absl::Span<const PrivateAnswer> answers);

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_PRIVATE_ANSWERS_H_
