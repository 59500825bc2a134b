// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_PEER_STREAM_REGISTRY_H_
#define TALLYSTICK_NODE_PEER_STREAM_REGISTRY_H_

#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "absl/time/time.h"
#include "node/identity/certificate.h"
#include "node/peer/peer_stream.h"

namespace tallystick::node {

// All streams of a node that have not ended, dialled or accepted: to cancel
// them when a partner is revoked and to wait for them at the end. Thread-safe.
class StreamRegistry {
 public:
  uint64_t NextId();

  // Keeps `stream` until Remove; false, and it is not kept, if its peer has
  // `per_peer_max` streams already or CancelAll was called.
  bool Add(std::shared_ptr<PeerStream> stream, size_t per_peer_max);
  void Remove(uint64_t id);

  // After Trust::Remove: no stream of `peer` outlives the pair of calls.
  void CancelPeer(const Fingerprint& peer);
  // Lets nothing new in.
  void CancelAll();

  size_t size() const;

  // CancelAll, then waits until the last OnStreamClosed has returned; false if
  // that took longer than `timeout`. Not from a handler's callback.
  bool Drain(absl::Duration timeout);

 private:
  mutable std::mutex mutex_;
  std::condition_variable empty_;
  uint64_t last_id_ = 0;
  bool shut_ = false;
  std::map<uint64_t, std::shared_ptr<PeerStream>> streams_;
};

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_PEER_STREAM_REGISTRY_H_
