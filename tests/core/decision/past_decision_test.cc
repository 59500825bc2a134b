// SPDX-License-Identifier: Apache-2.0
// The decisions of two example alliances, by their dates.
#include "core/decision/past_decision.h"

#include <functional>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/status_matchers.h"

namespace tallystick::decision {
namespace {

using ::tallystick::testing::IsOk;
using ::testing::HasSubstr;

expectation::Date Day(int month, int day) { return {2025, month, day}; }

const expectation::Date kToday = Day(7, 1);

std::string Content() {
  v1::DecisionContent content;
  content.set_type("commercial_terms");
  content.set_title("Terms");
  return content.SerializeAsString();
}

PastDecision Offer(int month, int day) {
  return {.reference = "D1",
          .content = Content(),
          .proposed_by = v1::PARTY_A,
          .proposed_on = Day(month, day)};
}

TEST(PastStatusTest, AcceptedInTimeIsInForceFromTheAcceptance) {
  PastDecision past = Offer(1, 6);
  past.accepted_on = Day(1, 15);
  EXPECT_EQ(StatusOn(past, Day(1, 14)), PastStatus::kProposed);
  EXPECT_EQ(StatusOn(past, Day(1, 15)), PastStatus::kInForce);
  EXPECT_EQ(AgreedOn(past, kToday), Day(1, 15));
  EXPECT_EQ(AgreedOn(past, Day(1, 14)), std::nullopt);
}

TEST(PastStatusTest, WithoutAnAnswerItExpiresTheDayAfterTheLimit) {
  PastDecision past = Offer(4, 15);
  past.respond_by_on = Day(4, 29);
  EXPECT_EQ(StatusOn(past, Day(4, 29)), PastStatus::kProposed);
  EXPECT_EQ(StatusOn(past, Day(4, 30)), PastStatus::kExpired);
}

TEST(PastStatusTest, WithoutAnAnswerOrLimitItStaysProposed) {
  EXPECT_EQ(StatusOn(Offer(4, 15), kToday), PastStatus::kProposed);
}

TEST(PastStatusTest, ARevocationReceivedBeforeTheAcceptanceEndsTheOffer) {
  PastDecision past = Offer(5, 5);
  past.revoked_on = Day(5, 8);
  past.revocation_received_on = Day(5, 8);
  past.accepted_on = Day(5, 9);
  EXPECT_EQ(StatusOn(past, kToday), PastStatus::kRevokedBeforeAcceptance);
  EXPECT_EQ(AgreedOn(past, kToday), std::nullopt);
}

TEST(PastStatusTest, ARevocationReceivedOnTheDayOfTheAcceptanceAgreesNothing) {
  PastDecision past = Offer(5, 5);
  past.revoked_on = Day(5, 8);
  past.revocation_received_on = past.accepted_on = Day(5, 9);
  EXPECT_EQ(StatusOn(past, kToday), PastStatus::kRevokedBeforeAcceptance);
}

TEST(PastStatusTest, ARevocationReceivedAfterTheAcceptanceWasSentIsTooLate) {
  PastDecision past = Offer(4, 7);
  past.revoked_on = Day(4, 15);
  past.accepted_on = Day(4, 16);
  past.acceptance_received_on = Day(4, 17);
  past.revocation_received_on = Day(4, 18);
  EXPECT_EQ(StatusOn(past, kToday), PastStatus::kInForce);
  EXPECT_EQ(AgreedOn(past, kToday), Day(4, 16));
}

TEST(PastStatusTest, ALateAcceptanceIsANewOfferUntilItIsConfirmed) {
  PastDecision past = Offer(3, 3);
  past.respond_by_on = Day(3, 31);
  past.accepted_on = Day(4, 7);
  EXPECT_EQ(StatusOn(past, Day(4, 1)), PastStatus::kExpired);
  EXPECT_EQ(StatusOn(past, kToday), PastStatus::kLateAcceptance);
  past.confirmed_on = Day(4, 10);
  EXPECT_EQ(StatusOn(past, Day(4, 9)), PastStatus::kLateAcceptance);
  EXPECT_EQ(StatusOn(past, kToday), PastStatus::kInForce);
  EXPECT_EQ(AgreedOn(past, kToday), Day(4, 10));
}

TEST(PastStatusTest, TheAcceptanceOfACounterIsInForceAndTheCounterIsTheOffer) {
  PastDecision past = Offer(2, 3);
  past.countered_on = Day(2, 10);
  past.accepted_on = Day(2, 14);
  EXPECT_EQ(StatusOn(past, kToday), PastStatus::kInForce);
  EXPECT_EQ(OffererOf(past), v1::PARTY_B);
}

TEST(PastStatusTest, ARejectionEndsTheOffer) {
  PastDecision past = Offer(2, 3);
  past.rejected_on = Day(2, 10);
  EXPECT_EQ(StatusOn(past, kToday), PastStatus::kRejected);
  past.accepted_on = Day(2, 14);
  EXPECT_EQ(StatusOn(past, kToday), PastStatus::kRejected);
}

TEST(PastDecisionTest, ReadsBackAsItWasWritten) {
  PastDecision past = Offer(1, 1);
  past.countered_on = Day(1, 2);
  past.respond_by_on = Day(1, 9);
  past.accepted_on = Day(1, 3);
  past.acceptance_received_on = Day(1, 4);
  past.revoked_on = Day(1, 5);
  past.revocation_received_on = Day(1, 6);
  past.rejected_on = Day(1, 7);
  past.confirmed_on = Day(1, 8);
  past.done_on = Day(2, 1);
  past.note = "as agreed\non the phone";
  const auto read = ReadPastDecision(PastDecisionToProto(past));
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(*read, past);
  EXPECT_EQ(LatestDay(past), Day(2, 1));
}

TEST(PastDecisionTest, TheSameIsToldByTermsAndDatesButNotByNoteOrCompletion) {
  const PastDecision past = Offer(1, 1);
  PastDecision other = past;
  other.note = "otherwise remembered";
  other.done_on = Day(2, 1);
  EXPECT_TRUE(TellTheSame(past, other));
  other.accepted_on = Day(1, 2);
  EXPECT_FALSE(TellTheSame(past, other));
  other = past;
  other.content += "x";
  EXPECT_FALSE(TellTheSame(past, other));
}

TEST(PastDecisionTest, AReferenceIsNeverTheIdOfASignedDecision) {
  EXPECT_TRUE(IsPastReference("D1"));
  EXPECT_TRUE(IsPastReference("terms"));
  EXPECT_TRUE(IsPastReference("d-7a"));
  for (const char* reference : {"", "7", "d-7", "d-", "a b", "a/b", "ä"}) {
    EXPECT_FALSE(IsPastReference(reference)) << reference;
  }
}

struct Impossible {
  std::function<void(PastDecision&)> spoil;
  std::string says;
};

TEST(PastDecisionTest, DatesThatCannotBothBeAreRefusedByName) {
  const Impossible kCases[] = {
      {[](PastDecision& p) { p.accepted_on = Day(1, 5); },
       "accepted on 2025-01-05, before offered on 2025-01-06"},
      {[](PastDecision& p) {
         p.countered_on = Day(1, 10);
         p.accepted_on = Day(1, 9);
       },
       "before offered on 2025-01-10"},
      {[](PastDecision& p) { p.countered_on = Day(1, 5); }, "countered"},
      {[](PastDecision& p) { p.respond_by_on = Day(1, 5); }, "limit"},
      {[](PastDecision& p) { p.revoked_on = Day(1, 5); }, "revoked"},
      {[](PastDecision& p) { p.rejected_on = Day(1, 5); }, "rejected"},
      {[](PastDecision& p) { p.acceptance_received_on = Day(2, 1); },
       "not said when it was accepted"},
      {[](PastDecision& p) { p.revocation_received_on = Day(2, 1); },
       "not said when it was revoked"},
      {[](PastDecision& p) { p.confirmed_on = Day(2, 1); },
       "not said when it was accepted"}};
  for (const Impossible& impossible : kCases) {
    PastDecision past = Offer(1, 6);
    impossible.spoil(past);
    const auto read = ReadPastDecision(PastDecisionToProto(past));
    ASSERT_FALSE(read.ok()) << impossible.says;
    EXPECT_THAT(std::string(read.status().message()),
                HasSubstr(impossible.says));
  }
}

TEST(PastDecisionTest, WhatIsNoOfferIsRefused) {
  const PastDecision past = Offer(1, 6);
  v1::PastDecision message = PastDecisionToProto(past);
  message.set_content("");
  EXPECT_FALSE(ReadPastDecision(message).ok());
  message = PastDecisionToProto(past);
  message.clear_proposed_by();
  EXPECT_FALSE(ReadPastDecision(message).ok());
  message = PastDecisionToProto(past);
  message.clear_proposed_on();
  EXPECT_FALSE(ReadPastDecision(message).ok());
  message = PastDecisionToProto(past);
  message.set_note("\x1b[2J");
  EXPECT_FALSE(ReadPastDecision(message).ok());
  v1::DecisionContent limited;
  limited.ParseFromString(past.content);
  limited.set_respond_by_us(1);
  message = PastDecisionToProto(past);
  message.set_content(limited.SerializeAsString());
  EXPECT_FALSE(ReadPastDecision(message).ok());
}

}  // namespace
}  // namespace tallystick::decision
