// SPDX-License-Identifier: Apache-2.0
#include "core/drift/findings.h"

#include <string>
#include <vector>

#include "core/drift/lateness.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/core/drift/builders.h"
#include "tests/status_matchers.h"

namespace tallystick::drift {
namespace {

using ::tallystick::testing::IsOk;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using State = Alert::State;

Subject LeadTime(const std::string& baseline = "charter:7") {
  return {.id = "handoff_lead_time",
          .names = {"cascadia", "meridian"},
          .baseline = baseline};
}

// A node's round: what is open is raised, what is not is closed.
void Settle(const Practice& practice, const Subject& subject, int64_t now_us,
            AlertBook& book) {
  for (const Side side : kSides) {
    const OpenDrift* open = nullptr;
    for (const OpenDrift& drift : practice.open) {
      if (drift.side == side) open = &drift;
    }
    if (open != nullptr) {
      book.Raise(ToFinding(*open, practice, v1::PARTY_UNSPECIFIED, subject),
                 now_us);
    } else {
      book.Close(PracticeKey(side, v1::PARTY_UNSPECIFIED, subject), now_us);
    }
  }
}

std::vector<std::string> Values(size_t quiet, size_t high,
                                size_t quiet_again = 0) {
  return Repeat("0", quiet) + Repeat("2", high) + Repeat("0", quiet_again);
}

TEST(FindingsTest, PracticeDriftSaysSinceWhenAndWhatToDo) {
  const Practice practice = MonitorOf(Standard(), Values(5, 3)).practice();
  ASSERT_THAT(practice.open, SizeIs(1));
  const Finding finding =
      ToFinding(practice.open[0], practice, v1::PARTY_UNSPECIFIED, LeadTime());
  EXPECT_EQ(finding.kind, "practice_drift");
  EXPECT_EQ(finding.subject, "handoff_lead_time");
  EXPECT_EQ(finding.variant, "up@charter:7");
  EXPECT_EQ(finding.points, practice.open[0].rating.points);
  EXPECT_THAT(finding.text, HasSubstr("drifting up from the agreed 0, probably "
                                      "since 2025-02-10"));
  EXPECT_THAT(finding.text, HasSubstr("is 4.5, 1.125 times its limit 4"));
  EXPECT_EQ(finding.Key(),
            PracticeKey(Side::kUp, v1::PARTY_UNSPECIFIED, LeadTime()));
}

TEST(FindingsTest, TheRuleOfTwoSaysThatItIsNoStatistics) {
  const Practice practice = MonitorOf(Standard(), Values(0, 0)).practice();
  ASSERT_THAT(practice.open, SizeIs(0));
  const Practice two = MonitorOf(Standard(), {"3", "3"}).practice();
  ASSERT_THAT(two.open, SizeIs(1));
  EXPECT_THAT(
      ToFinding(two.open[0], two, v1::PARTY_UNSPECIFIED, LeadTime()).text,
      HasSubstr("two of the last three readings"));
}

TEST(FindingsTest, EveryKindOfStatementHasAKeyAndWords) {
  for (int kind = 1; kind <= 8; ++kind) {
    StatementDrift drift = {.kind = static_cast<StatementKind>(kind),
                            .party = v1::PARTY_B,
                            .distance = 0.5,
                            .tolerance = 0.25,
                            .at_baseline = 0,
                            .now = 0.5,
                            .steps = {0.25, 0.25}};
    const bool in_days = drift.kind == StatementKind::kOutdatedPrediction ||
                         drift.kind == StatementKind::kStaleness ||
                         drift.kind == StatementKind::kPromise;
    if (in_days) drift.days = 62;
    Subject subject = LeadTime();
    subject.before = "5 days";
    subject.now = "7 days";
    const Finding finding = ToFinding(drift, subject);
    EXPECT_EQ(finding.kind, ToText(drift.kind));
    EXPECT_EQ(finding.Key(), StatementKey(drift.kind, v1::PARTY_B, subject));
    EXPECT_THAT(finding.text, HasSubstr("handoff_lead_time"));
    EXPECT_THAT(finding.text, HasSubstr(in_days ? "62 days" : "0.5000"));
  }
}

TEST(FindingsTest, ADriftThatNobodyAnswersBreaksTheSilence) {
  AlertBook book;
  Settle(MonitorOf(Standard(), Values(5, 3)).practice(), LeadTime(), 1, book);
  ASSERT_THAT(book.alerts(), SizeIs(1));
  EXPECT_EQ(book.alerts().at(1).finding.severity, Severity::kWatch);
  ASSERT_THAT(book.Acknowledge(1), IsOk());
  Settle(MonitorOf(Standard(), Values(5, 4)).practice(), LeadTime(), 2, book);
  EXPECT_EQ(book.alerts().at(1).state, State::kAcknowledged);
  Settle(MonitorOf(Standard(), Values(5, 5)).practice(), LeadTime(), 3, book);
  EXPECT_EQ(book.alerts().at(1).state, State::kOpen);
  EXPECT_EQ(book.alerts().at(1).finding.severity, Severity::kWarning);
  EXPECT_EQ(book.alerts().at(1).count, 3);
}

TEST(FindingsTest, AnAlertClosesAndComesBackUnderItsNumber) {
  AlertBook book;
  Settle(MonitorOf(Standard(), Values(5, 9)).practice(), LeadTime(), 1, book);
  Settle(MonitorOf(Standard(), Values(5, 9, 5)).practice(), LeadTime(), 2,
         book);
  EXPECT_EQ(book.alerts().at(1).state, State::kOpen);
  Settle(MonitorOf(Standard(), Values(5, 9, 6)).practice(), LeadTime(), 3,
         book);
  EXPECT_EQ(book.alerts().at(1).state, State::kClosed);
  Settle(MonitorOf(Standard(), Values(5, 9)).practice(), LeadTime(), 4, book);
  EXPECT_THAT(book.alerts(), SizeIs(1));
  EXPECT_EQ(book.alerts().at(1).state, State::kOpen);
}

TEST(FindingsTest, ANewBaselineSupersedesBothDirections) {
  AlertBook book;
  Measure two_sided = Standard();
  two_sided.good = Good::kTwoSided;
  std::vector<std::string> values(8, "3");
  values.resize(30, "-3");
  Settle(MonitorOf(two_sided, values).practice(), LeadTime(), 1, book);
  ASSERT_EQ(book.open_count(), 2);
  EXPECT_THAT(book.Supersede(kPracticeDrift, "handoff_lead_time",
                             v1::PARTY_UNSPECIFIED, "charter:8", 2),
              SizeIs(2));
  EXPECT_EQ(book.open_count(), 0);
}

}  // namespace
}  // namespace tallystick::drift
