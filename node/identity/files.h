// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_IDENTITY_FILES_H_
#define TALLYSTICK_NODE_IDENTITY_FILES_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// The few things done to files here, each with an error that names the file and
// the system's reason.
namespace tallystick::node {

// Creates a file only its owner can read, from the start, and makes it durable.
// ALREADY_EXISTS if there is one.
absl::Status WriteNewFile(const std::string& path, absl::string_view content);

// NOT_FOUND; RESOURCE_EXHAUSTED above 1 MiB.
absl::StatusOr<std::string> ReadFile(const std::string& path);

// The same, for secrets: FAILED_PRECONDITION unless it is a plain file that
// only its owner can read.
absl::StatusOr<std::string> ReadSecretFile(const std::string& path);

// Makes a directory that only its owner may enter. Nothing to do if there is
// one; FAILED_PRECONDITION if others may enter that.
absl::Status MakePrivateDirectory(const std::string& path);

// Makes the names in a directory durable.
absl::Status SyncDirectory(const std::string& path);

// "cannot `action` `path`: reason", with the code that fits `error_number`.
absl::Status FileError(int error_number, absl::string_view action,
                       absl::string_view path);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_IDENTITY_FILES_H_
