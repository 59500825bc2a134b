// SPDX-License-Identifier: Apache-2.0
// How a company may introduce itself: what it says stands in every text that
// people of both companies sign.
#include <functional>
#include <string>
#include <utility>

#include "tests/core/alliance/two_companies.h"

namespace tallystick::alliance {
namespace {

// Spoils an introduction.
using Change = std::function<void(v1::Opening&)>;

class FoldOpeningTest : public TwoCompanies {
 protected:
  // Why A's introduction is set aside after a change.
  std::string Introduced(const Change& change) {
    v1::Body body = sim::CompanyOf(kA).Opening();
    change(*body.mutable_opening());
    return Say(kA, body);
  }
};

TEST_F(FoldOpeningTest, ASoundOneIsTaken) {
  EXPECT_EQ(Introduced([](v1::Opening&) {}), "");
  ASSERT_NE(state_.introduction(kA), nullptr);
  EXPECT_EQ(state_.introduction(kA)->domain, "cascadia.example");
}

TEST_F(FoldOpeningTest, ADomainWithLinesForgesNoLinesOfASignedText) {
  EXPECT_EQ(Introduced([](v1::Opening& opening) {
              opening.set_domain("cascadia.example\ntitle: something else");
            }),
            "bad_statement");
  EXPECT_EQ(state_.introduction(kA), nullptr);
}

struct Case {
  const char* name;
  Change change;
};

class FoldBadOpeningTest : public FoldOpeningTest,
                           public ::testing::WithParamInterface<Case> {};

TEST_P(FoldBadOpeningTest, IsSetAside) {
  EXPECT_EQ(Introduced(GetParam().change), "bad_statement");
  EXPECT_EQ(state_.introduction(kA), nullptr);
}

const sim::Company& Partner() { return sim::CompanyOf(kB); }

INSTANTIATE_TEST_SUITE_P(
    Cases, FoldBadOpeningTest,
    ::testing::Values(
        Case{"NoDomain", [](v1::Opening& o) { o.clear_domain(); }},
        Case{"DomainIsNoDnsName",
             [](v1::Opening& o) { o.set_domain("Cascadia.example"); }},
        Case{"DomainOfAnother",
             [](v1::Opening& o) { o.set_domain("meridian.example"); }},
        Case{"NoLogKey", [](v1::Opening& o) { o.clear_log_key(); }},
        Case{"NoWitnessKey", [](v1::Opening& o) { o.clear_witness_key(); }},
        Case{"LogKeyOfAnother",
             [](v1::Opening& o) {
               o.set_log_key(Partner().Keys().log_key.ToString());
             }},
        Case{"WitnessKeyOfAnother",
             [](v1::Opening& o) {
               o.set_witness_key(Partner().Keys().witness_key.ToString());
             }},
        Case{"KeysChanged",
             [](v1::Opening& o) {
               std::swap(*o.mutable_log_key(), *o.mutable_witness_key());
             }},
        Case{"OneKeyForBoth",
             [](v1::Opening& o) {
               const sim::Company& own = sim::CompanyOf(kA);
               o.set_witness_key(
                   evidence::VerifierKey::ForWitness(own.WitnessName(),
                                                     own.log_key.public_key())
                       .ToString());
             }},
        Case{"NoDisplayName", [](v1::Opening& o) { o.clear_display_name(); }},
        Case{"DisplayNameOfTwoLines",
             [](v1::Opening& o) { o.set_display_name("Cascadia\nCoffee"); }},
        Case{"DisplayNameTurnedRound",
             [](v1::Opening& o) {
               o.set_display_name(
                   "Cascadia \xe2\x80\xae"
                   "eeffoC");
             }},
        Case{"DisplayNameTooLong",
             [](v1::Opening& o) { o.set_display_name(std::string(201, 'c')); }},
        Case{"TitleThatClearsTheScreen",
             [](v1::Opening& o) { o.set_title("Coffee\x1b[2J"); }},
        Case{"TitleTooLong",
             [](v1::Opening& o) { o.set_title(std::string(201, 't')); }}),
    [](const ::testing::TestParamInfo<Case>& test) {
      return std::string(test.param.name);
    });

// What nobody could tell apart, nobody can sign.
TEST_F(FoldOpeningTest, TwoThatNameTheSameDomainCannotDecideAnything) {
  const sim::Company& a = sim::CompanyOf(kA);
  const sim::Company& b = sim::CompanyOf(kB);
  v1::Body opening = b.Opening();
  v1::Opening& o = *opening.mutable_opening();
  o.set_domain(a.domain);
  o.set_log_key(
      evidence::VerifierKey::ForLog(a.Origin(), b.log_key.public_key())
          .ToString());
  o.set_witness_key(evidence::VerifierKey::ForWitness(
                        a.WitnessName(), b.witness_key.public_key())
                        .ToString());
  EXPECT_EQ(Say(kA, a.Opening()), "");
  EXPECT_EQ(Say(kB, opening), "");
  EXPECT_EQ(Say(kA, a.Enrolment(a.people[0])), "");
  EXPECT_EQ(Say(kB, b.Enrolment(b.people[0])), "");
  EXPECT_EQ(Say(kA, sim::Proposal(kUid, "Plan", "innovative")), "");
  EXPECT_EQ(Say(kA, Verdict(kA, v1::Verdict::APPROVE)), "no_partner");
  EXPECT_EQ(Say(kB, Verdict(kB, v1::Verdict::APPROVE)), "no_partner");
}

}  // namespace
}  // namespace tallystick::alliance
