// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_REQUEST_HASH_H_
#define TALLYSTICK_NODE_API_REQUEST_HASH_H_

#include <string>

#include "google/protobuf/message_lite.h"

namespace tallystick::node {

// SHA-256 over all of a request, 32 bytes, whatever the order its fields came
// in: whether a request id comes with the same content again. It is kept for a
// day, so another version may compute it in another way.
std::string HashOf(const google::protobuf::MessageLite& request);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_REQUEST_HASH_H_
