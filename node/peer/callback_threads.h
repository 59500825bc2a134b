// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_PEER_CALLBACK_THREADS_H_
#define TALLYSTICK_NODE_PEER_CALLBACK_THREADS_H_

namespace tallystick::node {

// Keeps gRPC's callback threads for the life of the process. gRPC 1.51 ends and
// joins them when the last channel or server that used them goes; if that
// happens inside a callback, as when a stream we dialled ends and its reactor
// deletes itself, a thread joins itself and the process aborts. To be called
// before the first callback call is made; does nothing the second time.
void KeepCallbackThreads();

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_PEER_CALLBACK_THREADS_H_
