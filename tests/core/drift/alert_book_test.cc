// SPDX-License-Identifier: Apache-2.0
#include "core/drift/alert_book.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/status_matchers.h"

namespace tallystick::drift {
namespace {

using ::tallystick::testing::IsOk;
using ::tallystick::testing::StatusIs;
using ::testing::SizeIs;
using State = Alert::State;

Finding Moved(Severity severity = Severity::kWatch,
              const std::string& variant = "v1") {
  return {.kind = "restatement_drift",
          .subject = "deal/share-benefit",
          .party = v1::PARTY_B,
          .variant = variant,
          .severity = severity};
}

TEST(AlertBookTest, TheSameMatterOnlyCountsUp) {
  AlertBook book;
  const uint64_t number = book.Raise(Moved(), 1).number;
  const Alert& again = book.Raise(Moved(), 2);
  EXPECT_EQ(again.number, number);
  EXPECT_EQ(again.count, 2);
  EXPECT_EQ(again.opened_at_us, 1);
  EXPECT_EQ(again.last_seen_at_us, 2);
  EXPECT_THAT(book.alerts(), SizeIs(1));
}

TEST(AlertBookTest, AnotherVariantIsAnotherMatter) {
  AlertBook book;
  book.Raise(Moved(), 1);
  EXPECT_EQ(book.Raise(Moved(Severity::kWatch, "v2"), 1).number, 2u);
}

TEST(AlertBookTest, AnAcknowledgedAlertStaysSilent) {
  AlertBook book;
  book.Raise(Moved(), 1);
  EXPECT_THAT(book.Acknowledge(1), IsOk());
  EXPECT_EQ(book.Raise(Moved(), 2).state, State::kAcknowledged);
  EXPECT_EQ(book.open_count(), 0);
}

TEST(AlertBookTest, AnAcknowledgedAlertOpensAgainWhenItGetsWorse) {
  AlertBook book;
  book.Raise(Moved(), 1);
  EXPECT_THAT(book.Acknowledge(1), IsOk());
  EXPECT_EQ(book.Raise(Moved(Severity::kCritical), 2).state, State::kOpen);
}

TEST(AlertBookTest, WhatGoesUpAndDownBelowWhatWasAcknowledgedStaysSilent) {
  AlertBook book;
  book.Raise(Moved(Severity::kWarning), 1);
  EXPECT_THAT(book.Acknowledge(1), IsOk());
  book.Raise(Moved(Severity::kInfo), 2);
  EXPECT_EQ(book.Raise(Moved(Severity::kWarning), 3).state,
            State::kAcknowledged);
  EXPECT_EQ(book.Raise(Moved(Severity::kCritical), 4).state, State::kOpen);
}

TEST(AlertBookTest, AClosedAlertThatComesBackSoonKeepsItsNumber) {
  AlertBook book;
  book.Raise(Moved(), 1);
  ASSERT_NE(book.Close(Moved().Key(), 10), nullptr);
  EXPECT_FALSE(book.IsOpen(Moved().Key()));
  const Alert& back = book.Raise(Moved(), 10 + AlertBook::kReopenUs);
  EXPECT_EQ(back.number, 1u);
  EXPECT_EQ(back.state, State::kOpen);
}

TEST(AlertBookTest, AClosedAlertThatComesBackLateIsANewOne) {
  AlertBook book;
  book.Raise(Moved(), 1);
  book.Close(Moved().Key(), 10);
  EXPECT_EQ(book.Raise(Moved(), 11 + AlertBook::kReopenUs).number, 2u);
}

TEST(AlertBookTest, ClosingWhatIsNotOpenDoesNothing) {
  AlertBook book;
  EXPECT_EQ(book.Close(Moved().Key(), 1), nullptr);
  book.Raise(Moved(), 1);
  book.Close(Moved().Key(), 2);
  EXPECT_EQ(book.Close(Moved().Key(), 3), nullptr);
}

TEST(AlertBookTest, ANewBaselineSupersedesTheAlertsOfTheOldOne) {
  AlertBook book;
  book.Raise(Moved(Severity::kWatch, "old"), 1);
  book.Raise(Moved(Severity::kWatch, "new"), 1);
  const std::vector<Alert> over = book.Supersede(
      "restatement_drift", "deal/share-benefit", v1::PARTY_B, "new", 5);
  ASSERT_THAT(over, SizeIs(1));
  EXPECT_EQ(over[0].state, State::kSuperseded);
  EXPECT_EQ(over[0].finding.variant, "old");
  EXPECT_EQ(book.open_count(), 1);
}

TEST(AlertBookTest, ADirectionDoesNotHideTheBaseline) {
  AlertBook book;
  book.Raise(Moved(Severity::kWatch, "up@old"), 1);
  book.Raise(Moved(Severity::kWatch, "down@new"), 1);
  const std::vector<Alert> over = book.Supersede(
      "restatement_drift", "deal/share-benefit", v1::PARTY_B, "new", 5);
  ASSERT_THAT(over, SizeIs(1));
  EXPECT_EQ(over[0].finding.variant, "up@old");
}

TEST(AlertBookTest, OnlyWhatIsLiveCanBeAcknowledged) {
  AlertBook book;
  EXPECT_THAT(book.Acknowledge(1), StatusIs(absl::StatusCode::kNotFound));
  book.Raise(Moved(), 1);
  book.Close(Moved().Key(), 2);
  EXPECT_THAT(book.Acknowledge(1),
              StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST(AlertBookTest, ABookReadBackGoesOnWhereItWas) {
  AlertBook book;
  book.Raise(Moved(), 1);
  std::vector<Alert> stored;
  for (const auto& [number, alert] : book.alerts()) stored.push_back(alert);
  AlertBook again(stored);
  EXPECT_EQ(again.Raise(Moved(), 2).count, 2);
  EXPECT_EQ(again.Raise(Moved(Severity::kInfo, "v9"), 2).number, 2u);
}

}  // namespace
}  // namespace tallystick::drift
