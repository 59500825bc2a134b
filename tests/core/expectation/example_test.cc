// SPDX-License-Identifier: Apache-2.0
// The coorientation table of deploy/examples/cascadia-meridian/expected.md,
// computed from the two view files.
#include <yaml-cpp/yaml.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/expectation/answer.h"
#include "core/expectation/catalogue.h"
#include "core/expectation/coorient.h"
#include "core/expectation/scores.h"
#include "core/expectation/topic_ref.h"
#include "gtest/gtest.h"
#include "tests/core/expectation/builders.h"
#include "tests/status_matchers.h"

namespace tallystick::expectation {
namespace {

using tallystick::testing::IsOk;

struct Answers {
  std::optional<Value> own;
  std::optional<Value> prediction;
  bool stale = false;
};

using View = std::map<TopicRef, Answers>;

std::optional<Value> Parse(const Topic& topic, const YAML::Node& node,
                           const PartyNames& names) {
  if (!node) return std::nullopt;
  const absl::StatusOr<Value> value =
      ParseAnswer(topic, RawFromYaml(node), names);
  EXPECT_THAT(value, IsOk()) << topic.id;
  return *value;
}

View ReadView(const std::string& folder, const std::string& party,
              const PartyNames& names) {
  const YAML::Node file = YAML::LoadFile(
      absl::StrCat(EXAMPLES_DIR, "/", folder, "/view-", party, ".yaml"));
  const auto today = ParseDate(file["as_of"].as<std::string>());
  View view;
  for (const auto& answer : file["answers"]) {
    const auto ref = ParseTopicRef(answer.first.as<std::string>(), names,
                                   BuiltInCatalogue());
    EXPECT_THAT(ref, IsOk());
    const Topic& topic = *BuiltInCatalogue().Find(ref->topic);
    const auto stated = ParseDate(answer.second["stated"].as<std::string>());
    view[*ref] = {Parse(topic, answer.second["self"], names),
                  Parse(topic, answer.second["partner"], names),
                  DayNumber(*today) - DayNumber(*stated) > topic.review_days};
  }
  return view;
}

PartyCells CellsOf(const View& view, const TopicRef& ref) {
  PartyCells cells;
  const auto at = view.find(ref);
  if (at == view.end()) return cells;
  const Answers& answers = at->second;
  if (answers.own) cells.own = Cell::Stated(*answers.own, answers.stale);
  if (answers.prediction) {
    cells.prediction = Cell::Stated(*answers.prediction, answers.stale);
  }
  return cells;
}

struct Row {
  const char* topic;
  int weight;
  double tolerance, agreement, congruency_a, accuracy_a, congruency_b,
      accuracy_b;
  const char* state_a;
  const char* state_b;
  // With the party of a one-sided state: "one_sided_false_consensus (A)".
  const char* joint;
  const char* misread;
  // Points and grade; 0: none.
  int points;
  const char* grade;
};

constexpr const char* kConsensus = "consensus";
constexpr const char* kDissensus = "dissensus";
constexpr const char* kFalse = "false_consensus";
constexpr const char* kConflict = "false_conflict";
constexpr const char* kMutual = "mutual_false_consensus";
constexpr const char* kOneA = "one_sided_false_consensus (A)";

const Row kTable[] = {
    {"frame/spectrum-position", 5, 0, .3333, 0, .3333, 0, .3333, kFalse, kFalse,
     kMutual, "A,B", 30, "critical"},
    {"frame/outcome-priority", 5, 0.2, .4667, .4, .0667, .4667, 0, kDissensus,
     kDissensus, kDissensus, "", 10, "watch"},
    {"frame/scope-in", 5, 0.2, .3333, 0, .3333, 0, .3333, kFalse, kFalse,
     kMutual, "A,B", 15, "warning"},
    {"frame/customer-visibility", 3, 0, 0, 0, 0, .3333, .3333, kConsensus,
     kConflict, "one_sided_false_conflict (B)", "B", 3, "info"},
    {"frame/time-horizon", 4, 0.25, 1, 0, 1, 1, 0, kFalse, kDissensus, kOneA,
     "A", 24, "critical"},
    {"socket/processes", 5, 0.2, 0, .5, .5, 0, 0, kConflict, kConsensus,
     "one_sided_false_conflict (A)", "A", 5, "watch"},
    {"socket/handoff-lead-time", 4, 0.2, 0, 0, 0, 0, 0, kConsensus, kConsensus,
     kConsensus, "", 0, ""},
    {"performance/revenue-influenced", 5, 0.15, .25, .0833, .1818, .0526, .2083,
     kFalse, kFalse, kMutual, "A,B", 15, "warning"},
    {"performance/service-level", 4, 0.03, .01, 0, .01, .01, 0, kConsensus,
     kConsensus, kConsensus, "", 0, ""},
    {"performance/people-committed@cascadia", 4, 0.2, .3333, 0, .3333, .2,
     .1667, kFalse, kFalse, kMutual, "A", 12, "warning"},
    {"performance/people-committed@meridian", 4, 0.2, .25, .25, 0, .25, 0,
     kDissensus, kDissensus, kDissensus, "", 4, "info"},
    {"collaboration/consult-frequency", 4, 0.3, .7667, 0, .7667, 0, .7667,
     kFalse, kFalse, kMutual, "A,B", 36, "critical"},
    {"collaboration/named-leads", 5, 0, 0, 0, 0, 0, 0, kConsensus, kConsensus,
     kConsensus, "", 0, ""},
    {"collaboration/trust@meridian", 4, 0.25, 0, 0, 0, .25, .25, kConsensus,
     kConsensus, kConsensus, "", 0, ""},
    {"deal/share-benefit", 5, 0.1, .15, 0, .15, 0, .15, kFalse, kFalse, kMutual,
     "A,B", 15, "warning"},
    {"deal/ip-ownership", 5, 0, 1, 0, 1, 1, 0, kFalse, kDissensus, kOneA, "A",
     30, "critical"},
    {"deal/exclusivity", 5, 0, 0, 0, 0, 0, 0, kConsensus, kConsensus,
     kConsensus, "", 0, ""},
    {"deal/equitable", 5, 0.25, .5, 0, .5, .5, 0, kFalse, kDissensus, kOneA,
     "A", 20, "warning"},
    {"deal/better-off@meridian", 5, 0.25, .5, 0, .5, .5, 0, kFalse, kDissensus,
     kOneA, "A", 20, "warning"},
    {"governance/joint-approval", 5, 0.2, .25, 0, .25, 0, .25, kFalse, kFalse,
     kMutual, "A,B", 15, "warning"},
    {"governance/notice-period", 4, 0.2, 0, .5068, .5068, 0, 0, kConflict,
     kConsensus, "one_sided_false_conflict (A)", "A", 4, "info"},
};

std::string JointText(const Coorientation& got) {
  std::string text(ToText(got.joint));
  if (got.joint_party) {
    text += *got.joint_party == v1::PARTY_A ? " (A)" : " (B)";
  }
  return text;
}

std::string MisreadText(const Coorientation& got) {
  if (got.misread_a && got.misread_b) return "A,B";
  return got.misread_a ? "A" : got.misread_b ? "B" : "";
}

struct LayerRow {
  const char* layer;
  int used, listed;
  double coverage, agreement, accuracy_a, accuracy_b;
};

const LayerRow kLayers[] = {
    {"frame", 22, 22, 1, .6288, .7045, .8409},
    {"socket", 9, 9, 1, 1, .7917, 1},
    {"performance", 17, 17, 1, .9115, .9498, .9798},
    {"collaboration", 13, 13, 1, .7949, .7949, .7949},
    {"deal", 25, 25, 1, .6556, .6556, .9889},
    {"governance", 5, 18, .2778, .9375, .9375, .9375},
};

class ExampleTest : public ::testing::Test {
 protected:
  Coorientation At(const std::string& topic) {
    const auto ref = ParseTopicRef(topic, kNames, BuiltInCatalogue());
    return Coorient(*BuiltInCatalogue().Find(ref->topic), CellsOf(a_, *ref),
                    CellsOf(b_, *ref));
  }

