// SPDX-License-Identifier: Apache-2.0
// The rules of offer and acceptance, one test each.
#include "core/decision/decision.h"

#include <cstdint>
#include <string>

#include "core/decision/content.h"
#include "core/decision/overtaken.h"
#include "core/evidence/refusal.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tallystick::decision {
namespace {

using evidence::Digest;
using ledger::Position;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr v1::Party kA = v1::PARTY_A;
constexpr v1::Party kB = v1::PARTY_B;

// A decision that A opened with the first entry of its log. `index` and `seen`
// say where a statement stands and how much of the other log its author saw.
class DecisionTest : public ::testing::Test {
 protected:
  DecisionTest() {
    decision_.party = kA;
    decision_.uid = "uid";
    Offer(At(kA, 0, 0), "first", std::nullopt);
  }

  static Position At(v1::Party party, uint64_t index, uint64_t seen,
                     int64_t time_us = 100) {
    return {.party = party,
            .index = index,
            .partner_size = seen,
            .time_us = time_us};
  }
  static Digest Hash(const std::string& terms) { return ContentHash(terms); }

  void Offer(const Position& at, const std::string& terms,
             std::optional<std::string> replaces, int64_t limit_us = 0) {
    InsertByPosition(
        decision_.revisions,
        Revision{.at = at,
                 .content = terms,
                 .hash = Hash(terms),
                 .replaces =
                     replaces ? std::optional(Hash(*replaces)) : std::nullopt,
                 .respond_by_us = limit_us});
  }
  // These return why the statement does not count; empty: it does.
  std::string Counter(const Position& at, const std::string& replaces,
                      const std::string& terms) {
    const absl::Status allowed =
        CheckCounter(decision_, at, Hash(replaces), Hash(terms));
    if (allowed.ok()) Offer(at, terms, replaces);
    return evidence::ReasonOf(allowed);
  }
  std::string Judge(const Position& at, const std::string& terms,
                    v1::Verdict::Kind kind) {
    const absl::Status allowed = CheckVerdict(decision_, at, Hash(terms), kind);
    const Revision* revision = decision_.Find(Hash(terms));
    const int64_t limit = revision == nullptr ? 0 : revision->respond_by_us;
    InsertByPosition(decision_.verdicts,
                     Verdict{.at = at,
                             .content_hash = Hash(terms),
                             .kind = kind,
                             .why_not = evidence::ReasonOf(allowed),
                             .late = limit > 0 && at.time_us > limit});
    return evidence::ReasonOf(allowed);
  }
  std::string Approve(const Position& at, const std::string& terms) {
    return Judge(at, terms, v1::Verdict::APPROVE);
  }
  std::string Reject(const Position& at, const std::string& terms) {
    return Judge(at, terms, v1::Verdict::REJECT);
  }
  std::string Withdraw(const Position& at, const std::string& terms) {
    const absl::Status allowed = CheckWithdrawal(decision_, at, Hash(terms));
    if (allowed.ok()) {
      InsertByPosition(decision_.withdrawals,
                       Withdrawal{.at = at, .content_hash = Hash(terms)});
    }
    return evidence::ReasonOf(allowed);
  }
  State StateNow(int64_t now_us = 0) const {
    return Evaluate(decision_, now_us).state;
  }

