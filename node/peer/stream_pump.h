// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_PEER_STREAM_PUMP_H_
#define TALLYSTICK_NODE_PEER_STREAM_PUMP_H_

#include <grpcpp/alarm.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>

#include "node/peer/peer_stream.h"
#include "node/peer/stream_registry.h"

namespace tallystick::node {

// What a stream asks of the gRPC reactor under it. Called under the stream's
// lock and never after StreamPump::OnDone; gRPC runs no reaction of ours inside
// these calls.
class Wire {
 public:
  virtual ~Wire() = default;

  // At most one of each in flight; the frame lives until it is done.
  virtual void StartRead(v1::Frame* frame) = 0;
  virtual void StartWrite(const v1::Frame* frame) = 0;
  // Nothing more will be written. True if reading goes on until the partner
  // ends as well (the dialler), false if this ended the call (the server).
  virtual bool FinishWriting() = 0;
  // Nothing will be started any more, the call may be over.
  virtual void Release() = 0;
  virtual void Cancel() = 0;
};

// Both kinds of stream: a queue of frames, one write and one read in flight,
// and an orderly end. A reactor owns it and passes on every reaction.
class StreamPump final : public PeerStream,
                         public std::enable_shared_from_this<StreamPump> {
 public:
  struct Origin {
    Fingerprint fingerprint;
    bool dialled = false;
    int64_t tag = 0;
  };

  StreamPump(const Origin& origin, std::shared_ptr<StreamRegistry> streams,
             PeerHandler* handler, Wire* wire);

  uint64_t id() const override { return id_; }
  const Fingerprint& fingerprint() const override {
    return origin_.fingerprint;
  }
  bool dialled() const override { return origin_.dialled; }
  int64_t tag() const override { return origin_.tag; }
  void Send(v1::Frame frame) override;
  size_t queued_bytes() const override;
  void ReadNext() override;
  void Close() override;
  void Cancel() override;

  // Reactions. `ok` false on OnOpened: the other end is not there.
  void OnOpened(bool ok);
  void OnReadDone(bool ok);
  void OnWriteDone(bool ok);
  // The partner cancelled or the connection is gone.
  void OnLost();
  // The last reaction; `status` is what gRPC says of the call.
  void OnDone(const absl::Status& status);

 private:
  struct Queued {
    v1::Frame frame;
    size_t bytes = 0;
  };

  // Starts whatever can be started now. Needs the lock, as do the next three.
  void Advance();
  void CancelFor(const absl::Status& reason);
  void DropQueue();
  void StartGrace();

  const uint64_t id_;
  const Origin origin_;
  const std::shared_ptr<StreamRegistry> streams_;
  PeerHandler* const handler_;

  mutable std::mutex mutex_;
  Wire* wire_;                // nullptr after OnDone.
  std::deque<Queued> queue_;  // The first one is on the wire if `writing_`.
  size_t queued_bytes_ = 0;
  v1::Frame incoming_;  // Belongs to gRPC while `reading_`.
  bool opened_ = false;
  bool told_opened_ = false;
  bool read_wanted_ = false;
  bool reading_ = false;
  bool read_ended_ = false;
  bool writing_ = false;
  bool write_ended_ = false;
  bool closing_ = false;
  bool released_ = false;
  bool grace_started_ = false;
  absl::Status reason_;  // Why we cancelled; OK if we did not.
  grpc::Alarm grace_;
};

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_PEER_STREAM_PUMP_H_
