// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_PEER_CALL_LIMITS_H_
#define TALLYSTICK_NODE_PEER_CALL_LIMITS_H_

#include <cstddef>

#include "node/peer/peer_stream.h"

// What both ends of a call must agree on, and their common bounds.
namespace tallystick::node {

// Header the server sends at once when it takes a Sync stream; a refusal comes
// without it.
inline constexpr char kOpenedKey[] = "tallystick-stream";

// gRPC cuts off a message above this without saying why; the room above
// kFrameBytesMax lets an oversize frame be named.
inline constexpr int kMessageBytesMax =
    static_cast<int>(kFrameBytesMax) + (1 << 20);
// A PairRequest carries a card and a proof.
inline constexpr size_t kPairBytesMax = 64 << 10;

inline constexpr int kHandshakeTimeoutMs = 10'000;
inline constexpr int kConnectTimeoutMs = 10'000;
inline constexpr int kConnectionIdleMs = 60'000;

// The dialler pings this often when quiet; the server allows twice as often.
inline constexpr int kKeepaliveTimeMs = 30'000;
inline constexpr int kKeepaliveTimeoutMs = 10'000;

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_PEER_CALL_LIMITS_H_
