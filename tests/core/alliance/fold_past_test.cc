// SPDX-License-Identifier: Apache-2.0
// What the logs tell of decisions that were taken before, and of what is done.
#include <string>

#include "gmock/gmock.h"
#include "tests/core/alliance/two_companies.h"

namespace tallystick::alliance {
namespace {

using expectation::Date;

// The day after that of kNowUs.
const Date kTomorrow = {2026, 9, 22};

decision::PastDecision Past() {
  v1::DecisionContent content;
  content.set_type("roadmap_changes");
  content.set_title("Shelf-life study delivered");
  *content.mutable_due_on() = expectation::DateToProto({2025, 4, 30});
  return {.reference = "D4",
          .content = content.SerializeAsString(),
          .proposed_by = kA,
          .proposed_on = {2025, 2, 3},
          .accepted_on = Date{2025, 2, 10}};
}

v1::Body Telling(const decision::PastDecision& past) {
  v1::Body body;
  *body.mutable_past_decision() = decision::PastDecisionToProto(past);
  return body;
}

v1::Body Done(const std::string& reference, std::optional<Date> day) {
  v1::Body body;
  body.mutable_fulfilment()->set_reference(reference);
  if (day) {
    *body.mutable_fulfilment()->mutable_done_on() =
        expectation::DateToProto(*day);
  }
  return body;
}

class FoldPastTest : public TwoCompanies {
 protected:
  void SetUp() override { Meet(); }

