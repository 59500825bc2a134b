// SPDX-License-Identifier: Apache-2.0
// Both example alliances tell of what they had decided before.
#include <algorithm>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/e2e/pair_of_nodes.h"

namespace tallystick::e2e {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class PastDecisionsTest : public PairOfNodes {
 protected:
  static Result Import(const NodeProcess& node, const std::string& example) {
    return node.Tally({"decisions", "import",
                       absl::StrCat(EXAMPLES, "/", example, "/decisions.yaml"),
                       absl::StrCat(EXAMPLES, "/", example, "/alliance.yaml")});
  }
  void ImportOnBoth(const std::string& example) {
    for (NodeProcess* node : {cascadia_.get(), meridian_.get()}) {
      const Result imported = Import(*node, example);
      ASSERT_EQ(imported.status, 0) << imported.err;
    }
    ASSERT_TRUE(WaitInStep());
  }
  static Json Decision(const NodeProcess& node, const std::string& id,
                       const std::string& day = "2025-07-01") {
    return node.Ask({"decision", id, "--as-of", day});
  }
  static Json Terms(const NodeProcess& node,
                    const std::string& day = "2025-07-01") {
    return node.Ask({"terms", "--as-of", day});
  }
};

TEST_F(PastDecisionsTest, HaveNoEffectUntilThePartnerTellsTheSame) {
  ASSERT_NO_FATAL_FAILURE(Pair());
  ASSERT_EQ(Import(*cascadia_, "cascadia-meridian").status, 0);
  ASSERT_TRUE(WaitInStep());
  for (NodeProcess* node : {cascadia_.get(), meridian_.get()}) {
    const Json d1 = Decision(*node, "D1");
    EXPECT_EQ(d1["state"].Text(), "NOT_ACKNOWLEDGED");
    EXPECT_THAT(d1["imported"]["toldBy"].Texts(), ElementsAre("cascadia"));
    EXPECT_THAT(Terms(*node)["targets"].List(), IsEmpty());
  }
}

TEST_F(PastDecisionsTest, AreWhatTheirDatesMakeOfThemAtBothAndNeverSigned) {
  ASSERT_NO_FATAL_FAILURE(Pair());
  ASSERT_NO_FATAL_FAILURE(ImportOnBoth("cascadia-meridian"));
  const std::pair<const char*, const char*> kStatus[] = {
      {"D1", "in_force"},
      {"D2", "in_force"},
      {"D3", "in_force"},
      {"D4", "in_force"},
      {"D5", "expired"},
      {"D6", "revoked_before_acceptance"},
      {"D7", "late_acceptance_needs_confirmation"}};
  for (NodeProcess* node : {cascadia_.get(), meridian_.get()}) {
    for (const auto& [id, status] : kStatus) {
      const Json decision = Decision(*node, id);
      EXPECT_EQ(decision["imported"]["status"].Text(), status) << id;
      EXPECT_TRUE(decision["imported"]["acknowledged"].Bool()) << id;
      EXPECT_THAT(decision["approvals"].List(), IsEmpty()) << id;
      EXPECT_FALSE(decision.Has("ratified")) << id;
    }
  }
  EXPECT_EQ(cascadia_->Tally({"approve", "D1"}).status, 1);
}

TEST_F(PastDecisionsTest, AreExplainedByTheirDates) {
  ASSERT_NO_FATAL_FAILURE(Pair());
  ASSERT_NO_FATAL_FAILURE(ImportOnBoth("cascadia-meridian"));
  for (NodeProcess* node : {cascadia_.get(), meridian_.get()}) {
    const Json late = node->Ask({"explain", "D7", "--as-of", "2025-07-01"});
    EXPECT_THAT(late["result"].Text(), HasSubstr("too late"));
    EXPECT_THAT(late["steps"].Texts(),
                ElementsAre(HasSubstr("too late: the time to answer ended")));
    const Json good = node->Ask({"explain", "D1", "--as-of", "2025-07-01"});
    EXPECT_EQ(good["result"].Text(), "It is in force.");
  }
  EXPECT_EQ(cascadia_->Tally({"explain", "D99"}).status, 1);
}

TEST_F(PastDecisionsTest, ImportingAgainWritesNothing) {
  ASSERT_NO_FATAL_FAILURE(Pair());
  ASSERT_NO_FATAL_FAILURE(ImportOnBoth("cascadia-meridian"));
  const double size = cascadia_->Alliance()["ownSize"].Number();
  EXPECT_THAT(Import(*cascadia_, "cascadia-meridian").out,
              HasSubstr("0 added, 0 changed, 8 unchanged."));
  EXPECT_EQ(cascadia_->Alliance()["ownSize"].Number(), size);
}

TEST_F(PastDecisionsTest, ADecisionThatIsDueAndNotDoneIsLateUntilItIsDone) {
  ASSERT_NO_FATAL_FAILURE(Pair());
  ASSERT_NO_FATAL_FAILURE(ImportOnBoth("cascadia-meridian"));
  EXPECT_EQ(Decision(*meridian_, "D4")["lateDays"].Number(), 62);
  EXPECT_FALSE(Decision(*meridian_, "D4", "2025-04-30").Has("lateDays"));
  ASSERT_EQ(
      cascadia_->Tally({"decision", "done", "D4", "--on", "2025-06-20"}).status,
      0);
  ASSERT_TRUE(WaitInStep());
  const Json done = Decision(*meridian_, "D4");
  EXPECT_FALSE(done.Has("lateDays"));
  EXPECT_EQ(done["doneOn"].Text(), "2025-06-20");
  EXPECT_THAT(done["doneBy"].Texts(), ElementsAre("cascadia"));
  EXPECT_EQ(Decision(*meridian_, "D4", "2025-06-19")["lateDays"].Number(), 50);
}

TEST_F(PastDecisionsTest, TheTermsInForceNameTheirDecision) {
  ASSERT_NO_FATAL_FAILURE(Pair());
  ASSERT_NO_FATAL_FAILURE(ImportOnBoth("cascadia-meridian"));
  const Json terms = Terms(*meridian_);
  const Json inputs = terms["targets"].List().at(0);
  EXPECT_EQ(
      inputs["target"]["shares"].Find("party", "cascadia")["share"].Text(),
      "0.45");
  EXPECT_EQ(inputs["source"]["decision"].Text(), "terms");
  EXPECT_FALSE(inputs["source"]["signed"].Bool());
  EXPECT_EQ(terms["monitored"].List().size(), 4u);
  for (const Json& term : terms["monitored"].List()) {
    if (term["measure"]["measure"].Text() != "people_present@meridian")
      continue;
    EXPECT_EQ(term["source"]["decision"].Text(), "D3");
    EXPECT_EQ(term["source"]["since"].Text(), "2025-01-20");
  }
  EXPECT_EQ(Terms(*meridian_, "2025-01-19")["monitored"].List().size(), 3u);
  EXPECT_EQ(terms["stage"]["value"].Text(), "perform");
  EXPECT_EQ(terms["position"]["value"].Text(), "cooperative");
}

TEST_F(PastDecisionsTest, TheSecondExampleHasItsTwoRateTablesAndPoints) {
  cascadia_ = std::make_unique<NodeProcess>(
      Path("northfield"), "northfield.example", "Northfield", FreePort());
  meridian_ = std::make_unique<NodeProcess>(Path("quillon"), "quillon.example",
                                            "Quillon", 0);
  ASSERT_TRUE(cascadia_->Start()) << cascadia_->Log();
  ASSERT_TRUE(meridian_->Start()) << meridian_->Log();
  ASSERT_EQ(meridian_->Tally({"join", Invite()}).status, 0);
  ASSERT_TRUE(WaitInStep());
  ASSERT_NO_FATAL_FAILURE(ImportOnBoth("northfield-quillon"));
  for (const char* id : {"D1", "D2", "D3", "D4", "D5", "D6"}) {
    EXPECT_EQ(Decision(*meridian_, id)["state"].Text(), "IN_FORCE") << id;
  }
  const Json terms = Terms(*meridian_);
  ASSERT_EQ(terms["rateTables"].List().size(), 3u);
  for (const Json& term : terms["rateTables"].List()) {
    const Json table = term["rateTable"];
    const bool old =
        table["version"].Number() == 1 && table["currency"].Text() == "EUR";
    EXPECT_EQ(term["current"].Bool(), !old);
  }
  EXPECT_EQ(Terms(*meridian_, "2025-03-31")["rateTables"].List().size(), 2u);
  EXPECT_EQ(terms["position"]["value"].Text(), "innovative");
  EXPECT_EQ(terms["targets"].List().size(), 6u);
}

TEST_F(PastDecisionsTest, WhatIsWrongIsNamedWithItsFileAndLine) {
  ASSERT_NO_FATAL_FAILURE(Pair());
  std::ofstream(Path("decisions.yaml"))
      << "- {id: D1, type: t, title: T, proposed_by: cascadia,\n"
         "   proposed: 2025-01-06, status: in_force}\n";
  std::ofstream(Path("alliance.yaml"))
      << "parties: {cascadia: {}, elsewhere: {}}\nstart: 2025-01-01\n"
         "monitored:\n  x: {agreed: 1, sigma: 0, decision: D1}\n";
  const Result refused = cascadia_->Tally(
      {"decisions", "import", Path("decisions.yaml"), Path("alliance.yaml")});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("alliance.yaml:1: elsewhere is no party"));
  EXPECT_THAT(refused.err, HasSubstr("alliance.yaml:4: x: sigma is 0"));
  std::ofstream(Path("alliance.yaml")) << "title: T\n";
  EXPECT_THAT(cascadia_
                  ->Tally({"decisions", "import", Path("decisions.yaml"),
                           Path("alliance.yaml")})
                  .err,
              HasSubstr("decisions.yaml:1: D1: its status is given as "
                        "in_force, but its dates make it proposed"));
  EXPECT_EQ(cascadia_->Alliance()["ownSize"].Number(), 1);
}

}  // namespace
}  // namespace tallystick::e2e
