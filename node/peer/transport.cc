// SPDX-License-Identifier: Apache-2.0
#include "node/peer/transport.h"

#include <google/protobuf/stubs/logging.h>
#include <grpc/support/log.h>

#include <cstdlib>
#include <string>

namespace tallystick::node {
namespace {

// Plain functions are all the libraries take, so the target is a global; it is
// set once, before any thread.
TransportLog transport_log = nullptr;

void FromGrpc(gpr_log_func_args* args) {
  if (transport_log != nullptr) transport_log(args->message);
}

void FromProtobuf(google::protobuf::LogLevel /*level*/, const char* /*file*/,
                  int /*line*/, const std::string& message) {
  if (transport_log != nullptr) transport_log(message);
}

}  // namespace

void InitializeTransport(TransportLog log) {
  // gRPC 1.51 cannot be told a lowest TLS version. This list governs TLS 1.2
  // only, and needs an RSA certificate, which no node has: 1.3 is what is left.
  setenv("GRPC_SSL_CIPHER_SUITES", "ECDHE-RSA-AES256-GCM-SHA384", 1);
  transport_log = log;
  gpr_set_log_function(FromGrpc);
  google::protobuf::SetLogHandler(FromProtobuf);
}

}  // namespace tallystick::node
