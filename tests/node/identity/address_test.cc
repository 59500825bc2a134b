// SPDX-License-Identifier: Apache-2.0
#include "node/identity/address.h"

#include "gmock/gmock.h"
#include "tests/status_matchers.h"

namespace tallystick::node {
namespace {

using ::tallystick::testing::IsOk;
using ::tallystick::testing::StatusIs;

TEST(AddressTest, TakesHostAndPort) {
  for (const char* address :
       {"node.cascadia.example:7411", "192.0.2.1:1", "[2001:db8::1]:65535"}) {
    EXPECT_THAT(CheckAddress(address), IsOk());
  }
  EXPECT_THAT(CheckAddress("127.0.0.1:0", /*any_port=*/true), IsOk());
}

TEST(AddressTest, RefusesEverythingElse) {
  for (const char* address :
       {"", ":1", "host", "host:", "host:0", "host:65536", "host:+1", "host:1 ",
        "unix:/run/x:1", "dns:///host:1", "[::1:1", "[zz]:1", "a/b:1", "a%b:1",
        "2001:db8::1:7411"}) {
    EXPECT_THAT(CheckAddress(address),
                StatusIs(absl::StatusCode::kInvalidArgument))
        << address;
  }
}

}  // namespace
}  // namespace tallystick::node
