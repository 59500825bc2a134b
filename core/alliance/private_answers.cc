// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/private_answers.h"

namespace tallystick::alliance {
namespace {

// Whether an open statement was made after a private answer was given. The
// log's own order decides; the clock only where that was not written down.
bool IsLater(const ledger::Position& open, const PrivateAnswer& answer) {
  return answer.own_size > 0 ? open.index >= answer.own_size
                             : open.time_us > answer.written_us;
}

}  // namespace

PrivateAnswers InForce(const AllianceState& state, v1::Party own_party,
                       absl::Span<const PrivateAnswer> answers) {
  PrivateAnswers in_force;
  for (const PrivateAnswer& answer : answers) {
    const Cell* open = state.FindCell({answer.topic, own_party, answer.cell});
    if (answer.value &&
        (open == nullptr || !IsLater(open->current().at, answer))) {
      in_force.emplace(Slot(answer.topic, answer.cell), answer);
    }
  }
  return in_force;
}

}  // namespace tallystick::alliance
