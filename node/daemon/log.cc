// SPDX-License-Identifier: Apache-2.0
#include "node/daemon/log.h"

#include <unistd.h>

#include <atomic>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace tallystick::node {
namespace {

std::atomic<int> lowest{static_cast<int>(Config::LogLevel::kInfo)};

int WeightOf(absl::string_view level) {
  if (level == "error") return static_cast<int>(Config::LogLevel::kError);
  if (level == "warning") return static_cast<int>(Config::LogLevel::kWarning);
  if (level == "info") return static_cast<int>(Config::LogLevel::kInfo);
  return static_cast<int>(Config::LogLevel::kDebug);
}

}  // namespace

void SetLogLevel(Config::LogLevel level) { lowest = static_cast<int>(level); }

void LogLine(absl::string_view level, absl::string_view line) {
  if (WeightOf(level) > lowest) return;
  const std::string text =
      absl::StrCat(absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", absl::Now(),
                                    absl::UTCTimeZone()),
                   " level=", level, " ", line, "\n");
  // One write, so that lines of several threads do not mix. A log that cannot
  // be written has nowhere to complain.
  [[maybe_unused]] const ssize_t written =
      write(STDERR_FILENO, text.data(), text.size());
}

void LogTransport(absl::string_view message) {
  LogLine("debug", absl::StrCat("transport ", message));
}

}  // namespace tallystick::node
