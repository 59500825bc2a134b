// SPDX-License-Identifier: Apache-2.0
#include "node/identity/address.h"

#include <string>

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

TEST(DomainTest, IsALowercaseDnsName) {
  EXPECT_THAT(CheckDomain("cascadia.example"), IsOk());
  EXPECT_THAT(CheckDomain("x-1.a.example"), IsOk());
  const std::string longest = std::string(63, 'a') + "." + std::string(36, 'b');
  EXPECT_THAT(CheckDomain(longest), IsOk());
  for (const std::string& domain :
       {std::string(), longest + "b", std::string("Cascadia.example"),
        std::string("a..b"), std::string("a."), std::string("-a.example"),
        std::string("a-.example"), std::string("a_b"), std::string("a/b"),
        std::string(64, 'a')}) {
    EXPECT_THAT(CheckDomain(domain),
                StatusIs(absl::StatusCode::kInvalidArgument))
        << domain;
  }
}

TEST(DisplayNameTest, IsOneLineOfUtf8) {
  EXPECT_THAT(CheckDisplayName("Caf\xc3\xa9 \"Meridian\""), IsOk());
  for (const std::string& name :
       {std::string(), std::string(201, 'a'), std::string("a\nb"),
        std::string("a\0b", 3), std::string("\xc3"), std::string("\xc0\x80"),
        std::string("\xed\xa0\x80"), std::string("\xc2\x85")}) {
    EXPECT_THAT(CheckDisplayName(name),
                StatusIs(absl::StatusCode::kInvalidArgument));
  }
}

}  // namespace
}  // namespace tallystick::node
