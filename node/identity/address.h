// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_IDENTITY_ADDRESS_H_
#define TALLYSTICK_NODE_IDENTITY_ADDRESS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "core/evidence/party_name.h"

// The names a node goes by, checked wherever they come from: a person, a
// configuration file or the partner.
namespace tallystick::node {

inline constexpr size_t kAddressBytesMax = 255;

// All return INVALID_ARGUMENT with a sentence that quotes the bad name.
using evidence::CheckDisplayName;
using evidence::CheckDomain;

// `host:port`; the host a DNS name, an IPv4 address or an IPv6 address in
// brackets, the port 1 to 65535, or with `any_port` also 0 (the kernel
// chooses). Nothing else, so that no address can name a file or a scheme.
absl::Status CheckAddress(absl::string_view address, bool any_port = false);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_IDENTITY_ADDRESS_H_
