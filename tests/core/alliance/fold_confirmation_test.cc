// SPDX-License-Identifier: Apache-2.0
// What a party may say of two texts, and what it comes to.
#include <string>

#include "core/alliance/gap_report.h"
#include "core/expectation/distance.h"
#include "gmock/gmock.h"
#include "tests/core/alliance/two_companies.h"

namespace tallystick::alliance {
namespace {

using expectation::JointState;

constexpr char kTopic[] = "governance/unwind-plan";
constexpr char kOurs[] = "We keep the mark.";
constexpr char kTheirs[] = "The mark stays with Cascadia.";
constexpr char kOther[] = "Everything is sold.";
const expectation::TopicRef kRef = {kTopic, v1::PARTY_UNSPECIFIED};

v1::Body TextOf(const std::string& text,
                v1::Stance::Cell cell = v1::Stance::OWN) {
  v1::Body body;
  body.mutable_stance()->set_topic(kTopic);
  body.mutable_stance()->set_cell(cell);
  body.mutable_stance()->mutable_value()->set_text(text);
  return body;
}

std::string Hash(const std::string& text) {
  const auto digest = expectation::TextHash(text);
  return {digest.begin(), digest.end()};
}

enum class Meaning { kSame, kDiffers };

v1::Body Compared(const std::string& own, const std::string& partner,
                  Meaning meaning = Meaning::kSame) {
  v1::Body body;
  v1::TextConfirmation& said = *body.mutable_text_confirmation();
  said.set_topic(kTopic);
  said.set_own_hash(Hash(own));
  said.set_partner_hash(Hash(partner));
  said.set_same_meaning(meaning == Meaning::kSame);
  return body;
}

v1::Body Declared(const std::string& own, const std::string& prediction,
                  Meaning meaning = Meaning::kSame) {
  v1::Body body = Compared(own, prediction, meaning);
  body.mutable_text_confirmation()->set_of_prediction(true);
  return body;
}

class FoldConfirmationTest : public TwoCompanies {
 protected:
  void SetUp() override {
    Meet();
    ASSERT_EQ(Say(kA, TextOf(kOurs)), "");
    ASSERT_EQ(Say(kB, TextOf(kTheirs)), "");
  }

