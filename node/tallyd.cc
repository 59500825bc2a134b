// SPDX-License-Identifier: Apache-2.0
// tallyd: one company's node.
#include <sys/resource.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "node/daemon/daemon.h"
#include "node/engine/spaces.h"
#include "node/identity/node_identity.h"
#include "node/peer/transport.h"

namespace tallystick::node {
namespace {

// $TALLY_DATA, else tallystick/ in the user's data directory.
std::string DefaultDataDir() {
  if (const char* data = std::getenv("TALLY_DATA")) return data;
  if (const char* base = std::getenv("XDG_DATA_HOME")) {
    return absl::StrCat(base, "/tallystick");
  }
  const char* home = std::getenv("HOME");
  return absl::StrCat(home == nullptr ? "." : home, "/.local/share/tallystick");
}

int Fail(const absl::Status& status) {
  std::cerr << "tallyd: " << status.message() << "\n";
  return 1;
}

struct Arguments {
  std::string data = DefaultDataDir();
  std::string config;
  bool init = false;
  std::string party;
  std::string name;
  std::string listen;
};

int Init(const Arguments& arguments) {
  const auto identity = CreateIdentity(arguments.data, arguments.party,
                                       arguments.name, arguments.listen);
  if (!identity.ok()) return Fail(identity.status());
  std::cout << "Made the node of " << identity->display_name << " ("
            << identity->domain << ") in " << arguments.data << "\n"
            << "certificate " << identity->fingerprint().ToHex() << "\n"
            << "Start it with: tallyd --data " << arguments.data << "\n";
  return 0;
}

// With as few files as a shell allows by default, somebody who only opens
// connections could use up all of them, and the listeners with them.
void AllowManyFiles() {
  rlimit files = {};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
}

int Run(const Arguments& arguments) {
  AllowManyFiles();
  // Signals are taken by sigwait below, on an ordinary thread; every thread
  // started from here on inherits the mask.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);

  auto daemon = Daemon::Start(
      {.data_dir = arguments.data, .config_file = arguments.config});
  if (!daemon.ok()) return Fail(daemon.status());
  int received = 0;
  sigwait(&signals, &received);
  (*daemon)->Stop();
  return 0;
}

}  // namespace

int Main(int argc, char** argv) {
  Arguments arguments;
  CLI::App app(
      "The node of one company in its alliances.\n\n"
      "  tallyd --data /var/lib/tallystick\n");
  app.set_version_flag("--version", std::string(kSoftwareVersion));
  app.add_option("--data", arguments.data, "Data directory")
      ->capture_default_str();
  app.add_option("--config", arguments.config,
                 "Configuration file (default: tallyd.yaml in the data "
                 "directory)");
  app.add_flag("--init", arguments.init,
               "Make keys, certificate and configuration, then exit");
  app.add_option("--party", arguments.party,
                 "With --init: our domain, such as cascadia.example");
  app.add_option("--name", arguments.name, "With --init: our company's name");
  app.add_option("--listen", arguments.listen,
                 "With --init: where partners can call, such as 0.0.0.0:7411");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  InitializeTransport(LogTransport);
  return arguments.init ? Init(arguments) : Run(arguments);
}

}  // namespace tallystick::node

int main(int argc, char** argv) { return tallystick::node::Main(argc, argv); }
