// SPDX-License-Identifier: Apache-2.0
// Practice drift and drift of statements and decisions as in
// deploy/examples/cascadia-meridian/expected.md, from the files of the example.
#include <yaml-cpp/yaml.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/drift/lateness.h"
#include "core/drift/monitor.h"
#include "core/drift/statement_drift.h"
#include "core/expectation/answer.h"
#include "core/expectation/catalogue.h"
#include "core/expectation/distance.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/core/drift/builders.h"
#include "tests/core/expectation/builders.h"

namespace tallystick::drift {
namespace {

using expectation::BuiltInCatalogue;
using expectation::Topic;
using expectation::Value;
using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pointwise;
using ::testing::SizeIs;

YAML::Node Load(const std::string& folder, const std::string& file) {
  return YAML::LoadFile(absl::StrCat(EXAMPLES_DIR, "/", folder, "/", file));
}

// To four decimals.
auto Are(const std::vector<double>& expected) {
  return Pointwise(DoubleNear(5e-5), expected);
}

std::string MeasureId(const std::string& name) {
  return name.substr(0, name.find('@'));
}

int WeightOf(const std::string& measure) {
  for (const Topic& topic : BuiltInCatalogue().topics) {
    if (topic.practice_measure == measure) return topic.weight;
  }
  return kWeightDefault;
}

std::optional<double> Number(const YAML::Node& node) {
  if (!node || node.IsNull()) return std::nullopt;
  return node.as<double>();
}

// As alliance.yaml and the catalogue have it.
Measure ReadMeasure(const std::string& folder, const std::string& name) {
  const std::map<std::string, double> kDays = {
      {"week", 7}, {"month", 30}, {"quarter", 91}};
  const YAML::Node node = Load(folder, "alliance.yaml")["monitored"][name];
  const auto& known = *BuiltInCatalogue().FindMeasure(MeasureId(name));
  Measure measure = {.name = name,
                     .weight = WeightOf(MeasureId(name)),
                     .good = known.good,
                     .agreed = Number(node["agreed"]),
                     .sigma = Number(node["sigma"]),
                     .sigma_default = known.sigma,
                     .interval_days = kDays.at(known.interval),
                     .h = Number(node["h"])};
  if (node["interval_days"]) {
    measure.interval_days = *Number(node["interval_days"]);
    measure.irregular = true;
  }
  return measure;
}

Monitor ReadMonitor(const std::string& folder, const std::string& name) {
  Monitor monitor = *Monitor::Create(ReadMeasure(folder, name));
  for (const YAML::Node& reading :
       Load(folder, "records.yaml")["measures"][name]) {
    monitor.Add(ReadingOn(Day(reading["on"].as<std::string>()),
                          reading["value"].as<std::string>()));
  }
  return monitor;
}

Monitor Cascadia(const std::string& name) {
  return ReadMonitor("cascadia-meridian", name);
}

std::vector<double> Sums(const Monitor& monitor, Side side) {
  std::vector<double> sums;
  for (const ChartRow& row : monitor.Rows()) {
    sums.push_back(row.sums[IndexOf(side)]);
  }
  return sums;
}

TEST(PracticeExampleTest, HandoffLeadTime) {
  const Monitor monitor = Cascadia("handoff_lead_time");
  EXPECT_THAT(Sums(monitor, Side::kUp),
              Are({0,   0,   0,   0,   0,    0,    0,    0,   0,
                   0,   0,   0,   0.4, 1.1,  1.4,  2.5,  3.1, 4.5,
                   5.4, 6.9, 8.1, 9.8, 11.1, 12.9, 14.5, 16.4}));
  const Practice practice = monitor.practice();
  EXPECT_EQ(practice.state, PracticeState::kDrifting);
  EXPECT_EQ(practice.reference.sigma_source, SigmaSource::kAgreed);
  ASSERT_THAT(practice.open, SizeIs(1));
  const OpenDrift& drift = practice.open[0];
  EXPECT_EQ(drift.side, Side::kUp);
  EXPECT_EQ(drift.signal_at, 19);
  EXPECT_EQ(drift.signal_on, Day("2025-05-12"));
  EXPECT_EQ(drift.onset_at, 13);
  EXPECT_EQ(drift.onset_on, Day("2025-03-31"));
  EXPECT_NEAR(*drift.statistic, 16.4, 5e-5);
  EXPECT_NEAR(*drift.ratio, 3.28, 5e-5);
  EXPECT_EQ(drift.rating, (Rating{3, 24, Severity::kCritical}));
  EXPECT_NEAR(*practice.ewma, 1.9211, 5e-5);
  EXPECT_NEAR(*practice.ewma_limit, 0.9873, 5e-5);
  EXPECT_EQ(practice.ewma_signal_at, 18);
}

TEST(PracticeExampleTest, ServiceLevel) {
  const Monitor monitor = Cascadia("service_level");
  EXPECT_THAT(Sums(monitor, Side::kDown),
              Are({0, 0,   0, 0.0333, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                   0, 0.1, 0, 0,      0, 0, 0, 0, 0, 0, 0, 0, 0}));
  const Practice practice = monitor.practice();
  EXPECT_EQ(practice.state, PracticeState::kQuiet);
  EXPECT_THAT(practice.open, IsEmpty());
  EXPECT_EQ(practice.statistic, 0);
  EXPECT_NEAR(*practice.highest, 0.1, 5e-5);
  EXPECT_NEAR(*practice.ewma, 0.1059, 5e-5);
  EXPECT_NEAR(*practice.ewma_limit, 0.9873, 5e-5);
  EXPECT_EQ(practice.ewma_signal_at, std::nullopt);
}

TEST(PracticeExampleTest, PeoplePresent) {
  const Monitor monitor = Cascadia("people_present@meridian");
  EXPECT_THAT(Sums(monitor, Side::kDown), Are({0, 0, 0.5, 2, 4.5, 7}));
  const Practice practice = monitor.practice();
  ASSERT_THAT(practice.open, SizeIs(1));
  EXPECT_EQ(practice.open[0].signal_at, 5);
  EXPECT_EQ(practice.open[0].onset_at, 3);
  EXPECT_NEAR(*practice.open[0].ratio, 1.75, 5e-5);
  EXPECT_EQ(practice.open[0].rating, (Rating{2, 16, Severity::kWarning}));
  EXPECT_NEAR(*practice.ewma, -1.4384, 5e-5);
  EXPECT_NEAR(*practice.ewma_limit, 0.9528, 5e-5);
  EXPECT_EQ(practice.ewma_signal_at, 5);
}

TEST(PracticeExampleTest, TrustPulse) {
  const Monitor monitor = Cascadia("trust_pulse@meridian");
  EXPECT_THAT(Sums(monitor, Side::kDown), Are({0, 0, 0, 0.3, 1, 2.3}));
  const Practice practice = monitor.practice();
  EXPECT_THAT(practice.open, IsEmpty());
  EXPECT_NEAR(*practice.statistic, 2.3, 5e-5);
  EXPECT_NEAR(*practice.highest, 2.3, 5e-5);
  EXPECT_NEAR(*practice.ewma, -0.6118, 5e-5);
  EXPECT_NEAR(*practice.ewma_limit, 0.9528, 5e-5);
  EXPECT_EQ(practice.ewma_signal_at, std::nullopt);
}

TEST(PracticeExampleTest, Trends) {
  const auto lead_time = Cascadia("handoff_lead_time").FindTrend();
  ASSERT_TRUE(lead_time);
  EXPECT_NEAR(lead_time->trend.slope, 0.0160, 5e-5);
  EXPECT_NEAR(lead_time->per_month, 0.4790, 5e-5);
  EXPECT_EQ(lead_time->trend.s, 241);
  EXPECT_NEAR(lead_time->trend.z, 5.2925, 5e-5);
  EXPECT_TRUE(lead_time->is_bad);
  EXPECT_FALSE(lead_time->trend.note_only());

  const auto trust = Cascadia("trust_pulse@meridian").FindTrend();
  ASSERT_TRUE(trust);
  EXPECT_NEAR(trust->per_month, -0.2333, 5e-5);
  EXPECT_EQ(trust->trend.s, -15);
  EXPECT_NEAR(trust->trend.z, -2.6301, 5e-5);
  EXPECT_TRUE(trust->is_bad);
  EXPECT_TRUE(trust->trend.note_only());
}

// The second example has no expected.md; the figures are those of a separate
// computation from the formulas.
Monitor Northfield(const std::string& name) {
  return ReadMonitor("northfield-quillon", name);
}

TEST(SecondExampleTest, DecisionTimeIsReportedAtIrregularIntervals) {
  const Monitor monitor = Northfield("decision_time@northfield");
  EXPECT_THAT(Sums(monitor, Side::kUp),
              Are({0, 0.1667, 1.0, 1.5, 3.0, 5.1667}));
  std::vector<double> averages;
  std::vector<double> limits;
  for (const ChartRow& row : monitor.Rows()) {
    averages.push_back(row.ewma);
    limits.push_back(row.ewma_limit);
  }
  EXPECT_THAT(averages, Are({-0.0667, 0.1014, 0.5623, 0.6056, 0.8678, 1.0932}));
  EXPECT_THAT(limits, Are({0.5924, 0.8182, 1.2207, 1.1384, 1.0791, 1.0143}));
  const Practice practice = monitor.practice();
  ASSERT_THAT(practice.open, SizeIs(1));
  EXPECT_EQ(practice.open[0].signal_at, 6);
  EXPECT_EQ(practice.open[0].onset_at, 2);
  EXPECT_EQ(practice.ewma_signal_at, 6);
}

TEST(SecondExampleTest, MilestonesAreQuiet) {
  const Monitor monitor = Northfield("milestones_hit");
  EXPECT_THAT(Sums(monitor, Side::kDown), Are({0, 0, 0.5, 1.4, 1.3, 2.0}));
  EXPECT_THAT(monitor.practice().open, IsEmpty());
}

TEST(SecondExampleTest, IssueClosureHasNoFigureAndStartsByItself) {
  const Monitor monitor = Northfield("issue_closure_time");
  std::vector<double> scores;
  for (const ChartRow& row : monitor.Rows()) {
    if (row.score) scores.push_back(*row.score);
  }
  EXPECT_THAT(scores, Are({0, -1.2123, 0.6722, -0.2240, 2.4371, 1.8699, 1.3022,
                           1.4837}));
  EXPECT_THAT(Sums(monitor, Side::kUp),
              Are({0, 0, 0, 0, 0.1722, 0, 1.9371, 3.3069, 4.1091, 5.0927}));
  const Practice practice = monitor.practice();
  EXPECT_EQ(practice.method, Method::kSelfStarting);
  ASSERT_THAT(practice.open, SizeIs(1));
  EXPECT_EQ(practice.open[0].signal_at, 9);
  EXPECT_EQ(practice.open[0].onset_at, 7);
}

struct Stated {
  expectation::Date on;
  Value own;
  std::optional<Value> prediction;
};

const Topic& TopicOf(const std::string& id) {
  return *BuiltInCatalogue().Find(id);
}

// All that a party stated on a topic, oldest first.
std::vector<Stated> ReadAnswers(const std::string& party,
                                const std::string& topic) {
  const YAML::Node view =
      Load("cascadia-meridian", absl::StrCat("view-", party, ".yaml"));
  const auto read = [&topic](const YAML::Node& node) {
    const auto parse = [&topic](const YAML::Node& answer) {
      return *expectation::ParseAnswer(TopicOf(topic),
                                       expectation::RawFromYaml(answer),
                                       expectation::kNames);
    };
    Stated stated = {Day(node["stated"].as<std::string>()),
                     parse(node["self"])};
    if (node["partner"]) stated.prediction = parse(node["partner"]);
    return stated;
  };
  std::vector<Stated> answers;
  for (const YAML::Node& earlier : view["earlier_answers"]) {
    if (earlier["topic"].as<std::string>() == topic) {
      answers.push_back(read(earlier));
    }
  }
  answers.push_back(read(view["answers"][topic]));
  return answers;
}

std::vector<const Value*> OwnValues(const std::vector<Stated>& answers) {
  std::vector<const Value*> values;
  values.reserve(answers.size());
  for (const Stated& stated : answers) values.push_back(&stated.own);
  return values;
}

const expectation::Date kToday = {2025, 7, 1};

TEST(StatementExampleTest, ScopeInMovedAwayAndNobodyLookedAgain) {
  const Topic& topic = TopicOf("frame/scope-in");
  const std::vector<Stated> a = ReadAnswers("cascadia", topic.id);
  const std::vector<Stated> b = ReadAnswers("meridian", topic.id);
  ASSERT_THAT(a, SizeIs(1));
  ASSERT_THAT(b, SizeIs(2));

  const auto moved = FindMove(topic, v1::PARTY_B, OwnValues(b));
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->kind, StatementKind::kRestatement);
  EXPECT_NEAR(*moved->distance, 0.3333, 5e-5);
  EXPECT_EQ(moved->tolerance, 0.2);

