// SPDX-License-Identifier: Apache-2.0
#include "core/record/acknowledgement.h"

#include "gtest/gtest.h"

namespace tallystick::record {
namespace {

// measures.md b.3.
TEST(AcknowledgementTest, GivesTheWorkedExample) {
  AcknowledgementTally tally;
  tally.Add(Answered::kYes, 40, 32);
  EXPECT_DOUBLE_EQ(*tally.Gap(), 0.20);
}

// measures.md b.3.
TEST(AcknowledgementTest, AClaimIsPendingForFourteenDays) {
  EXPECT_EQ(AnsweredBy(false, 14), Answered::kPending);
  EXPECT_EQ(AnsweredBy(false, 15), Answered::kUnacknowledged);
  EXPECT_EQ(AnsweredBy(true, 15), Answered::kYes);
}

// measures.md b.3.
TEST(AcknowledgementTest, WhatIsNotAnsweredNeverCountsAsZero) {
  AcknowledgementTally tally;
  tally.Add(Answered::kPending, 1000, 0);
  tally.Add(Answered::kUnacknowledged, 1000, 0);
  EXPECT_FALSE(tally.Gap());
  tally.Add(Answered::kYes, 40, 32);
  EXPECT_DOUBLE_EQ(*tally.Gap(), 0.20);
  EXPECT_EQ(tally.pending, 1);
  EXPECT_EQ(tally.unacknowledged, 1);
}

TEST(AcknowledgementTest, TheReceiverMayAcknowledgeMore) {
  AcknowledgementTally tally;
  tally.Add(Answered::kYes, 40, 50);
  EXPECT_DOUBLE_EQ(*tally.Gap(), -0.25);
}

}  // namespace
}  // namespace tallystick::record
