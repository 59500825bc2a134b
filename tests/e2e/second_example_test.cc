// SPDX-License-Identifier: Apache-2.0
// The other example alliance, loaded as its two parties would: what only it
// has is told by name.
#include <fstream>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/e2e/pair_of_nodes.h"

namespace tallystick::e2e {
namespace {

using ::testing::HasSubstr;

constexpr char kAsOf[] = "2025-07-01";

// Northfield stands where Cascadia does else, Quillon where Meridian does.
class SecondExampleTest : public PairOfNodes {
 protected:
  void SetUp() override {
    cascadia_ = std::make_unique<NodeProcess>(
        Path("northfield"), "northfield.example", "Northfield", FreePort());
    meridian_ = std::make_unique<NodeProcess>(Path("quillon"),
                                              "quillon.example", "Quillon", 0);
    ASSERT_TRUE(cascadia_->Start()) << cascadia_->Log();
    ASSERT_TRUE(meridian_->Start()) << meridian_->Log();
    ASSERT_EQ(meridian_->Tally({"join", Invite()}).status, 0);
    ASSERT_TRUE(WaitInStep());
  }

  static std::string File(const std::string& name) {
    return absl::StrCat(EXAMPLES, "/northfield-quillon/", name);
  }

  Result Do(NodeProcess& node, const std::vector<std::string>& words) {
    const Result result = node.Tally(words);
    EXPECT_EQ(result.status, 0) << words.front() << ": " << result.err;
    EXPECT_TRUE(WaitInStep());
    return result;
  }

  void Load() {
    for (NodeProcess* node : {cascadia_.get(), meridian_.get()}) {
      Do(*node, {"decisions", "import", File("decisions.yaml"),
                 File("alliance.yaml")});
    }
    Do(*cascadia_, {"view", "apply", File("view-northfield.yaml")});
    Do(*meridian_, {"view", "apply", File("view-quillon.yaml")});
    // The second time for what the partner had not claimed the first time.
    for (NodeProcess* node :
         {cascadia_.get(), meridian_.get(), cascadia_.get()}) {
      Do(*node, {"record", "apply", File("records.yaml")});
    }
  }

  static std::string JointState(const NodeProcess& node,
                                const std::string& topic) {
    return node.Ask({"gaps", "--as-of", kAsOf})["gaps"]
        .Find("topic", topic)["jointState"]
        .Text();
  }
};

TEST_F(SecondExampleTest, EveryStateThatIsNoComparisonHasItsName) {
  Load();
  for (const NodeProcess* node : {cascadia_.get(), meridian_.get()}) {
    EXPECT_EQ(JointState(*node, "deal/ip-ownership"), "SEALED");
    EXPECT_EQ(JointState(*node, "frame/rivalry"), "DECLINED");
    EXPECT_EQ(JointState(*node, "governance/exit-triggers"), "UNSTATED");
    EXPECT_EQ(JointState(*node, "performance/revenue-influenced"),
              "INCOMPARABLE");
  }
}

// Both have confirmed that the texts mean the same; Quillon had said it did
// not believe so.
TEST_F(SecondExampleTest, AFileOfRecordsConfirmsTexts) {
  Load();
  for (const NodeProcess* node : {cascadia_.get(), meridian_.get()}) {
    const Json row = node->Ask({"gaps", "--as-of", kAsOf})["gaps"].Find(
        "topic", "performance/success-definition");
    EXPECT_EQ(row["jointState"].Text(), "ONE_SIDED_FALSE_CONFLICT");
    EXPECT_EQ(row["jointParty"].Text(), "quillon");
  }
}

TEST_F(SecondExampleTest, TextsThatDoNotStandYetAreWaitedFor) {
  const Result result =
      Do(*cascadia_, {"record", "apply", File("records.yaml")});
  EXPECT_THAT(result.err, HasSubstr("do not both stand yet: "
                                    "performance/success-definition"));
}

TEST_F(SecondExampleTest, MoneyIsComparedOnceTheRateIsAgreed) {
  Load();
  const std::string rates = Path("rates.yaml");
  std::ofstream(rates) << "- {id: E1, type: commercial_terms, title: Rate,\n"
                          "   proposed_by: quillon, proposed: 2025-06-01,\n"
                          "   accepted_by: northfield, accepted: 2025-06-02,\n"
                          "   currency_rates: [{from: EUR, to: USD, "
                          "rate: 1.2, effective: 2025-06-02}]}\n";
  for (NodeProcess* node : {cascadia_.get(), meridian_.get()}) {
    Do(*node, {"decisions", "import", rates});
  }
  for (const NodeProcess* node : {cascadia_.get(), meridian_.get()}) {
    const Json row = node->Ask({"gaps", "--as-of", kAsOf})["gaps"].Find(
        "topic", "performance/revenue-influenced");
    // 2.4 of 3 million dollars.
    EXPECT_NEAR(row["agreement"].Number(), 0.2, 1e-9);
    EXPECT_EQ(row["jointState"].Text(), "MUTUAL_FALSE_CONSENSUS");
  }
}

TEST_F(SecondExampleTest, AConfirmationThatDoesNotNameBothTextsIsRefused) {
  Load();
  const std::string file = Path("texts.yaml");
  std::ofstream(file) << "text_confirmations:\n"
                         "- topic: performance/success-definition\n"
                         "  hashes: {northfield.example: "
                      << std::string(64, '0')
                      << ", quillon: " << std::string(64, '0')
                      << "}\n  verdict: same\n  confirmed_by: [northfield]\n";
  const double size = cascadia_->Alliance()["ownSize"].Number();
  const Result refused = cascadia_->Tally({"record", "apply", file});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("needs northfield and quillon"));
  EXPECT_EQ(cascadia_->Alliance()["ownSize"].Number(), size);
}

}  // namespace
}  // namespace tallystick::e2e
