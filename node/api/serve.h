// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_SERVE_H_
#define TALLYSTICK_NODE_API_SERVE_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/status_macros.h"
#include "node/api/request_hash.h"
#include "node/api/status.h"
#include "node/engine/engine.h"
#include "node/engine/node.h"

// From a gRPC call to a handler on the engine's thread and back. A handler is
//   absl::StatusOr<Response> Handler(Node& node, const Request& request);
// its answer goes out when everything it changed is durable.
namespace tallystick::node {

// The stored answer, if this very request was answered before.
template <typename Response, typename Request>
absl::StatusOr<std::optional<Response>> FindAnswered(const Node& node,
                                                     absl::string_view method,
                                                     const Request& request) {
  constexpr size_t kRequestIdSizeMax = 100;
  if (request.request_id().size() > kRequestIdSizeMax) {
    return absl::InvalidArgumentError("a request id has at most 100 bytes");
  }
  TALLYSTICK_ASSIGN_OR_RETURN(
      const std::optional<std::string> stored,
      node.FindAnswer(method, request.request_id(), HashOf(request)));
  if (!stored) return std::optional<Response>();
  Response response;
  if (!response.ParseFromString(*stored)) {
    return absl::DataLossError("a stored answer cannot be read");
  }
  return std::optional<Response>(std::move(response));
}

template <typename Request, typename Response>
void Remember(Node& node, absl::string_view method, const Request& request,
              const Response& response) {
  node.RememberAnswer(method, request.request_id(), HashOf(request),
                      response.SerializeAsString());
}

// For calls that only read.
template <typename Request, typename Response>
grpc::ServerUnaryReactor* Serve(
    grpc::CallbackServerContext* context, Engine& engine,
    const Request* request, Response* response,
    absl::StatusOr<Response> (*handler)(Node&, const Request&)) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  // gRPC keeps request and response until the call has finished.
  engine.Call(
      [request, response, handler](Node& node) -> absl::Status {
        TALLYSTICK_ASSIGN_OR_RETURN(*response, handler(node, *request));
        return absl::OkStatus();
      },
      [reactor](const absl::Status& status) {
        reactor->Finish(ToGrpcStatus(status));
      });
  return reactor;
}

// For calls that change something: a request id that was answered before gets
// the same answer again, and nothing is done twice.
template <typename Request, typename Response>
absl::StatusOr<Response> Once(
    Node& node, absl::string_view method, const Request& request,
    absl::StatusOr<Response> (*handler)(Node&, const Request&)) {
  TALLYSTICK_ASSIGN_OR_RETURN(std::optional<Response> answered,
                              FindAnswered<Response>(node, method, request));
  if (answered) return *std::move(answered);
  TALLYSTICK_ASSIGN_OR_RETURN(Response response, handler(node, request));
  if constexpr (requires { request.validate_only(); }) {
    if (request.validate_only()) return response;
  }
  Remember(node, method, request, response);
  return response;
}

template <typename Request, typename Response>
grpc::ServerUnaryReactor* ServeOnce(
    grpc::CallbackServerContext* context, Engine& engine,
    absl::string_view method, const Request* request, Response* response,
    absl::StatusOr<Response> (*handler)(Node&, const Request&)) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  engine.Call(
      [method, request, response, handler](Node& node) -> absl::Status {
        TALLYSTICK_ASSIGN_OR_RETURN(*response,
                                    Once(node, method, *request, handler));
        return absl::OkStatus();
      },
      [reactor](const absl::Status& status) {
        reactor->Finish(ToGrpcStatus(status));
      });
  return reactor;
}

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_SERVE_H_
