// SPDX-License-Identifier: Apache-2.0
// Answers that stay at this node: what is shown of them, and that the partner
// gets nothing.
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "node/api/expectation_api.h"
#include "tests/node/engine/linked_engines.h"
#include "tests/node/identity/temporary_directory.h"
#include "tests/status_matchers.h"

namespace tallystick::node {
namespace {

using testing::IsOk;

constexpr char kPosition[] = "frame/spectrum-position";

enum class Kept { kOpen, kPrivate };

// The handlers, as the API calls them, at two nodes that are connected.
class PrivateAnswersTest : public ::testing::Test {
 protected:
  PrivateAnswersTest() : engines_(directory_.path()) {}

  v1::ApplyViewResponse Apply(const v1::ViewRow& row, Engine& engine) {
    v1::ApplyViewRequest request;
    *request.add_rows() = row;
    v1::ApplyViewResponse response;
    EXPECT_THAT(LinkedEngines::Call(engine,
                                    [&](Node& node) -> absl::Status {
                                      auto applied = ApplyView(node, request);
                                      if (applied.ok()) response = *applied;
                                      return applied.status();
                                    }),
                IsOk());
    return response;
  }
  v1::ApplyViewResponse Answer(const std::string& answer, Kept kept,
                               const std::string& topic = kPosition) {
    v1::ViewRow row;
    row.set_topic(topic);
    row.mutable_own()->set_scalar(answer);
    row.set_private_(kept == Kept::kPrivate);
    return Apply(row, engines_.a());
  }
  v1::ViewTopic View(const std::string& topic = kPosition) {
    v1::View view;
    EXPECT_THAT(LinkedEngines::Call(engines_.a(),
                                    [&](Node& node) -> absl::Status {
                                      auto got = GetView(node, {});
                                      if (got.ok()) view = *got;
                                      return got.status();
                                    }),
                IsOk());
    for (const v1::ViewTopic& each : view.topics()) {
      if (each.topic() == topic) return each;
    }
    ADD_FAILURE() << topic << " is missing";
    return {};
  }

  TemporaryDirectory directory_;
  LinkedEngines engines_;
};

TEST_F(PrivateAnswersTest, AnOpenAnswerComesInThePlaceOfAPrivateOne) {
  Answer("cooperative", Kept::kPrivate);
  EXPECT_EQ(View().own().state(), v1::ViewCell::PRIVATE);
  Answer("innovative", Kept::kOpen);
  EXPECT_EQ(View().own().state(), v1::ViewCell::STATED);
  EXPECT_EQ(View().own().text(), "innovative");
}

TEST_F(PrivateAnswersTest,
       APrivateAnswerAfterAnOpenOneSaysWhatThePartnerHolds) {
  Answer("innovative", Kept::kOpen);
  const v1::ApplyViewResponse applied = Answer("cooperative", Kept::kPrivate);
  ASSERT_EQ(applied.changes_size(), 1);
  EXPECT_EQ(applied.changes(0).before(), "innovative");
  EXPECT_FALSE(applied.changes(0).disclosed());
  EXPECT_EQ(applied.changes(0).partner_holds(), "innovative");
  EXPECT_EQ(View().own().state(), v1::ViewCell::PRIVATE);
  EXPECT_EQ(View().own().text(), "cooperative");
  EXPECT_EQ(View().own().partner_holds(), "innovative");
}

TEST_F(PrivateAnswersTest, TheSameOpenAnswerAgainIsTheNewestAct) {
  Answer("innovative", Kept::kOpen);
  Answer("cooperative", Kept::kPrivate);
  EXPECT_EQ(Answer("innovative", Kept::kOpen).changes_size(), 1);
  EXPECT_EQ(View().own().state(), v1::ViewCell::STATED);
  // And so is the same private answer after that.
  EXPECT_EQ(Answer("cooperative", Kept::kPrivate).changes_size(), 1);
  EXPECT_EQ(View().own().state(), v1::ViewCell::PRIVATE);
}

TEST_F(PrivateAnswersTest, WithdrawingTakesBackThePrivateAnswerToo) {
  Answer("innovative", Kept::kOpen);
  Answer("cooperative", Kept::kPrivate);
  v1::ViewRow row;
  row.set_topic(kPosition);
  row.set_withdraw(true);
  Apply(row, engines_.a());
  EXPECT_EQ(View().own().state(), v1::ViewCell::WITHDRAWN);
}

}  // namespace
}  // namespace tallystick::node
