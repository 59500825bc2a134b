// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/plan_records.h"

#include "core/alliance/ids.h"
#include "core/alliance/plan_violations.h"
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
  return {.reference = reference,
          .date = "2025-03-31",
          .giver = giver,
          .kind = "field_sales_day",
          .claimed = claimed,
          .acknowledged = acknowledged,
          .note = "",
          .line = 0};
}

class PlanRecordsTest : public ::testing::Test {
 protected:
  absl::StatusOr<RecordPlan> Plan(v1::Party party,
                                  const std::vector<RecordRow>& rows) {
    return PlanRecords(logs_.state(), party, kNames, rows, kToday, [this] {
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
      v1::PARTY_B, "field_sales_day", "C27");
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
