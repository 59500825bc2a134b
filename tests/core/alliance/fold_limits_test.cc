// SPDX-License-Identifier: Apache-2.0
// What one party can make a state hold is bounded, by what it has written
// itself and not by what has arrived.
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/core/alliance/two_companies.h"

namespace tallystick::alliance {
namespace {

// A has proposed.
class FoldLimitsTest : public TwoCompanies {
 protected:
  void SetUp() override {
    Meet();
    ASSERT_EQ(Say(kA, sim::Proposal(kUid, "Plan", "innovative")), "");
  }
  // Another revision in the place of the newest.
  std::string Counter(v1::Party party, const std::string& title) {
    const decision::Revision& standing =
        *Decision().Find(decision::Evaluate(Decision(), 0).current);
    return Say(party, sim::Counter(Decision(), standing, title, "innovative"));
  }
  // Says no without a signature, which costs a hostile partner least.
  std::string Reject(v1::Party party) {
    v1::Body body = Verdict(party, v1::Verdict::REJECT);
    body.mutable_verdict()->clear_text();
    body.mutable_verdict()->clear_signature();
    return Say(party, body);
  }
};

TEST_F(FoldLimitsTest, APartyOffersFiftyRevisionsOfADecision) {
  for (int i = 1; i < 50; ++i) {
    ASSERT_EQ(Counter(kA, absl::StrCat("Plan ", i)), "");
  }
  EXPECT_EQ(Counter(kA, "One more"), "too_many");
  EXPECT_EQ(Decision().revisions.size(), 50u);
}

TEST_F(FoldLimitsTest, WhatOnePartyHasOfferedTakesNothingFromTheOther) {
  for (int i = 1; i < 50; ++i) {
    ASSERT_EQ(Counter(kA, absl::StrCat("Plan ", i)), "");
  }
  for (int i = 0; i < 50; ++i) {
    ASSERT_EQ(Counter(kB, absl::StrCat("Counter ", i)), "");
  }
  EXPECT_EQ(Counter(kB, "One more"), "too_many");
}

TEST_F(FoldLimitsTest, APartyGivesAHundredVerdictsOnADecision) {
  ASSERT_EQ(Reject(kB), "");
  for (int i = 1; i < 100; ++i) ASSERT_EQ(Reject(kB), "revision_ended");
  EXPECT_EQ(Reject(kB), "too_many");
  EXPECT_EQ(Decision().verdicts.size(), 100u);
  EXPECT_EQ(Say(kA, Verdict(kA, v1::Verdict::APPROVE)), "revision_ended");
}

// So they need no limit of their own.
TEST_F(FoldLimitsTest, APartyWithdrawsEachOfItsRevisionsOnce) {
  ASSERT_EQ(Say(kA, sim::Withdrawal(Decision(), Decision().revisions[0])), "");
  EXPECT_EQ(Say(kA, sim::Withdrawal(Decision(), Decision().revisions[0])),
            "revision_ended");
  EXPECT_EQ(Say(kB, sim::Withdrawal(Decision(), Decision().revisions[0])),
            "revision_ended");
  EXPECT_EQ(Decision().withdrawals.size(), 1u);
}

TEST_F(FoldLimitsTest, OfEntriesWithoutEffectTheNewestAreListedAndAllCounted) {
  for (int i = 0; i < 1500; ++i)
    ASSERT_EQ(Say(kB, v1::Body()), "unknown_statement");
  EXPECT_EQ(state_.set_aside_count(kB), 1500u);
  ASSERT_EQ(state_.set_aside(kB).size(), 1000u);
  EXPECT_EQ(state_.set_aside(kB).back().index, state_.size(kB) - 1);
  EXPECT_EQ(state_.set_aside(kB).front().index, state_.size(kB) - 1000);
  EXPECT_EQ(state_.set_aside_count(kA), 0u);
  EXPECT_EQ(state_.WhySetAside(kB, state_.size(kB) - 1), "unknown_statement");
  EXPECT_EQ(state_.WhySetAside(kB, state_.size(kB) - 1000),
            "unknown_statement");
  // An entry that counts, but nobody can tell any more.
  EXPECT_EQ(state_.WhySetAside(kB, 0), "not_listed");
  EXPECT_EQ(state_.WhySetAside(kA, 0), "");
  ASSERT_EQ(Say(kB, sim::Stance("frame/spectrum-position", "identity")), "");
  EXPECT_EQ(state_.WhySetAside(kB, state_.size(kB) - 1), "");
}

TEST_F(FoldLimitsTest, TheDigestKnowsEveryEntryWithoutEffectAtTheCostOfOne) {
  // The same but for one entry, which is on neither list any more.
  AllianceState other = state_;
  EXPECT_EQ(Say(kB, v1::Body()), "unknown_statement");
  v1::Body unknown_topic = sim::Stance("no/such", "topic");
  std::swap(state_, other);
  EXPECT_EQ(Say(kB, unknown_topic), "unknown_topic");
  for (AllianceState* state : {&state_, &other}) {
    std::swap(state_, *state);
    for (int i = 0; i < 1000; ++i)
      ASSERT_EQ(Say(kB, v1::Body()), "unknown_statement");
    std::swap(state_, *state);
  }
  EXPECT_NE(state_.StateDigest(), other.StateDigest());
  ASSERT_EQ(Say(kB, v1::Body()), "unknown_statement");
  const uint64_t before = state_.items_digested();
  state_.StateDigest();
  EXPECT_EQ(state_.items_digested() - before, 1u);
}

TEST_F(FoldLimitsTest, WhatHasNoEffectTakesNoRoomInASnapshot) {
  const auto size_after = [&](int entries) {
    for (int i = 0; i < entries; ++i) Say(kB, v1::Body());
    return state_.Snapshot().size();
  };
  const size_t full = size_after(1000);
  EXPECT_EQ(size_after(3000), full);
}

TEST_F(FoldLimitsTest, WhoWritesTooMuchIsToldSo) {
  for (int i = 1; i < 50; ++i) {
    ASSERT_EQ(Counter(kA, absl::StrCat("Plan ", i)), "");
  }
  const decision::Revision& standing =
      *Decision().Find(decision::Evaluate(Decision(), 0).current);
  const absl::Status refused =
      state_
          .FoldOrRefuse(
              kA, {.partner_size = 1, .time_us = kNowUs},
              sim::Counter(Decision(), standing, "One more", "innovative")
                  .SerializeAsString())
          .status();
  EXPECT_THAT(std::string(refused.message()),
              ::testing::HasSubstr("at most 50 revisions"));
}

}  // namespace
}  // namespace tallystick::alliance