  const auto distance = [&topic](const Value& x, const Value& y) {
    return expectation::Compare(topic, x, y).d;
  };
  const auto apart = FindDivergence(topic, distance(a[0].own, b[0].own),
                                    distance(a[0].own, b[1].own));
  ASSERT_TRUE(apart);
  EXPECT_EQ(apart->at_baseline, 0);
  EXPECT_NEAR(*apart->now, 0.3333, 5e-5);

  EXPECT_TRUE(FindAccuracyLoss(topic, v1::PARTY_A,
                               distance(*a[0].prediction, b[0].own),
                               distance(*a[0].prediction, b[1].own)));

  EXPECT_EQ(a[0].on, Day("2025-02-10"));
  EXPECT_EQ(b[1].on, Day("2025-04-14"));
  const auto outdated =
      FindOutdatedPrediction(topic.weight, v1::PARTY_A, b[1].on, kToday);
  ASSERT_TRUE(outdated);
  EXPECT_EQ(outdated->days, 78);

  // D5 proposed what B already went by, and lapsed without an answer.
  EXPECT_TRUE(
      FindAheadOfDecision(topic, v1::PARTY_B, b[0].own, b[1].own, b[1].own));
}

TEST(StatementExampleTest, RevenueInfluencedCrept) {
  const Topic& topic = TopicOf("performance/revenue-influenced");
  const auto drift = FindMove(topic, v1::PARTY_B,
                              OwnValues(ReadAnswers("meridian", topic.id)));
  ASSERT_TRUE(drift);
  EXPECT_EQ(drift->kind, StatementKind::kCreep);
  EXPECT_THAT(drift->steps, Are({0.125, 0.1429}));
  EXPECT_NEAR(*drift->distance, 0.25, 5e-5);
  EXPECT_EQ(drift->tolerance, 0.15);
}

TEST(StatementExampleTest, D4IsLate) {
  const YAML::Node decision = Load("cascadia-meridian", "decisions.yaml")[3];
  ASSERT_EQ(decision["id"].as<std::string>(), "D4");
  const auto drift = FindOverdue(
      kWeightDefault, Day(decision["due"].as<std::string>()), kToday);
  ASSERT_TRUE(drift);
  EXPECT_EQ(drift->days, 62);
}

TEST(StatementExampleTest, TheNoticePeriodIsANotice) {
  const Topic& topic = TopicOf("governance/notice-period");
  const auto drift =
      FindStaleness(topic.weight, topic.review_days, v1::PARTY_B,
                    ReadAnswers("meridian", topic.id).back().on, kToday);
  ASSERT_TRUE(drift);
  EXPECT_EQ(drift->days, 228);
  EXPECT_NEAR(static_cast<double>(*drift->days) / drift->days_limit, 1.2667,
              5e-5);
  EXPECT_TRUE(drift->notice);
}

}  // namespace
}  // namespace tallystick::drift
