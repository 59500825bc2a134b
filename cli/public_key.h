// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_PUBLIC_KEY_H_
#define TALLYSTICK_CLI_PUBLIC_KEY_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// SSH public keys as "type base64", without comment. Whether a type is taken
// is for the node to say.
namespace tallystick::cli {

// One line of a .pub file or of `ssh-add -L`.
absl::StatusOr<std::string> ParsePublicKeyLine(absl::string_view line);

// A .pub file. A private key is refused with a hint, and never sent anywhere.
absl::StatusOr<std::string> ReadPublicKeyFile(const std::string& path);

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_PUBLIC_KEY_H_
