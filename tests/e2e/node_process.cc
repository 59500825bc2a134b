// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/node_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace tallystick::e2e {

NodeProcess::NodeProcess(const std::string& directory,
                         const std::string& domain, const std::string& name,
                         int port)
    : directory_(directory) {
  std::vector<std::string> words = {"init", "--party", domain, "--name", name};
  if (port != 0) {
    words.insert(words.end(),
                 {"--listen", "127.0.0.1:" + std::to_string(port)});
  }
  const Result result = Tally(words);
  EXPECT_EQ(result.status, 0) << result.err;
}

NodeProcess::~NodeProcess() {
  if (pid_ != 0) KillAtOnce();
}

bool NodeProcess::Start() {
  const int log = open((directory_ + ".log").c_str(),
                       O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  pid_ = fork();
  if (pid_ == 0) Become({TALLYD, "--data", directory_}, log, log);
  close(log);
  bool ended = false;
  const bool up = Eventually([&] {
    int status = 0;
    ended = waitpid(pid_, &status, WNOHANG) == pid_;
    return ended || Log().find(" started ") != std::string::npos;
  });
  if (ended) pid_ = 0;
  return up && !ended;
}

std::string NodeProcess::Log() const {
  std::ifstream file(directory_ + ".log");
  return std::string(std::istreambuf_iterator<char>(file), {});
}

int NodeProcess::End(int signal) {
  kill(pid_, signal);
  const int status = WaitFor(pid_);
  pid_ = 0;
  return status;
}

int NodeProcess::OpenFiles() const {
  const std::filesystem::directory_iterator files(
      absl::StrCat("/proc/", pid_, "/fd"));
  return static_cast<int>(std::distance(begin(files), end(files)));
}

int NodeProcess::KillAtOnce() { return End(SIGKILL); }

Result NodeProcess::Tally(std::vector<std::string> words) const {
  words.insert(words.begin(), TALLY);
  words.insert(words.end(), {"--data", directory_});
  return RunProgram(words);
}

Json NodeProcess::Ask(std::vector<std::string> words) const {
  words.insert(words.end(), {"-o", "json"});
  const Result result = Tally(std::move(words));
  return result.status == 0 ? Json::Parse(result.out) : Json();
}

Json NodeProcess::Alliance() const {
  const auto alliances = Ask({"status"})["alliances"].List();
  return alliances.empty() ? Json() : alliances.front();
}

Result RunDaemon(const std::string& directory) {
  return RunProgram({"timeout", "60", TALLYD, "--data", directory});
}

}  // namespace tallystick::e2e
