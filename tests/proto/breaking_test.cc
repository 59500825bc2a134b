// SPDX-License-Identifier: Apache-2.0
// Each change that would break a partner who has not upgraded is found, and
// each that would not is let through.
#include "tests/proto/breaking.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tallystick::proto {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr char kReleased[] = R"(
syntax = "proto3";
package tallystick.v1;
service PromiseService {
  rpc GetPromise(GetPromiseRequest) returns (Promise);
}
message GetPromiseRequest { string name = 1; }
message Promise {
  reserved 7, 10 to 12;
  reserved "colour";
  enum State {
    reserved 9;
    STATE_UNSPECIFIED = 0;
    OPEN = 1;
    KEPT = 2;
  }
  message Term { string text = 1; }
  string name = 1;
  State state = 2;
  Term term = 3;
  repeated string parties = 4;
  optional int32 points = 5;
  oneof due { string day = 6; }
}
message Unrelated { string text = 1; }
)";

// The rules broken by replacing `from` with `to` in what was released.
std::vector<std::string> RulesBrokenWith(const std::string& from,
                                         const std::string& to) {
  const std::string changed = absl::StrReplaceAll(kReleased, {{from, to}});
  if (changed == kReleased) return {absl::StrCat("nothing to replace: ", from)};
  const auto released = CompileSchema({{"tallystick/v1/p.proto", kReleased}});
  const auto current = CompileSchema({{"tallystick/v1/p.proto", changed}});
  if (!released.ok()) return {released.status().ToString()};
  if (!current.ok()) return {current.status().ToString()};
  std::vector<std::string> rules;
  for (const Finding& finding : BreakingChanges(*released, *current)) {
    rules.push_back(finding.rule);
  }
  return rules;
}

TEST(BreakingChangesTest, LetsAnythingBeAdded) {
  EXPECT_THAT(RulesBrokenWith("string name = 1;\n  State",
                              "string name = 1;\n  int32 size = 13;\n  State"),
              IsEmpty());
  EXPECT_THAT(RulesBrokenWith("KEPT = 2;", "KEPT = 2; BROKEN = 3;"), IsEmpty());
  EXPECT_THAT(RulesBrokenWith("returns (Promise);",
                              "returns (Promise);\n"
                              "rpc Other(Promise) returns (Promise);"),
              IsEmpty());
}

TEST(BreakingChangesTest, LetsAMessageMoveToAnotherFileOfThePackage) {
  const std::string unrelated = "message Unrelated { string text = 1; }";
  const auto released = CompileSchema({{"p.proto", kReleased}});
  const auto current = CompileSchema(
      {{"p.proto", absl::StrReplaceAll(kReleased, {{unrelated, ""}})},
       {"q.proto", "syntax = \"proto3\"; package tallystick.v1;" + unrelated}});
  ASSERT_TRUE(released.ok()) << released.status();
  ASSERT_TRUE(current.ok()) << current.status();
  EXPECT_THAT(BreakingChanges(*released, *current), IsEmpty());
}

TEST(BreakingChangesTest, LetsARemovedFieldGoIfNumberAndNameAreReserved) {
  EXPECT_THAT(
      RulesBrokenWith("Term term = 3;", "reserved 3; reserved \"term\";"),
      IsEmpty());
}

TEST(BreakingChangesTest, FindsARemovedField) {
  EXPECT_THAT(RulesBrokenWith("Term term = 3;", ""),
              ElementsAre("FIELD_REMOVED"));
  EXPECT_THAT(RulesBrokenWith("Term term = 3;", "reserved 3;"),
              ElementsAre("FIELD_REMOVED"));
  EXPECT_THAT(RulesBrokenWith("Term term = 3;", "reserved \"term\";"),
              ElementsAre("FIELD_REMOVED"));
}

TEST(BreakingChangesTest, FindsAFieldThatChangedItsNumber) {
  EXPECT_THAT(RulesBrokenWith("Term term = 3;", "Term term = 14;"),
              ElementsAre("FIELD_REMOVED"));
}

