// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_IDENTITY_RANDOM_H_
#define TALLYSTICK_NODE_IDENTITY_RANDOM_H_

#include <cstdint>
#include <functional>
#include <span>

// Where secrets come from; handed in, so that tests repeat.
namespace tallystick::node {

// Fills all of the span.
using RandomBytes = std::function<void(std::span<uint8_t>)>;

// OpenSSL's generator. Ends the process if the system has no randomness to
// give: nothing that is made without it could be trusted.
RandomBytes SystemRandom();

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_IDENTITY_RANDOM_H_
