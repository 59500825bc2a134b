// SPDX-License-Identifier: Apache-2.0
// Each rule of lint.h bites: a schema that breaks just this rule is found out,
// and one that keeps all of them is not.
#include "tests/proto/lint.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tallystick::proto {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kPath[] = "tallystick/v1/promise_service.proto";

// Keeps every rule. The tests replace one piece of it.
constexpr char kGood[] = R"(
syntax = "proto3";
package tallystick.v1;
// Promises of both companies.
service PromiseService {
  rpc ListPromises(ListPromisesRequest) returns (ListPromisesResponse);
  // Says that the promise was kept.
  rpc KeepPromise(KeepPromiseRequest) returns (Promise);
}
// What one company promised.
message Promise {
  enum State {
    STATE_UNSPECIFIED = 0;
    OPEN = 1;
  }
  string name = 1;
  State state = 2;
  oneof term {
    int64 amount_max = 3;
  }
}
// Who promised.
enum Side {
  SIDE_UNSPECIFIED = 0;
  SIDE_A = 1;
}
message ListPromisesRequest {
  int32 page_size = 1;
  string page_token = 2;
}
message ListPromisesResponse {
  repeated Promise promises = 1;
  string next_page_token = 2;
}
message KeepPromiseRequest {
  string name = 1;
  string request_id = 2;
}
)";

// The rules that `source` breaks.
std::vector<std::string> RulesBroken(const std::string& source,
                                     const std::string& path = kPath) {
  const absl::StatusOr<Schema> schema = CompileSchema({{path, source}});
  if (!schema.ok()) return {schema.status().ToString()};
  std::vector<std::string> rules;
  for (const Finding& finding : Lint(*schema, {.hashed_files = {kPath}})) {
    rules.push_back(finding.rule);
  }
  return rules;
}

std::vector<std::string> RulesBrokenWith(const std::string& from,
                                         const std::string& to) {
  const std::string changed = absl::StrReplaceAll(kGood, {{from, to}});
  if (changed == kGood) return {absl::StrCat("nothing to replace: ", from)};
  return RulesBroken(changed);
}

TEST(LintTest, AcceptsASchemaThatKeepsAllRules) {
  EXPECT_THAT(RulesBroken(kGood), IsEmpty());
}

TEST(LintTest, LeavesFilesOfOthersAlone) {
  EXPECT_THAT(RulesBroken("syntax = \"proto2\"; message bad_name {}",
                          "google/rpc/other.proto"),
              IsEmpty());
}

TEST(LintTest, SaysWhatBrokeTheRule) {
  const absl::StatusOr<Schema> schema = CompileSchema(
      {{kPath, "syntax = \"proto3\"; package tallystick.v1; message Bare {}"}});
  ASSERT_TRUE(schema.ok()) << schema.status();
  EXPECT_THAT(
      Lint(*schema, {}),
      ElementsAre(Finding{"COMMENT", "tallystick.v1.Bare", "needs a comment"}));
}

TEST(LintTest, WantsProto3) {
  EXPECT_THAT(RulesBroken("syntax = \"proto2\"; package tallystick.v1;"),
              ElementsAre("SYNTAX_PROTO3"));
}

TEST(LintTest, WantsLowerSnakeFileNames) {
  EXPECT_THAT(RulesBroken(kGood, "tallystick/v1/PromiseService.proto"),
              ElementsAre("FILE_NAME"));
}

TEST(LintTest, WantsThePackageToEqualTheFolder) {
  EXPECT_THAT(RulesBroken(kGood, "tallystick/promise/v1/promise.proto"),
              ElementsAre("PACKAGE_FOLDER"));
}

TEST(LintTest, WantsThePackageToEndInAVersion) {
  EXPECT_THAT(RulesBroken("syntax = \"proto3\"; package tallystick.core;",
                          "tallystick/core/promise.proto"),
              ElementsAre("PACKAGE_VERSION"));
}

TEST(LintTest, WantsPlainImports) {
  const absl::StatusOr<Schema> schema = CompileSchema(
      {{"a.proto", "syntax = \"proto3\";"},
       {kPath,
        "syntax = \"proto3\"; package tallystick.v1; import public "
        "\"a.proto\";"}});
  ASSERT_TRUE(schema.ok()) << schema.status();
  const std::vector<Finding> findings = Lint(*schema, {});
  ASSERT_EQ(findings.size(), 1);
  EXPECT_EQ(findings[0].rule, "IMPORT_PLAIN");
}

TEST(LintTest, WantsPascalCaseNamesOfTypesAndMethods) {
  EXPECT_THAT(RulesBrokenWith("Promise {", "promise {} message Promise {"),
              ElementsAre("MESSAGE_NAME", "COMMENT"));
  EXPECT_THAT(RulesBrokenWith("PromiseService {", "Promise_Service {"),
              ElementsAre("SERVICE_NAME"));
  EXPECT_THAT(RulesBrokenWith("State", "My_State"),
              ElementsAre("ENUM_NAME", "ENUM_ZERO"));
  EXPECT_THAT(RulesBrokenWith("KeepPromise", "keepPromise"),
              ElementsAre("MESSAGE_NAME", "RPC_NAME"));
}