TEST(BreakingChangesTest, FindsARenamedField) {
  EXPECT_THAT(RulesBrokenWith("Term term", "Term terms"),
              ElementsAre("FIELD_NAME"));
}

TEST(BreakingChangesTest, FindsAChangedFieldType) {
  EXPECT_THAT(RulesBrokenWith("Term term", "bytes term"),
              UnorderedElementsAre("FIELD_TYPE", "FIELD_CARDINALITY"));
  EXPECT_THAT(RulesBrokenWith("Term term", "Unrelated term"),
              ElementsAre("FIELD_TYPE"));
  EXPECT_THAT(RulesBrokenWith("optional int32", "optional sint32"),
              ElementsAre("FIELD_TYPE"));
}

TEST(BreakingChangesTest, FindsAChangedCardinality) {
  EXPECT_THAT(RulesBrokenWith("repeated string parties", "string parties"),
              ElementsAre("FIELD_CARDINALITY"));
  EXPECT_THAT(RulesBrokenWith("optional int32", "int32"),
              ElementsAre("FIELD_CARDINALITY"));
  EXPECT_THAT(RulesBrokenWith("oneof due { string day = 6; }",
                              "optional string day = 6;"),
              ElementsAre("FIELD_CARDINALITY"));
}

TEST(BreakingChangesTest, FindsWhatIsNoLongerReserved) {
  EXPECT_THAT(RulesBrokenWith("reserved 7, 10 to 12;", "reserved 7, 10 to 11;"),
              ElementsAre("RESERVED"));
  EXPECT_THAT(RulesBrokenWith("reserved \"colour\";", ""),
              ElementsAre("RESERVED"));
  EXPECT_THAT(RulesBrokenWith("reserved 9;", ""), ElementsAre("RESERVED"));
}

TEST(BreakingChangesTest, FindsARemovedMessage) {
  EXPECT_THAT(RulesBrokenWith("message Unrelated { string text = 1; }", ""),
              ElementsAre("MESSAGE_REMOVED"));
}

TEST(BreakingChangesTest, LooksIntoNestedMessages) {
  EXPECT_THAT(RulesBrokenWith("message Term { string text = 1; }",
                              "message Term { string words = 1; }"),
              ElementsAre("FIELD_NAME"));
}

TEST(BreakingChangesTest, FindsARemovedEnum) {
  EXPECT_THAT(RulesBrokenWith("State", "Status"),
              UnorderedElementsAre("ENUM_REMOVED", "FIELD_TYPE"));
}

TEST(BreakingChangesTest, FindsARemovedEnumValue) {
  EXPECT_THAT(RulesBrokenWith("KEPT = 2;", ""),
              ElementsAre("ENUM_VALUE_REMOVED"));
  EXPECT_THAT(RulesBrokenWith("KEPT = 2;", "reserved 2; reserved \"KEPT\";"),
              IsEmpty());
}

TEST(BreakingChangesTest, FindsARenamedEnumValue) {
  EXPECT_THAT(RulesBrokenWith("KEPT", "DONE"), ElementsAre("ENUM_VALUE_NAME"));
}

TEST(BreakingChangesTest, FindsARemovedServiceOrMethod) {
  EXPECT_THAT(RulesBrokenWith("service PromiseService", "service Promises"),
              ElementsAre("SERVICE_REMOVED"));
  EXPECT_THAT(RulesBrokenWith("rpc GetPromise(", "rpc ReadPromise("),
              ElementsAre("RPC_REMOVED"));
}

TEST(BreakingChangesTest, FindsAMethodThatTakesOrReturnsSomethingElse) {
  EXPECT_THAT(RulesBrokenWith("returns (Promise)", "returns (Unrelated)"),
              ElementsAre("RPC_SHAPE"));
  EXPECT_THAT(RulesBrokenWith("returns (Promise)", "returns (stream Promise)"),
              ElementsAre("RPC_SHAPE"));
}

}  // namespace
}  // namespace tallystick::proto
