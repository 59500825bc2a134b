// SPDX-License-Identifier: Apache-2.0
// Writes a database with the fixture content in the current format.
#include <iostream>

#include "node/store/sqlite_store.h"
#include "tests/node/store/fixture_content.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: store_write_fixture FILE\n";
    return 2;
  }
  const auto store = tallystick::node::OpenSqliteStore(argv[1], {});
  if (!store.ok()) {
    std::cerr << store.status() << "\n";
    return 1;
  }
  const absl::Status status =
      (*store)->Commit(tallystick::node::FixtureContent());
  if (!status.ok()) std::cerr << status << "\n";
  return status.ok() ? 0 : 1;
}