  void RatifyDecision() {
    ASSERT_EQ(Say(kA, sim::Proposal(kUid, "Plan", "cooperative")), "");
    ASSERT_EQ(Say(kA, Verdict(kA, v1::Verdict::APPROVE)), "");
    ASSERT_EQ(Say(kB, Verdict(kB, v1::Verdict::APPROVE)), "");
  }
  static v1::Body DoneDecision(std::optional<Date> day) {
    v1::Body body = Done("", day);
    body.mutable_fulfilment()->mutable_decision()->set_party(kA);
    body.mutable_fulfilment()->mutable_decision()->set_uid(kUid);
    return body;
  }
};

TEST_F(FoldPastTest, WhatOnePartyTellsIsNotAcknowledged) {
  ASSERT_EQ(Say(kA, Telling(Past())), "");
  const PastTelling* told = state_.FindPast(kA, "D4");
  ASSERT_NE(told, nullptr);
  EXPECT_EQ(told->past, Past());
  EXPECT_FALSE(state_.IsAcknowledged(*told));
  EXPECT_EQ(state_.FindPast(kB, "D4"), nullptr);
}

TEST_F(FoldPastTest, WhatBothTellAlikeIs) {
  ASSERT_EQ(Say(kA, Telling(Past())), "");
  decision::PastDecision other = Past();
  other.note = "remembered otherwise";
  ASSERT_EQ(Say(kB, Telling(other)), "");
  EXPECT_TRUE(state_.IsAcknowledged(*state_.FindPast(kA, "D4")));
  EXPECT_TRUE(state_.IsAcknowledged(*state_.FindPast(kB, "D4")));
}

TEST_F(FoldPastTest, WhatBothTellOtherwiseIsNot) {
  ASSERT_EQ(Say(kA, Telling(Past())), "");
  decision::PastDecision other = Past();
  other.accepted_on = Date{2025, 2, 11};
  ASSERT_EQ(Say(kB, Telling(other)), "");
  EXPECT_FALSE(state_.IsAcknowledged(*state_.FindPast(kA, "D4")));
}

TEST_F(FoldPastTest, WhatIsToldLaterOfAReferenceReplacesWhatWasTold) {
  decision::PastDecision first = Past();
  first.accepted_on.reset();
  ASSERT_EQ(Say(kA, Telling(first)), "");
  ASSERT_EQ(Say(kA, Telling(Past())), "");
  EXPECT_EQ(state_.past(kA).size(), 1u);
  EXPECT_EQ(state_.FindPast(kA, "D4")->past, Past());
}

TEST_F(FoldPastTest, IsNeverAmongTheSignedDecisions) {
  ASSERT_EQ(Say(kA, Telling(Past())), "");
  ASSERT_EQ(Say(kB, Telling(Past())), "");
  EXPECT_TRUE(state_.decisions(kA).empty());
  EXPECT_TRUE(state_.decisions(kB).empty());
  EXPECT_TRUE(state_.ratified_terms().empty());
}

TEST_F(FoldPastTest, ADayThatHasNotComeSetsItAside) {
  decision::PastDecision past = Past();
  past.done_on = kTomorrow;
  EXPECT_EQ(Say(kA, Telling(past)), "bad_date");
  EXPECT_TRUE(state_.past(kA).empty());
}

TEST_F(FoldPastTest, DatesThatCannotBothBeSetItAside) {
  decision::PastDecision past = Past();
  past.accepted_on = Date{2025, 2, 2};
  EXPECT_EQ(Say(kA, Telling(past)), "bad_terms");
}

TEST_F(FoldPastTest, TermsThatNoProposalMayHaveSetItAside) {
  decision::PastDecision past = Past();
  v1::DecisionContent content;
  content.ParseFromString(past.content);
  content.set_stage("nowhere");
  past.content = content.SerializeAsString();
  EXPECT_EQ(Say(kA, Telling(past)), "bad_terms");
}

TEST_F(FoldPastTest, AReportAsOfADayKnowsWhatHadBeenProposedByThen) {
  const std::string body = Telling(Past()).SerializeAsString();
  const ledger::Leaf leaf = {.time_us = kNowUs};
  for (const bool known : {false, true}) {
    AllianceState state(std::string(sim::kAllianceUid),
                        expectation::BuiltInCatalogue());
    state.LimitTo(known ? Date{2025, 2, 3} : Date{2025, 2, 2});
    ASSERT_TRUE(state.Fold(kA, leaf, body).ok());
    EXPECT_EQ(state.FindPast(kA, "D4") != nullptr, known);
  }
}

TEST_F(FoldPastTest, APastDecisionIsDoneWhenThePartySaysSo) {
  EXPECT_EQ(Say(kA, Done("D4", Date{2025, 7, 1})), "unknown_decision");
  ASSERT_EQ(Say(kA, Telling(Past())), "");
  EXPECT_EQ(Say(kB, Done("D4", Date{2025, 7, 1})), "unknown_decision");
  EXPECT_EQ(Say(kA, Done("D4", Date{2025, 7, 1})), "");
  EXPECT_EQ(state_.FindPast(kA, "D4")->fulfilment->done_on, (Date{2025, 7, 1}));
  EXPECT_EQ(Say(kA, Done("D4", std::nullopt)), "");
  EXPECT_EQ(state_.FindPast(kA, "D4")->fulfilment->done_on, std::nullopt);
}

TEST_F(FoldPastTest, ASignedDecisionIsDoneOnTheEarliestDayThatIsSaid) {
  ASSERT_EQ(Say(kA, sim::Proposal(kUid, "Plan", "cooperative")), "");
  EXPECT_EQ(Say(kA, DoneDecision(Date{2026, 9, 1})), "not_ratified");
  ASSERT_EQ(Say(kA, Verdict(kA, v1::Verdict::APPROVE)), "");
  ASSERT_EQ(Say(kB, Verdict(kB, v1::Verdict::APPROVE)), "");
  EXPECT_EQ(decision::DoneOn(Decision().fulfilments), std::nullopt);
  EXPECT_EQ(Say(kA, DoneDecision(Date{2026, 9, 20})), "");
  EXPECT_EQ(Say(kB, DoneDecision(Date{2026, 9, 1})), "");
  EXPECT_EQ(decision::DoneOn(Decision().fulfilments), (Date{2026, 9, 1}));
  EXPECT_EQ(Say(kB, DoneDecision(std::nullopt)), "");
  EXPECT_EQ(decision::DoneOn(Decision().fulfilments), (Date{2026, 9, 20}));
  EXPECT_EQ(Decision().fulfilments.size(), 2u);
}

TEST_F(FoldPastTest, NothingIsDoneOnADayThatHasNotCome) {
  RatifyDecision();
  EXPECT_EQ(Say(kA, DoneDecision(kTomorrow)), "bad_date");
}

TEST_F(FoldPastTest, AFulfilmentOfNothingIsSetAside) {
  v1::Body body;
  body.mutable_fulfilment()->set_note("done");
  EXPECT_EQ(Say(kA, body), "bad_statement");
}

TEST_F(FoldPastTest, IsInDigestAndSnapshot) {
  const evidence::Digest before = state_.StateDigest();
  ASSERT_EQ(Say(kA, Telling(Past())), "");
  const evidence::Digest told = state_.StateDigest();
  EXPECT_NE(told, before);
  ASSERT_EQ(Say(kA, Done("D4", Date{2025, 7, 1})), "");
  EXPECT_NE(state_.StateDigest(), told);
  auto restored = AllianceState::FromSnapshot(state_.Snapshot(),
                                              expectation::BuiltInCatalogue());
  ASSERT_TRUE(restored.ok());
  EXPECT_EQ(restored->StateDigest(), state_.StateDigest());
  EXPECT_EQ(restored->FindPast(kA, "D4")->past, Past());
}

}  // namespace
}  // namespace tallystick::alliance
