// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/plan_records.h"

#include "core/alliance/ids.h"
#include "core/alliance/plan_violations.h"
#include "core/alliance/readings.h"
#include "gmock/gmock.h"
#include "tests/core/alliance/plan_two_logs.h"

namespace tallystick::alliance {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

RecordRow Row(const std::string& reference, const std::string& giver,
              const std::string& claimed, const std::string& acknowledged) {
  return {.type = record::Type::kContribution,
          .reference = reference,
          .date = "2025-03-31",
          .giver = giver,
          .kind = "field_sales_day",
          .claimed = claimed,
          .acknowledged = acknowledged};
}

class PlanRecordsTest : public ::testing::Test {
 protected:
  absl::StatusOr<RecordPlan> Plan(v1::Party party,
                                  const std::vector<RecordRow>& rows) {
    return PlanRecords(
        logs_.state(), party, kNames, rows, {kToday, kToday}, [this] {
          return std::string(15, 'r') + static_cast<char>('0' + next_uid_++);
        });
  }

  RecordPlan Apply(v1::Party party, const std::vector<RecordRow>& rows) {
    auto plan = Plan(party, rows);
    EXPECT_THAT(plan, testing::IsOk());
    for (const v1::Body& body : plan->statements) logs_.Write(party, body);
    return *std::move(plan);
  }

