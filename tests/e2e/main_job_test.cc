// SPDX-License-Identifier: Apache-2.0
// The main job, from end to end, on the example of the project.
#include <csignal>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/e2e/expected_gaps.h"
#include "tests/e2e/pair_of_nodes.h"

namespace tallystick::e2e {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

const char* const kShortNames[] = {"cascadia", "meridian"};
// Half of the last digit the table gives.
constexpr double kRounding = 0.00005;

// What party `own` must see in this row.
void ExpectRow(const Json& row, const ExpectedGap& gap, size_t own) {
  SCOPED_TRACE(absl::StrCat(gap.topic, " as ", kShortNames[own], " sees it"));
  const size_t partner = 1 - own;
  EXPECT_EQ(row["weight"].Number(), gap.weight);
  EXPECT_NEAR(row["tolerance"].Number(), gap.tolerance, kRounding);
  EXPECT_EQ(row["jointState"].Text(), gap.joint);
  EXPECT_EQ(row["stateOwn"].Text(),
            gap.state[own].empty() ? gap.joint : gap.state[own]);
  EXPECT_EQ(row["statePartner"].Text(),
            gap.state[partner].empty() ? gap.joint : gap.state[partner]);
  EXPECT_EQ(row["stale"].Bool(), gap.stale);
  std::vector<std::string> misread;
  for (const char letter : gap.misread) {
    misread.push_back(kShortNames[letter - 'A']);
  }
  EXPECT_EQ(row["misread"].Texts(), misread);
  if (gap.joint_letter != 0) {
    EXPECT_EQ(row["jointParty"].Text(), kShortNames[gap.joint_letter - 'A']);
  }
  EXPECT_EQ(row.Has("agreement"), gap.comparable);
  if (!gap.comparable) return;
  EXPECT_NEAR(row["agreement"].Number(), gap.agreement, kRounding);
  EXPECT_NEAR(row["congruencyOwn"].Number(), gap.congruency[own], kRounding);
  EXPECT_NEAR(row["accuracyOwn"].Number(), gap.accuracy[own], kRounding);
  EXPECT_NEAR(row["congruencyPartner"].Number(), gap.congruency[partner],
              kRounding);
  EXPECT_NEAR(row["accuracyPartner"].Number(), gap.accuracy[partner],
              kRounding);
}

class MainJobTest : public PairOfNodes {
 protected:
  void SetUp() override { ASSERT_NO_FATAL_FAILURE(Pair()); }

  void Do(NodeProcess& node, const std::vector<std::string>& words) {
    const Result result = node.Tally(words);
    ASSERT_EQ(result.status, 0) << words.front() << ": " << result.err;
    ASSERT_TRUE(WaitInStep());
  }

  // Both state their views, neither having seen the other's.
  void ApplyViewsUnseen() {
    meridian_->End(SIGTERM);
    const Result first =
        cascadia_->Tally({"view", "apply", EXAMPLE "/view-cascadia.yaml"});
    ASSERT_EQ(first.status, 0) << first.err;
    cascadia_->End(SIGTERM);
    ASSERT_TRUE(meridian_->Start()) << meridian_->Log();
    const Result second =
        meridian_->Tally({"view", "apply", EXAMPLE "/view-meridian.yaml"});
    ASSERT_EQ(second.status, 0) << second.err;
    ASSERT_TRUE(cascadia_->Start()) << cascadia_->Log();
    ASSERT_TRUE(WaitInStep());
  }

  // A person of this company, with a key made by ssh-keygen.
  void Enrol(NodeProcess& node, const std::string& person) {
    const Result made = RunProgram(
        {"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", Path(person)});
    ASSERT_EQ(made.status, 0) << made.err;
    Do(node, {"people", "add", person, "--name", person, "--key",
              Path(person + ".pub"), "--role", "alliance-manager", "--forum",
              "steering"});
  }

