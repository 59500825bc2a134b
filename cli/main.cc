// SPDX-License-Identifier: Apache-2.0
// The program `tally`: thin, everything it knows it asks the node.
#include <google/protobuf/stubs/logging.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "cli/command_line.h"

namespace {

std::string Variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? "" : value;
}

tallystick::cli::Layout StandardOutput() {
  tallystick::cli::Layout layout;
  if (isatty(STDOUT_FILENO) == 0) return layout;
  winsize size{};
  const bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0;
  layout.width = known && size.ws_col > 0 ? size.ws_col : 80;
  layout.colour = Variable("NO_COLOR").empty() && Variable("TERM") != "dumb";
  return layout;
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  // Libraries speak to their developers; people get our own words.
  setenv("GRPC_VERBOSITY", "NONE", /*overwrite=*/0);
  google::protobuf::SetLogHandler(nullptr);
  const tallystick::cli::Surroundings surroundings{std::cout, std::cerr,
                                                   Variable, StandardOutput(),
                                                   isatty(STDERR_FILENO) != 0};
  const std::vector<std::string> words(argv + 1, argv + argc);
  return static_cast<int>(tallystick::cli::Run(words, surroundings));
}
