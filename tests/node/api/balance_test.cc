// SPDX-License-Identifier: Apache-2.0
// The sections "Symmetry" and "Equity, better off, upkeep" of the example's
// expected.md, from its files, at two nodes that are connected.
#include <string>

#include "cli/record_file.h"
#include "cli/view_file.h"
#include "cli/yaml_tree.h"
#include "core/decision/past_decision.h"
#include "core/decision/terms.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "node/api/balance_api.h"
#include "node/api/record_api.h"
#include "tests/node/engine/linked_engines.h"
#include "tests/node/identity/temporary_directory.h"
#include "tests/status_matchers.h"

namespace tallystick::node {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;

constexpr double kFourDecimals = 5e-5;
constexpr char kAsOf[] = "2025-07-01";

std::string ReadExample(const std::string& file) {
  const auto text =
      cli::ReadTextFile(EXAMPLES_DIR "/cascadia-meridian/" + file);
  EXPECT_TRUE(text.ok()) << file;
  return text.value_or("");
}

// D1 of the example: shares, and the table of rates.
v1::Body AgreedBefore() {
  using decision::Dimension;
  using expectation::Decimal;
  decision::RateTable table = {.version = 1,
                               .effective_on = expectation::Date{2025, 1, 1},
                               .currency = "USD"};
  for (const auto& [kind, rate] : {std::pair("brand_licence_month", 400'000),
                                   {"concentrate_ton", 9'500},
                                   {"marketing_usd", 1},
                                   {"plant_hour", 1'800},
                                   {"field_sales_day", 650},
                                   {"cold_chain_kcase", 1'200}}) {
    table.rates.push_back({.kind = kind, .unit = "", .rate = {rate, 0}});
  }
  v1::DecisionContent content;
  content.set_type("commercial_terms");
  content.set_title("Targets for inputs, benefit and risk, band 0.10");
  decision::WriteTerms(
      {.targets = {{.dimension = Dimension::kInputs, .share_of_a = {45, 2}},
                   {.dimension = Dimension::kBenefit, .share_of_a = {5, 1}},
                   {.dimension = Dimension::kRisk, .share_of_a = {5, 1}}},
       .rate_tables = {table}},
      &content);
  v1::Body body;
  *body.mutable_past_decision() = decision::PastDecisionToProto(
      {.reference = "D1",
       .content = content.SerializeAsString(),
       .proposed_by = v1::PARTY_A,
       .proposed_on = {2025, 1, 1},
       .accepted_on = expectation::Date{2025, 1, 1}});
  return body;
}

class BalanceTest : public ::testing::Test {
 protected:
  BalanceTest() : engines_(directory_.path()) { engines_.Connect(); }

  template <typename Request, typename Response>
  Response Call(Engine& engine,
                absl::StatusOr<Response> (*handler)(Node&, const Request&),
                const Request& request) {
    Response response;
    EXPECT_THAT(LinkedEngines::Call(engine,
                                    [&](Node& node) -> absl::Status {
                                      auto answer = handler(node, request);
                                      if (answer.ok()) response = *answer;
                                      return answer.status();
                                    }),
                IsOk());
    return response;
  }

  void InStep() { ASSERT_TRUE(engines_.WaitInStep(1000)); }

  void AgreeOnTerms() {
    for (Engine* engine : {&engines_.a(), &engines_.b()}) {
      ASSERT_THAT(
          LinkedEngines::Call(*engine,
                              [](Node& node) -> absl::Status {
                                TALLYSTICK_ASSIGN_OR_RETURN(
                                    AllianceNode * alliance, node.Find(""));
                                const v1::Body body = AgreedBefore();
                                return node.Append(*alliance, {&body, 1}, "");
                              }),
          IsOk());
    }
    InStep();
  }

  v1::ApplyRecordsResponse ApplyRecordsFile(Engine& engine) {
    const auto file =
        cli::ReadRecordFile(ReadExample("records.yaml"), "records.yaml");
    EXPECT_TRUE(file.ok());
    v1::ApplyRecordsRequest request;
    request.mutable_contributions()->Assign(file->contributions.begin(),
                                            file->contributions.end());
    request.mutable_records()->Assign(file->records.begin(),
                                      file->records.end());
    request.set_date("2025-06-30");
    const auto response = Call(engine, &ApplyRecords, request);
    InStep();
    return response;
  }

  void ApplyView(Engine& engine, const std::string& name) {
    const auto view = cli::ReadViewFile(ReadExample(name), name);
    ASSERT_TRUE(view.ok());
    v1::ApplyRecordsRequest shares;
    shares.mutable_records()->Assign(view->share_claims.begin(),
                                     view->share_claims.end());
    Call(engine, &ApplyRecords, shares);
    v1::SetPrivateFiguresRequest figures;
    figures.set_value_alone(view->value_alone);
    figures.set_upkeep(view->upkeep);
    figures.set_currency(view->private_currency);
    EXPECT_EQ(Call(engine, &SetPrivateFigures, figures).changed(), 2);
    EXPECT_EQ(Call(engine, &SetPrivateFigures, figures).changed(), 0);
  }

  void ApplyExample() {
    AgreeOnTerms();
    ApplyRecordsFile(engines_.a());
    ApplyRecordsFile(engines_.b());
    ApplyRecordsFile(engines_.a());
    ApplyView(engines_.a(), "view-cascadia.yaml");
    ApplyView(engines_.b(), "view-meridian.yaml");
    InStep();
  }

  v1::Balance Balance(Engine& engine) {
    v1::GetBalanceRequest request;
    request.set_as_of(kAsOf);
    return Call(engine, &GetBalance, request);
  }

  void RecordUpkeep(Engine& engine, const std::string& amount) {
    v1::CreateRecordRequest request;
    request.set_type("upkeep");
    request.set_kind("joint_office");
    request.set_date("2025-06-30");
    request.mutable_fields()->set_amount(amount);
    request.mutable_fields()->set_currency("USD");
    Call(engine, &CreateRecord, request);
    InStep();
  }

  void Say(Engine& engine, v1::BalanceBetterOff::Answer answer) {
    v1::StateBetterOffRequest request;
    request.set_answer(answer);
    request.set_stated(kAsOf);
    EXPECT_FALSE(Call(engine, &StateBetterOff, request).unchanged());
    EXPECT_TRUE(Call(engine, &StateBetterOff, request).unchanged());
    InStep();
  }

  TemporaryDirectory directory_;
  LinkedEngines engines_;
};

const v1::BalanceDimension& RowOf(const v1::Balance& balance,
                                  const std::string& dimension,
                                  v1::BalanceDimension::Basis basis) {
  for (const v1::BalanceDimension& row : balance.dimensions()) {
    if (row.dimension() == dimension && row.basis() == basis) return row;
  }
  ADD_FAILURE() << dimension << " is missing";
  return v1::BalanceDimension::default_instance();
}

TEST_F(BalanceTest, BothNodesReproduceTheSymmetryTable) {
  ASSERT_NO_FATAL_FAILURE(ApplyExample());
  struct Row {
    const char* dimension;
    // As Cascadia sees it, and as Meridian does.
    v1::BalanceDimension::Basis bases[2];
    const char* amounts[2];
    double target, share, skew;
    v1::BalanceDimension::State state;
    double index;
  };
  using D = v1::BalanceDimension;
  for (const Row& row : {
           Row{"inputs",
               {D::CLAIMED, D::CLAIMED},
               {"3745000.00", "6060000.00"},
               0.45,
               0.3819,
               -0.0681,
               D::BALANCED,
               0.8763},
           Row{"inputs",
               {D::ACKNOWLEDGED, D::ACKNOWLEDGED},
               {"3745000.00", "5514000.00"},
               0.45,
               0.4045,
               -0.0455,
               D::BALANCED,
               0.9172},
           Row{"benefit",
               {D::CLAIMED, D::CLAIMED},
               {"10400000.00", "6400000.00"},
               0.5,
               0.619,
               0.1190,
               D::WATCH,
               0.7619},
           Row{"risk",
               {D::AGREED, D::AGREED},
               {"1490000.00", "1360000.00"},
               0.5,
               0.5228,
               0.0228,
               D::BALANCED,
               0.9544},
           Row{"risk",
               {D::OWN, D::PARTNER},
               {"1250000.00", "800000.00"},
               0.5,
               0.6098,
               0.1098,
               D::WATCH,
               0.7805},
           Row{"risk",
               {D::PARTNER, D::OWN},
               {"1790000.00", "2060000.00"},
               0.5,
               0.4649,
               -0.0351,
               D::BALANCED,
               0.9299},
       }) {
    for (int own = 0; own < 2; ++own) {
      SCOPED_TRACE(std::string(row.dimension) + (own == 0 ? " at A" : " at B"));
      const v1::Balance balance =
          Balance(own == 0 ? engines_.a() : engines_.b());
      const v1::BalanceDimension& got =
          RowOf(balance, row.dimension, row.bases[own]);
      EXPECT_EQ(got.own().text(), row.amounts[own]);
      EXPECT_EQ(got.partner().text(), row.amounts[1 - own]);
      EXPECT_EQ(got.own().currency(), "USD");
      const bool is_a = own == 0;
      EXPECT_NEAR(got.target(), is_a ? row.target : 1 - row.target, 1e-9);
      EXPECT_NEAR(got.share(), is_a ? row.share : 1 - row.share, kFourDecimals);
      EXPECT_NEAR(got.skew(), is_a ? row.skew : -row.skew, kFourDecimals);
      EXPECT_EQ(got.state(), row.state);
      EXPECT_NEAR(got.index(), row.index, kFourDecimals);
      EXPECT_EQ(got.decision(), "D1");
    }
  }
  const v1::Balance balance = Balance(engines_.a());
  for (const char* dimension : {"knowledge", "ownership", "commitment"}) {
    const v1::BalanceDimension& got =
        RowOf(balance, dimension, v1::BalanceDimension::CLAIMED);
    EXPECT_EQ(got.state(), v1::BalanceDimension::NO_DATA);
    EXPECT_FALSE(got.has_target() || got.has_share() || got.has_index());
  }
}

TEST_F(BalanceTest, BothNodesReproduceAcknowledgementsAndOverclaims) {
  ASSERT_NO_FATAL_FAILURE(ApplyExample());
  for (Engine* engine : {&engines_.a(), &engines_.b()}) {
    const v1::Balance balance = Balance(*engine);
    for (const v1::AcknowledgementGap& gap : balance.acknowledgements()) {
      if (gap.kind() == "field_sales_day") {
        EXPECT_EQ(gap.claimed(), "4200");
        EXPECT_EQ(gap.acknowledged(), "3360");
        EXPECT_NEAR(gap.gap(), 0.2, kFourDecimals);
        EXPECT_EQ(gap.difference_value().text(), "546000.00");
      } else if (gap.kind().empty() && gap.giver() == "meridian") {
        EXPECT_NEAR(gap.gap(), 0.0901, kFourDecimals);
      } else {
        EXPECT_TRUE(gap.has_gap());
        EXPECT_EQ(gap.gap(), 0);
      }
    }
    ASSERT_EQ(balance.overclaims_size(), 1);
    const v1::BalanceOverclaim& growth = balance.overclaims(0);
    EXPECT_NEAR(growth.overclaim(), 0.25, 1e-9);
    EXPECT_EQ(growth.level(), v1::BalanceOverclaim::WATCH);
    EXPECT_NEAR(growth.own_gap(), 0.25, 1e-9);
    EXPECT_NEAR(growth.partner_gap(), 0.25, 1e-9);
    EXPECT_EQ(growth.points(), 3);
  }
}

TEST_F(BalanceTest, EquityIsOfWhatIsSharedAndSaysWhatIsNot) {
  ASSERT_NO_FATAL_FAILURE(ApplyExample());
  EXPECT_THAT(Balance(engines_.a()).equity(0).missing(),
              ElementsAre("upkeep of cascadia", "upkeep of meridian"));
  RecordUpkeep(engines_.a(), "120000");
  RecordUpkeep(engines_.b(), "210000");
  const v1::Balance a = Balance(engines_.a());
  EXPECT_THAT(a.equity(0).missing(), IsEmpty());
  EXPECT_EQ(a.equity(0).own_input().text(), "5355000.00");
  EXPECT_EQ(a.equity(0).partner_input().text(), "7630000.00");
  EXPECT_NEAR(a.equity_ratio(), 2.3154, kFourDecimals);
  EXPECT_NEAR(a.equity(0).log_ratio(), 0.8396, kFourDecimals);
  EXPECT_EQ(a.equity(0).state(), v1::BalanceEquity::FAVOURS_OWN);
  const v1::Balance b = Balance(engines_.b());
  EXPECT_NEAR(b.equity_ratio(), 1 / 2.3154, kFourDecimals);
  EXPECT_NEAR(b.equity(0).log_ratio(), -0.8396, kFourDecimals);
  EXPECT_EQ(b.equity(0).state(), v1::BalanceEquity::FAVOURS_PARTNER);
  for (const v1::Balance* balance : {&a, &b}) {
    ASSERT_EQ(balance->upkeep_size(), 3);
    EXPECT_NEAR(balance->upkeep(0).ratio(), 0.0115, kFourDecimals);
    EXPECT_NEAR(balance->upkeep(1).ratio(), 0.0328, kFourDecimals);
    EXPECT_NEAR(balance->upkeep(2).ratio(), 0.0196, kFourDecimals);
    EXPECT_EQ(balance->upkeep(1).party(), "meridian");
    EXPECT_EQ(balance->upkeep(2).party(), "");
  }
}

TEST_F(BalanceTest, WhetherOneIsBetterOffIsToldAndTheFiguresStay) {
  ASSERT_NO_FATAL_FAILURE(ApplyExample());
  const v1::BalanceBetterOff a = Balance(engines_.a()).better_off();
  EXPECT_EQ(a.own_value().text(), "5045000.00");
  EXPECT_EQ(a.own_better_by().text(), "3045000.00");
  EXPECT_EQ(a.own_computed(), v1::BalanceBetterOff::YES);
  EXPECT_EQ(a.partner_stated(), v1::BalanceBetterOff::ANSWER_UNSPECIFIED);
  const v1::BalanceBetterOff b = Balance(engines_.b()).better_off();
  EXPECT_EQ(b.own_value().text(), "-1230000.00");
  EXPECT_EQ(b.own_better_by().text(), "-1380000.00");
  EXPECT_EQ(b.own_computed(), v1::BalanceBetterOff::NO);
  Say(engines_.a(), v1::BalanceBetterOff::YES);
  Say(engines_.b(), v1::BalanceBetterOff::NO);
  const v1::BalanceBetterOff told = Balance(engines_.a()).better_off();
  EXPECT_EQ(told.own_stated(), v1::BalanceBetterOff::YES);
  EXPECT_EQ(told.partner_stated(), v1::BalanceBetterOff::NO);
  EXPECT_TRUE(told.has_rule_one_met());
  EXPECT_FALSE(told.rule_one_met());
  EXPECT_FALSE(told.has_synergy());
}

TEST_F(BalanceTest, AFileThatWasAppliedChangesNothingTheNextTime) {
  ASSERT_NO_FATAL_FAILURE(ApplyExample());
  for (Engine* engine : {&engines_.a(), &engines_.b()}) {
    const v1::ApplyRecordsResponse again = ApplyRecordsFile(*engine);
    EXPECT_EQ(again.claimed(), 0);
    EXPECT_EQ(again.acknowledged(), 0);
    EXPECT_THAT(again.waiting(), IsEmpty());
    EXPECT_THAT(again.conflicting(), IsEmpty());
  }
}

TEST_F(BalanceTest, AReadingSaysWhomItIsAboutOnlyIfItIsAboutOne) {
  ASSERT_NO_FATAL_FAILURE(ApplyExample());
  for (const auto& [measure, about] :
       {std::pair("service_level", ""), {"people_present", "meridian"}}) {
    v1::ListRecordsRequest request;
    request.set_type("reading");
    request.set_kind(measure);
    const v1::ListRecordsResponse records =
        Call(engines_.b(), &ListRecords, request);
    ASSERT_GT(records.records_size(), 0);
    EXPECT_EQ(records.records(0).about(), about);
    EXPECT_EQ(records.records(0).state(), v1::Record::ACKNOWLEDGED);
  }
}

TEST_F(BalanceTest, WithoutAnythingEveryFigureIsAbsent) {
  const v1::Balance balance = Balance(engines_.a());
  for (const v1::BalanceDimension& row : balance.dimensions()) {
    EXPECT_EQ(row.state(), v1::BalanceDimension::NO_DATA) << row.dimension();
    EXPECT_FALSE(row.has_own() || row.has_partner() || row.has_share());
  }
  EXPECT_FALSE(balance.has_equity_ratio());
  EXPECT_FALSE(balance.has_mean_index());
}

}  // namespace
}  // namespace tallystick::node
