// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_ALERT_STREAM_H_
#define TALLYSTICK_NODE_API_ALERT_STREAM_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <memory>
#include <mutex>
#include <optional>
#include <set>

#include "node/api/alert_queue.h"
#include "tallystick/v1/alert_service.pb.h"

// Alerts on their way to one caller who watches.
namespace tallystick::node {

// Thread-safe. Lives on after its call has ended, and then does nothing.
class AlertWatch {
 public:
  using Reactor = grpc::ServerWriteReactor<v1::Alert>;
  AlertWatch(grpc::CallbackServerContext* context, Reactor* reactor)
      : context_(context), reactor_(reactor) {}

  void Send(v1::Alert alert);
  // Drops what waits and ends the stream.
  void End(const grpc::Status& status);

  // From the reactor.
  void OnWriteDone(bool ok);
  void OnDone();

 private:
  // Starts what is due: the next write, or the end.
  void Advance();

  std::mutex mutex_;
  // Null once the call is over.
  grpc::CallbackServerContext* context_;
  Reactor* reactor_;
  // More than it holds end the stream.
  AlertQueue waiting_;
  // What is being written.
  v1::Alert current_;
  bool writing_ = false;
  bool finished_ = false;
  std::optional<grpc::Status> end_;
};

// The watches that are open, so that all of them can be ended. Thread-safe.
class AlertWatches {
 public:
  // False after EndAll.
  bool Add(const std::shared_ptr<AlertWatch>& watch);
  void Remove(const std::shared_ptr<AlertWatch>& watch);
  void EndAll();

 private:
  std::mutex mutex_;
  bool ended_ = false;
  std::set<std::shared_ptr<AlertWatch>> watches_;
};

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_ALERT_STREAM_H_
