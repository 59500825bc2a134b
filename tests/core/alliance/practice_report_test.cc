// SPDX-License-Identifier: Apache-2.0
// A measured series held against the figure that a decision has agreed.
#include "core/alliance/practice_report.h"

#include <string>

#include "absl/strings/str_format.h"
#include "core/decision/past_decision.h"
#include "gmock/gmock.h"
#include "tests/core/alliance/plan_two_logs.h"

namespace tallystick::alliance {
namespace {

constexpr double kFourDecimals = 5e-5;

class PracticeReportTest : public ::testing::Test {
 protected:
  // Both tell that 0 was agreed, with a spread of 1.
  void Agree(std::optional<expectation::Period> interval) {
    v1::DecisionContent content;
    content.set_type("delivery_tradeoffs");
    content.set_title("Figure");
    decision::WriteTerms(
        {.monitored = {{.measure = "lateness",
                        .agreed = expectation::MakeDecimal(0, 0),
                        .sigma = expectation::MakeDecimal(1, 0),
                        .interval = interval}}},
        &content);
    v1::Body body;
    *body.mutable_past_decision() = decision::PastDecisionToProto(
        {.reference = "D1",
         .content = content.SerializeAsString(),
         .proposed_by = v1::PARTY_A,
         .proposed_on = {2025, 1, 1},
         .accepted_on = expectation::Date{2025, 1, 1}});
    logs_.Write(v1::PARTY_A, body);
    logs_.Write(v1::PARTY_B, body);
  }

  void Read(int day, int64_t tenths) {
    v1::Body body;
    v1::RecordClaim& claim = *body.mutable_record_claim();
    claim.set_uid(absl::StrFormat("%016d", day));
    claim.mutable_on()->set_year(2025);
    claim.mutable_on()->set_month(2);
    claim.mutable_on()->set_day(day);
    claim.mutable_reading()->set_measure("lateness");
    *claim.mutable_reading()->mutable_value() =
        expectation::DecimalToProto(expectation::MakeDecimal(tenths, 1));
    logs_.Write(v1::PARTY_A, body);
  }

  // Of the third reading: 0.5, 1, 2 after one, three and two days.
  drift::ChartRow Third() {
    Read(1, 5);
    Read(4, 10);
    Read(6, 20);
    const std::vector<PracticeRow> rows =
        PracticeReport(logs_.state(), kNames, kToday);
    return rows.at(0).chart.at(2);
  }

  TwoLogs logs_;
};

// measures.md c.4, the irregular example.
TEST_F(PracticeReportTest, AnAgreedIntervalMakesTheGapsCount) {
  Agree(expectation::Period{{1, 0}, expectation::Period::Unit::kDay});
  const drift::ChartRow third = Third();
  EXPECT_NEAR(third.ewma, 1.0651, kFourDecimals);
  EXPECT_NEAR(third.ewma_limit, 1.4250, kFourDecimals);
}

// measures.md c.4: 0.2 x 2 + 0.8 x (0.2 x 1 + 0.8 x 0.1).
TEST_F(PracticeReportTest, WithoutOneEveryReadingIsAStep) {
  Agree(std::nullopt);
  EXPECT_NEAR(Third().ewma, 0.624, kFourDecimals);
}

}  // namespace
}  // namespace tallystick::alliance
