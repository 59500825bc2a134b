// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/daemon.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/bench/bench_node.h"
#include "tests/bench/bodies.h"
#include "tests/e2e/program.h"

namespace tallystick::bench {
namespace {

std::string ReadText(const std::string& path) {
  std::ifstream file(path);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace

double Field(const std::string& path, const std::string& name) {
  const std::string text = ReadText(path);
  const size_t at = text.find(name);
  return at == std::string::npos
             ? 0
             : std::strtod(text.c_str() + at + name.size(), nullptr);
}

Daemon::Daemon(const std::string& directory) : directory_(directory) {
  const std::string log = directory + ".log";
  const int fd = open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const auto begin = Clock::now();
  pid_ = fork();
  if (pid_ == 0) e2e::Become({TALLYD, "--data", directory}, fd, fd);
  close(fd);
  if (!e2e::Eventually([&] {
        return ReadText(log).find(" started ") != std::string::npos;
      })) {
    Die(absl::InternalError(ReadText(log)));
  }
  start_ = SecondsSince(begin);
}

void Daemon::Stop() {
  if (pid_ == 0) return;
  kill(pid_, SIGTERM);
  e2e::WaitFor(std::exchange(pid_, 0));
}

double Daemon::CpuSeconds() const {
  const std::string text = ReadText(absl::StrCat("/proc/", pid_, "/stat"));
  // After the name come the state and ten numbers; then these two.
  const std::vector<std::string> fields =
      absl::StrSplit(text.substr(text.rfind(')') + 2), ' ');
  return (std::strtod(fields[11].c_str(), nullptr) +
          std::strtod(fields[12].c_str(), nullptr)) /
         static_cast<double>(sysconf(_SC_CLK_TCK));
}

double Daemon::Mib(const std::string& field) const {
  return Field(absl::StrCat("/proc/", pid_, "/status"), field) / 1024;
}

Daemon::Read Daemon::TimeReads(const std::vector<std::string>& words,
                               int times) const {
  std::vector<std::string> command = {TALLY};
  command.insert(command.end(), words.begin(), words.end());
  command.insert(command.end(), {"--data", directory_});
  std::vector<double> seconds;
  for (int i = 0; i < times; ++i) {
    const auto start = Clock::now();
    const e2e::Result result = e2e::RunProgram(command);
    seconds.push_back(SecondsSince(start));
    if (result.status != 0) Die(absl::InternalError(result.err));
  }
  return {.median = Median(seconds),
          .longest = *std::max_element(seconds.begin(), seconds.end())};
}

}  // namespace tallystick::bench