  Decision decision_;
};

TEST_F(DecisionTest, ProposingIsNotApproving) {
  EXPECT_EQ(StateNow(), State::kProposed);
  EXPECT_EQ(Approve(At(kB, 0, 1), "first"), "");
  EXPECT_EQ(StateNow(), State::kProposed);
}

TEST_F(DecisionTest, OneApprovalOfEachPartyRatifies) {
  EXPECT_EQ(Approve(At(kA, 1, 0), "first"), "");
  EXPECT_EQ(Approve(At(kB, 0, 1), "first"), "");
  EXPECT_EQ(StateNow(), State::kRatified);
}

TEST_F(DecisionTest, TwoApprovalsOfOnePartyDoNotRatify) {
  EXPECT_EQ(Approve(At(kB, 0, 1), "first"), "");
  EXPECT_EQ(Approve(At(kB, 1, 1), "first"), "");
  EXPECT_EQ(StateNow(), State::kProposed);
}

TEST_F(DecisionTest, ApprovalsOfDifferentRevisionsDoNotRatify) {
  EXPECT_EQ(Approve(At(kA, 1, 0), "first"), "");
  EXPECT_EQ(Counter(At(kB, 0, 1), "first", "second"), "");
  EXPECT_EQ(Approve(At(kB, 1, 1), "second"), "");
  EXPECT_EQ(StateNow(), State::kProposed);
  EXPECT_EQ(Evaluate(decision_, 0).current, Hash("second"));
}

TEST_F(DecisionTest, AnApprovalThatCrossesAWithdrawalCounts) {
  EXPECT_EQ(Approve(At(kA, 1, 0), "first"), "");
  EXPECT_EQ(Withdraw(At(kA, 2, 0), "first"), "");
  // B had seen the offer and A's approval, not the withdrawal.
  EXPECT_EQ(Approve(At(kB, 0, 2), "first"), "");
  EXPECT_EQ(StateNow(), State::kRatified);
}

TEST_F(DecisionTest, AnApprovalWithTheWithdrawalInViewDoesNotCount) {
  EXPECT_EQ(Approve(At(kA, 1, 0), "first"), "");
  EXPECT_EQ(Withdraw(At(kA, 2, 0), "first"), "");
  EXPECT_EQ(Approve(At(kB, 0, 3), "first"), "revision_ended");
  EXPECT_EQ(StateNow(), State::kWithdrawn);
}

TEST_F(DecisionTest, AnApprovalThatCrossesACounterCounts) {
  EXPECT_EQ(Approve(At(kB, 0, 1), "first"), "");
  EXPECT_EQ(Counter(At(kA, 1, 0), "first", "second"), "");
  EXPECT_EQ(Approve(At(kA, 2, 0), "first"), "revision_ended");
  EXPECT_EQ(StateNow(), State::kProposed);
}

TEST_F(DecisionTest, WhatAnApprovalOvertookIsNamed) {
  EXPECT_EQ(Approve(At(kA, 1, 0), "first"), "");
  EXPECT_EQ(Withdraw(At(kA, 2, 0), "first"), "");
  EXPECT_THAT(FindOvertaken(decision_, Evaluate(decision_, 0)), IsEmpty());
  EXPECT_EQ(Approve(At(kB, 0, 2), "first"), "");
  EXPECT_THAT(
      FindOvertaken(decision_, Evaluate(decision_, 0)),
      ElementsAre(Overtaken{Overtaken::Act::kWithdrawal, At(kA, 2, 0)}));
}

TEST_F(DecisionTest, NobodyApprovesWhatTheyHaveCountered) {
  EXPECT_EQ(Counter(At(kB, 0, 1), "first", "second"), "");
  EXPECT_EQ(Approve(At(kB, 1, 1), "first"), "revision_ended");
}

TEST_F(DecisionTest, OfTwoCountersThatCrossThatOfAStands) {
  EXPECT_EQ(Counter(At(kB, 0, 1), "first", "of b"), "");
  EXPECT_EQ(Counter(At(kA, 1, 0), "first", "of a"), "");
  EXPECT_EQ(Evaluate(decision_, 0).current, Hash("of a"));
  // With both in view, that of B cannot be approved any more.
  EXPECT_EQ(Approve(At(kA, 2, 1), "of b"), "revision_ended");
  EXPECT_EQ(Approve(At(kB, 1, 2), "of a"), "");
}

TEST_F(DecisionTest, ARejectionEndsTheOffer) {
  EXPECT_EQ(Reject(At(kB, 0, 1), "first"), "");
  EXPECT_EQ(StateNow(), State::kRejected);
  EXPECT_EQ(Approve(At(kB, 1, 1), "first"), "revision_ended");
  EXPECT_EQ(Approve(At(kA, 1, 1), "first"), "revision_ended");
  EXPECT_EQ(Counter(At(kA, 2, 1), "first", "second"), "revision_ended");
}

TEST_F(DecisionTest, AnOwnOfferIsNotRejected) {
  EXPECT_EQ(Reject(At(kA, 1, 0), "first"), "own_revision");
}

TEST_F(DecisionTest, OnlyWhoOfferedWithdraws) {
  EXPECT_EQ(Withdraw(At(kB, 0, 1), "first"), "not_the_offerer");
}

TEST_F(DecisionTest, WhatWasRatifiedCannotBeUndone) {
  EXPECT_EQ(Approve(At(kA, 1, 0), "first"), "");
  EXPECT_EQ(Approve(At(kB, 0, 2), "first"), "");
  EXPECT_EQ(Withdraw(At(kA, 2, 1), "first"), "already_ratified");
  EXPECT_EQ(Counter(At(kB, 1, 2), "first", "second"), "already_ratified");
  EXPECT_EQ(Reject(At(kB, 2, 2), "first"), "already_ratified");
}

TEST_F(DecisionTest, TermsThatWereNotSeenCannotBeApproved) {
  EXPECT_EQ(Approve(At(kB, 0, 0), "first"), "unknown_revision");
  EXPECT_EQ(Approve(At(kB, 1, 1), "other"), "unknown_revision");
}

TEST_F(DecisionTest, TheSameTermsAreNotOfferedTwice) {
  EXPECT_EQ(Counter(At(kB, 0, 1), "first", "first"), "same_terms");
}

TEST_F(DecisionTest, BothMayOfferTheSameTermsUnknowinglyAndEachMayWithdraw) {
  EXPECT_EQ(Counter(At(kB, 0, 1), "first", "second"), "");
  Offer(At(kA, 1, 0), "second", "first");
  // Written without A's in view, so A's cannot matter.
  EXPECT_EQ(Withdraw(At(kB, 1, 1), "second"), "");
}

TEST_F(DecisionTest, ALimitThatPassesLapsesTheOffer) {
  decision_.revisions[0].respond_by_us = 200;
  EXPECT_EQ(StateNow(200), State::kProposed);
  EXPECT_EQ(StateNow(201), State::kLapsed);
}

TEST_F(DecisionTest, ALateAcceptanceTakesAnApprovalThatHadItInView) {
  decision_.revisions[0].respond_by_us = 200;
  EXPECT_EQ(Approve(At(kA, 1, 0, 150), "first"), "");
  EXPECT_EQ(Approve(At(kB, 0, 2, 201), "first"), "");
  EXPECT_EQ(StateNow(300), State::kLateAcceptance);
  EXPECT_EQ(Approve(At(kA, 2, 1, 300), "first"), "");
  EXPECT_EQ(StateNow(300), State::kRatified);
}

TEST_F(DecisionTest, AnApprovalAtTheLimitIsInTime) {
  decision_.revisions[0].respond_by_us = 200;
  EXPECT_EQ(Approve(At(kA, 1, 0, 150), "first"), "");
  EXPECT_EQ(Approve(At(kB, 0, 2, 200), "first"), "");
  EXPECT_EQ(StateNow(300), State::kRatified);
}

}  // namespace
}  // namespace tallystick::decision
