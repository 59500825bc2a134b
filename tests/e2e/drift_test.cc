// SPDX-License-Identifier: Apache-2.0
// Practice, statements and promises that have drifted, from the files of the
// example as people would apply them: "Practice drift" and "Drift of statements
// and decisions" of its expected.md, on both nodes.
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/e2e/pair_of_nodes.h"

namespace tallystick::e2e {
namespace {

constexpr double kRounding = 0.00005;
const char* const kAsOf = "2025-07-01";

class DriftTest : public PairOfNodes {
 protected:
  void SetUp() override {
    ASSERT_NO_FATAL_FAILURE(Pair());
    for (NodeProcess* node : Nodes()) {
      Do(*node, {"decisions", "import", File("decisions.yaml"),
                 File("alliance.yaml")});
    }
    Do(*cascadia_, {"view", "apply", File("view-cascadia.yaml")});
    Do(*meridian_, {"view", "apply", File("view-meridian.yaml")});
    for (NodeProcess* node : Nodes()) {
      Do(*node, {"record", "apply", File("records.yaml")});
    }
  }

  std::vector<NodeProcess*> Nodes() {
    return {cascadia_.get(), meridian_.get()};
  }
  static std::string File(const std::string& name) {
    return absl::StrCat(EXAMPLES, "/cascadia-meridian/", name);
  }
  void Do(NodeProcess& node, const std::vector<std::string>& words) {
    const Result result = node.Tally(words);
    ASSERT_EQ(result.status, 0) << words.front() << ": " << result.err;
    ASSERT_TRUE(WaitInStep());
  }
};

struct Series {
  const char* measure;
  // 0: no signal.
  int signal_at, onset_at;
  double statistic, ewma, ewma_limit;
  const char* severity;
  int points;
};

TEST_F(DriftTest, BothNodesReproduceThePracticeOfTheExample) {
  for (const NodeProcess* node : Nodes()) {
    const Json drift = node->Ask({"drift", "--as-of", kAsOf});
    for (const Series& expected :
         {Series{"handoff_lead_time", 19, 13, 16.4, 1.9211, 0.9873, "CRITICAL",
                 24},
          Series{"people_present@meridian", 5, 3, 7, -1.4384, 0.9528, "WARNING",
                 16},
          Series{"service_level", 0, 0, 0, 0.1059, 0.9873, "", 0},
          Series{"trust_pulse@meridian", 0, 0, 2.3, -0.6118, 0.9528, "", 0}}) {
      SCOPED_TRACE(expected.measure);
      const Json series = drift["series"].Find("measure", expected.measure);
      EXPECT_NEAR(series["statistic"].Number(), expected.statistic, kRounding);
      EXPECT_NEAR(series["ewma"].Number(), expected.ewma, kRounding);
      EXPECT_NEAR(series["ewmaLimit"].Number(), expected.ewma_limit, kRounding);
      if (expected.signal_at == 0) {
        EXPECT_FALSE(series.Has("signalAt"));
        EXPECT_FALSE(series.Has("onsetAt"));
        continue;
      }
      EXPECT_EQ(series["signalAt"].Number(), expected.signal_at);
      EXPECT_EQ(series["onsetAt"].Number(), expected.onset_at);
      EXPECT_EQ(series["severity"].Text(), expected.severity);
      EXPECT_EQ(series["severityPoints"].Number(), expected.points);
    }
  }
}

TEST_F(DriftTest, TheLeadTimeIsDrawnWithItsFigureAndItsTrend) {
  const Json drift =
      cascadia_->Ask({"drift", "handoff_lead_time", "--as-of", kAsOf});
  ASSERT_EQ(drift["series"].List().size(), 1u);
  const Json series = drift["series"].List()[0];
  EXPECT_EQ(series["agreed"].Number(), 5);
  EXPECT_EQ(series["sigma"].Number(), 1);
  EXPECT_EQ(series["h"].Number(), 5);
  EXPECT_EQ(series["decision"].Text(), "D2");
  EXPECT_EQ(series["points"].List().size(), 26u);
  EXPECT_NEAR(series["perMonth"].Number(), 0.4790, kRounding);
  EXPECT_EQ(series["trendS"].Number(), 241);
  EXPECT_NEAR(series["trendZ"].Number(), 5.2925, kRounding);
  const Result page = cascadia_->Tally(
      {"drift", "handoff_lead_time", "--as-of", kAsOf, "-o", "table"});
  EXPECT_THAT(page.out, ::testing::HasSubstr("drifting up since 2025-03-31"));
}

TEST_F(DriftTest, BothNodesReproduceWhatWasSaidAndPromised) {
  for (const NodeProcess* node : Nodes()) {
    const Json statements =
        node->Ask({"drift", "--as-of", kAsOf})["statements"];
    const Json restated = statements.Find("kind", "restatement_drift");
    EXPECT_EQ(restated["topic"].Text(), "frame/scope-in");
    EXPECT_EQ(restated["party"].Text(), "meridian");
    EXPECT_NEAR(restated["distance"].Number(), 0.3333, kRounding);
    const Json creep = statements.Find("kind", "creep");
    EXPECT_EQ(creep["topic"].Text(), "performance/revenue-influenced");
    EXPECT_NEAR(creep["distance"].Number(), 0.25, kRounding);
    const Json late = statements.Find("kind", "promise_drift");
    EXPECT_EQ(late["topic"].Text(), "D4");
    EXPECT_EQ(late["days"].Number(), 62);
    EXPECT_EQ(statements.Find("kind", "divergence")["topic"].Text(),
              "frame/scope-in");
    EXPECT_EQ(statements.Find("kind", "misread")["party"].Text(), "cascadia");
    EXPECT_EQ(statements.Find("kind", "outdated_prediction")["party"].Text(),
              "cascadia");
  }
}

TEST_F(DriftTest, AnAlertIsExplainedByTheSumsThatRaisedIt) {
  const std::string id = cascadia_->Ask({"alerts"})["alerts"]
                             .Find("subject", "people_present@meridian")["id"]
                             .Text();
  const Json explained = cascadia_->Ask({"explain", id});
  std::vector<std::string> steps;
  for (const Json& step : explained["steps"].List()) {
    steps.push_back(step.Text());
  }
  EXPECT_THAT(steps, ::testing::Contains(
                         "2025-05-31: 17, z -3; down max(0, 2 - -3 - 0.5) = "
                         "4.5, noticed"));
  EXPECT_THAT(steps, ::testing::Contains(::testing::HasSubstr(
                         "7 / 4 = 1.75 times the limit, band 2; weight 4 x "
                         "band 2 x class 2 = 16: warning")));
}

TEST_F(DriftTest, ADimensionIsExplainedByItsSharesOnEachBasis) {
  const Json explained =
      meridian_->Ask({"explain", "benefit", "--as-of", kAsOf});
  ASSERT_GE(explained["steps"].List().size(), 1u);
  EXPECT_EQ(explained["steps"].List()[0].Text(),
            "as claimed: share of cascadia 0.619 - agreed 0.5 = 0.119, index "
            "0.7619; watch: beyond the band, not beyond twice the band; 10 "
            "points, watch");
}

// Nobody writes anything any more: the nodes look by themselves.
TEST_F(DriftTest, WhatComesByWaitingIsAnAlertAtBothNodes) {
  for (const NodeProcess* node : Nodes()) {
    EXPECT_TRUE(Eventually([node] {
      const Json alerts = node->Ask({"alerts"})["alerts"];
      return alerts.Find("kind", "promise_drift")["subject"].Text() == "D4" &&
             alerts.Find("kind", "asymmetry")["subject"].Text() == "benefit" &&
             alerts.Find("kind", "overclaim")["subject"].Text() ==
                 "category_growth";
    }));
  }
}

TEST_F(DriftTest, PracticeThatDriftsIsAnAlertAtBothNodes) {
  for (const NodeProcess* node : Nodes()) {
    const Json alerts = node->Ask({"alerts"})["alerts"];
    const Json alert = alerts.Find("subject", "people_present@meridian");
    EXPECT_EQ(alert["kind"].Text(), "practice_drift");
    EXPECT_EQ(alert["party"].Text(), "meridian");
    EXPECT_EQ(alert["severity"].Text(), "WARNING");
    EXPECT_EQ(alert["points"].Number(), 16);
    EXPECT_EQ(alert["state"].Text(), "OPEN");
  }
}

}  // namespace
}  // namespace tallystick::e2e