  TwoLogs logs_;
  int next_uid_ = 0;
};

TEST_F(PlanRecordsTest, EachSideTakesWhatIsItsOwnToSay) {
  const std::vector<RecordRow> file = {Row("C01", "cascadia", "15", "15"),
                                       Row("C27", "meridian", "700", "600")};
  const RecordPlan early = Apply(v1::PARTY_A, file);
  EXPECT_EQ(early.claimed, 1);
  EXPECT_THAT(early.waiting, ElementsAre("C27"));
  const RecordPlan partner = Apply(v1::PARTY_B, file);
  EXPECT_EQ(partner.claimed, 1);
  EXPECT_EQ(partner.acknowledged, 1);
  const RecordPlan late = Apply(v1::PARTY_A, file);
  EXPECT_EQ(late.acknowledged, 1);
  EXPECT_EQ(late.unchanged, 1);
  const record::Record* record = logs_.state().FindRecordByReference(
      v1::PARTY_B, record::Type::kContribution, "field_sales_day", "C27");
  ASSERT_NE(record, nullptr);
  EXPECT_EQ(record::StateOf(*record), record::State::kPartlyAcknowledged);
  EXPECT_THAT(Apply(v1::PARTY_A, file).statements, IsEmpty());
}

TEST_F(PlanRecordsTest, AChangedFigureCorrectsTheEarlierClaim) {
  Apply(v1::PARTY_A, {Row("C01", "cascadia", "15", "")});
  const auto plan = Plan(v1::PARTY_A, {Row("C01", "cascadia", "16", "")});
  ASSERT_THAT(plan, testing::IsOk());
  ASSERT_EQ(plan->statements.size(), 1u);
  EXPECT_EQ(plan->statements[0].record_claim().corrects_uid(),
            logs_.state().records(v1::PARTY_A)[0].uid);
}

RecordRow Reading(const std::string& measure, const std::string& value) {
  return {.type = record::Type::kReading,
          .reference = measure + " 2025-03-31",
          .date = "2025-03-31",
          .kind = measure,
          .claimed = value};
}

TEST_F(PlanRecordsTest, AReadingIsClaimedByWhoeverComesFirst) {
  const std::vector<RecordRow> file = {Reading("people_present@meridian", "20"),
                                       Reading("service_level", "97.4")};
  EXPECT_EQ(Apply(v1::PARTY_A, file).claimed, 2);
  const RecordPlan partner = Apply(v1::PARTY_B, file);
  EXPECT_EQ(partner.claimed, 0);
  EXPECT_EQ(partner.acknowledged, 2);
  for (const v1::Party party : {v1::PARTY_A, v1::PARTY_B}) {
    EXPECT_THAT(Apply(party, file).statements, IsEmpty());
  }
  const record::Record& record = logs_.state().records(v1::PARTY_A)[0];
  EXPECT_EQ(record.kind, "people_present");
  EXPECT_EQ(std::get<record::Reading>(record.details).about, v1::PARTY_B);
  EXPECT_EQ(StateOf(logs_.state(), record), record::State::kAcknowledged);
}

TEST_F(PlanRecordsTest, TwoFiguresForOneDayStandAndConflict) {
  Apply(v1::PARTY_A, {Reading("service_level", "97.4")});
  const RecordPlan partner =
      Apply(v1::PARTY_B, {Reading("service_level", "96.4")});
  EXPECT_EQ(partner.claimed, 1);
  EXPECT_THAT(partner.conflicting, ElementsAre("service_level 2025-03-31"));
  for (const v1::Party party : {v1::PARTY_A, v1::PARTY_B}) {
    EXPECT_EQ(StateOf(logs_.state(), logs_.state().records(party)[0]),
              record::State::kConflicting);
  }
  EXPECT_THAT(Apply(v1::PARTY_B, {Reading("service_level", "96.4")}).statements,
              IsEmpty());
  // The partner gives way.
  Apply(v1::PARTY_B, {Reading("service_level", "97.4")});
  EXPECT_EQ(StateOf(logs_.state(), logs_.state().records(v1::PARTY_A)[0]),
            record::State::kAcknowledged);
}

TEST_F(PlanRecordsTest, APercentageAboveAHundredIsRefusedAndSetAside) {
  EXPECT_THAT(Plan(v1::PARTY_A, {Reading("service_level", "100.5")}),
              testing::StatusIs(absl::StatusCode::kInvalidArgument,
                                HasSubstr("from 0 to 100")));
  // A partner may write it all the same.
  const auto plan = Plan(v1::PARTY_A, {Reading("service_level", "99.5")});
  ASSERT_THAT(plan, testing::IsOk());
  v1::Body body = plan->statements[0];
  body.mutable_record_claim()->mutable_reading()->mutable_value()->set_unscaled(
      1005);
  AllianceState state = logs_.state();
  const auto folded = state.FoldOrRefuse(
      v1::PARTY_A, {.time_us = expectation::DayNumber(kToday) * 86'400'000'000},
      body.SerializeAsString());
  EXPECT_THAT(folded, testing::StatusIs(absl::StatusCode::kInvalidArgument,
                                        HasSubstr("from 0 to 100")));
}

RecordRow Recall() {
  return {.type = record::Type::kRisk,
          .reference = "R1",
          .currency = "USD",
          .title = "product recall",
          .impact = "4000000",
          .agreed_impact = "4000000",
          .likelihoods = {{"agreed", "possible"},
                          {"cascadia", "unlikely"},
                          {"meridian", "likely"}},
          .shares = {{"cascadia", "0.3"}, {"meridian", "0.7"}}};
}

TEST_F(PlanRecordsTest, EachPartyClaimsItsOwnEstimateOfARisk) {
  Apply(v1::PARTY_A, {Recall()});
  Apply(v1::PARTY_B, {Recall()});
  for (const auto& [party, word] :
       {std::pair(v1::PARTY_A, "unlikely"), std::pair(v1::PARTY_B, "likely")}) {
    ASSERT_EQ(logs_.state().records(party).size(), 1u);
    const auto& risk =
        std::get<record::Risk>(logs_.state().records(party)[0].details);
    EXPECT_EQ(risk.likelihood, word);
    EXPECT_EQ(risk.agreed_likelihood, "possible");
    EXPECT_EQ(risk.impact.minor_units, 400'000'000);
    EXPECT_EQ(risk.borne_by_a, (expectation::Decimal{3, 1}));
    EXPECT_THAT(Apply(party, {Recall()}).statements, IsEmpty());
  }
}

TEST_F(PlanRecordsTest, PartsThatDoNotAddUpToOneAreRefused) {
  RecordRow row = Recall();
  row.line = 7;
  row.shares[1].value = "0.6";
  EXPECT_THAT(ViolationsOf(Plan(v1::PARTY_A, {row}).status()),
              ElementsAre(AllOf(
                  Field(&Violation::line, 7),
                  Field(&Violation::text, HasSubstr("do not add up to 1")))));
}

TEST_F(PlanRecordsTest, ARowWithoutADayKeepsTheDayOfWhatIsThere) {
  Apply(v1::PARTY_A, {Recall()});
  const auto later = PlanRecords(logs_.state(), v1::PARTY_A, kNames,
                                 {{Recall()}}, {{2025, 8, 1}, {2025, 8, 1}},
                                 [] { return std::string(16, 'x'); });
  ASSERT_THAT(later, testing::IsOk());
  EXPECT_EQ(later->unchanged, 1);
}

TEST_F(PlanRecordsTest, MoneyNamesItsCurrencyByItsKindOrByItself) {
  RecordRow row = {.type = record::Type::kBenefit,
                   .reference = "B01",
                   .giver = "cascadia",
                   .kind = "gross_profit_usd",
                   .amount = "1200000.5"};
  Apply(v1::PARTY_A, {row});
  const record::Record& record = logs_.state().records(v1::PARTY_A)[0];
  EXPECT_EQ(record.currency, "USD");
  EXPECT_EQ(expectation::ToText(*record.claimed), "1200000.5");
  row.kind = "gross_profit";
  EXPECT_THAT(Plan(v1::PARTY_A, {row}).status().message(),
              HasSubstr("name the currency"));
  row.currency = "USD";
  row.amount = "0.001";
  EXPECT_THAT(Plan(v1::PARTY_A, {row}).status().message(),
              HasSubstr("2 digits after the point"));
}

TEST_F(PlanRecordsTest, AnAcknowledgementSpeaksOfTheDayOfTheRow) {
  const std::vector<RecordRow> file = {Row("C27", "meridian", "700", "600")};
  Apply(v1::PARTY_B, file);
  Apply(v1::PARTY_A, file);
  EXPECT_EQ(logs_.state().records(v1::PARTY_B)[0].answer->on,
            (expectation::Date{2025, 3, 31}));
}

TEST_F(PlanRecordsTest, NamesEveryViolationWithItsLine) {
  RecordRow giver = Row("C01", "nobody", "15", "");
  giver.line = 3;
  RecordRow amount = Row("C02", "cascadia", "-1", "");
  amount.line = 4;
  const auto plan = Plan(v1::PARTY_A, {giver, amount});
  EXPECT_THAT(
      ViolationsOf(plan.status()),
      ElementsAre(AllOf(Field(&Violation::line, 3),
                        Field(&Violation::text, HasSubstr("cascadia or"))),
                  AllOf(Field(&Violation::line, 4),
                        Field(&Violation::text, HasSubstr("more than 0")))));
}

TEST_F(PlanRecordsTest, AnIdThatBothPartiesUsedCarriesItsAuthor) {
  const auto own = Plan(v1::PARTY_A, {Row("C01", "cascadia", "15", "")});
  const auto other = Plan(v1::PARTY_B, {Row("C02", "meridian", "16", "")});
  logs_.WriteHavingSeen(v1::PARTY_A, own->statements[0], 0);
  logs_.WriteHavingSeen(v1::PARTY_B, other->statements[0], 0);
  const AllianceState& state = logs_.state();
  const record::Record& record = state.records(v1::PARTY_B)[0];
  EXPECT_EQ(FormatRecordId(state, kNames, record), "meridian/r-1");
  EXPECT_THAT(ResolveRecord(state, kNames, "r-1"),
              testing::StatusIs(absl::StatusCode::kInvalidArgument,
                                HasSubstr("cascadia/r-1 or meridian/r-1")));
  EXPECT_THAT(ResolveRecord(state, kNames, "meridian/1"),
              testing::IsOkAndHolds(&record));
  EXPECT_THAT(ResolveRecord(state, kNames, "r-2"),
              testing::StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace tallystick::alliance
