// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_SSH_SIGN_H_
#define TALLYSTICK_CLI_SSH_SIGN_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// A person's signature by the stock ssh-keygen, which reads the key file or
// asks the agent. This program never sees a private key.
namespace tallystick::cli {

struct SigningKey {
  // "type base64".
  std::string public_key;
  // What to hand to ssh-keygen -f; empty: the agent has the private half.
  std::string file;
};

// The key of --key: a private key file, or a .pub file whose private half is
// with the agent.
absl::StatusOr<SigningKey> KeyFromFile(const std::string& path);

// What the agent offers; none if there is no agent.
std::vector<SigningKey> KeysOfAgent();

// The armoured SSHSIG of `text` in the namespace "tallystick". The text is
// signed byte for byte, in a directory of its own that is removed again.
absl::StatusOr<std::string> SignText(const SigningKey& key,
                                     absl::string_view text);

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_SSH_SIGN_H_
