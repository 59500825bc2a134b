// SPDX-License-Identifier: Apache-2.0
#include "node/peer/stream_pump.h"

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"

namespace tallystick::node {
namespace {

// How long an orderly end may take; a partner that does not read must not hold
// a stream open for ever.
constexpr std::chrono::seconds kCloseGrace{5};

}  // namespace

StreamPump::StreamPump(const Origin& origin,
                       std::shared_ptr<StreamRegistry> streams,
                       PeerHandler* handler, Wire* wire)
    : id_(streams->NextId()),
      origin_(origin),
      streams_(std::move(streams)),
      handler_(handler),
      wire_(wire) {}

void StreamPump::Send(v1::Frame frame) {
  const std::lock_guard lock(mutex_);
  if (wire_ == nullptr || closing_ || write_ended_) return;
  const size_t bytes = frame.ByteSizeLong();
  queue_.push_back({std::move(frame), bytes});
  queued_bytes_ += bytes;
  Advance();
}

size_t StreamPump::queued_bytes() const {
  const std::lock_guard lock(mutex_);
  return queued_bytes_;
}

void StreamPump::ReadNext() {
  const std::lock_guard lock(mutex_);
  read_wanted_ = true;
  Advance();
}

void StreamPump::Close() {
  const std::lock_guard lock(mutex_);
  if (wire_ == nullptr || closing_) return;
  closing_ = true;
  StartGrace();
  Advance();
}

void StreamPump::Cancel() {
  const std::lock_guard lock(mutex_);
  CancelFor(absl::CancelledError("cancelled"));
  Advance();
}

void StreamPump::OnOpened(bool ok) {
  {
    const std::lock_guard lock(mutex_);
    opened_ = true;
    told_opened_ = ok;
    if (!ok) {
      read_ended_ = true;
      DropQueue();
    }
    if (!reason_.ok()) read_ended_ = true;
  }
  if (ok) handler_->OnStreamOpened(shared_from_this());
  const std::lock_guard lock(mutex_);
  Advance();
}

void StreamPump::OnReadDone(bool ok) {
  v1::Frame frame;
  bool deliver = false;
  {
    const std::lock_guard lock(mutex_);
    reading_ = false;
    const size_t bytes = ok ? incoming_.ByteSizeLong() : 0;
    if (bytes > kFrameBytesMax) {
      CancelFor(absl::ResourceExhaustedError(
          absl::StrCat("oversize: a frame of ", bytes, " bytes")));
    }
    if (!ok || !reason_.ok()) {
      read_ended_ = true;
      DropQueue();
    } else if (!closing_) {
      frame = std::move(incoming_);
      deliver = true;
    }
    Advance();
  }
  if (deliver) handler_->OnFrame(id_, std::move(frame));
}

void StreamPump::OnWriteDone(bool ok) {
  bool empty = false;
  {
    const std::lock_guard lock(mutex_);
    writing_ = false;
    queued_bytes_ -= queue_.front().bytes;
    queue_.pop_front();
    // What the partner sent before it went can still be read; that tells why.
    if (!ok) DropQueue();
    empty = ok && queue_.empty() && !closing_;
    Advance();
  }
  if (empty) handler_->OnQueueEmpty(id_);
}

void StreamPump::OnLost() {
  const std::lock_guard lock(mutex_);
  read_ended_ = true;
  DropQueue();
  Advance();
}

void StreamPump::OnDone(const absl::Status& status) {
  absl::Status result = status;
  bool tell = false;
  {
    const std::lock_guard lock(mutex_);
    wire_ = nullptr;
    if (!reason_.ok()) result = reason_;
    tell = told_opened_ || origin_.dialled;
    grace_.Cancel();
  }
  if (tell) handler_->OnStreamClosed(id_, result);
  streams_->Remove(id_);
}

void StreamPump::Advance() {
  if (wire_ == nullptr || released_) return;
  if (!writing_ && !write_ended_) {
    if (!queue_.empty()) {
      writing_ = true;
      wire_->StartWrite(&queue_.front().frame);
    } else if (closing_ && opened_) {
      write_ended_ = true;
      if (!wire_->FinishWriting()) {
        released_ = true;
        return;
      }
    }
  }
  if (read_ended_) {
    // A write still in flight may be stuck behind a partner that reads nothing.
    if (writing_) return StartGrace();
    released_ = true;
    wire_->Release();
    return;
  }
  // Once closing, the rest is read and dropped, to see the end.
  if (opened_ && !reading_ && (read_wanted_ || closing_)) {
    read_wanted_ = false;
    reading_ = true;
    incoming_.Clear();
    wire_->StartRead(&incoming_);
  }
}

void StreamPump::CancelFor(const absl::Status& reason) {
  if (wire_ == nullptr) return;
  if (reason_.ok()) reason_ = reason;
  DropQueue();
  // Otherwise a reaction is on its way that will see `reason_`.
  if (opened_ && !reading_) read_ended_ = true;
  wire_->Cancel();
}

void StreamPump::DropQueue() {
  write_ended_ = true;
  while (queue_.size() > (writing_ ? 1 : 0)) {
    queued_bytes_ -= queue_.back().bytes;
    queue_.pop_back();
  }
}

void StreamPump::StartGrace() {
  if (grace_started_) return;
  grace_started_ = true;
  // Weak: the alarm belongs to this object.
  grace_.Set(std::chrono::system_clock::now() + kCloseGrace,
             [weak = weak_from_this()](bool expired) {
               if (!expired) return;
               if (const auto self = weak.lock()) self->Cancel();
             });
}

}  // namespace tallystick::node
