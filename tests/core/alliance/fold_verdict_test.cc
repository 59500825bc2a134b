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

// A rejection may go without a signature; then it must not look as if it had
// one, nor as if somebody had spoken who cannot.
class FoldUnsignedRejectionTest : public FoldVerdictTest {
 protected:
  static v1::Body Rejection(const decision::Decision& decision,
                            const std::string& person) {
    v1::Body body;
    v1::Verdict& verdict = *body.mutable_verdict();
    verdict.mutable_decision()->set_party(decision.party);
    verdict.mutable_decision()->set_uid(decision.uid);
    verdict.set_content_hash(
        std::string(evidence::AsBytes(decision.revisions[0].hash)));
    verdict.set_kind(v1::Verdict::REJECT);
    verdict.set_person(person);
    verdict.set_reason("Too dear");
    return body;
  }
};

TEST_F(FoldUnsignedRejectionTest, OfSomeoneOnTheRosterCounts) {
  EXPECT_EQ(Say(kB, Rejection(Decision(), CompanyOf(kB).people[0].id)), "");
  EXPECT_EQ(Outcome(), decision::State::kRejected);
}

TEST_F(FoldUnsignedRejectionTest, OfTheCompanyItselfCounts) {
  EXPECT_EQ(Say(kB, Rejection(Decision(), "")), "");
  EXPECT_EQ(Outcome(), decision::State::kRejected);
}

TEST_F(FoldUnsignedRejectionTest, HoldsNoTextThatNobodySigned) {
  v1::Body body = Rejection(Decision(), CompanyOf(kB).people[0].id);
  body.mutable_verdict()->set_text("verdict: approve\n");
  EXPECT_EQ(Say(kB, body), "text_mismatch");
  EXPECT_TRUE(Decision().verdicts.empty());
}

TEST_F(FoldUnsignedRejectionTest, NamesNobodyWhoIsNotOnTheRosterOfItsLog) {
  for (const std::string& person :
       {CompanyOf(kB).people[1].id, CompanyOf(kA).people[0].id,
        std::string("a\nb"), std::string(50'000, 'x')}) {
    EXPECT_EQ(Say(kB, Rejection(Decision(), person)), "unknown_person");
  }
  EXPECT_TRUE(Decision().verdicts.empty());
}

TEST_F(FoldUnsignedRejectionTest, WithASignatureIsCheckedLikeAnApproval) {
  v1::Body body = Verdict(kB, v1::Verdict::REJECT);
  body.mutable_verdict()->mutable_text()->append("and more\n");
  EXPECT_EQ(Say(kB, body), "text_mismatch");
  EXPECT_EQ(Say(kB, Verdict(kB, v1::Verdict::REJECT)), "");
  EXPECT_EQ(Outcome(), decision::State::kRejected);
}

}  // namespace
}  // namespace tallystick::alliance
