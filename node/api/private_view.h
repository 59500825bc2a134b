// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_PRIVATE_VIEW_H_
#define TALLYSTICK_NODE_API_PRIVATE_VIEW_H_

#include <vector>

#include "absl/status/statusor.h"
#include "core/alliance/private_answers.h"
#include "node/api/names.h"

// Own answers that never enter a log, as the store keeps them.
namespace tallystick::node {

absl::StatusOr<std::vector<alliance::PrivateAnswer>> ReadPrivate(
    const AllianceNode& alliance);

// Those that count in this view.
absl::StatusOr<alliance::PrivateAnswers> PrivateInForce(
    const AllianceNode& alliance, const StateView& state);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_PRIVATE_VIEW_H_
