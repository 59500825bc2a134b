// SPDX-License-Identifier: Apache-2.0
#include "cli/score_words.h"

#include "absl/strings/str_split.h"
#include "cli/text.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tallystick::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Two layers, the second of which only some have answered.
v1::GetGapsResponse TwoLayers() {
  v1::GetGapsResponse gaps;
  gaps.set_own("cascadia");
  gaps.set_partner("meridian");
  gaps.set_position("cooperative");
  gaps.set_position_source(v1::GetGapsResponse::ASKED);
  v1::LayerScore& frame = *gaps.add_layers();
  frame.set_layer("frame");
  frame.set_title("Frame");
  frame.set_coverage(1);
  frame.set_agreement(0.6288);
  frame.set_accuracy_own(0.7045);
  frame.set_accuracy_own_coverage(1);
  frame.set_accuracy_partner(0.8409);
  frame.set_accuracy_partner_coverage(0.75);
  v1::LayerScore& governance = *gaps.add_layers();
  governance.set_layer("governance");
  governance.set_title("Life-cycle governance");
  governance.set_coverage(5.0 / 18);
  governance.set_agreement(0.9375);
  gaps.set_agreement(0.6288);
  gaps.mutable_score()->set_state(v1::AllianceScore::SUFFICIENT);
  gaps.mutable_score()->set_coverage(0.675);
  gaps.mutable_score()->add_layers_left_out("governance");
  gaps.set_accuracy_own(0.7045);
  gaps.set_accuracy_partner(0.8409);
  gaps.set_weakest_layer("frame");
  gaps.set_false_consensus_rate(0.5714);
  gaps.set_projection_own(0.8462);
  gaps.set_insight_own(0.6894);
  gaps.set_insight_own_coverage(1);
  gaps.mutable_counts()->set_mutual_false_consensus(7);
  gaps.mutable_counts()->set_one_sided_false_conflict(3);
  gaps.mutable_counts()->set_unstated(1);
  gaps.mutable_counts()->set_stale(1);
  return gaps;
}

TEST(ScoreWordsTest, EveryMeanStandsWithItsCoverage) {
  const std::string text = RenderScores(TwoLayers(), "", {});
  EXPECT_THAT(text, HasSubstr("Frame"));
  EXPECT_THAT(text, HasSubstr("0.63 of 100%"));
  EXPECT_THAT(text, HasSubstr("0.84 of  75%"));
  EXPECT_THAT(text, HasSubstr("0.94 of  28%"));
  EXPECT_THAT(text, HasSubstr("0.63 of  68%"));
}

TEST(ScoreWordsTest, NamesTheWeakestLayerAndTheOnesLeftOut) {
  const std::string text = RenderScores(TwoLayers(), "", {});
  EXPECT_THAT(text, HasSubstr("weakest"));
  EXPECT_THAT(text, HasSubstr("Left out"));
  EXPECT_THAT(text, HasSubstr("position cooperative, as asked for"));
}

TEST(ScoreWordsTest, CountsEveryStateThatOccurs) {
  const std::string text = RenderScores(TwoLayers(), "", {});
  EXPECT_THAT(text, HasSubstr("7  both think they agree, and they do not"));
  EXPECT_THAT(text, HasSubstr("3  one thinks they differ, and they agree"));
  EXPECT_THAT(text, HasSubstr("1  not answered by both"));
  EXPECT_THAT(text, HasSubstr("1  of these, with an answer that is old"));
  EXPECT_THAT(text, Not(HasSubstr("declined")));
}

TEST(ScoreWordsTest, AnInsufficientScoreIsNoNumberButInBrackets) {
  v1::GetGapsResponse gaps = TwoLayers();
  gaps.clear_agreement();
  gaps.mutable_score()->set_state(v1::AllianceScore::INSUFFICIENT);
  gaps.mutable_score()->set_partial(0.6288);
  gaps.mutable_score()->clear_layers_left_out();
  gaps.mutable_score()->add_layers_wanting("governance");
  const std::string text = RenderScores(gaps, "", {});
  EXPECT_THAT(text, HasSubstr("(0.63 of  68%)"));
  EXPECT_THAT(text, HasSubstr("insufficient"));
  EXPECT_THAT(text, HasSubstr("There is no score of the alliance"));
}

TEST(ScoreWordsTest, WhatIsNotMeasuredIsAbsentAndSaid) {
  v1::GetGapsResponse gaps = TwoLayers();
  gaps.clear_accuracy_partner();
  gaps.mutable_accuracy_partner_score()->set_state(
      v1::AllianceScore::INSUFFICIENT);
  gaps.mutable_accuracy_partner_score()->set_coverage(0);
  EXPECT_THAT(RenderScores(gaps, "", {}),
              HasSubstr("How meridian reads the other is measured on less"));
}

TEST(ScoreWordsTest, WithoutAPositionSaysThatAllWeighTheSame) {
  v1::GetGapsResponse gaps = TwoLayers();
  gaps.clear_position();
  gaps.set_position_source(v1::GetGapsResponse::NONE);
  EXPECT_THAT(RenderScores(gaps, "", {}), HasSubstr("weigh the same"));
}

TEST(ScoreWordsTest, OfOneLayerShowsThatLayerOnly) {
  const std::string text = RenderScores(TwoLayers(), "governance", {});
  EXPECT_THAT(text, HasSubstr("Life-cycle governance"));
  EXPECT_THAT(text, Not(HasSubstr("Frame")));
  EXPECT_THAT(text, Not(HasSubstr("ALLIANCE")));
}

TEST(ScoreWordsTest, SaysEachNoteInWords) {
  v1::GetGapsResponse gaps = TwoLayers();
  v1::GapNote& neglected = *gaps.add_notes();
  neglected.set_kind(v1::GapNote::LAYER_NEGLECTED);
  neglected.set_layer("frame");
  neglected.set_empty_layer("governance");
  v1::GapNote& one_way = *gaps.add_notes();
  one_way.set_kind(v1::GapNote::ONE_WAY);
  one_way.set_party("meridian");
  one_way.add_topics("deal/gives@meridian");
  v1::GapNote& paper = *gaps.add_notes();
  paper.set_kind(v1::GapNote::AGREED_ON_PAPER);
  paper.add_topics("deal/share-benefit");
  const std::string text = RenderScores(gaps, "", {});
  EXPECT_THAT(text, HasSubstr("Note: Frame is answered by both, and of "
                              "Life-cycle governance nobody"));
  EXPECT_THAT(text, HasSubstr("meridian has said what it gets. Still open: "
                              "deal/gives@meridian."));
  EXPECT_THAT(text, HasSubstr("agreed on paper, with answers that differ: "
                              "deal/share-benefit."));
}

TEST(ScoreWordsTest, FitsEightyColumns) {
  for (absl::string_view line :
       absl::StrSplit(RenderScores(TwoLayers(), "", {}), '\n')) {
    EXPECT_LE(DisplayWidth(line), 80) << line;
  }
}

}  // namespace
}  // namespace tallystick::cli
