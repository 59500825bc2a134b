// SPDX-License-Identifier: Apache-2.0
// What is in force on a day, and by which decision.
#include "core/alliance/terms.h"

#include <string>

#include "gmock/gmock.h"
#include "tests/core/alliance/two_companies.h"

namespace tallystick::alliance {
namespace {

using decision::Dimension;
using expectation::Date;
using expectation::Decimal;

// Of kNowUs.
const Date kToday = {2026, 9, 21};

v1::DecisionContent Content(const std::string& title) {
  v1::DecisionContent content;
  content.set_type("commercial_terms");
  content.set_title(title);
  return content;
}

v1::DecisionContent WithShare(int hundredths) {
  v1::DecisionContent content = Content("Benefit");
  decision::WriteTerms(
      {.targets = {{.dimension = Dimension::kBenefit,
                    .share_of_a = expectation::MakeDecimal(hundredths, 2)}}},
      &content);
  return content;
}

decision::RateTable Table(uint32_t version, std::optional<Date> effective_on,
                          int64_t rate, bool revalues_past = false) {
  return {.version = version,
          .effective_on = effective_on,
          .currency = "EUR",
          .rates = {{.kind = "compute_kh", .unit = "", .rate = {rate, 0}}},
          .revalues_past = revalues_past};
}

class TermsOnTest : public TwoCompanies {
 protected:
  void SetUp() override { Meet(); }

  void Propose(const std::string& uid, const v1::DecisionContent& content) {
    v1::Body body;
    body.mutable_proposal()->set_uid(uid);
    body.mutable_proposal()->set_content(content.SerializeAsString());
    ASSERT_EQ(Say(kA, body), "");
  }

  void Approve(v1::Party party, const std::string& uid) {
    const decision::Decision& decision = *state_.FindDecision(kA, uid);
    const sim::Company& own = sim::CompanyOf(party);
    ASSERT_EQ(
        Say(party, sim::Verdict(own, own.people[0], state_, decision,
                                decision.revisions[0], v1::Verdict::APPROVE)),
        "");
  }

  std::string Ratify(char name, const v1::DecisionContent& content) {
    const std::string uid(16, name);
    Propose(uid, content);
    Approve(kA, uid);
    Approve(kB, uid);
    return uid;
  }

  // In force since that day, as the party tells it.
  std::string Tell(v1::Party party, const std::string& reference,
                   const v1::DecisionContent& content, const Date& accepted) {
    decision::PastDecision past = {.reference = reference,
                                   .content = content.SerializeAsString(),
                                   .proposed_by = kA,
                                   .proposed_on = {2025, 1, 1},
                                   .accepted_on = accepted};
    v1::Body body;
    *body.mutable_past_decision() = decision::PastDecisionToProto(past);
    return Say(party, body);
  }

