// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_STATUS_H_
#define TALLYSTICK_NODE_API_STATUS_H_

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace tallystick::node {

// The one place that turns a status of ours into one of gRPC. Every code is
// kept. A refusal with a reason carries a google.rpc.ErrorInfo (reason in
// capitals, domain "tallystick"), violations of a file a google.rpc.BadRequest
// whose fields are "line:12", or empty where there is no file.
grpc::Status ToGrpcStatus(const absl::Status& status);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_STATUS_H_
