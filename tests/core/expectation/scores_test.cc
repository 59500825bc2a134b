// SPDX-License-Identifier: Apache-2.0
#include "core/expectation/scores.h"

#include <cmath>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/core/expectation/builders.h"

namespace tallystick::expectation {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;
using Index = std::optional<size_t>;

constexpr double kHalfDigit = 5e-5;

MATCHER_P(About, expected, "") {
  return arg.has_value() && std::abs(*arg - expected) < kHalfDigit;
}

// A small catalogue: two layers that one position requires, one that it does
// not.
Catalogue Layers() {
  Catalogue catalogue;
  catalogue.positions = {"near", "far"};
  catalogue.layers = {{"base", "Base", true}, {"core", "Core"}, {"top", "Top"}};
  catalogue.layer_weights = {{"near", "base", 2}, {"near", "core", 4},
                             {"near", "top", 1},  {"far", "base", 1},
                             {"far", "core", 1},  {"far", "top", 1}};
  catalogue.design_focus = {{"near", "core"}, {"far", "core"}, {"far", "top"}};
  return catalogue;
}

// Indices of own_A, pred_A, own_B, pred_B.
struct Cells {
  Index own_a, pred_a, own_b, pred_b;
};

constexpr Cells kCase1 = {3, 3, 1, 1};
constexpr Cells kCase3 = {3, 3, 3, 1};
constexpr Cells kCase5 = {3, 2, 4, 3};
constexpr Cells kAgreed = {3, 3, 3, 3};
constexpr Cells kUnstatedByB = {3, 3, std::nullopt, std::nullopt};

class ScoresTest : public ::testing::Test {
 protected:
  // Five steps, tolerance 0.25.
  ScoredTopic& Add(const std::string& layer, int weight, const Cells& cells) {
    static const Value kSteps[] = {Step(0), Step(1), Step(2), Step(3), Step(4)};
    const auto cell = [](Index index) {
      return index ? Cell::Stated(kSteps[*index]) : Cell();
    };
    Topic& topic = topics_.emplace_back(FiveSteps());
    topic.layer = layer;
    topic.weight = weight;
    rows_.push_back(
        {.topic = &topic,
         .result = Coorient(topic, {cell(cells.own_a), cell(cells.pred_a)},
                            {cell(cells.own_b), cell(cells.pred_b)})});
    return rows_.back();
  }

  Scores At(const std::optional<std::string>& position = "near") const {
    return Score(Layers(), position, rows_);
  }

