// SPDX-License-Identifier: Apache-2.0
#include "node/api/private_view.h"

#include <utility>

#include "core/status_macros.h"

namespace tallystick::node {

absl::StatusOr<std::vector<alliance::PrivateAnswer>> ReadPrivate(
    const AllianceNode& alliance) {
  TALLYSTICK_ASSIGN_OR_RETURN(const auto stances, alliance.PrivateStances());
  std::vector<alliance::PrivateAnswer> answers;
  for (const storage::v1::PrivateStance& stance : stances) {
    TALLYSTICK_ASSIGN_OR_RETURN(expectation::Value value,
                                expectation::ValueFromProto(stance.value()));
    TALLYSTICK_ASSIGN_OR_RETURN(const expectation::Date day,
                                expectation::DateFromProto(stance.stated_on()));
    answers.push_back(
        {.topic = {stance.topic(), stance.about()},
         .cell = stance.cell() == 1 ? v1::Stance::OWN : v1::Stance::PREDICTION,
         .value = std::move(value),
         .stated_on = day,
         .own_size = stance.own_size(),
         .written_us = stance.written_us()});
  }
  return answers;
}

absl::StatusOr<alliance::PrivateAnswers> PrivateInForce(
    const AllianceNode& alliance, const StateView& state) {
  TALLYSTICK_ASSIGN_OR_RETURN(auto answers, ReadPrivate(alliance));
  std::erase_if(answers, [&state](const alliance::PrivateAnswer& answer) {
    return answer.stated_on > state.day;
  });
  return alliance::InForce(*state, alliance.own_party(), answers);
}

}  // namespace tallystick::node
