// SPDX-License-Identifier: Apache-2.0
#include "core/expectation/catalogue.h"

#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/core/expectation/builders.h"
#include "tests/status_matchers.h"

namespace tallystick::expectation {
namespace {

using tallystick::testing::IsOk;
using ::testing::ElementsAre;

TEST(CatalogueTest, HoldsWhatTheFileSays) {
  const Topic* topic = BuiltInCatalogue().Find("frame/spectrum-position");
  ASSERT_NE(topic, nullptr);
  EXPECT_EQ(topic->layer, "frame");
  EXPECT_EQ(topic->title, "Position on the alliance spectrum");
  EXPECT_EQ(topic->prompt_partner,
            "Which position does the partner intend it to hold?");
  EXPECT_FALSE(topic->per_party);
  EXPECT_EQ(topic->answer_type, AnswerType::kOrdinal);
  EXPECT_THAT(topic->options, ElementsAre("transactional", "cooperative",
                                          "innovative", "identity"));
  EXPECT_EQ(topic->comparator, Comparator::kOrdinalStep);
  EXPECT_EQ(topic->weight, 5);
  EXPECT_EQ(topic->review_days, 180);
}

TEST(CatalogueTest, HoldsTheParticularsOfEachType) {
  const Catalogue& catalogue = BuiltInCatalogue();
  EXPECT_TRUE(catalogue.Find("frame/time-horizon")->allow_open_ended);
  EXPECT_FALSE(catalogue.Find("governance/notice-period")->allow_open_ended);
  EXPECT_EQ(catalogue.Find("performance/service-level")->scale, 100);
  EXPECT_EQ(catalogue.Find("performance/quick-win-date")->window_days, 90);
  EXPECT_EQ(catalogue.Find("deal/upkeep-budget")->currency, "EUR");
  EXPECT_EQ(catalogue.Find("deal/share-risk")->element, Element::kShare);
  EXPECT_EQ(catalogue.Find("deal/share-risk")->keys, "parties");
  EXPECT_EQ(catalogue.Find("deal/better-off")->share, Share::kBanded);
  EXPECT_EQ(catalogue.Find("governance/decision-deadline")->unit,
            "working_day");
  EXPECT_EQ(catalogue.Find("collaboration/trust")->practice_measure,
            "trust_pulse");
  EXPECT_EQ(catalogue.Find("deal/ip-ownership")->from_position, 1);
  EXPECT_EQ(catalogue.Find("deal/ip-ownership")->from_stage, 4);
}

TEST(CatalogueTest, FindsNothingForUnknownIds) {
  EXPECT_EQ(BuiltInCatalogue().Find("deal/nothing"), nullptr);
  EXPECT_EQ(BuiltInCatalogue().FindLayer("dael"), nullptr);
  EXPECT_EQ(BuiltInCatalogue().FindMeasure(""), nullptr);
}

TEST(CatalogueTest, HoldsPositionsStagesLayersAndWeights) {
  const Catalogue& catalogue = BuiltInCatalogue();
  EXPECT_EQ(catalogue.version, 1u);
  EXPECT_THAT(catalogue.positions, ElementsAre("transactional", "cooperative",
                                               "innovative", "identity"));
  EXPECT_THAT(catalogue.stages, ElementsAre("clarify", "design", "perform",
                                            "collaborate", "deal", "govern"));
  EXPECT_EQ(catalogue.layers.size(), 6u);
  EXPECT_EQ(catalogue.FindLayer("governance")->title, "Life-cycle governance");
  EXPECT_EQ(catalogue.WeightOf("cooperative", "collaboration"), 3);
  EXPECT_EQ(catalogue.WeightOf("cooperative", "nothing"), 0);
  EXPECT_EQ(catalogue.stage_gates[4].gate, "perform");
}

TEST(CatalogueTest, RequiresTheFrameAndTheDesignFocusOfThePosition) {
  const Catalogue& catalogue = BuiltInCatalogue();
  EXPECT_TRUE(catalogue.HasPosition("cooperative"));
  EXPECT_FALSE(catalogue.HasPosition("collaborative"));
  EXPECT_TRUE(catalogue.IsRequired("cooperative", "frame"));
  EXPECT_TRUE(catalogue.IsRequired("cooperative", "collaboration"));
  EXPECT_FALSE(catalogue.IsRequired("cooperative", "deal"));
  EXPECT_TRUE(catalogue.IsRequired("innovative", "deal"));
  EXPECT_FALSE(catalogue.IsRequired("innovative", "governance"));
  EXPECT_TRUE(catalogue.IsRequired("identity", "governance"));
  EXPECT_FALSE(catalogue.IsRequired("nowhere", "socket"));
  EXPECT_EQ(catalogue.position_topic, "frame/spectrum-position");
}

TEST(CatalogueTest, HoldsWhatIsWorthANote) {
  const Catalogue& catalogue = BuiltInCatalogue();
  ASSERT_EQ(catalogue.neglects.size(), 2u);
  EXPECT_EQ(catalogue.neglects[0].complete, "deal");
  EXPECT_EQ(catalogue.neglects[0].empty, "socket");
  EXPECT_TRUE(catalogue.Find(catalogue.gets_topic)->per_party);
  EXPECT_TRUE(catalogue.Find(catalogue.gives_topic)->per_party);
}

TEST(CatalogueTest, HoldsPracticeMeasures) {
  const PracticeMeasure* lead =
      BuiltInCatalogue().FindMeasure("handoff_lead_time");
  ASSERT_NE(lead, nullptr);
  EXPECT_EQ(lead->good, PracticeMeasure::Good::kLower);
  EXPECT_EQ(lead->sigma, 2.0);
  EXPECT_EQ(BuiltInCatalogue().FindMeasure("upkeep_cost")->sigma, std::nullopt);
}

TEST(CatalogueTest, EveryReferenceHolds) {
  const Catalogue& catalogue = BuiltInCatalogue();
  std::set<std::string> ids;
  for (const Topic& topic : catalogue.topics) {
    EXPECT_TRUE(ids.insert(topic.id).second) << topic.id;
    EXPECT_NE(catalogue.FindLayer(topic.layer), nullptr) << topic.id;
    EXPECT_EQ(topic.id.find(topic.layer + "/"), 0u) << topic.id;
    if (!topic.practice_measure.empty()) {
      EXPECT_NE(catalogue.FindMeasure(topic.practice_measure), nullptr)
          << topic.id;
    }
  }
  for (const PracticeMeasure& measure : catalogue.practice_measures) {
    EXPECT_NE(catalogue.FindLayer(measure.layer), nullptr) << measure.id;
  }
}

TEST(CatalogueTest, EveryExampleIsAnAnswer) {
  for (const Topic& topic : BuiltInCatalogue().topics) {
    std::string example = AnswerExample(topic, kNames);
    if (topic.allow_open_ended) example = "open_ended";
    EXPECT_THAT(Answer(topic, example), IsOk()) << topic.id;
  }
}

}  // namespace
}  // namespace tallystick::expectation
