// SPDX-License-Identifier: Apache-2.0
#include "node/identity/config.h"

#include "gmock/gmock.h"
#include "tests/status_matchers.h"

namespace tallystick::node {
namespace {

using ::tallystick::testing::IsOk;
using ::tallystick::testing::StatusIs;
using ::testing::HasSubstr;

constexpr char kParty[] = "party: a.example\nname: A\n";

TEST(ConfigTest, ReadsBackWhatItWrote) {
  Config config;
  config.party = "cascadia.example";
  config.name =
      "Casc\xc3\xa1"
      "dia \"Coffee\" \\ #1: best";
  config.listen = "[::]:7411";
  config.advertise = "node.cascadia.example:7411";
  config.log_level = Config::LogLevel::kDebug;
  config.limits.network_memory_mib = 100;
  const auto read = ParseConfig(FormatConfig(config), "tallyd.yaml");
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->party, config.party);
  EXPECT_EQ(read->name, config.name);
  EXPECT_EQ(read->listen, config.listen);
  EXPECT_EQ(read->advertise, config.advertise);
  EXPECT_EQ(read->log_level, config.log_level);
  EXPECT_EQ(read->limits.streams_per_partner, 64);
  EXPECT_EQ(read->limits.network_memory_mib, 100);
}

TEST(ConfigTest, ANodeThatTakesNoCallsCannotBeDialled) {
  Config config;
  EXPECT_EQ(config.dialable(), "");
  config.advertise = "node.example:1";
  EXPECT_EQ(config.dialable(), "");
  config.listen = "0.0.0.0:1";
  EXPECT_EQ(config.dialable(), "node.example:1");
  config.advertise = "";
  EXPECT_EQ(config.dialable(), "0.0.0.0:1");
}

TEST(ConfigTest, SaysFileLineAndWhatIsWrong) {
  const struct {
    std::string yaml;
    const char* message;
  } kCases[] = {
      {"lsten: x\n", "tallyd.yaml:3: unknown key \"lsten\"; known here: "},
      {"limits:\n  many: 1\n", "tallyd.yaml:4: unknown key \"many\""},
      {"name: B\n", "tallyd.yaml:3: \"name\" is given twice"},
      {"listen: nowhere\n", "tallyd.yaml:3: listen: \"nowhere\" is not an"},
      {"log_level: loud\n", "tallyd.yaml:3: log_level: expected error"},
      {"limits:\n  network_memory_mib: 15\n", "tallyd.yaml:4: network_memory"},
      {"limits:\n  streams_per_partner: x\n", "whole number from 1 to 1000"},
      {"listen: [a, b]\n", "tallyd.yaml:3: \"listen\" takes one value"},
      {"limits: 3\n", "tallyd.yaml:3: expected `key: value` lines"},
      {"listen: \"unfinished\n", "tallyd.yaml:"},
  };
  for (const auto& bad : kCases) {
    EXPECT_THAT(
        ParseConfig(kParty + bad.yaml, "tallyd.yaml"),
        StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(bad.message)))
        << bad.yaml;
  }
}

TEST(ConfigTest, NeedsPartyAndName) {
  EXPECT_THAT(ParseConfig("", "f"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("f:1: the key \"party\" is missing")));
  EXPECT_THAT(ParseConfig("party: a.example\n", "f"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("\"name\" is missing")));
}

TEST(ConfigTest, AMissingFileIsNotFound) {
  EXPECT_THAT(LoadConfig("/nonexistent/tallyd.yaml"),
              StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace tallystick::node
