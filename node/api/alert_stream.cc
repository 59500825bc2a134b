// SPDX-License-Identifier: Apache-2.0
#include "node/api/alert_stream.h"

#include <optional>
#include <utility>

namespace tallystick::node {

void AlertWatch::Send(v1::Alert alert) {
  {
    const std::lock_guard lock(mutex_);
    if (reactor_ == nullptr || end_) return;
    if (!waiting_.Push(std::move(alert))) {
      waiting_.Clear();
      end_ = grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED,
                          "the alerts were not read fast enough; watch again");
      // The write that is stuck would otherwise never end.
      context_->TryCancel();
    }
  }
  Advance();
}

void AlertWatch::End(const grpc::Status& status) {
  {
    const std::lock_guard lock(mutex_);
    if (reactor_ == nullptr || end_) return;
    waiting_.Clear();
    // A write under way ends first, so that the watcher learns why; one that is
    // stuck is cancelled when the server's grace is over.
    end_ = status;
  }
  Advance();
}

void AlertWatch::OnWriteDone(bool ok) {
  {
    const std::lock_guard lock(mutex_);
    writing_ = false;
    if (!ok && !end_) end_ = grpc::Status::CANCELLED;
  }
  Advance();
}

void AlertWatch::OnDone() {
  const std::lock_guard lock(mutex_);
  reactor_ = nullptr;
  context_ = nullptr;
}

void AlertWatch::Advance() {
  Reactor* reactor = nullptr;
  std::optional<grpc::Status> end;
  {
    const std::lock_guard lock(mutex_);
    if (reactor_ == nullptr || writing_ || finished_) return;
    reactor = reactor_;
    if (end_) {
      finished_ = true;
      end = end_;
    } else if (std::optional<v1::Alert> next = waiting_.Pop()) {
      writing_ = true;
      current_ = *std::move(next);
    } else {
      return;
    }
  }
  // The reactor stays until it has finished, and only one of us gets here.
  if (end) {
    reactor->Finish(*end);
  } else {
    reactor->StartWrite(&current_);
  }
}

bool AlertWatches::Add(const std::shared_ptr<AlertWatch>& watch) {
  const std::lock_guard lock(mutex_);
  if (ended_) return false;
  watches_.insert(watch);
  return true;
}

void AlertWatches::Remove(const std::shared_ptr<AlertWatch>& watch) {
  const std::lock_guard lock(mutex_);
  watches_.erase(watch);
}

void AlertWatches::EndAll() {
  std::set<std::shared_ptr<AlertWatch>> watches;
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    watches = watches_;
  }
  for (const std::shared_ptr<AlertWatch>& watch : watches) {
    watch->End(grpc::Status(grpc::StatusCode::UNAVAILABLE,
                            "the node is shutting down"));
  }
}

}  // namespace tallystick::node
