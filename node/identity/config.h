// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_IDENTITY_CONFIG_H_
#define TALLYSTICK_NODE_IDENTITY_CONFIG_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// The one configuration file of a node, `tallyd.yaml` in its data directory.
// Written with comments by `tally init`, then edited by people.
namespace tallystick::node {

struct Config {
  enum class LogLevel { kError, kWarning, kInfo, kDebug };

  struct Limits {
    // Streams one partner may hold open at a time, 1 to 1000.
    int64_t streams_per_partner = 64;
    // Attempts to redeem an invitation that are looked at, 1 to 1000.
    int64_t pairing_attempts_per_minute = 30;
    // Memory for network buffers in MiB, 16 to 4096.
    int64_t network_memory_mib = 64;
  };

  // Our domain; see CheckDomain.
  std::string party;
  // Our company's name for people.
  std::string name;
  // Where to take calls; empty: take none, only dial.
  std::string listen;
  // The address put into invitations; empty: `listen`.
  std::string advertise;
  LogLevel log_level = LogLevel::kInfo;
  Limits limits;

  // Where the partner can dial us; empty if we take no calls.
  const std::string& dialable() const {
    return listen.empty() || advertise.empty() ? listen : advertise;
  }
};

// INVALID_ARGUMENT for an unknown, missing or repeated key and a value out of
// range, as `file:line: what is wrong and what is allowed`.
absl::StatusOr<Config> ParseConfig(absl::string_view yaml,
                                   absl::string_view file_name);

// NOT_FOUND if there is no such file.
absl::StatusOr<Config> LoadConfig(absl::string_view path);

// The file `tally init` writes; ParseConfig gives `config` back.
std::string FormatConfig(const Config& config);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_IDENTITY_CONFIG_H_
