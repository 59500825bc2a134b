// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/statement_report.h"

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "core/alliance/plan_view.h"
#include "gmock/gmock.h"
#include "tests/core/alliance/plan_two_logs.h"

namespace tallystick::alliance {
namespace {

using drift::StatementKind;
using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr v1::Party kA = v1::PARTY_A;
constexpr v1::Party kB = v1::PARTY_B;
constexpr double kDigits = 5e-5;
const std::string kScope = "frame/scope-in";
const std::string kRevenue = "performance/revenue-influenced";

// A word or figure; words with a comma between them are a list.
v1::RawValue Answer(const std::string& text) {
  if (!absl::StrContains(text, ",")) return Raw(text);
  v1::RawValue raw;
  for (absl::string_view item : absl::StrSplit(text, ", ")) {
    raw.mutable_list()->add_values()->set_scalar(std::string(item));
  }
  return raw;
}

class StatementReportTest : public ::testing::Test {
 protected:
  void Say(v1::Party party, const std::string& topic, const std::string& own,
           const std::string& prediction, const std::string& stated) {
    ViewRow row;
    row.topic = topic;
    if (!own.empty()) row.own = Answer(own);
    if (!prediction.empty()) row.prediction = Answer(prediction);
    row.stated = stated;
    const auto plan =
        PlanView(logs_.state(), party, kNames, {}, {&row, 1}, kToday);
    ASSERT_THAT(plan, testing::IsOk());
    for (const v1::Body& body : plan->stances) logs_.Write(party, body);
  }

  // Kind and party of what has been found.
  std::vector<std::pair<StatementKind, v1::Party>> Found(
      const expectation::Date& on = kToday) {
    std::vector<std::pair<StatementKind, v1::Party>> found;
    for (const StatementRow& row : Report(on)) {
      found.emplace_back(row.drift.kind, row.drift.party);
    }
    return found;
  }
  std::vector<StatementRow> Report(const expectation::Date& on = kToday) {
    return StatementReport(logs_.state(), kNames, on);
  }
  StatementRow Only(StatementKind kind, const expectation::Date& on = kToday) {
    for (StatementRow& row : Report(on)) {
      if (row.drift.kind == kind) return row;
    }
    ADD_FAILURE() << "nothing of kind " << drift::ToText(kind);
    return {};
  }

