// SPDX-License-Identifier: Apache-2.0
// Whose word counts: signatures, texts and the roster at the place in the log.
#include <cstdint>
#include <string>

#include "core/alliance/state.h"
#include "core/expectation/catalogue.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/sim/world/company.h"
#include "tests/sim/world/workload.h"
#include "tests/status_matchers.h"

namespace tallystick::alliance {
namespace {

using sim::CompanyOf;

constexpr v1::Party kA = v1::PARTY_A;
constexpr v1::Party kB = v1::PARTY_B;
const std::string kUid(16, 'u');

// A has proposed; both have introduced themselves and their first person.
class FoldVerdictTest : public ::testing::Test {
 protected:
  FoldVerdictTest() {
    for (const v1::Party party : {kA, kB}) {
      Say(party, CompanyOf(party).Opening());
      Say(party, CompanyOf(party).Enrolment(CompanyOf(party).people[0]));
    }
    Say(kA, sim::Proposal(kUid, "Plan", "innovative"));
  }

  // Why it is set aside; empty: it counts.
  std::string Say(v1::Party party, const v1::Body& body) {
    const auto touched =
        state_.Fold(party,
                    {.partner_size = state_.size(ledger::Other(party)),
                     .time_us = 1'790'000'000'000'000},
                    body.SerializeAsString());
    return touched.ok() ? touched->set_aside : "not folded";
  }
  v1::Body Approval(v1::Party party, int person = 0) const {
    const decision::Decision& decision = *state_.FindDecision(kA, kUid);
    const sim::Company& own = CompanyOf(party);
    return sim::Verdict(own, own.people[static_cast<size_t>(person)], state_,
                        decision, decision.revisions[0], v1::Verdict::APPROVE);
  }
  decision::State Outcome() const {
    return decision::Evaluate(*state_.FindDecision(kA, kUid), 0).state;
  }

  AllianceState state_ = AllianceState(std::string(sim::kAllianceUid),
                                       expectation::BuiltInCatalogue());
};

TEST_F(FoldVerdictTest, TwoSignedApprovalsSetTheCharter) {
  EXPECT_EQ(Say(kA, Approval(kA)), "");
  EXPECT_TRUE(state_.charter().empty());
  EXPECT_EQ(Say(kB, Approval(kB)), "");
  EXPECT_EQ(Outcome(), decision::State::kRatified);
  EXPECT_EQ(state_.charter().count(
                {"frame/spectrum-position", v1::PARTY_UNSPECIFIED}),
            1u);
}

TEST_F(FoldVerdictTest, AChangedTextIsRefused) {
  v1::Body approval = Approval(kB);
  approval.mutable_verdict()->mutable_text()->append("and more\n");
  EXPECT_EQ(Say(kB, approval), "text_mismatch");
}

TEST_F(FoldVerdictTest, ASignatureOverAnotherTextIsRefused) {
  v1::Body approval = Approval(kB);
  approval.mutable_verdict()->set_signature(
      CompanyOf(kB).people[0].Sign("something else"));
  EXPECT_EQ(Say(kB, approval), "bad_signature");
}

TEST_F(FoldVerdictTest, ASignatureByAnotherKeyIsRefused) {
  v1::Body approval = Approval(kB);
  approval.mutable_verdict()->set_signature(
      CompanyOf(kB).people[1].Sign(approval.verdict().text()));
  EXPECT_EQ(Say(kB, approval), "unknown_signer");
}

TEST_F(FoldVerdictTest, AnApprovalWithoutASignatureIsRefused) {
  v1::Body approval = Approval(kB);
  approval.mutable_verdict()->clear_signature();
  EXPECT_NE(Say(kB, approval), "");
  EXPECT_EQ(Say(kA, Approval(kA)), "");
  EXPECT_EQ(Outcome(), decision::State::kProposed);
}

TEST_F(FoldVerdictTest, SomeoneWhoIsNotOnTheRosterIsRefused) {
  EXPECT_EQ(Say(kB, Approval(kB, /*person=*/1)), "unknown_person");
}

TEST_F(FoldVerdictTest, SomeoneWhoWasRemovedIsRefusedButEarlierWordsStand) {
  const v1::Body approval = Approval(kB);
  EXPECT_EQ(Say(kB, approval), "");
  v1::Body removal;
  removal.mutable_roster_change()->set_remove(CompanyOf(kB).people[0].id);
  EXPECT_EQ(Say(kB, removal), "");
  EXPECT_EQ(Say(kB, approval), "unknown_person");
  EXPECT_EQ(Say(kA, Approval(kA)), "");
  EXPECT_EQ(Outcome(), decision::State::kRatified);
}

TEST_F(FoldVerdictTest, APersonOfThePartnerCannotApproveInOurLog) {
  EXPECT_EQ(Say(kB, Approval(kA)), "unknown_person");
}

}  // namespace
}  // namespace tallystick::alliance
