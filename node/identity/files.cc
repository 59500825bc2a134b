// SPDX-License-Identifier: Apache-2.0
#include "node/identity/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "core/status_macros.h"

namespace tallystick::node {
namespace {

constexpr size_t kFileBytesMax = 1 << 20;
constexpr mode_t kOthers = 077;

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  int get() const { return fd_; }
  bool ok() const { return fd_ >= 0; }

 private:
  int fd_;
};

absl::Status WriteAll(int fd, absl::string_view content,
                      const std::string& path) {
  while (!content.empty()) {
    const ssize_t written = write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return FileError(errno, "write", path);
    content.remove_prefix(static_cast<size_t>(written));
  }
  if (fsync(fd) != 0) return FileError(errno, "write", path);
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadAll(int fd, const std::string& path) {
  std::string content;
  char buffer[4096];
  while (true) {
    const ssize_t count = read(fd, buffer, sizeof(buffer));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return FileError(errno, "read", path);
    if (count == 0) return content;
    content.append(buffer, static_cast<size_t>(count));
    if (content.size() > kFileBytesMax) {
      return absl::ResourceExhaustedError(
          absl::StrCat(path, " is larger than 1 MiB"));
    }
  }
}

}  // namespace

absl::Status FileError(int error_number, absl::string_view action,
                       absl::string_view path) {
  absl::StatusCode code = absl::StatusCode::kInternal;
  switch (error_number) {
    case ENOENT:
      code = absl::StatusCode::kNotFound;
      break;
    case EEXIST:
      code = absl::StatusCode::kAlreadyExists;
      break;
    case EACCES:
    case EPERM:
    case EROFS:
      code = absl::StatusCode::kPermissionDenied;
      break;
    case ENOSPC:
    case EDQUOT:
      code = absl::StatusCode::kResourceExhausted;
      break;
    default:
      break;
  }
  return absl::Status(code, absl::StrCat("cannot ", action, " ", path, ": ",
                                         strerror(error_number)));
}

absl::Status WriteNewFile(const std::string& path, absl::string_view content) {
  const Descriptor file(
      open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
           0600));
  if (!file.ok()) return FileError(errno, "create", path);
  return WriteAll(file.get(), content, path);
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.ok()) return FileError(errno, "read", path);
  return ReadAll(file.get(), path);
}

absl::StatusOr<std::string> ReadSecretFile(const std::string& path) {
  const Descriptor file(
      open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!file.ok()) return FileError(errno, "read", path);
  struct stat info = {};
  if (fstat(file.get(), &info) != 0) return FileError(errno, "read", path);
  if (!S_ISREG(info.st_mode)) {
    return absl::FailedPreconditionError(
        absl::StrCat(path, " is not a plain file"));
  }
  if ((info.st_mode & kOthers) != 0) {
    return absl::FailedPreconditionError(
        absl::StrCat(path,
                     " can be read by others; if nobody has, run: chmod "
                     "600 ",
                     path));
  }
  return ReadAll(file.get(), path);
}

absl::Status MakePrivateDirectory(const std::string& path) {
  // Those above it are nobody's secret, and made as the user's others are.
  std::filesystem::path directory(path);
  if (!directory.has_filename()) directory = directory.parent_path();
  std::error_code none;
  std::filesystem::create_directories(directory.parent_path(), none);
  if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
    return FileError(errno, "create", path);
  }
  struct stat info = {};
  if (stat(path.c_str(), &info) != 0) return FileError(errno, "open", path);
  if (!S_ISDIR(info.st_mode)) {
    return absl::FailedPreconditionError(
        absl::StrCat(path, " is not a directory"));
  }
  if ((info.st_mode & kOthers) != 0) {
    return absl::FailedPreconditionError(
        absl::StrCat(path, " can be entered by others; run: chmod 700 ", path));
  }
  return absl::OkStatus();
}

absl::Status SyncDirectory(const std::string& path) {
  const Descriptor directory(
      open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.ok()) return FileError(errno, "open", path);
  if (fsync(directory.get()) != 0) return FileError(errno, "write", path);
  return absl::OkStatus();
}

}  // namespace tallystick::node