TEST(LintTest, LooksIntoNestedMessages) {
  EXPECT_THAT(RulesBrokenWith("string name = 1;\n  State",
                              "message bad { string Worse = 1; }\n"
                              "  string name = 1;\n  State"),
              ElementsAre("MESSAGE_NAME", "FIELD_NAME"));
}

TEST(LintTest, WantsLowerSnakeFieldsAndOneofs) {
  EXPECT_THAT(RulesBrokenWith("amount_max", "amountMax"),
              ElementsAre("FIELD_NAME"));
  EXPECT_THAT(RulesBrokenWith("amount_max", "amount__max"),
              ElementsAre("FIELD_NAME"));
  EXPECT_THAT(RulesBrokenWith("oneof term", "oneof Term"),
              ElementsAre("ONEOF_NAME"));
}

TEST(LintTest, WantsServicesToEndInService) {
  EXPECT_THAT(RulesBrokenWith("PromiseService {", "PromiseApi {"),
              ElementsAre("SERVICE_SUFFIX"));
}

TEST(LintTest, WantsRequestsNamedAfterTheirMethod) {
  EXPECT_THAT(RulesBrokenWith("KeepPromise(", "HoldPromise("),
              ElementsAre("RPC_REQUEST"));
}

TEST(LintTest, WantsTheMethodsOwnResponseOrAResource) {
  EXPECT_THAT(RulesBrokenWith("(KeepPromiseRequest) returns (Promise)",
                              "(KeepPromiseRequest) returns "
                              "(ListPromisesResponse)"),
              ElementsAre("RPC_RESPONSE"));
}

TEST(LintTest, WantsEnumsToBeginWithUnspecified) {
  EXPECT_THAT(RulesBrokenWith("STATE_UNSPECIFIED", "UNKNOWN"),
              ElementsAre("ENUM_ZERO"));
}

TEST(LintTest, WantsUpperSnakeEnumValues) {
  EXPECT_THAT(RulesBrokenWith("OPEN", "Open"), ElementsAre("ENUM_VALUE_NAME"));
}

TEST(LintTest, WantsOneNamePerEnumNumber) {
  EXPECT_THAT(RulesBrokenWith("OPEN = 1;",
                              "option allow_alias = true; "
                              "OPEN = 1; PENDING = 1;"),
              ElementsAre("ENUM_NO_ALIAS"));
}

TEST(LintTest, WantsEnumsInsideMessagesOrTheirValuesPrefixed) {
  EXPECT_THAT(RulesBrokenWith("SIDE_A", "LEFT"), ElementsAre("ENUM_SCOPE"));
}

TEST(LintTest, WantsCommentsOnWhatANameDoesNotExplain) {
  EXPECT_THAT(RulesBrokenWith("// Promises of both companies.\n", ""),
              ElementsAre("COMMENT"));
  EXPECT_THAT(RulesBrokenWith("// What one company promised.\n", ""),
              ElementsAre("COMMENT"));
  EXPECT_THAT(RulesBrokenWith("// Who promised.\n", ""),
              ElementsAre("COMMENT"));
  EXPECT_THAT(RulesBrokenWith("// Says that the promise was kept.\n", ""),
              ElementsAre("COMMENT"));
}

TEST(LintTest, WantsListsPaged) {
  for (const char* field : {"int32 page_size = 1;", "string page_token = 2;",
                            "string next_page_token = 2;"}) {
    EXPECT_THAT(RulesBrokenWith(field, ""), ElementsAre("LIST_PAGES")) << field;
  }
}

TEST(LintTest, WantsARequestIdWhereSomethingChanges) {
  EXPECT_THAT(RulesBrokenWith("string request_id = 2;", ""),
              ElementsAre("REQUEST_ID"));
  EXPECT_THAT(RulesBrokenWith("string request_id", "bytes request_id"),
              ElementsAre("REQUEST_ID"));
}

TEST(LintTest, WantsNoFloatsInWhatIsHashed) {
  EXPECT_THAT(RulesBrokenWith("int64 amount_max", "float amount_max"),
              ElementsAre("HASHED_NO_FLOAT"));
  EXPECT_THAT(RulesBrokenWith("int64 amount_max", "double amount_max"),
              ElementsAre("HASHED_NO_FLOAT"));
}

TEST(LintTest, WantsNoMapsInWhatIsHashed) {
  EXPECT_THAT(RulesBrokenWith("State state = 2;",
                              "State state = 2; map<string, int32> tally = 9;"),
              ElementsAre("HASHED_NO_MAP"));
}

}  // namespace
}  // namespace tallystick::proto
