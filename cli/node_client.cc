// SPDX-License-Identifier: Apache-2.0
#include "cli/node_client.h"

#include <grpcpp/security/credentials.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstring>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/outcome.h"

namespace tallystick::cli {
namespace {

constexpr int kAnswerSizeMax = 64 << 20;

// gRPC takes a URI: what is special there is written as %XX.
std::string SocketUri(absl::string_view path) {
  std::string uri = "unix:";
  for (const char c : path) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
        absl::StrContains("/._-~", absl::string_view(&c, 1))) {
      uri += c;
    } else {
      absl::StrAppendFormat(&uri, "%%%02X", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

std::shared_ptr<grpc::Channel> OpenChannel(const std::string& socket) {
  grpc::ChannelArguments arguments;
  // A retry gets a connection of its own.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  // So long a node on this machine may take to greet us.
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 5000);
  arguments.SetInt(GRPC_ARG_SERVICE_CONFIG_DISABLE_RESOLUTION, 1);
  arguments.SetMaxReceiveMessageSize(kAnswerSizeMax);
  arguments.SetMaxSendMessageSize(kAnswerSizeMax);
  return grpc::CreateCustomChannel(
      SocketUri(socket), grpc::experimental::LocalCredentials(UDS), arguments);
}

// Somebody takes connections at `path` now.
bool IsListening(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return false;
  std::memcpy(address.sun_path, path.data(), path.size());
  const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return false;
  // The sockets API takes every kind of address through this one type.
  const bool listening =
      connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  close(fd);
  return listening;
}

absl::Status NotReached(const std::string& socket) {
  if (socket.size() >= sizeof sockaddr_un{}.sun_path) {
    return UnreachableError(absl::StrCat(
        "the node cannot be reached at ", socket,
        ": a socket's path has at most 107 bytes (use a shorter --data)"));
  }
  return UnreachableError(
      absl::StrCat("the node cannot be reached at ", socket,
                   ": is tallyd running? (start it with: tallyd --data DIR)"));
}

absl::Status ToStatus(const grpc::Status& answer) {
  absl::Status status(static_cast<absl::StatusCode>(answer.error_code()),
                      answer.error_message());
  if (!status.ok()) AttachDetails(answer.error_details(), status);
  return status;
}

// Whether a request that failed so can have arrived at the node.
bool MayHaveArrived(const grpc::Status& answer) {
  return !absl::StrContains(answer.error_message(), "failed to connect");
}

}  // namespace

std::string NewRequestId() {
  std::array<uint8_t, 16> bytes{};
  // Never short or interrupted for so few bytes.
  if (getrandom(bytes.data(), bytes.size(), 0) !=
      static_cast<ssize_t>(bytes.size())) {
    return "";
  }
  bytes[6] = static_cast<uint8_t>((bytes[6] & 0x0F) | 0x40);
  bytes[8] = static_cast<uint8_t>((bytes[8] & 0x3F) | 0x80);
  std::string id;
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) id += '-';
    absl::StrAppendFormat(&id, "%02x", bytes[i]);
  }
  return id;
}

absl::Status NodeClient::Try(const Attempt& attempt) {
  bool arrived = false;
  for (bool again : {false, true}) {
    if (channel_ == nullptr) channel_ = OpenChannel(socket_);
    const grpc::Status answer = attempt(channel_);
    if (answer.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED) {
      return absl::DeadlineExceededError(absl::StrCat(
          "the node at ", socket_,
          " did not answer in time (see its messages, then try again)"));
    }
    if (answer.error_code() != grpc::StatusCode::UNAVAILABLE) {
      return ToStatus(answer);
    }
    arrived = arrived || MayHaveArrived(answer);
    channel_.reset();
    if (!IsListening(socket_)) break;
    if (!again) continue;
    if (!arrived) {
      return UnreachableError(absl::StrCat(
          "the node at ", socket_,
          " takes connections and does not answer (is it stopped or "
          "overloaded? see its messages, then try again)"));
    }
    // It is there, and what it says is for the person.
    return ToStatus(answer);
  }
  if (!arrived) return NotReached(socket_);
  return UnreachableError(absl::StrCat(
      "the connection to the node at ", socket_,
      " broke before the answer came (start tallyd again, and see what was "
      "done with: tally log)"));
}

}  // namespace tallystick::cli