  std::deque<Topic> topics_;
  std::vector<ScoredTopic> rows_;
};

TEST_F(ScoresTest, A6WorkedLayerOfThreeTopics) {
  Add("base", 5, kCase1);
  Add("base", 3, kCase3);
  Add("base", 2, kCase5);
  const Scores scores = At();
  const LayerScore& layer = scores.layers[0];
  EXPECT_EQ(layer.layer, "base");
  EXPECT_EQ(layer.agreement.coverage(), 1.0);
  EXPECT_THAT(layer.agreement.value, About(0.8333));
  EXPECT_THAT(layer.accuracy_a.value, About(0.7667));
  EXPECT_THAT(layer.accuracy_b.value, About(0.7333));
  EXPECT_THAT(scores.false_consensus.value, About(0.5));
  EXPECT_THAT(scores.a.insight.value, About(0.6667));
}

TEST_F(ScoresTest, A6LayersAreWeighedByThePosition) {
  Add("base", 5, kCase1);
  Add("core", 3, kAgreed);
  Add("top", 1, kAgreed);
  EXPECT_THAT(At().agreement.value, About((2 * 2.0 / 3 + 4 + 1) / 7));
  EXPECT_THAT(At("far").agreement.value, About((2.0 / 3 + 1 + 1) / 3));
}

TEST_F(ScoresTest, WithoutAPositionAllLayersWeighTheSame) {
  Add("base", 5, kCase1);
  Add("core", 3, kAgreed);
  const Scores scores = At(std::nullopt);
  EXPECT_THAT(scores.agreement.value, About((2.0 / 3 + 1) / 2));
  // "core" is required by every position, "top" by one.
  EXPECT_TRUE(scores.layers[1].required);
  EXPECT_FALSE(scores.layers[2].required);
}

TEST_F(ScoresTest, ARequiredLayerBelowHalfLeavesNoScoreButAPartialMean) {
  Add("base", 5, kCase1);
  Add("core", 4, kUnstatedByB);
  Add("core", 3, kAgreed);
  const AllianceScore score = At().agreement;
  EXPECT_FALSE(score.sufficient());
  EXPECT_EQ(score.value, std::nullopt);
  EXPECT_THAT(score.partial, About(2.0 / 3));
  EXPECT_THAT(score.wanting, ElementsAre("core"));
  EXPECT_THAT(score.coverage, About(8.0 / 12));
}

TEST_F(ScoresTest, ARequiredLayerThatNobodyAnsweredIsWanting) {
  Add("base", 5, kAgreed);
  const AllianceScore score = At().agreement;
  EXPECT_FALSE(score.sufficient());
  EXPECT_THAT(score.wanting, ElementsAre("core"));
  EXPECT_EQ(At().layers[1].agreement.coverage(), std::nullopt);
}

TEST_F(ScoresTest, AnotherLayerBelowHalfIsLeftOutAndNamed) {
  Add("base", 5, kAgreed);
  Add("core", 5, kAgreed);
  Add("top", 3, kUnstatedByB);
  Add("top", 2, kCase1);
  const Scores scores = At();
  EXPECT_THAT(scores.agreement.value, Optional(1.0));
  EXPECT_THAT(scores.agreement.left_out, ElementsAre("top"));
  EXPECT_THAT(scores.agreement.wanting, IsEmpty());
  // Its own mean is there, and too weak to be the weakest.
  EXPECT_THAT(scores.layers[2].agreement.value, About(0.6667));
  EXPECT_EQ(scores.weakest_layer, "base");
}

TEST_F(ScoresTest, ExactlyHalfIsCoverageEnough) {
  Add("base", 5, kAgreed);
  Add("core", 3, kCase1);
  Add("core", 3, kUnstatedByB);
  EXPECT_TRUE(At().agreement.sufficient());
  EXPECT_EQ(At().weakest_layer, "core");
}

TEST_F(ScoresTest, AStaleTopicIsNotScoredAndCountsAgainstTheCoverage) {
  Add("base", 2, kAgreed);
  Add("base", 2, kCase1).result.stale = true;
  const Scores scores = At();
  EXPECT_THAT(scores.layers[0].agreement.value, Optional(1.0));
  EXPECT_THAT(scores.layers[0].agreement.coverage(), Optional(0.5));
  EXPECT_THAT(scores.false_consensus.value, Optional(0.0));
  EXPECT_EQ(scores.a.insight.value, std::nullopt);
  EXPECT_EQ(scores.stale, 1);
}

TEST_F(ScoresTest, A5AnInformedPredictionIsNoMeasurementOfAccuracy) {
  Add("base", 5, kCase1).blind_a = false;
  Add("base", 3, kCase5);
  const Scores scores = At();
  EXPECT_THAT(scores.layers[0].accuracy_a.value, About(0.6667));
  EXPECT_THAT(scores.layers[0].accuracy_a.coverage(), Optional(3.0 / 8));
  EXPECT_EQ(scores.layers[0].accuracy_b.coverage(), 1.0);
  EXPECT_EQ(scores.a.insight.value, std::nullopt);
  EXPECT_THAT(scores.b.insight.value, About(0.6667));
  // It still is a belief, and the parties still agree or not.
  EXPECT_THAT(scores.a.projection.value, Optional(1.0));
  EXPECT_EQ(scores.layers[0].agreement.coverage(), 1.0);
}

TEST_F(ScoresTest, ProjectionIsTheShareOfTopicsWithBelievedAgreement) {
  Add("base", 5, kCase1);
  Add("core", 3, kCase3);
  const Scores scores = At();
  EXPECT_THAT(scores.a.projection.value, Optional(1.0));
  EXPECT_THAT(scores.b.projection.value, About(5.0 / 8));
}

TEST_F(ScoresTest, TheFalseConsensusRateIsOverClassifiedTopics) {
  Add("base", 5, kCase1);
  Add("base", 5, kAgreed);
  Add("base", 5, kUnstatedByB);
  EXPECT_THAT(At().false_consensus.value, About(0.5));
}

TEST_F(ScoresTest, CountsEveryState) {
  Add("base", 5, kCase1);
  Add("base", 5, kCase3);
  Add("core", 5, kUnstatedByB);
  Add("core", 5, kAgreed).result.stale = true;
  EXPECT_THAT(At().counts,
              UnorderedElementsAre(Pair(JointState::kMutualFalseConsensus, 1),
                                   Pair(JointState::kOneSidedFalseConflict, 1),
                                   Pair(JointState::kUnstated, 1),
                                   Pair(JointState::kConsensus, 1)));
}

TEST_F(ScoresTest, OfNothingThereIsNoScore) {
  const Scores scores = At();
  EXPECT_FALSE(scores.agreement.sufficient());
  EXPECT_EQ(scores.agreement.partial, std::nullopt);
  EXPECT_EQ(scores.agreement.coverage, std::nullopt);
  EXPECT_EQ(scores.false_consensus.value, std::nullopt);
  EXPECT_EQ(scores.weakest_layer, "");
  EXPECT_EQ(scores.layers.size(), 3u);
}

}  // namespace
}  // namespace tallystick::expectation