  Decimal ShareOn(const Date& day) const {
    const Terms terms = TermsOn(state_, day);
    const auto found = terms.targets.find(Dimension::kBenefit);
    return found == terms.targets.end() ? Decimal{-1, 0}
                                        : found->second.value.share_of_a;
  }
};

constexpr Decimal kNone = {-1, 0};

TEST_F(TermsOnTest, NothingIsAgreedBeforeBothHaveApproved) {
  Propose(kUid, WithShare(45));
  Approve(kA, kUid);
  EXPECT_EQ(ShareOn(kToday), kNone);
  Approve(kB, kUid);
  EXPECT_EQ(ShareOn(kToday), (Decimal{45, 2}));
}

TEST_F(TermsOnTest, ASignedTermHoldsFromTheDayOfRatificationAndNamesIts) {
  const std::string uid = Ratify('u', WithShare(45));
  EXPECT_EQ(ShareOn({2026, 9, 20}), kNone);
  const Terms terms = TermsOn(state_, kToday);
  const TermSource& source = terms.targets.at(Dimension::kBenefit).source;
  EXPECT_TRUE(source.is_signed);
  EXPECT_EQ(source.uid, uid);
  EXPECT_EQ(source.title, "Benefit");
  EXPECT_EQ(source.since, kToday);
}

TEST_F(TermsOnTest, AnEffectiveDayCountsInstead) {
  v1::DecisionContent content = WithShare(45);
  *content.mutable_effective_on() = expectation::DateToProto({2026, 12, 1});
  Ratify('u', content);
  EXPECT_EQ(ShareOn({2026, 11, 30}), kNone);
  EXPECT_EQ(ShareOn({2026, 12, 1}), (Decimal{45, 2}));
}

TEST_F(TermsOnTest, TheLaterDecisionReplacesTheEarlierOnTheSameOnly) {
  v1::DecisionContent first = WithShare(45);
  first.set_stage("perform");
  Ratify('u', first);
  Ratify('v', WithShare(50));
  const Terms terms = TermsOn(state_, kToday);
  const Term<decision::Target>& target = terms.targets.at(Dimension::kBenefit);
  EXPECT_EQ(target.value.share_of_a, (Decimal{5, 1}));
  EXPECT_TRUE(target.replaces);
  EXPECT_EQ(terms.stage->value, "perform");
  EXPECT_FALSE(terms.stage->replaces);
}

// measures.md c.8: only a decision that changes the expectation starts anew.
TEST_F(TermsOnTest, AgreeingOnTheSameAgainReplacesNothing) {
  const std::string first = Ratify('u', WithShare(45));
  Ratify('v', WithShare(45));
  const Term<decision::Target> target =
      TermsOn(state_, kToday).targets.at(Dimension::kBenefit);
  EXPECT_EQ(target.source.uid, first);
  EXPECT_FALSE(target.replaces);
}

TEST_F(TermsOnTest, ByTheDayFromWhichTheyHoldWhateverWasRatifiedFirst) {
  v1::DecisionContent later = WithShare(50);
  *later.mutable_effective_on() = expectation::DateToProto({2026, 12, 1});
  Ratify('u', later);
  Ratify('v', WithShare(45));
  EXPECT_EQ(ShareOn(kToday), (Decimal{45, 2}));
  EXPECT_EQ(ShareOn({2026, 12, 1}), (Decimal{5, 1}));
}

TEST_F(TermsOnTest, APastDecisionCountsOnlyOnceBothTellTheSame) {
  EXPECT_EQ(Tell(kA, "D1", WithShare(45), {2025, 1, 15}), "");
  EXPECT_EQ(ShareOn(kToday), kNone);
  EXPECT_EQ(Tell(kB, "D1", WithShare(50), {2025, 1, 15}), "");
  EXPECT_EQ(ShareOn(kToday), kNone);
  EXPECT_EQ(Tell(kB, "D1", WithShare(45), {2025, 1, 15}), "");
  EXPECT_EQ(ShareOn(kToday), (Decimal{45, 2}));
  EXPECT_EQ(ShareOn({2025, 1, 14}), kNone);
  const TermSource source =
      TermsOn(state_, kToday).targets.at(Dimension::kBenefit).source;
  EXPECT_FALSE(source.is_signed);
  EXPECT_EQ(source.reference, "D1");
  EXPECT_EQ(source.since, (Date{2025, 1, 15}));
}

TEST_F(TermsOnTest, OnTheSameDayASignedDecisionHoldsOverAPastOne) {
  Ratify('u', WithShare(50));
  ASSERT_EQ(Tell(kA, "D1", WithShare(45), kToday), "");
  ASSERT_EQ(Tell(kB, "D1", WithShare(45), kToday), "");
  EXPECT_EQ(ShareOn(kToday), (Decimal{5, 1}));
}

TEST_F(TermsOnTest, EveryDayIsValuedByTheRateTableOfItsDay) {
  v1::DecisionContent content = Content("Rates");
  decision::WriteTerms({.rate_tables = {Table(1, Date{2025, 1, 1}, 45),
                                        Table(2, Date{2025, 4, 1}, 52),
                                        {.version = 1,
                                         .effective_on = Date{2025, 1, 1},
                                         .currency = "points",
                                         .rates = {{.kind = "patent_filing",
                                                    .unit = "",
                                                    .rate = {25, 0}}}}}},
                       &content);
  Ratify('u', content);
  const Terms terms = TermsOn(state_, kToday);
  EXPECT_EQ(terms.rate_tables.size(), 3u);
  EXPECT_EQ(RatesFor(terms, RateUnit::kMoney, {2024, 12, 31}), nullptr);
  const auto version = [&](const Date& day) {
    return RatesFor(terms, RateUnit::kMoney, day)->value.version;
  };
  EXPECT_EQ(version({2025, 1, 1}), 1u);
  EXPECT_EQ(version({2025, 3, 31}), 1u);
  EXPECT_EQ(version({2025, 4, 1}), 2u);
  EXPECT_EQ(RatesFor(terms, RateUnit::kPoints, kToday)->value.currency,
            "points");
}

TEST_F(TermsOnTest, ATableForThePastTooValuesThePastAsWell) {
  v1::DecisionContent content = Content("Rates");
  decision::WriteTerms({.rate_tables = {Table(1, Date{2025, 1, 1}, 45),
                                        Table(2, Date{2025, 4, 1}, 52, true)}},
                       &content);
  Ratify('u', content);
  const Terms terms = TermsOn(state_, kToday);
  EXPECT_EQ(RatesFor(terms, RateUnit::kMoney, {2025, 2, 1})->value.version, 2u);
  // Not before it is in force itself.
  const Terms earlier = TermsOn(state_, {2025, 3, 1});
  EXPECT_EQ(RatesFor(earlier, RateUnit::kMoney, {2025, 2, 1}), nullptr);
}

TEST_F(TermsOnTest, ATableWithoutADayValuesFromTheDayOfItsDecision) {
  v1::DecisionContent content = Content("Rates");
  decision::WriteTerms({.rate_tables = {Table(1, std::nullopt, 45)}}, &content);
  Ratify('u', content);
  const Terms terms = TermsOn(state_, kToday);
  EXPECT_EQ(RatesFor(terms, RateUnit::kMoney, {2026, 9, 20}), nullptr);
  EXPECT_NE(RatesFor(terms, RateUnit::kMoney, kToday), nullptr);
}

TEST_F(TermsOnTest, TheSameVersionAgainReplacesTheTable) {
  v1::DecisionContent content = Content("Rates");
  decision::WriteTerms({.rate_tables = {Table(1, Date{2025, 1, 1}, 45)}},
                       &content);
  Ratify('u', content);
  v1::DecisionContent corrected = Content("Rates, corrected");
  decision::WriteTerms({.rate_tables = {Table(1, Date{2025, 1, 1}, 46)}},
                       &corrected);
  Ratify('v', corrected);
  const Terms terms = TermsOn(state_, kToday);
  ASSERT_EQ(terms.rate_tables.size(), 1u);
  EXPECT_EQ(terms.rate_tables[0].value.rates[0].rate, (Decimal{46, 0}));
  EXPECT_TRUE(terms.rate_tables[0].replaces);
}

TEST_F(TermsOnTest, AMeasureOfEachPartyIsItsOwn) {
  v1::DecisionContent content = Content("People");
  decision::MonitoredMeasure people = {
      .measure = "people_present", .about = kB, .agreed = Decimal{20, 0}};
  decision::MonitoredMeasure others = people;
  others.about = kA;
  others.agreed = Decimal{12, 0};
  decision::WriteTerms({.monitored = {people, others}}, &content);
  Ratify('u', content);
  const Terms terms = TermsOn(state_, kToday);
  EXPECT_EQ(terms.monitored.at({"people_present", kA}).value.agreed,
            (Decimal{12, 0}));
  EXPECT_EQ(terms.monitored.at({"people_present", kB}).value.agreed,
            (Decimal{20, 0}));
}

TEST_F(TermsOnTest, APositionThatIsNotInTheCatalogueIsRefused) {
  v1::DecisionContent content = Content("Position");
  content.set_position("nowhere");
  v1::Body body;
  body.mutable_proposal()->set_uid(kUid);
  body.mutable_proposal()->set_content(content.SerializeAsString());
  EXPECT_EQ(Say(kA, body), "bad_terms");
}

TEST_F(TermsOnTest, TheNewestExchangeRateOfAPairHolds) {
  for (const auto& [name, rate] : {std::pair('u', 108), {'v', 110}}) {
    v1::DecisionContent content = Content("Rates");
    decision::WriteTerms(
        {.currency_rates = {{.from = "EUR",
                             .to = "USD",
                             .rate = expectation::MakeDecimal(rate, 2),
                             .effective_on = Date{2026, 1, rate - 100}}}},
        &content);
    Ratify(name, content);
  }
  const expectation::ExchangeRates rates = ExchangeRatesOn(state_, kToday);
  ASSERT_EQ(rates.size(), 1u);
  EXPECT_EQ(rates[0].rate, expectation::MakeDecimal(110, 2));
}

}  // namespace
}  // namespace tallystick::alliance
