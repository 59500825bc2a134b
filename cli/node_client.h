// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_NODE_CLIENT_H_
#define TALLYSTICK_CLI_NODE_CLIENT_H_

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

// Calls to the node over its Unix socket. Nothing here waits or sleeps: a node
// that is not there is reported at once.
namespace tallystick::cli {

// A fresh random request id (UUID, version 4), so that a retry is harmless.
std::string NewRequestId();

class NodeClient {
 public:
  // For calls that go to the partner or read a whole store.
  static constexpr std::chrono::seconds kLong{3600};
  static constexpr std::chrono::seconds kUsual{30};

  explicit NodeClient(std::string socket) : socket_(std::move(socket)) {}

  const std::string& socket() const { return socket_; }

  // Calls `method` of a generated stub; once more, with the same request, if
  // the connection broke. The error carries the details of the answer.
  template <typename Stub, typename Request, typename Response>
  absl::Status Call(grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                 const Request&, Response*),
                    const Request& request, Response* response,
                    std::chrono::seconds limit = kUsual) {
    return Try([&](const std::shared_ptr<grpc::Channel>& channel) {
      Stub stub(channel);
      grpc::ClientContext context;
      context.set_deadline(std::chrono::system_clock::now() + limit);
      response->Clear();
      return (stub.*method)(&context, request, response);
    });
  }

  // Reads a stream until it ends or `take` returns false.
  template <typename Stub, typename Request, typename Item>
  absl::Status Watch(std::unique_ptr<grpc::ClientReader<Item>> (Stub::*method)(
                         grpc::ClientContext*, const Request&),
                     const Request& request,
                     const std::function<bool(const Item&)>& take) {
    return Try([&](const std::shared_ptr<grpc::Channel>& channel) {
      Stub stub(channel);
      grpc::ClientContext context;
      const auto reader = (stub.*method)(&context, request);
      Item item;
      while (reader->Read(&item)) {
        if (take(item)) continue;
        context.TryCancel();
        reader->Finish();
        return grpc::Status::OK;
      }
      return reader->Finish();
    });
  }

 private:
  using Attempt =
      std::function<grpc::Status(const std::shared_ptr<grpc::Channel>&)>;

  absl::Status Try(const Attempt& attempt);

  std::string socket_;
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_NODE_CLIENT_H_
