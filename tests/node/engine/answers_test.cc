// SPDX-License-Identifier: Apache-2.0
// What a node remembers of the calls it has answered.
#include <memory>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "node/engine/spaces.h"
#include "tests/node/engine/node_fixture.h"
#include "tests/node/identity/temporary_directory.h"
#include "tests/status_matchers.h"

namespace tallystick::node {
namespace {

using testing::IsOk;
using testing::IsOkAndHolds;
using testing::StatusIs;

class AnswersTest : public ::testing::Test {
 protected:
  AnswersTest()
      : node_(OpenNode(directory_.path("a"), "cascadia.example", clock_)) {}

  TemporaryDirectory directory_;
  HandClock clock_;
  std::unique_ptr<Node> node_;
};

TEST_F(AnswersTest, AreGivenAgainBeforeAndAfterTheyAreStored) {
  EXPECT_THAT(node_->FindAnswer("/m", "id", "hash"),
              IsOkAndHolds(std::nullopt));
  node_->RememberAnswer("/m", "id", "hash", "first");
  EXPECT_THAT(node_->FindAnswer("/m", "id", "hash"),
              IsOkAndHolds(std::optional<std::string>("first")));
  ASSERT_THAT(Commit(*node_), IsOk());
  EXPECT_THAT(node_->FindAnswer("/m", "id", "hash"),
              IsOkAndHolds(std::optional<std::string>("first")));
}

TEST_F(AnswersTest, AreNotForAnotherCallOrOtherContent) {
  node_->RememberAnswer("/m", "id", "hash", "first");
  EXPECT_THAT(node_->FindAnswer("/other", "id", "hash"),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(node_->FindAnswer("/m", "id", "another"),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(AnswersTest, OfTheFirstNodesHaveNoHash) {
  storage::v1::RequestRecord record;
  record.set_method("/m");
  record.set_response("first");
  node_->Put({std::string(kRequestSpace), "id", record.SerializeAsString()});
  ASSERT_THAT(Commit(*node_), IsOk());
  EXPECT_THAT(node_->FindAnswer("/m", "id", "hash"),
              IsOkAndHolds(std::optional<std::string>("first")));
}

TEST_F(AnswersTest, AreForgottenAfterADay) {
  node_->RememberAnswer("/m", "id", "hash", "first");
  ASSERT_THAT(Commit(*node_), IsOk());
  clock_.Advance(absl::Hours(25));
  node_->ForgetOldAnswers();
  ASSERT_THAT(Commit(*node_), IsOk());
  EXPECT_THAT(node_->FindAnswer("/m", "id", "another"),
              IsOkAndHolds(std::nullopt));
}

}  // namespace
}  // namespace tallystick::node
