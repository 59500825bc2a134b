// SPDX-License-Identifier: Apache-2.0
#include "node/identity/data_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "node/identity/files.h"

namespace tallystick::node {
namespace {

constexpr size_t kSocketPathBytesMax = sizeof(sockaddr_un::sun_path) - 1;

// " (process 123)" if the holder wrote its id, else nothing.
std::string Holder(int descriptor) {
  char buffer[24] = {};
  const ssize_t size = pread(descriptor, buffer, sizeof(buffer) - 1, 0);
  int64_t pid = 0;
  if (size <= 0 || !absl::SimpleAtoi(buffer, &pid)) return "";
  return absl::StrCat(" (process ", pid, ")");
}

}  // namespace

std::string SocketPath(absl::string_view data_dir) {
  return absl::StrCat(data_dir, "/node.sock");
}

absl::StatusOr<DataLock> DataLock::Acquire(absl::string_view data_dir) {
  const std::string path = absl::StrCat(data_dir, "/lock");
  const int descriptor =
      open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (descriptor < 0) return FileError(errno, "lock", path);
  DataLock lock(descriptor);
  if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return FileError(errno, "lock", path);
    return absl::FailedPreconditionError(absl::StrCat(
        "another node", Holder(descriptor), " is running on ", data_dir));
  }
  // Only a help for people; the lock holds without it.
  const std::string pid = absl::StrCat(getpid(), "\n");
  if (ftruncate(descriptor, 0) != 0 ||
      pwrite(descriptor, pid.data(), pid.size(), 0) < 0) {
    return FileError(errno, "write", path);
  }
  return lock;
}

DataLock::DataLock(DataLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

DataLock& DataLock::operator=(DataLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

DataLock::~DataLock() {
  if (descriptor_ >= 0) close(descriptor_);
}

absl::Status DataLock::PrepareSocket(absl::string_view path) const {
  if (path.size() > kSocketPathBytesMax) {
    return absl::InvalidArgumentError(absl::StrCat(
        "the socket's path has ", path.size(), " bytes, the system allows ",
        kSocketPathBytesMax, "; use a shorter data directory: ", path));
  }
  const std::string name(path);
  struct stat info = {};
  if (lstat(name.c_str(), &info) != 0) {
    if (errno == ENOENT) return absl::OkStatus();
    return FileError(errno, "open", path);
  }
  if (!S_ISSOCK(info.st_mode)) {
    return absl::FailedPreconditionError(
        absl::StrCat(path, " is in the way: it is not a socket"));
  }
  if (unlink(name.c_str()) != 0) return FileError(errno, "remove", path);
  return absl::OkStatus();
}

}  // namespace tallystick::node
