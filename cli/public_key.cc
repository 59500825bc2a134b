// SPDX-License-Identifier: Apache-2.0
#include "cli/public_key.h"

#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/yaml_tree.h"
#include "core/status_macros.h"

namespace tallystick::cli {

absl::StatusOr<std::string> ParsePublicKeyLine(absl::string_view line) {
  const std::vector<absl::string_view> words =
      absl::StrSplit(line, absl::ByAnyChar(" \t\r\n"), absl::SkipEmpty());
  // Every key's base64 begins with the length of its type's name.
  if (words.size() < 2 || !absl::StartsWith(words[1], "AAAA")) {
    return absl::InvalidArgumentError("not an SSH public key");
  }
  return absl::StrCat(words[0], " ", words[1]);
}

absl::StatusOr<std::string> ReadPublicKeyFile(const std::string& path) {
  TALLYSTICK_ASSIGN_OR_RETURN(const std::string text, ReadTextFile(path));
  if (absl::StrContains(text, "PRIVATE KEY-----")) {
    return absl::InvalidArgumentError(absl::StrCat(
        path,
        " is a private key; it stays with its owner (name its public "
        "half: ",
        path, ".pub)"));
  }
  const absl::string_view line =
      absl::string_view(text).substr(0, text.find('\n'));
  absl::StatusOr<std::string> key = ParsePublicKeyLine(line);
  if (!key.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(
        path, " is no SSH public key (make one with: ssh-keygen -t ed25519)"));
  }
  return key;
}

}  // namespace tallystick::cli
