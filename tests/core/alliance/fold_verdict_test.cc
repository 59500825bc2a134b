// SPDX-License-Identifier: Apache-2.0
// Whose word counts: signatures, texts and the roster at the place in the log.
#include "tests/core/alliance/two_companies.h"

namespace tallystick::alliance {
namespace {

using sim::CompanyOf;

// A has proposed.
class FoldVerdictTest : public TwoCompanies {
 protected:
  void SetUp() override {
    Meet();
    ASSERT_EQ(Say(kA, sim::Proposal(kUid, "Plan", "innovative")), "");
  }
  v1::Body Approval(v1::Party party, size_t person = 0) const {
    return Verdict(party, v1::Verdict::APPROVE, person);
  }
  decision::State Outcome() const {
    return decision::Evaluate(Decision(), 0).state;
  }
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
