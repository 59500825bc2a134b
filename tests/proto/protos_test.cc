// SPDX-License-Identifier: Apache-2.0
// Our own proto files keep the rules, and break nothing that was released.
#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "absl/strings/match.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/proto/breaking.h"
#include "tests/proto/lint.h"

namespace tallystick::proto {
namespace {

using ::testing::ElementsAreArray;

// What is signed or hashed: bodies, leaves and everything in them.
const std::set<std::string>& HashedFiles() {
  static const auto* files = new std::set<std::string>{
      "tallystick/v1/agree.proto", "tallystick/v1/do.proto",
      "tallystick/v1/entry.proto", "tallystick/v1/say.proto",
      "tallystick/v1/value.proto"};
  return *files;
}

// Breaches we mean: the finding ("RULE where") and why.
const std::map<std::string, std::string>& Exceptions() {
  static const auto* exceptions = new std::map<std::string, std::string>{
      {"RPC_REQUEST tallystick.v1.PeerService.Sync",
       "Between nodes runs a protocol of frames, alike in both directions."},
      {"REQUEST_ID tallystick.v1.PeerService.Sync",
       "Entries carry their log position, so a repeat is recognised."},
      {"REQUEST_ID tallystick.v1.PeerService.Pair",
       "An invitation is redeemed once, and who redeemed it gets the same "
       "answer again; its secret is the request's id."},
  };
  return *exceptions;
}

Schema Read(const char* path) {
  absl::StatusOr<Schema> schema = ReadSchema(path);
  EXPECT_TRUE(schema.ok()) << schema.status();
  return schema.ok() ? *std::move(schema) : Schema{};
}

TEST(ProtosTest, EveryProtoFileOfOursIsChecked) {
  const std::filesystem::path root = TALLYSTICK_PROTO_DIR;
  std::set<std::string> on_disk;
  for (const auto& file :
       std::filesystem::recursive_directory_iterator(root / "tallystick")) {
    if (file.path().extension() == ".proto") {
      on_disk.insert(std::filesystem::relative(file.path(), root).string());
    }
  }
  std::set<std::string> checked;
  for (const auto* file : Read(TALLYSTICK_CURRENT_PROTOS).files) {
    if (absl::StartsWith(file->name(), "tallystick/")) {
      checked.insert(file->name());
    }
  }
  EXPECT_THAT(checked, ElementsAreArray(on_disk));
}

TEST(ProtosTest, KeepTheRulesSaveForTheListedExceptions) {
  const Schema schema = Read(TALLYSTICK_CURRENT_PROTOS);
  std::set<std::string> excused;
  for (const Finding& finding : Lint(schema, {.hashed_files = HashedFiles()})) {
    const std::string key = finding.rule + " " + finding.where;
    if (Exceptions().contains(key)) {
      excused.insert(key);
    } else {
      ADD_FAILURE() << ToString(finding);
    }
  }
  for (const auto& [key, reason] : Exceptions()) {
    EXPECT_TRUE(excused.contains(key)) << "no longer needed: " << key;
  }
}

TEST(ProtosTest, HashedFilesExist) {
  const Schema schema = Read(TALLYSTICK_CURRENT_PROTOS);
  for (const std::string& path : HashedFiles()) {
    EXPECT_NE(schema.pool->FindFileByName(path), nullptr) << path;
  }
}

TEST(ProtosTest, BreakNothingThatWasReleased) {
  const Schema released = Read(TALLYSTICK_RELEASED_PROTOS);
  ASSERT_FALSE(released.files.empty());
  for (const Finding& finding :
       BreakingChanges(released, Read(TALLYSTICK_CURRENT_PROTOS))) {
    ADD_FAILURE() << ToString(finding);
  }
}

}  // namespace
}  // namespace tallystick::proto
