// SPDX-License-Identifier: Apache-2.0
// The section "Symmetry" of the example's expected.md, on records as its file
// has them.
#include "core/alliance/balance_report.h"

#include <string>
#include <vector>

#include "core/alliance/plan_records.h"
#include "gmock/gmock.h"
#include "tests/core/alliance/plan_two_logs.h"

namespace tallystick::alliance {
namespace {

using record::Balance;
using record::Dimension;
using record::Units;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr double kFourDecimals = 5e-5;
constexpr int64_t kMillion = 100'000'000;

// Rates, shares and risks of the example; sums of its six months in few rows.
record::BalanceTerms Terms() {
  record::BalanceTerms terms;
  terms.targets[Dimension::kInputs] = {{0.45, 0.10}, "D1"};
  terms.targets[Dimension::kBenefit] = {{0.5, 0.10}, "D1"};
  terms.targets[Dimension::kRisk] = {{0.5, 0.10}, "D1"};
  terms.weights[Dimension::kBenefit] = 5;
  terms.rates =
      record::RateBook({{.version = 1,
                         .effective_on = {2025, 1, 1},
                         .currency = "USD",
                         .rates = {{"brand_licence_month", {400'000, 0}},
                                   {"concentrate_ton", {9'500, 0}},
                                   {"marketing_usd", {1, 0}},
                                   {"plant_hour", {1'800, 0}},
                                   {"field_sales_day", {650, 0}},
                                   {"cold_chain_kcase", {1'200, 0}}}}});
  terms.currency = "USD";
  return terms;
}

RecordRow Given(const std::string& giver, const std::string& kind,
                const std::string& claimed, const std::string& acknowledged) {
  return {.type = record::Type::kContribution,
          .reference = giver,
          .date = "2025-06-30",
          .giver = giver,
          .kind = kind,
          .claimed = claimed,
          .acknowledged = acknowledged};
}

RecordRow Got(const std::string& receiver, const std::string& amount) {
  return {.type = record::Type::kBenefit,
          .reference = receiver,
          .date = "2025-06-30",
          .giver = receiver,
          .kind = "gross_profit_usd",
          .amount = amount};
}

RecordRow Risk(const std::string& title, const std::string& agreed,
               const std::string& a, const std::string& b,
               const std::string& impact, const std::string& borne_by_a,
               const std::string& borne_by_b) {
  return {.type = record::Type::kRisk,
          .reference = title,
          .date = "2025-06-30",
          .currency = "USD",
          .title = title,
          .impact = impact,
          .agreed_impact = impact,
          .likelihoods = {{"agreed", agreed}, {"cascadia", a}, {"meridian", b}},
          .shares = {{"cascadia", borne_by_a}, {"meridian", borne_by_b}}};
}

RecordRow Share(const std::string& own, const std::string& partner) {
  return {.type = record::Type::kShareClaim,
          .reference = "category_growth",
          .date = "2025-06-30",
          .kind = "category_growth",
          .own_share = own,
          .partner_share = partner};
}

class BalanceReportTest : public ::testing::Test {
 protected:
  void Apply(v1::Party party, const std::vector<RecordRow>& rows) {
    const auto plan = PlanRecords(
        logs_.state(), party, kNames, rows, {kToday, kToday}, [this] {
          std::string uid = std::to_string(next_uid_++);
          uid.resize(16, 'r');
          return uid;
        });
    ASSERT_THAT(plan, testing::IsOk());
    for (const v1::Body& body : plan->statements) logs_.Write(party, body);
  }

  void ApplyExample() {
    const std::vector<RecordRow> file = {
        Given("cascadia", "brand_licence_month", "6", "6"),
        Given("cascadia", "concentrate_ton", "110", "110"),
        Given("cascadia", "marketing_usd", "300000", "300000"),
        Given("meridian", "plant_hour", "1250", "1250"),
        Given("meridian", "field_sales_day", "4200", "3360"),
        Given("meridian", "cold_chain_kcase", "900", "900"),
        Got("cascadia", "10400000"),
        Got("meridian", "6400000"),
        Risk("demand shortfall", "possible", "unlikely", "likely", "4000000",
             "0.3", "0.7"),
        Risk("product recall", "rare", "rare", "rare", "12000000", "0.6",
             "0.4"),
        Risk("coffee price rise", "likely", "likely", "likely", "1000000",
             "1.0", "0.0")};
    for (int i = 0; i < 2; ++i) {
      Apply(v1::PARTY_A, file);
      Apply(v1::PARTY_B, file);
    }
    Apply(v1::PARTY_A, {Share("0.6", "0.4")});
    Apply(v1::PARTY_B, {Share("0.65", "0.35")});
  }

  BalanceReport Report(v1::Party own = v1::PARTY_A,
                       const PrivateFigures& figures = {},
                       const expectation::Date& day = kToday) {
    return MakeBalanceReport(logs_.state(), terms_, own, figures, day);
  }

  void Upkeep(v1::Party party, const std::string& amount) {
    Apply(party, {{.type = record::Type::kUpkeep,
                   .reference = "U1",
                   .date = "2025-06-30",
                   .giver = party == v1::PARTY_A ? "cascadia" : "meridian",
                   .kind = "joint_office",
                   .amount = amount,
                   .currency = "USD"}});
  }

  record::BalanceTerms terms_ = Terms();
  TwoLogs logs_;
  int next_uid_ = 0;
};

const DimensionRow& RowOf(const BalanceReport& report, Dimension dimension,
                          Basis basis) {
  for (const DimensionRow& row : report.dimensions) {
    if (row.dimension == dimension && row.basis == basis) return row;
  }
  static const auto& none = *new DimensionRow;
  ADD_FAILURE() << "no such row";
  return none;
}

TEST_F(BalanceReportTest, GivesTheSymmetryOfTheExample) {
  ApplyExample();
  const BalanceReport report = Report();
  struct Row {
    Dimension dimension;
    Basis basis;
    int64_t a, b;
    double share, skew;
    Balance balance;
    double index;
  };
  for (const Row& row : {
           Row{Dimension::kInputs, Basis::kClaimed, 3'745'000, 6'060'000,
               0.3819, -0.0681, Balance::kBalanced, 0.8763},
           Row{Dimension::kInputs, Basis::kAcknowledged, 3'745'000, 5'514'000,
               0.4045, -0.0455, Balance::kBalanced, 0.9172},
           Row{Dimension::kBenefit, Basis::kClaimed, 10'400'000, 6'400'000,
               0.619, 0.1190, Balance::kWatch, 0.7619},
           Row{Dimension::kRisk, Basis::kAgreed, 1'490'000, 1'360'000, 0.5228,
               0.0228, Balance::kBalanced, 0.9544},
           Row{Dimension::kRisk, Basis::kByA, 1'250'000, 800'000, 0.6098,
               0.1098, Balance::kWatch, 0.7805},
           Row{Dimension::kRisk, Basis::kByB, 1'790'000, 2'060'000, 0.4649,
               -0.0351, Balance::kBalanced, 0.9299},
       }) {
    SCOPED_TRACE(std::string(record::ToText(row.dimension)));
    const DimensionRow& got = RowOf(report, row.dimension, row.basis);
    EXPECT_EQ(got.sums.unit, "USD");
    EXPECT_EQ(got.sums.a.Total(), Units(row.a * 100));
    EXPECT_EQ(got.sums.b.Total(), Units(row.b * 100));
    EXPECT_NEAR(*got.symmetry.share_of_a, row.share, kFourDecimals);
    EXPECT_NEAR(*got.symmetry.skew, row.skew, kFourDecimals);
    EXPECT_EQ(got.symmetry.balance, row.balance);
    EXPECT_NEAR(*got.symmetry.index, row.index, kFourDecimals);
  }
  for (const Dimension dimension :
       {Dimension::kKnowledge, Dimension::kOwnership, Dimension::kCommitment}) {
    const DimensionRow& got = RowOf(report, dimension, Basis::kClaimed);
    EXPECT_EQ(got.symmetry.balance, Balance::kNoData);
    EXPECT_FALSE(got.target);
  }
  EXPECT_EQ(RowOf(report, Dimension::kBenefit, Basis::kClaimed).rating,
            (drift::Rating{1, 10, drift::Severity::kWatch}));
  EXPECT_EQ(report.overall.measured, 3);
  EXPECT_NEAR(*report.overall.least_index, 0.7619, kFourDecimals);
}

TEST_F(BalanceReportTest, GivesTheAcknowledgementsOfTheExample) {
  ApplyExample();
  const BalanceReport report = Report();
  for (const AcknowledgementRow& row : report.acknowledgements) {
    if (row.kind == "field_sales_day") {
      EXPECT_NEAR(*row.tally.Gap(), 0.2, kFourDecimals);
      EXPECT_EQ(row.difference, Units(54'600'000));
    } else if (row.kind.empty() && row.giver == v1::PARTY_B) {
      EXPECT_NEAR(*row.tally.Gap(), 0.0901, kFourDecimals);
    } else {
      EXPECT_NEAR(*row.tally.Gap(), 0, kFourDecimals) << row.kind;
    }
  }
  EXPECT_EQ(report.acknowledgements.size(), 8u);
}

TEST_F(BalanceReportTest, GivesTheOverclaimOfTheExample) {
  ApplyExample();
  const BalanceReport report = Report();
  ASSERT_EQ(report.overclaims.size(), 1u);
  const OverclaimRow& row = report.overclaims[0];
  EXPECT_NEAR(*row.overclaim.omega, 0.25, 1e-9);
  EXPECT_EQ(row.overclaim.level, record::OverclaimLevel::kWatch);
  EXPECT_NEAR(*row.overclaim.gap_a, 0.25, 1e-9);
  EXPECT_NEAR(*row.overclaim.gap_b, 0.25, 1e-9);
  EXPECT_EQ(row.rating, (drift::Rating{1, 3, drift::Severity::kInfo}));
}

TEST_F(BalanceReportTest, GivesTheEquityOfTheExampleWhereUpkeepIsShared) {
  ApplyExample();
  Upkeep(v1::PARTY_A, "120000");
  Upkeep(v1::PARTY_B, "210000");
  const BalanceReport report = Report();
  ASSERT_EQ(report.equity.size(), 3u);
  const EquityRow& row = report.equity[0];
  EXPECT_EQ(row.basis, Basis::kAgreed);
  EXPECT_EQ(row.a.Investment(), Units(535'500'000));
  EXPECT_EQ(row.b.Investment(), Units(763'000'000));
  EXPECT_NEAR(*row.equity.ratio, 2.3154, kFourDecimals);
  EXPECT_NEAR(*row.equity.log_ratio, 0.8396, kFourDecimals);
  EXPECT_EQ(row.equity.state, record::EquityState::kFavoursA);
  EXPECT_THAT(row.missing, IsEmpty());
  EXPECT_NEAR(*report.upkeep[0].ratio.ratio, 0.0115, kFourDecimals);
  EXPECT_NEAR(*report.upkeep[1].ratio.ratio, 0.0328, kFourDecimals);
  EXPECT_NEAR(*report.upkeep[2].ratio.ratio, 0.0196, kFourDecimals);
}

TEST_F(BalanceReportTest, UpkeepThatIsNotSharedIsNamedAsMissing) {
  ApplyExample();
  Upkeep(v1::PARTY_A, "120000");
  const BalanceReport report = Report();
  const EquityRow& row = report.equity[0];
  EXPECT_THAT(row.missing, ElementsAre(Pair("upkeep", v1::PARTY_B)));
  EXPECT_EQ(row.b.Investment(), std::nullopt);
  EXPECT_EQ(row.equity.state, record::EquityState::kMissing);
  EXPECT_NEAR(*row.ratio_without_upkeep, 2.3032, kFourDecimals);
  EXPECT_FALSE(report.upkeep[1].ratio.ratio);
  EXPECT_EQ(report.upkeep[2].ratio.level, record::UpkeepLevel::kNoData);
}

// measures.md b.6.
TEST_F(BalanceReportTest, OwnFiguresSayWhetherOneIsBetterOff) {
  ApplyExample();
  const BalanceReport a = Report(
      v1::PARTY_A, {.value_alone = expectation::Money{2 * kMillion, "USD"},
                    .upkeep = expectation::Money{12'000'000, "USD"}});
  EXPECT_EQ(record::ValueWith(a.better_off.own), Units(504'500'000));
  EXPECT_EQ(record::BetterBy(a.better_off.own), Units(304'500'000));
  EXPECT_EQ(a.better_off.computed, record::BetterOff::kYes);
  EXPECT_TRUE(a.upkeep[0].kept_private);
  const BalanceReport b =
      Report(v1::PARTY_B, {.value_alone = expectation::Money{15'000'000, "USD"},
                           .upkeep = expectation::Money{21'000'000, "USD"}});
  EXPECT_EQ(record::ValueWith(b.better_off.own), Units(-123'000'000));
  EXPECT_EQ(record::BetterBy(b.better_off.own), Units(-138'000'000));
  EXPECT_EQ(b.better_off.computed, record::BetterOff::kNo);
}

TEST_F(BalanceReportTest, FiguresThatAreNotKnownLeaveItUndecided) {
  ApplyExample();
  const BalanceReport report = Report();
  EXPECT_EQ(report.better_off.computed, record::BetterOff::kUndecided);
  EXPECT_THAT(report.better_off.missing, ElementsAre("upkeep", "value alone"));
}

// measures.md b.6.
TEST_F(BalanceReportTest, RuleOneIsNotMetOnceOneIsWorseOff) {
  v1::Body yes;
  yes.mutable_better_off()->set_answer(v1::BetterOffAnswer::YES);
  logs_.Write(v1::PARTY_A, yes);
  EXPECT_FALSE(Report().better_off.rule_one_met);
  v1::Body no;
  no.mutable_better_off()->set_answer(v1::BetterOffAnswer::NO);
  logs_.Write(v1::PARTY_B, no);
  EXPECT_EQ(Report().better_off.rule_one_met, false);
  EXPECT_FALSE(Report().better_off.synergy);
  logs_.Write(v1::PARTY_B, yes);
  EXPECT_EQ(Report().better_off.rule_one_met, true);
  EXPECT_EQ(Report().better_off.synergy, true);
}

// measures.md b.7.
TEST_F(BalanceReportTest, WithoutRecordsEverythingIsNoDataAndNothingIsZero) {
  const BalanceReport report = Report();
  for (const DimensionRow& row : report.dimensions) {
    EXPECT_EQ(row.symmetry.balance, Balance::kNoData);
    EXPECT_FALSE(row.sums.a.Total());
  }
  ASSERT_EQ(report.equity.size(), 1u);
  EXPECT_EQ(report.equity[0].equity.state, record::EquityState::kMissing);
  EXPECT_THAT(report.acknowledgements, IsEmpty());
  EXPECT_FALSE(report.overall.mean_index);
}

// measures.md b.7.
TEST_F(BalanceReportTest, WhatOneSideHasNotReportedIsOneSided) {
  Apply(v1::PARTY_A, {Given("cascadia", "plant_hour", "1", "")});
  const BalanceReport report = Report();
  EXPECT_EQ(RowOf(report, Dimension::kInputs, Basis::kClaimed).symmetry.balance,
            Balance::kOneSided);
}

// measures.md b.4.
TEST_F(BalanceReportTest, KindsWithoutARateAreListedAndTheShareIsPartial) {
  const std::vector<RecordRow> file = {
      Given("cascadia", "plant_hour", "3", "3"),
      Given("meridian", "plant_hour", "4", "4"),
      Given("cascadia", "dataset_access", "1", "1")};
  Apply(v1::PARTY_A, file);
  Apply(v1::PARTY_B, file);
  const DimensionRow row = RowOf(Report(), Dimension::kInputs, Basis::kClaimed);
  EXPECT_THAT(row.sums.a.unvalued, ElementsAre(Pair("dataset_access", 1)));
  EXPECT_EQ(row.symmetry.balance, Balance::kPartial);
  EXPECT_NEAR(*row.symmetry.share_of_a, 0.4286, kFourDecimals);
}

// measures.md b.3.
TEST_F(BalanceReportTest, AClaimIsPendingForAWhileAndThenUnacknowledged) {
  Apply(v1::PARTY_A, {Given("cascadia", "plant_hour", "3", "")});
  EXPECT_EQ(Report().acknowledgements[0].tally.pending, 1);
  const BalanceReport later = Report(v1::PARTY_A, {}, {2025, 7, 16});
  EXPECT_EQ(later.acknowledgements[0].tally.unacknowledged, 1);
  EXPECT_FALSE(later.acknowledgements[0].tally.Gap());
}

TEST_F(BalanceReportTest, ARiskThatBothSeeDifferentlyIsInNoAgreedRegister) {
  Apply(v1::PARTY_A,
        {Risk("recall", "rare", "rare", "rare", "1000", "1", "0")});
  Apply(v1::PARTY_B,
        {Risk("recall", "likely", "rare", "rare", "1000", "1", "0")});
  const DimensionRow row = RowOf(Report(), Dimension::kRisk, Basis::kAgreed);
  EXPECT_FALSE(row.sums.a.Total());
  EXPECT_EQ(row.symmetry.balance, Balance::kPartial);
}

TEST_F(BalanceReportTest, ResultsAndKnowledgeAndPeopleHaveUnitsOfTheirOwn) {
  terms_.rates = record::RateBook(
      {{.version = 1,
        .effective_on = {2025, 1, 1},
        .currency = "points",
        .rates = {{"patent_filing", {25, 0}}, {"product_feature", {30, 0}}}}});
  terms_.targets[Dimension::kOwnership] = {{0.5, 0.1}, "D1"};
  terms_.targets[Dimension::kCommitment] = {{0.5, 0.1}, "D1"};
  const auto result = [](const std::string& id, const std::string& kind,
                         const std::string& a, const std::string& b) {
    return RecordRow{.type = record::Type::kOwnedResult,
                     .reference = id,
                     .kind = kind,
                     .shares = {{"cascadia", a}, {"meridian", b}}};
  };
  const auto days = [](const std::string& party, const std::string& count) {
    return RecordRow{.type = record::Type::kCommitment,
                     .reference = party,
                     .giver = party,
                     .claimed = count};
  };
  const std::vector<RecordRow> file = {
      result("P1", "patent_filing", "0.5", "0.5"),
      result("P2", "patent_filing", "0.0", "1.0"),
      result("P3", "patent_filing", "0.2", "0.8"),
      result("C1", "product_feature", "0.5", "0.5"),
      days("cascadia", "300"),
      days("meridian", "95"),
      {.type = record::Type::kKnowledge,
       .reference = "K",
       .giver = "cascadia",
       .kind = "points",
       .claimed = "18"}};
  Apply(v1::PARTY_A, file);
  Apply(v1::PARTY_B, file);
  const BalanceReport report = Report();
  const DimensionRow& owned =
      RowOf(report, Dimension::kOwnership, Basis::kClaimed);
  EXPECT_EQ(owned.sums.a.Total(), Units(3250));
  EXPECT_EQ(owned.sums.b.Total(), Units(7250));
  EXPECT_EQ(owned.symmetry.balance, Balance::kWatch);
  const DimensionRow& people =
      RowOf(report, Dimension::kCommitment, Basis::kClaimed);
  EXPECT_EQ(people.sums.unit, kDays);
  EXPECT_NEAR(*people.symmetry.share_of_a, 300.0 / 395, kFourDecimals);
  EXPECT_EQ(people.symmetry.balance, Balance::kBreach);
  EXPECT_EQ(
      RowOf(report, Dimension::kKnowledge, Basis::kClaimed).symmetry.balance,
      Balance::kOneSided);
}

TEST_F(BalanceReportTest, MoneyInAnotherCurrencyNeedsAnAgreedRate) {
  RecordRow euros = Got("cascadia", "100");
  euros.kind = "gross_profit";
  euros.currency = "EUR";
  Apply(v1::PARTY_A, {euros});
  Apply(v1::PARTY_B, {Got("meridian", "100")});
  EXPECT_THAT(
      RowOf(Report(), Dimension::kBenefit, Basis::kClaimed).sums.a.unvalued,
      ElementsAre(Pair("amounts in EUR", 1)));
  terms_.currency_rates = {{"EUR", "USD", {11, 1}, {2025, 1, 1}}};
  EXPECT_EQ(
      RowOf(Report(), Dimension::kBenefit, Basis::kClaimed).sums.a.Total(),
      Units(11'000));
}

}  // namespace
}  // namespace tallystick::alliance
