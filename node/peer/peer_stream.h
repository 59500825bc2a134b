// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_PEER_PEER_STREAM_H_
#define TALLYSTICK_NODE_PEER_PEER_STREAM_H_

#include <cstdint>
#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "node/identity/certificate.h"
#include "tallystick/v1/peer.pb.h"

namespace tallystick::node {

// Larger frames end the stream they came on.
inline constexpr size_t kFrameBytesMax = size_t{4} << 20;

// One stream of frames to and from one certificate, the same whoever dialled.
// All members are thread-safe and return at once; on a stream that has ended
// they do nothing.
class PeerStream {
 public:
  virtual ~PeerStream() = default;

  // Unique within the process, never reused.
  virtual uint64_t id() const = 0;
  // Who is at the other end. On a stream we dialled: who was dialled, proved
  // from OnStreamOpened on.
  virtual const Fingerprint& fingerprint() const = 0;
  // True if we called, false if the partner did.
  virtual bool dialled() const = 0;
  // What was given to Dial; 0 on a stream the partner dialled.
  virtual int64_t tag() const = 0;

  // Queues a frame. Frames arrive in order, or the stream ends. The queue has
  // no bound of its own: look at queued_bytes() before producing more.
  virtual void Send(v1::Frame frame) = 0;
  // Bytes given to Send and not yet taken by the network.
  virtual size_t queued_bytes() const = 0;

  // Asks for one more frame, delivered by OnFrame. Until it is called the
  // partner's frames wait in the network: that is the back-pressure.
  virtual void ReadNext() = 0;

  // Ends the stream once everything queued has been sent; after five seconds in
  // any case. Frames still arriving are dropped.
  virtual void Close() = 0;
  // Ends the stream now, dropping what is queued.
  virtual void Cancel() = 0;
};

// What the transport tells the engine. Called on gRPC's threads, several at a
// time; must not block, so the engine posts to its own thread. Must outlive the
// server and every stream; see StreamRegistry::Drain.
class PeerHandler {
 public:
  using PairReply = std::function<void(absl::StatusOr<v1::PairResponse>)>;

  virtual ~PeerHandler() = default;

  // The other end is there and its certificate was proved. Nothing is read
  // before ReadNext.
  virtual void OnStreamOpened(std::shared_ptr<PeerStream> stream) = 0;

  // One frame; the next comes after another ReadNext.
  virtual void OnFrame(uint64_t stream_id, v1::Frame frame) = 0;

  // Everything given to Send has been taken by the network.
  virtual void OnQueueEmpty(uint64_t /*stream_id*/) {}

  // The last call for this stream, made exactly once for every stream that was
  // opened or dialled. OK: closed in order. RESOURCE_EXHAUSTED "oversize": a
  // frame was too large. UNAUTHENTICATED: the partner does not know us.
  // UNAVAILABLE: not reached, or the connection was lost. CANCELLED: we did it.
  virtual void OnStreamClosed(uint64_t stream_id, absl::Status status) = 0;

  // Somebody with this certificate wants to redeem an invitation. `reply` must
  // be called once, from any thread. Every error looks the same to the caller.
  virtual void OnPair(const Fingerprint& caller, v1::PairRequest request,
                      PairReply reply) = 0;
};

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_PEER_PEER_STREAM_H_