  // Every topic that anybody answered.
  Scores ScoresAt(const std::string& position) {
    std::set<TopicRef> refs;
    for (const View* view : {&a_, &b_}) {
      for (const auto& [ref, answers] : *view) refs.insert(ref);
    }
    std::vector<ScoredTopic> topics;
    for (const TopicRef& ref : refs) {
      const Topic& topic = *BuiltInCatalogue().Find(ref.topic);
      topics.push_back(
          {.topic = &topic,
           .result = Coorient(topic, CellsOf(a_, ref), CellsOf(b_, ref))});
    }
    return Score(BuiltInCatalogue(), position, topics);
  }

  const View a_ = ReadView("cascadia-meridian", "cascadia", kNames);
  const View b_ = ReadView("cascadia-meridian", "meridian", kNames);
};

TEST_F(ExampleTest, ReproducesTheCoorientationTable) {
  constexpr double kHalfDigit = 5e-5;
  for (const Row& row : kTable) {
    SCOPED_TRACE(row.topic);
    const Coorientation got = At(row.topic);
    ASSERT_TRUE(got.agreement && got.congruency_a && got.accuracy_a &&
                got.congruency_b && got.accuracy_b);
    EXPECT_NEAR(*got.agreement, row.agreement, kHalfDigit);
    EXPECT_NEAR(*got.congruency_a, row.congruency_a, kHalfDigit);
    EXPECT_NEAR(*got.accuracy_a, row.accuracy_a, kHalfDigit);
    EXPECT_NEAR(*got.congruency_b, row.congruency_b, kHalfDigit);
    EXPECT_NEAR(*got.accuracy_b, row.accuracy_b, kHalfDigit);
    EXPECT_EQ(ToText(got.state_a), row.state_a);
    EXPECT_EQ(ToText(got.state_b), row.state_b);
    EXPECT_EQ(JointText(got), row.joint);
    EXPECT_EQ(MisreadText(got), row.misread);
    EXPECT_EQ(got.severity ? got.severity->points : 0, row.points);
    if (got.severity) {
      EXPECT_EQ(ToText(got.severity->grade), row.grade);
    }
  }
}

TEST_F(ExampleTest, WeighsAndToleratesAsTheTableSays) {
  for (const Row& row : kTable) {
    const auto ref = ParseTopicRef(row.topic, kNames, BuiltInCatalogue());
    const Topic& topic = *BuiltInCatalogue().Find(ref->topic);
    EXPECT_EQ(topic.weight, row.weight) << row.topic;
    EXPECT_EQ(topic.tolerance, row.tolerance) << row.topic;
  }
}

TEST_F(ExampleTest, OnlyTheNoticePeriodIsStale) {
  for (const Row& row : kTable) {
    EXPECT_EQ(At(row.topic).stale,
              std::string(row.topic) == "governance/notice-period")
        << row.topic;
  }
}

TEST_F(ExampleTest, IncompleteRowsAreNamed) {
  const Coorientation exit = At("governance/exit-triggers");
  EXPECT_EQ(JointText(exit), "unstated (B)");
  EXPECT_EQ(exit.agreement, std::nullopt);
  EXPECT_EQ(exit.severity, std::nullopt);
  const Coorientation unwind = At("governance/unwind-plan");
  EXPECT_EQ(JointText(unwind), "unconfirmed");
  EXPECT_EQ(unwind.agreement, std::nullopt);
}

TEST_F(ExampleTest, TheTableHasEveryTopicThatWasAnswered) {
  std::set<TopicRef> answered;
  for (const View* view : {&a_, &b_}) {
    for (const auto& [ref, answers] : *view) answered.insert(ref);
  }
  EXPECT_EQ(answered.size(), std::size(kTable) + 2);
}

TEST_F(ExampleTest, ReproducesTheScoresOfTheLayers) {
  constexpr double kHalfDigit = 5e-5;
  const Scores scores = ScoresAt("cooperative");
  ASSERT_EQ(scores.layers.size(), std::size(kLayers));
  for (size_t i = 0; i < std::size(kLayers); ++i) {
    const LayerRow& row = kLayers[i];
    const LayerScore& got = scores.layers[i];
    SCOPED_TRACE(row.layer);
    EXPECT_EQ(got.layer, row.layer);
    EXPECT_EQ(got.agreement.used_weight, row.used);
    EXPECT_EQ(got.agreement.whole_weight, row.listed);
    EXPECT_NEAR(*got.agreement.coverage(), row.coverage, kHalfDigit);
    EXPECT_NEAR(*got.agreement.value, row.agreement, kHalfDigit);
    EXPECT_NEAR(*got.accuracy_a.value, row.accuracy_a, kHalfDigit);
    EXPECT_NEAR(*got.accuracy_b.value, row.accuracy_b, kHalfDigit);
  }
  EXPECT_EQ(scores.weakest_layer, "frame");
}

TEST_F(ExampleTest, ReproducesTheScoresOfTheAlliance) {
  constexpr double kHalfDigit = 5e-5;
  const Scores scores = ScoresAt("cooperative");
  EXPECT_NEAR(*scores.agreement.value, 0.8399, kHalfDigit);
  EXPECT_NEAR(*scores.accuracy_a.value, 0.8047, kHalfDigit);
  EXPECT_NEAR(*scores.accuracy_b.value, 0.9309, kHalfDigit);
  EXPECT_EQ(scores.agreement.left_out, std::vector<std::string>{"governance"});
  EXPECT_NEAR(*scores.false_consensus.value, 52.0 / 91, 1e-9);
  EXPECT_NEAR(*scores.a.insight.value, 0.6894, kHalfDigit);
  EXPECT_NEAR(*scores.b.insight.value, 0.9, kHalfDigit);
  EXPECT_NEAR(*scores.a.projection.value, 0.8462, kHalfDigit);
  EXPECT_NEAR(*scores.b.projection.value, 0.6593, kHalfDigit);
}

TEST_F(ExampleTest, ReproducesTheCountsOfTheStates) {
  const Scores scores = ScoresAt("cooperative");
  const std::map<JointState, int> expected = {
      {JointState::kConsensus, 5},
      {JointState::kDissensus, 2},
      {JointState::kMutualFalseConsensus, 7},
      {JointState::kOneSidedFalseConflict, 3},
      {JointState::kOneSidedFalseConsensus, 4},
      {JointState::kUnconfirmed, 1},
      {JointState::kUnstated, 1}};
  EXPECT_EQ(scores.counts, expected);
  EXPECT_EQ(scores.stale, 1);
}

// The example as an identity alliance, which has to design its governance.
TEST_F(ExampleTest, IsInsufficientWhereGovernanceIsRequired) {
  const Scores scores = ScoresAt("identity");
  EXPECT_FALSE(scores.agreement.sufficient());
  EXPECT_TRUE(scores.agreement.partial.has_value());
  EXPECT_EQ(scores.agreement.wanting, std::vector<std::string>{"governance"});
}

TEST(NorthfieldTest, AllAnswersAreReadAndMoneyIsIncomparable) {
  const PartyNames names = {"northfield", "quillon"};
  const View a = ReadView("northfield-quillon", "northfield", names);
  const View b = ReadView("northfield-quillon", "quillon", names);
  const TopicRef revenue = {"performance/revenue-influenced",
                            v1::PARTY_UNSPECIFIED};
  EXPECT_EQ(Coorient(*BuiltInCatalogue().Find(revenue.topic),
                     CellsOf(a, revenue), CellsOf(b, revenue))
                .joint,
            JointState::kIncomparable);
}

}  // namespace
}  // namespace tallystick::expectation