  // Handoff in five days, agreed by a person on each side.
  void Ratify(const std::string& setting = "socket/handoff-lead-time=5 days") {
    ASSERT_NO_FATAL_FAILURE(Enrol(*cascadia_, "alice"));
    ASSERT_NO_FATAL_FAILURE(Enrol(*meridian_, "bo"));
    Do(*cascadia_, {"propose", "--type", "delivery_tradeoffs", "--title",
                    "Handoff in 5", "--set", setting});
    Do(*cascadia_, {"approve", "d-1", "--key", Path("alice")});
    EXPECT_EQ(StateOfDecision(*meridian_), "PROPOSED");
    Do(*meridian_, {"approve", "d-1", "--key", Path("bo")});
  }

  static std::string StateOfDecision(const NodeProcess& node) {
    return node.Ask({"decisions"})["decisions"]
        .Find("id", "d-1")["state"]
        .Text();
  }
};

TEST_F(MainJobTest, BothNodesReproduceTheCoorientationTable) {
  Do(*cascadia_, {"view", "apply", EXAMPLE "/view-cascadia.yaml"});
  Do(*meridian_, {"view", "apply", EXAMPLE "/view-meridian.yaml"});
  const std::vector<ExpectedGap> table =
      ReadExpectedGaps(EXAMPLE "/expected.md");
  ASSERT_THAT(table, SizeIs(23));
  const NodeProcess* const nodes[] = {cascadia_.get(), meridian_.get()};
  for (size_t own = 0; own < 2; ++own) {
    const Json gaps =
        nodes[own]->Ask({"gaps", "--as-of", "2025-07-01"})["gaps"];
    EXPECT_THAT(gaps.List(), SizeIs(table.size()));
    for (const ExpectedGap& gap : table) {
      ExpectRow(gaps.Find("topic", gap.topic), gap, own);
    }
  }
}

// What expected.md says below its tables; of parties A and B.
struct ExpectedScores {
  double agreement = 0.8399;
  double accuracy[2] = {0.8047, 0.9309};
  double false_consensus = 0.5714;
  double insight[2] = {0.6894, 0.9};
  double projection[2] = {0.8462, 0.6593};
};

void ExpectScores(const Json& gaps, size_t own) {
  SCOPED_TRACE(kShortNames[own]);
  const ExpectedScores scores;
  const size_t partner = 1 - own;
  const auto expect = [&gaps](const char* name, double value) {
    EXPECT_TRUE(gaps.Has(name)) << name;
    EXPECT_NEAR(gaps[name].Number(), value, kRounding) << name;
  };
  expect("agreement", scores.agreement);
  expect("accuracyOwn", scores.accuracy[own]);
  expect("accuracyPartner", scores.accuracy[partner]);
  expect("falseConsensusRate", scores.false_consensus);
  expect("insightOwn", scores.insight[own]);
  expect("insightPartner", scores.insight[partner]);
  expect("projectionOwn", scores.projection[own]);
  expect("projectionPartner", scores.projection[partner]);
  EXPECT_EQ(gaps["weakestLayer"].Text(), "frame");
  EXPECT_EQ(gaps["score"]["state"].Text(), "SUFFICIENT");
  EXPECT_EQ(gaps["score"]["layersLeftOut"].Texts(),
            std::vector<std::string>{"governance"});
  EXPECT_EQ(gaps["position"].Text(), "cooperative");
  EXPECT_EQ(gaps["positionSource"].Text(), "ASKED");
  const Json counts = gaps["counts"];
  EXPECT_EQ(counts["consensus"].Number(), 5);
  EXPECT_EQ(counts["dissensus"].Number(), 2);
  EXPECT_EQ(counts["mutualFalseConsensus"].Number(), 7);
  EXPECT_EQ(counts["oneSidedFalseConflict"].Number(), 3);
  EXPECT_EQ(counts["oneSidedFalseConsensus"].Number(), 4);
  EXPECT_EQ(counts["unconfirmed"].Number(), 1);
  EXPECT_EQ(counts["unstated"].Number(), 1);
  EXPECT_EQ(counts["stale"].Number(), 1);
}

TEST_F(MainJobTest, BothNodesReproduceTheScoresOfLayersAndAlliance) {
  ASSERT_NO_FATAL_FAILURE(ApplyViewsUnseen());
  const std::vector<ExpectedLayer> layers =
      ReadExpectedLayers(EXAMPLE "/expected.md");
  ASSERT_THAT(layers, SizeIs(6));
  const NodeProcess* const nodes[] = {cascadia_.get(), meridian_.get()};
  for (size_t own = 0; own < 2; ++own) {
    const Json gaps = nodes[own]->Ask(
        {"gaps", "--as-of", "2025-07-01", "--position", "cooperative"});
    ExpectScores(gaps, own);
    EXPECT_THAT(gaps["layers"].List(), SizeIs(layers.size()));
    for (const ExpectedLayer& layer : layers) {
      SCOPED_TRACE(layer.layer);
      const Json row = gaps["layers"].Find("layer", layer.layer);
      EXPECT_NEAR(row["coverage"].Number(), layer.coverage, kRounding);
      EXPECT_NEAR(row["agreement"].Number(), layer.agreement, kRounding);
      EXPECT_NEAR(row["accuracyOwn"].Number(), layer.accuracy[own], kRounding);
      EXPECT_NEAR(row["accuracyPartner"].Number(), layer.accuracy[1 - own],
                  kRounding);
    }
  }
}

// What a file says was stated before either side wrote here was stated blind,
// whichever side applies its file first.
TEST_F(MainJobTest, FilesAppliedOneAfterTheOtherAreMeasuredAlike) {
  Do(*cascadia_, {"view", "apply", EXAMPLE "/view-cascadia.yaml"});
  Do(*meridian_, {"view", "apply", EXAMPLE "/view-meridian.yaml"});
  ExpectScores(cascadia_->Ask({"gaps", "--as-of", "2025-07-01", "--position",
                               "cooperative"}),
               0);
}

TEST_F(MainJobTest, WhoHadSeenTheAnswerIsNotMeasuredAsAReader) {
  const std::string topic = "frame/spectrum-position";
  Do(*cascadia_, {"expect", topic, "innovative"});
  Do(*meridian_, {"expect", topic, "cooperative"});
  Do(*meridian_, {"expect", topic, "innovative", "--of", "partner"});
  const Json gaps = meridian_->Ask({"gaps"});
  EXPECT_EQ(gaps["gaps"].Find("topic", topic)["accuracyOwn"].Number(), 0);
  EXPECT_FALSE(gaps.Has("accuracyOwn"));
  EXPECT_EQ(gaps["accuracyOwnScore"]["state"].Text(), "INSUFFICIENT");
}

TEST_F(MainJobTest, TheAgreedPositionWeighsTheLayers) {
  EXPECT_EQ(cascadia_->Ask({"gaps"})["positionSource"].Text(), "NONE");
  ASSERT_NO_FATAL_FAILURE(Ratify("frame/spectrum-position=cooperative"));
  for (const NodeProcess* node : {cascadia_.get(), meridian_.get()}) {
    const Json gaps = node->Ask({"gaps"});
    EXPECT_EQ(gaps["positionSource"].Text(), "AGREED");
    EXPECT_EQ(gaps["position"].Text(), "cooperative");
    EXPECT_EQ(gaps["layers"].Find("layer", "socket")["weight"].Number(), 4);
  }
  EXPECT_EQ(cascadia_->Tally({"gaps", "--position", "loose"}).status, 1);
}

TEST_F(MainJobTest, APrivateAnswerIsComparedAtItsOwnNodeOnly) {
  const std::string topic = "frame/time-horizon";
  Do(*meridian_, {"expect", topic, "10 years"});
  Do(*cascadia_, {"expect", topic, "2 years", "--private"});
  const Json own = cascadia_->Ask({"gaps"});
  EXPECT_TRUE(own["gaps"].Find("topic", topic)["private"].Bool());
  EXPECT_TRUE(own["gaps"].Find("topic", topic).Has("agreement"));
  const Json partner = meridian_->Ask({"gaps"});
  EXPECT_FALSE(partner["gaps"].Find("topic", topic)["private"].Bool());
  EXPECT_FALSE(partner["gaps"].Find("topic", topic).Has("partnerOwn"));
  for (const Json* gaps : {&own, &partner}) {
    EXPECT_EQ((*gaps)["counts"]["unstated"].Number(), 1);
  }
}

TEST_F(MainJobTest, WhoOnlySpeaksOfItsGainIsNoted) {
  Do(*cascadia_, {"expect", "deal/gets@cascadia", "[reach]"});
  const auto note = [](const NodeProcess& node) {
    return node.Ask({"gaps"})["notes"].Find("kind", "ONE_WAY");
  };
  EXPECT_EQ(note(*meridian_)["party"].Text(), "cascadia");
  EXPECT_EQ(
      note(*cascadia_)["topics"].Texts(),
      (std::vector<std::string>{"deal/gives@cascadia", "deal/gets@meridian"}));
  Do(*cascadia_, {"expect", "deal/gives@cascadia", "[recipes]"});
  Do(*cascadia_, {"expect", "deal/gets@meridian", "[revenue]"});
  EXPECT_FALSE(note(*cascadia_).Has("party"));
}

TEST_F(MainJobTest, AnAgreedTopicOnWhichTheyDifferIsAgreedOnPaper) {
  ASSERT_NO_FATAL_FAILURE(Ratify());
  Do(*cascadia_, {"expect", "socket/handoff-lead-time", "5 days"});
  Do(*meridian_, {"expect", "socket/handoff-lead-time", "9 days"});
  const Json gaps = cascadia_->Ask({"gaps"});
  EXPECT_TRUE(gaps["gaps"]
                  .Find("topic", "socket/handoff-lead-time")["agreedOnPaper"]
                  .Bool());
  EXPECT_EQ(gaps["notes"].Find("kind", "AGREED_ON_PAPER")["topics"].Texts(),
            std::vector<std::string>{"socket/handoff-lead-time"});
}

TEST_F(MainJobTest, TwoTextsAgreeWhenAPersonOnEachSideHasSaidSo) {
  const std::string topic = "governance/unwind-plan";
  Do(*cascadia_, {"expect", topic, "We keep the mark."});
  const Result early = cascadia_->Tally({"confirm", topic});
  EXPECT_EQ(early.status, 1);
  EXPECT_THAT(early.err, HasSubstr("the partner has stated no text yet"));
  Do(*meridian_, {"expect", topic, "The mark stays with Cascadia."});
  Do(*cascadia_, {"confirm", topic, "--dry-run"});
  const auto row = [&topic](const NodeProcess& node) {
    return node.Ask({"gaps", topic})["gaps"].Find("topic", topic);
  };
  EXPECT_FALSE(row(*cascadia_).Has("ownSaysSame"));
  Do(*cascadia_, {"confirm", topic});
  EXPECT_TRUE(row(*meridian_)["partnerSaysSame"].Bool());
  EXPECT_FALSE(row(*meridian_).Has("agreement"));
  Do(*meridian_, {"confirm", topic});
  EXPECT_TRUE(row(*cascadia_).Has("agreement"));
  EXPECT_EQ(row(*cascadia_)["agreement"].Number(), 0);
  EXPECT_TRUE(meridian_->Ask({"confirm", topic})["unchanged"].Bool());
  Do(*meridian_, {"confirm", topic, "--differs"});
  EXPECT_EQ(row(*cascadia_)["agreement"].Number(), 1);
}

TEST_F(MainJobTest, EachTakesItsOwnFromTheSameRecordsFile) {
  const std::vector<std::string> apply = {"record", "apply",
                                          EXAMPLE "/records.yaml"};
  Do(*cascadia_, apply);
  Do(*meridian_, apply);
  // What the partner had not claimed the first time can be answered now.
  Do(*cascadia_, apply);
  for (const NodeProcess* node : {cascadia_.get(), meridian_.get()}) {
    // 36 contributions, 12 benefits, 64 readings, and 3 risks as each sees
    // them.
    EXPECT_THAT(node->Ask({"records", "--all"})["records"].List(),
                SizeIs(36 + 12 + 64 + 2 * 3));
    const Json records =
        node->Ask({"records", "--type", "contribution", "--all"})["records"];
    EXPECT_THAT(records.List(), SizeIs(36));
    const Json all = records.Find("reference", "C01");
    EXPECT_EQ(all["giver"].Text(), "cascadia");
    EXPECT_EQ(all["state"].Text(), "ACKNOWLEDGED");
    EXPECT_EQ(all["acknowledged"].Number(), 1);
    const Json part = records.Find("reference", "C27");
    EXPECT_EQ(part["giver"].Text(), "meridian");
    EXPECT_EQ(part["claimed"].Number(), 700);
    EXPECT_EQ(part["acknowledged"].Number(), 600);
  }
}

TEST_F(MainJobTest, RisksSharesAndBeingBetterOffAreComparedOnBothNodes) {
  for (int i = 0; i < 2; ++i) {
    Do(*cascadia_, {"record", "apply", EXAMPLE "/records.yaml"});
    Do(*meridian_, {"record", "apply", EXAMPLE "/records.yaml"});
  }
  Do(*cascadia_, {"view", "apply", EXAMPLE "/view-cascadia.yaml"});
  Do(*meridian_, {"view", "apply", EXAMPLE "/view-meridian.yaml"});
  Do(*cascadia_, {"better-off", "yes", "--stated", "2025-07-01"});
  EXPECT_EQ(cascadia_->Tally({"balance", "--fail-on", "imbalance"}).status, 0);
  Do(*meridian_, {"better-off", "no", "--stated", "2025-07-01"});
  for (const NodeProcess* node : {cascadia_.get(), meridian_.get()}) {
    const Json balance = node->Ask({"balance", "--as-of", "2025-07-01"});
    const Json risk = balance["dimensions"].Find("basis", "AGREED");
    const bool is_a = balance["own"].Text() == "cascadia";
    EXPECT_EQ(risk["own"]["text"].Text(), is_a ? "1490000.00" : "1360000.00");
    EXPECT_NEAR(risk["share"].Number(), is_a ? 0.5228 : 0.4772, kRounding);
    EXPECT_EQ(risk["state"].Text(), "NO_TARGET");
    EXPECT_FALSE(risk.Has("target"));
    EXPECT_NEAR(balance["overclaims"]
                    .Find("subject", "category_growth")["overclaim"]
                    .Number(),
                0.25, kRounding);
    EXPECT_EQ(balance["betterOff"]["ownStated"].Text(), is_a ? "YES" : "NO");
    EXPECT_FALSE(balance["betterOff"]["ruleOneMet"].Bool());
    EXPECT_EQ(node->Tally({"balance", "--fail-on", "imbalance"}).status, 4);
    // What is private is in no log: the two hold the same, and say so.
    EXPECT_TRUE(node->Ask({"verify"})["ok"].Bool());
  }
}

TEST_F(MainJobTest, ADecisionApprovedOnBothSidesIsRatifiedOnBoth) {
  ASSERT_NO_FATAL_FAILURE(Ratify());
  EXPECT_EQ(StateOfDecision(*cascadia_), "RATIFIED");
  EXPECT_EQ(StateOfDecision(*meridian_), "RATIFIED");
}

TEST_F(MainJobTest, StockSshKeygenAcceptsAnApproval) {
  ASSERT_NO_FATAL_FAILURE(Ratify());
  const Json approval = meridian_->Ask({"decisions"})["decisions"]
                            .Find("id", "d-1")["approvals"]
                            .Find("person", "alice");
  const auto write = [&](const std::string& name, const std::string& text) {
    return RunProgram({"sh", "-c", "printf %s \"$1\" > \"$2\"", "sh", text,
                       Path(name)})
        .status;
  };
  ASSERT_EQ(write("text", approval["text"].Text()), 0);
  ASSERT_EQ(write("text.sig", approval["signature"].Text()), 0);
  ASSERT_EQ(RunProgram({"sh", "-c", "echo alice $(cat \"$1\") > \"$2\"", "sh",
                        Path("alice.pub"), Path("allowed")})
                .status,
            0);
  const Result checked = RunProgram(
      {"sh", "-c",
       "ssh-keygen -Y verify -f \"$1\" -I alice -n tallystick -s \"$2\" < "
       "\"$3\"",
       "sh", Path("allowed"), Path("text.sig"), Path("text")});
  EXPECT_EQ(checked.status, 0) << checked.out << checked.err;
}

TEST_F(MainJobTest, AnExpectationThatMovesRaisesAnAlertOnTheOtherNode) {
  ASSERT_NO_FATAL_FAILURE(Ratify());
  Do(*meridian_, {"expect", "socket/handoff-lead-time", "5 days"});
  EXPECT_TRUE(cascadia_->Ask({"alerts"})["alerts"].List().empty());
  Do(*meridian_, {"expect", "socket/handoff-lead-time", "9 days"});
  const Json alert = cascadia_->Ask({"alerts"})["alerts"].Find(
      "subject", "socket/handoff-lead-time");
  EXPECT_EQ(alert["kind"].Text(), "restatement_drift");
  EXPECT_EQ(alert["party"].Text(), "meridian");
  EXPECT_EQ(alert["state"].Text(), "OPEN");
}

TEST_F(MainJobTest, EverythingVerifiesOnBothNodes) {
  Do(*cascadia_, {"view", "apply", EXAMPLE "/view-cascadia.yaml"});
  ASSERT_NO_FATAL_FAILURE(Ratify());
  for (const NodeProcess* node : {cascadia_.get(), meridian_.get()}) {
    const Json verification = node->Ask({"verify"});
    EXPECT_TRUE(verification["ok"].Bool());
    EXPECT_EQ(
        verification["checks"].Find("name", "approvals")["checked"].Number(),
        2);
    EXPECT_EQ(verification["stateDigest"].Text(),
              node->Alliance()["stateDigest"].Text());
  }
}

TEST_F(MainJobTest, ACounterWithoutAFileChangesOnlyWhatItNames) {
  Do(*cascadia_,
     {"propose", "--type", "commercial_terms", "--title", "Terms", "--set",
      "socket/handoff-lead-time=5 days", "--set", "frame/time-horizon=4 years",
      "--respond-by", "2099-12-31", "--due-on", "2099-01-31"});
  Do(*meridian_,
     {"counter", "d-1", "--set", "socket/handoff-lead-time=7 days"});
  for (const NodeProcess* node : {cascadia_.get(), meridian_.get()}) {
    const Json decision = node->Ask({"decision", "d-1"});
    EXPECT_EQ(decision["revision"].Number(), 2);
    EXPECT_EQ(decision["title"].Text(), "Terms");
    EXPECT_EQ(decision["dueOn"].Text(), "2099-01-31");
    EXPECT_THAT(decision["respondBy"].Text(), HasSubstr("2099-12-31"));
    const Json settings = decision["settings"];
    ASSERT_THAT(settings.List(), SizeIs(2));
    EXPECT_EQ(
        settings.Find("topic", "socket/handoff-lead-time")["value"].Text(),
        "7 days");
    EXPECT_EQ(settings.Find("topic", "frame/time-horizon")["value"].Text(),
              "4 years");
  }
}

TEST_F(MainJobTest, WhoWithdrewTooLateIsToldByTheDecision) {
  ASSERT_NO_FATAL_FAILURE(Enrol(*cascadia_, "alice"));
  ASSERT_NO_FATAL_FAILURE(Enrol(*meridian_, "bo"));
  Do(*cascadia_, {"propose", "--type", "commercial_terms", "--title", "Terms",
                  "--set", "frame/time-horizon=4 years"});
  Do(*cascadia_, {"approve", "d-1", "--key", Path("alice")});
  // Each acts without knowing of the other.
  meridian_->End(SIGTERM);
  ASSERT_EQ(cascadia_->Tally({"withdraw", "d-1"}).status, 0);
  cascadia_->End(SIGTERM);
  ASSERT_TRUE(meridian_->Start()) << meridian_->Log();
  ASSERT_EQ(meridian_->Tally({"approve", "d-1", "--key", Path("bo")}).status,
            0);
  ASSERT_TRUE(cascadia_->Start()) << cascadia_->Log();
  ASSERT_TRUE(WaitInStep());
  for (const NodeProcess* node : {cascadia_.get(), meridian_.get()}) {
    EXPECT_EQ(StateOfDecision(*node), "RATIFIED");
    EXPECT_THAT(node->Ask({"decision", "d-1"})["overtaken"].Texts(),
                ::testing::ElementsAre(HasSubstr("cascadia withdrew it")));
    EXPECT_TRUE(Eventually([node] {
      return node->Ask({"alerts", "--open"})["alerts"]
          .Find("kind", "overtaken_by_approval")
          .Has("subject");
    }));
  }
}

}  // namespace
}  // namespace tallystick::e2e
