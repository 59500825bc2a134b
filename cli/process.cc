// SPDX-License-Identifier: Apache-2.0
#include "cli/process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

extern char** environ;

namespace tallystick::cli {
namespace {

constexpr size_t kOutputSizeMax = 1 << 20;

struct Pipe {
  int read = -1;
  int write = -1;
};

absl::StatusOr<Pipe> OpenPipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    return absl::InternalError(
        absl::StrCat("no pipe to another program: ", std::strerror(errno)));
  }
  return Pipe{ends[0], ends[1]};
}

std::string ReadToEnd(int fd) {
  std::string text;
  std::array<char, 4096> buffer{};
  while (true) {
    const ssize_t size = read(fd, buffer.data(), buffer.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return text;
    // The rest is read too, so that the program does not hang in a write.
    if (text.size() < kOutputSizeMax) {
      text.append(buffer.data(), static_cast<size_t>(size));
    }
  }
}

int WaitFor(pid_t pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status)) return WEXITSTATUS(status);
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : 1;
}

}  // namespace

absl::StatusOr<Ended> RunProcess(const std::vector<std::string>& words,
                                 Streams streams) {
  std::vector<std::string> copies = words;
  std::vector<char*> arguments;
  arguments.reserve(copies.size() + 1);
  for (std::string& copy : copies) arguments.push_back(copy.data());
  arguments.push_back(nullptr);

  Pipe pipe;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  if (streams != Streams::kInherit) {
    absl::StatusOr<Pipe> opened = OpenPipe();
    if (!opened.ok()) return opened.status();
    pipe = *opened;
    posix_spawn_file_actions_adddup2(&actions, pipe.write, STDOUT_FILENO);
  }
  if (streams == Streams::kCaptureQuietly) {
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null",
                                     O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null",
                                     O_WRONLY, 0);
  }
  pid_t pid = 0;
  const int error = posix_spawnp(&pid, arguments[0], &actions, nullptr,
                                 arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (pipe.write >= 0) close(pipe.write);
  Ended ended;
  if (error == 0) {
    if (pipe.read >= 0) ended.output = ReadToEnd(pipe.read);
    ended.status = WaitFor(pid);
  }
  if (pipe.read >= 0) close(pipe.read);
  if (error != 0) {
    return absl::NotFoundError(absl::StrCat(
        words.front(), " cannot be started: ", std::strerror(error)));
  }
  return ended;
}

}  // namespace tallystick::cli