  GapRow Row(v1::Party party = kA) {
    const GapReport report =
        CompareViews(state_, {.own_party = party,
                              .names = {"cascadia", "meridian"},
                              .on = {2026, 9, 21},
                              .position = std::nullopt,
                              .private_answers = {}});
    EXPECT_EQ(report.rows.size(), 1u);
    return report.rows.front();
  }
};

TEST_F(FoldConfirmationTest, TwoTextsAgreeWhenBothHaveConfirmedThem) {
  EXPECT_EQ(Say(kA, Compared(kOurs, kTheirs)), "");
  EXPECT_EQ(Row().agreement, std::nullopt);
  EXPECT_EQ(Row().verdict_own, true);
  EXPECT_EQ(Row().verdict_partner, std::nullopt);
  EXPECT_EQ(Say(kB, Compared(kTheirs, kOurs)), "");
  EXPECT_EQ(Row().agreement, 0.0);
  EXPECT_EQ(Row(kB).agreement, 0.0);
}

TEST_F(FoldConfirmationTest, OneRejectionIsADistanceOfOne) {
  EXPECT_EQ(Say(kA, Compared(kOurs, kTheirs)), "");
  EXPECT_EQ(Say(kB, Compared(kTheirs, kOurs, Meaning::kDiffers)), "");
  EXPECT_EQ(Row().agreement, 1.0);
}

TEST_F(FoldConfirmationTest, TheNewestWordOfAPartyCounts) {
  EXPECT_EQ(Say(kA, Compared(kOurs, kTheirs, Meaning::kDiffers)), "");
  EXPECT_EQ(Say(kA, Compared(kOurs, kTheirs)), "");
  EXPECT_EQ(Row().verdict_own, true);
}

TEST_F(FoldConfirmationTest, AChangeOfEitherTextMakesAConfirmationVoid) {
  EXPECT_EQ(Say(kA, Compared(kOurs, kTheirs)), "");
  EXPECT_EQ(Say(kB, Compared(kTheirs, kOurs)), "");
  EXPECT_EQ(Say(kB, TextOf(kOther)), "");
  EXPECT_EQ(Row().agreement, std::nullopt);
  EXPECT_EQ(Row().verdict_own, std::nullopt);
  EXPECT_EQ(Row().joint, JointState::kUnconfirmed);
}

TEST_F(FoldConfirmationTest, WithTheDeclarationsOfBothTheTopicIsClassified) {
  EXPECT_EQ(Say(kA, TextOf(kOther, v1::Stance::PREDICTION)), "");
  EXPECT_EQ(Say(kB, TextOf(kOther, v1::Stance::PREDICTION)), "");
  EXPECT_EQ(Say(kA, Declared(kOurs, kOther)), "");
  EXPECT_EQ(Say(kB, Declared(kTheirs, kOther, Meaning::kDiffers)), "");
  EXPECT_EQ(Say(kA, Compared(kOurs, kTheirs)), "");
  EXPECT_EQ(Say(kB, Compared(kTheirs, kOurs)), "");
  EXPECT_EQ(Row().congruency_own, 0.0);
  EXPECT_EQ(Row().congruency_partner, 1.0);
  EXPECT_EQ(Row().joint, JointState::kOneSidedFalseConflict);
  EXPECT_EQ(Row().joint_party, kB);
}

TEST_F(FoldConfirmationTest, AChangedPredictionMakesADeclarationVoid) {
  EXPECT_EQ(Say(kA, TextOf(kOther, v1::Stance::PREDICTION)), "");
  EXPECT_EQ(Say(kA, Declared(kOurs, kOther)), "");
  EXPECT_EQ(Row().congruency_own, 0.0);
  EXPECT_EQ(Say(kA, TextOf("Half is sold.", v1::Stance::PREDICTION)), "");
  EXPECT_EQ(Row().congruency_own, std::nullopt);
}

TEST_F(FoldConfirmationTest, WhatCannotBeIsSetAsideWithItsReason) {
  EXPECT_EQ(Say(kA, Compared(kOther, kTheirs)), "unknown_text");
  EXPECT_EQ(Say(kA, Declared(kOurs, kTheirs)), "unknown_text");
  v1::Body body = Compared(kOurs, kTheirs);
  body.mutable_text_confirmation()->set_own_hash("short");
  EXPECT_EQ(Say(kA, body), "bad_statement");
  body = Compared(kOurs, kTheirs);
  body.mutable_text_confirmation()->set_about(kA);
  EXPECT_EQ(Say(kA, body), "bad_statement");
  body.mutable_text_confirmation()->clear_about();
  body.mutable_text_confirmation()->set_topic("no/such-topic");
  EXPECT_EQ(Say(kA, body), "unknown_topic");
  body.mutable_text_confirmation()->set_topic("frame/spectrum-position");
  EXPECT_EQ(Say(kA, body), "not_a_text");
  body = Compared(kOurs, kTheirs);
  body.mutable_text_confirmation()->mutable_stated_on()->set_year(2030);
  EXPECT_EQ(Say(kA, body), "bad_date");
  EXPECT_TRUE(state_.texts().empty());
}

TEST_F(FoldConfirmationTest, WhoHasSeenNoTextOfThePartnerCannotConfirmIt) {
  // B's text came after all that A had in view.
  const auto touched =
      state_.Fold(kA, {.partner_size = 0, .time_us = kNowUs},
                  Compared(kOurs, kTheirs).SerializeAsString());
  ASSERT_TRUE(touched.ok());
  EXPECT_EQ(touched->set_aside, "unknown_text");
}

TEST_F(FoldConfirmationTest, ASnapshotKeepsWhatWasSaidOfTexts) {
  EXPECT_EQ(Say(kA, Compared(kOurs, kTheirs)), "");
  auto restored = AllianceState::FromSnapshot(state_.Snapshot(),
                                              expectation::BuiltInCatalogue());
  ASSERT_TRUE(restored.ok());
  EXPECT_NE(restored->FindText({kRef, kA, v1::Stance::OWN}), nullptr);
  EXPECT_EQ(restored->StateDigest(), state_.StateDigest());
}

}  // namespace
}  // namespace tallystick::alliance
