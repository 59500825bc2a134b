// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_IDENTITY_DATA_LOCK_H_
#define TALLYSTICK_NODE_IDENTITY_DATA_LOCK_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// One node per data directory, and one per socket.
namespace tallystick::node {

// `node.sock` in the data directory, which only its owner may enter.
std::string SocketPath(absl::string_view data_dir);

// Held for as long as the node runs. The kernel lets go of it when the process
// ends, however it ends.
class DataLock {
 public:
  // Takes `<data_dir>/lock` and writes our process id into it.
  // FAILED_PRECONDITION, with the other's process id where it is known, if
  // another node holds it; NOT_FOUND if there is no such directory.
  static absl::StatusOr<DataLock> Acquire(absl::string_view data_dir);

  DataLock(DataLock&& other) noexcept;
  DataLock& operator=(DataLock&& other) noexcept;
  ~DataLock();

  // Makes `path` free to listen on: removes the socket that a node left behind
  // when it was killed. Safe only under the lock, hence here. INVALID_ARGUMENT
  // if the path is longer than the 107 bytes the system allows;
  // FAILED_PRECONDITION if something that is no socket is in the way.
  absl::Status PrepareSocket(absl::string_view path) const;

 private:
  explicit DataLock(int descriptor) : descriptor_(descriptor) {}

  int descriptor_ = -1;
};

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_IDENTITY_DATA_LOCK_H_