  TwoLogs logs_;
};

TEST_F(StatementReportTest, NothingMovedIsNothingFound) {
  Say(kA, kRevenue, "120000000 USD", "110000000 USD", "2025-06-10");
  Say(kB, kRevenue, "120000000 USD", "120000000 USD", "2025-06-12");
  EXPECT_THAT(Found(), IsEmpty());
}

// The example, "Drift of statements and decisions": energy coffee.
TEST_F(StatementReportTest, ARestatementBeyondToleranceTakesTheOthersWithIt) {
  Say(kA, kScope, "bottled coffee, canned coffee",
      "bottled coffee, canned coffee", "2025-02-10");
  Say(kB, kScope, "bottled coffee, canned coffee",
      "bottled coffee, canned coffee", "2025-02-12");
  Say(kB, kScope, "bottled coffee, canned coffee, energy coffee", "",
      "2025-04-14");
  const StatementRow moved = Only(StatementKind::kRestatement);
  EXPECT_EQ(moved.drift.party, kB);
  EXPECT_THAT(*moved.drift.distance, DoubleNear(0.3333, kDigits));
  EXPECT_EQ(moved.subject.id, kScope);
  const StatementRow apart = Only(StatementKind::kDivergence);
  EXPECT_EQ(apart.drift.at_baseline, 0.0);
  EXPECT_THAT(*apart.drift.now, DoubleNear(0.3333, kDigits));
  EXPECT_EQ(Only(StatementKind::kMisread).drift.party, kA);
  const StatementRow outdated = Only(StatementKind::kOutdatedPrediction);
  EXPECT_EQ(outdated.drift.party, kA);
  EXPECT_EQ(outdated.drift.days, 78);
}

// The example again: 120, 105, 90 million.
TEST_F(StatementReportTest, StepsWithinToleranceThatLeadBeyondItAreCreep) {
  Say(kB, kRevenue, "120000000 USD", "", "2025-02-12");
  Say(kB, kRevenue, "105000000 USD", "", "2025-04-01");
  EXPECT_THAT(Found({2025, 4, 1}), IsEmpty());
  Say(kB, kRevenue, "90000000 USD", "", "2025-05-20");
  const StatementRow creep = Only(StatementKind::kCreep);
  EXPECT_EQ(creep.drift.party, kB);
  EXPECT_THAT(*creep.drift.distance, DoubleNear(0.25, kDigits));
  EXPECT_THAT(creep.drift.steps, ElementsAre(DoubleNear(0.125, kDigits),
                                             DoubleNear(0.1429, kDigits)));
}

// The example: Cascadia first answers when Meridian has answered three times.
TEST_F(StatementReportTest, APartyIsHeldAgainstItsOwnFirstAnswerBothTogether) {
  Say(kA, kScope, "bottled coffee, iced tea", "", "2025-02-01");
  Say(kA, kScope, "bottled coffee, canned coffee", "", "2025-02-05");
  Say(kB, kScope, "bottled coffee, canned coffee", "", "2025-02-10");
  EXPECT_THAT(Found({2025, 2, 11}),
              ElementsAre(std::pair(StatementKind::kRestatement, kA)));
}

TEST_F(StatementReportTest, APredictionIsOutdatedAfterFourteenDaysUnlooked) {
  Say(kA, kRevenue, "120000000 USD", "120000000 USD", "2025-05-01");
  Say(kB, kRevenue, "120000000 USD", "120000000 USD", "2025-05-02");
  Say(kB, kRevenue, "118000000 USD", "", "2025-06-01");
  EXPECT_THAT(Found({2025, 6, 15}), IsEmpty());
  EXPECT_EQ(Only(StatementKind::kOutdatedPrediction, {2025, 6, 16}).drift.party,
            kA);
  Say(kA, kRevenue, "", "118000000 USD", "2025-06-16");
  EXPECT_THAT(Found({2025, 6, 16}), IsEmpty());
}

// governance/notice-period of the example: 228 days, limit 180.
TEST_F(StatementReportTest, AnOldAnswerIsANoticeFirst) {
  Say(kB, "governance/notice-period", "180 days", "", "2024-11-15");
  const StatementRow stale = Only(StatementKind::kStaleness);
  EXPECT_EQ(stale.drift.party, kB);
  EXPECT_EQ(stale.drift.days, 228);
  EXPECT_TRUE(stale.drift.notice);
  EXPECT_FALSE(Only(StatementKind::kStaleness, {2025, 8, 13}).drift.notice);
}

TEST_F(StatementReportTest, WhoWithdrawsDoesNotDrift) {
  Say(kB, kRevenue, "120000000 USD", "", "2025-06-12");
  v1::Body body;
  body.mutable_stance()->set_topic(kRevenue);
  body.mutable_stance()->set_cell(v1::Stance::OWN);
  body.mutable_stance()->mutable_withdrawn();
  logs_.Write(kB, body);
  EXPECT_THAT(Found(), IsEmpty());
}

// D5 of the first example: proposed, never answered, and done all the same.
TEST_F(StatementReportTest, WhoActsOnAPastDecisionThatExpiredIsAheadOfIt) {
  Say(kA, kScope, "bottled, canned", "bottled, canned", "2025-02-10");
  Say(kB, kScope, "bottled, canned", "bottled, canned", "2025-02-12");
  Say(kB, kScope, "bottled, canned, energy", "", "2025-04-14");
  v1::DecisionContent content;
  content.set_type("roadmap_changes");
  content.set_title("Add energy coffee to the scope");
  v1::CharterSetting& setting = *content.add_settings();
  setting.set_topic(kScope);
  for (const char* item : {"bottled", "canned", "energy"}) {
    setting.mutable_value()->mutable_set()->add_items(item);
  }
  decision::PastDecision past = {
      .reference = "D5",
      .content = content.SerializeAsString(),
      .proposed_by = kB,
      .proposed_on = {2025, 4, 15},
      .respond_by_on = expectation::Date{2025, 4, 29}};
  v1::Body body;
  *body.mutable_past_decision() = decision::PastDecisionToProto(past);
  for (const v1::Party party : {kA, kB}) logs_.Write(party, body);
  EXPECT_EQ(Only(StatementKind::kAheadOfDecision).drift.party, kB);
  // Once it is in force there is nothing to be ahead of.
  past.accepted_on = expectation::Date{2025, 4, 20};
  *body.mutable_past_decision() = decision::PastDecisionToProto(past);
  for (const v1::Party party : {kA, kB}) logs_.Write(party, body);
  for (const StatementRow& row : Report()) {
    EXPECT_NE(row.drift.kind, StatementKind::kAheadOfDecision);
  }
}

}  // namespace
}  // namespace tallystick::alliance
