// SPDX-License-Identifier: Apache-2.0
// What holds on a topic when approvals cross.
#include <string>
#include <utility>

#include "absl/strings/str_format.h"
#include "gmock/gmock.h"
#include "tests/core/alliance/two_companies.h"
#include "tests/status_matchers.h"

namespace tallystick::alliance {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr int64_t kLimitUs = kNowUs + 1000;

class FoldCharterTest : public TwoCompanies {
 protected:
  void SetUp() override { Meet(); }

  static std::string Uid(int number) {
    return absl::StrFormat("%016d", number);
  }
  static sim::Person const& Chief(v1::Party party) {
    return sim::CompanyOf(party).people[0];
  }

  v1::Body Approval(v1::Party party, const std::string& uid) const {
    const decision::Decision& decision = *state_.FindDecision(kA, uid);
    return sim::Verdict(sim::CompanyOf(party), Chief(party), state_, decision,
                        decision.revisions[0], v1::Verdict::APPROVE);
  }
  void Ratify(const std::string& uid, const std::string& position) {
    ASSERT_EQ(Say(kA, sim::Proposal(uid, "Plan", position)), "");
    ASSERT_EQ(Say(kA, Approval(kA, uid)), "");
    ASSERT_EQ(Say(kB, Approval(kB, uid)), "");
  }
  // A late approval of kUid by somebody who had seen so much of the other log.
  Touched ApproveLate(v1::Party party, uint64_t seen) {
    const auto touched =
        state_.Fold(party, {.partner_size = seen, .time_us = kLimitUs + 1},
                    Approval(party, kUid).SerializeAsString());
    EXPECT_THAT(touched, testing::IsOk());
    EXPECT_EQ(touched->set_aside, "");
    return *touched;
  }
  std::string Agreed() const {
    const auto term = state_.charter().find(
        {"frame/spectrum-position", v1::PARTY_UNSPECIFIED});
    return term == state_.charter().end()
               ? ""
               : term->second.value.As<expectation::Option>()->text;
  }
};

// Two late approvals crossed two others: first one pair is known to bind, then
// another that is earlier.
TEST_F(FoldCharterTest, AnotherPairOfApprovalsThatBindsLooksAtNoOtherDecision) {
  for (int i = 0; i < 20; ++i) Ratify(Uid(i), "identity");
  ASSERT_EQ(Say(kA, sim::Proposal(kUid, "Plan", "innovative", kLimitUs)), "");
  const uint64_t a = state_.size(kA);
  const uint64_t b = state_.size(kB);
  EXPECT_THAT(ApproveLate(kA, b).charter, IsEmpty());
  EXPECT_THAT(ApproveLate(kB, a).charter, IsEmpty());
  for (int i = 0; i < 5; ++i) {
    ASSERT_EQ(Say(kB, sim::Stance("frame/spectrum-position", "identity"), "",
                  kLimitUs + 1),
              "");
  }
  EXPECT_THAT(ApproveLate(kB, a + 1).charter, SizeIs(1));
  EXPECT_EQ(Agreed(), "innovative");
  const decision::RatificationKey first =
      *decision::Evaluate(Decision(), 0).ratified;
  EXPECT_THAT(ApproveLate(kA, b + 1).charter, SizeIs(1));
  EXPECT_LT(*decision::Evaluate(Decision(), 0).ratified, first);
  EXPECT_EQ(Agreed(), "innovative");
  EXPECT_EQ(state_.charter().begin()->second.key,
            *decision::Evaluate(Decision(), 0).ratified);
}

TEST_F(FoldCharterTest, AnOlderAgreementThatBecomesKnownAfterARestartIsOlder) {
  const std::string newer(16, 'n');
  ASSERT_EQ(Say(kA, sim::Proposal(kUid, "Plan", "innovative")), "");
  ASSERT_EQ(Say(kB, sim::Proposal(newer, "Plan", "identity")), "");
  const auto approve = [&](v1::Party party, const decision::Decision& decision,
                           uint64_t seen) {
    const v1::Body body =
        sim::Verdict(sim::CompanyOf(party), Chief(party), state_, decision,
                     decision.revisions[0], v1::Verdict::APPROVE);
    const auto touched =
        state_.Fold(party, {.partner_size = seen, .time_us = kNowUs},
                    body.SerializeAsString());
    EXPECT_THAT(touched, testing::IsOk());
    EXPECT_EQ(touched->set_aside, "");
  };
  approve(kA, Decision(), state_.size(kB));
  const uint64_t seen_by_b = state_.size(kA);
  approve(kB, *state_.FindDecision(kB, newer), seen_by_b);
  for (int i = 0; i < 10; ++i) {
    ASSERT_EQ(Say(kA, sim::Stance("frame/spectrum-position", "identity")), "");
  }
  approve(kA, *state_.FindDecision(kB, newer), state_.size(kB));
  ASSERT_EQ(Agreed(), "identity");
  auto restored = AllianceState::FromSnapshot(state_.Snapshot(),
                                              expectation::BuiltInCatalogue());
  ASSERT_THAT(restored, testing::IsOk());
  state_ = *std::move(restored);
  approve(kB, Decision(), seen_by_b);
  EXPECT_EQ(decision::Evaluate(Decision(), 0).state,
            decision::State::kRatified);
  EXPECT_EQ(Agreed(), "identity");
}

}  // namespace
}  // namespace tallystick::alliance
