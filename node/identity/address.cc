// SPDX-License-Identifier: Apache-2.0
#include "node/identity/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/evidence/party_name.h"

namespace tallystick::node {
namespace {

constexpr size_t kHostBytesMax = 253;

bool IsHost(absl::string_view host) {
  if (host.empty() || host.size() > kHostBytesMax) return false;
  if (host.front() == '[' && host.back() == ']') {
    in6_addr address;
    const std::string inner(host.substr(1, host.size() - 2));
    return inet_pton(AF_INET6, inner.c_str(), &address) == 1;
  }
  return evidence::IsDnsName(host);
}

// Whatever was written instead, short and safe to print.
std::string Quoted(absl::string_view text) {
  return absl::StrCat("\"", absl::Utf8SafeCEscape(text.substr(0, 120)), "\"");
}

}  // namespace

absl::Status CheckAddress(absl::string_view address, bool any_port) {
  const size_t colon = address.rfind(':');
  if (colon != absl::string_view::npos && address.size() <= kAddressBytesMax) {
    const absl::string_view port_text = address.substr(colon + 1);
    uint32_t port = 0;
    const bool digits =
        !port_text.empty() && port_text.size() <= 5 &&
        std::all_of(port_text.begin(), port_text.end(),
                    [](char c) { return '0' <= c && c <= '9'; });
    if (digits && absl::SimpleAtoi(port_text, &port) && port <= 65535 &&
        (port > 0 || any_port) && IsHost(address.substr(0, colon))) {
      return absl::OkStatus();
    }
  }
  return absl::InvalidArgumentError(absl::StrCat(
      Quoted(address),
      " is not an address: host:port, such as node.cascadia.example:7411, "
      "192.0.2.1:7411 or [2001:db8::1]:7411"));
}

}  // namespace tallystick::node
