// SPDX-License-Identifier: Apache-2.0
// Symmetry, equity and being better off, from the files of the example as
// people would apply them: terms, records, views.
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/e2e/pair_of_nodes.h"

namespace tallystick::e2e {
namespace {

constexpr double kRounding = 0.00005;

class BalanceTest : public PairOfNodes {
 protected:
  void SetUp() override { ASSERT_NO_FATAL_FAILURE(Pair()); }

  static std::string File(const std::string& name) {
    return absl::StrCat(EXAMPLES, "/cascadia-meridian/", name);
  }

  void OnBoth(const std::vector<std::string>& words) {
    for (NodeProcess* node : {cascadia_.get(), meridian_.get()}) {
      const Result result = node->Tally(words);
      ASSERT_EQ(result.status, 0) << words.front() << ": " << result.err;
      ASSERT_TRUE(WaitInStep());
    }
  }

  void ApplyExample() {
    OnBoth(
        {"decisions", "import", File("decisions.yaml"), File("alliance.yaml")});
    OnBoth({"record", "apply", File("records.yaml")});
    OnBoth({"record", "apply", File("records.yaml")});
    ASSERT_EQ(
        cascadia_->Tally({"view", "apply", File("view-cascadia.yaml")}).status,
        0);
    ASSERT_EQ(
        meridian_->Tally({"view", "apply", File("view-meridian.yaml")}).status,
        0);
    ASSERT_TRUE(WaitInStep());
  }
};

struct Row {
  const char* dimension;
  // As Cascadia sees it, and as Meridian does.
  const char* bases[2];
  double share_of_a, skew;
  const char* state;
  double index;
};

TEST_F(BalanceTest, BothNodesReproduceTheSymmetryOfTheExample) {
  ASSERT_NO_FATAL_FAILURE(ApplyExample());
  for (size_t own = 0; own < 2; ++own) {
    const NodeProcess& node = own == 0 ? *cascadia_ : *meridian_;
    const Json balance = node.Ask({"balance", "--as-of", "2025-07-01"});
    for (const Row& row :
         {Row{"inputs",
              {"CLAIMED", "CLAIMED"},
              0.3819,
              -0.0681,
              "BALANCED",
              0.8763},
          Row{"inputs",
              {"ACKNOWLEDGED", "ACKNOWLEDGED"},
              0.4045,
              -0.0455,
              "BALANCED",
              0.9172},
          Row{"benefit",
              {"CLAIMED", "CLAIMED"},
              0.6190,
              0.1190,
              "WATCH",
              0.7619},
          Row{"risk", {"AGREED", "AGREED"}, 0.5228, 0.0228, "BALANCED", 0.9544},
          Row{"risk", {"OWN", "PARTNER"}, 0.6098, 0.1098, "WATCH", 0.7805},
          Row{"risk",
              {"PARTNER", "OWN"},
              0.4649,
              -0.0351,
              "BALANCED",
              0.9299}}) {
      SCOPED_TRACE(absl::StrCat(row.dimension, " ", row.bases[own]));
      Json found;
      for (const Json& candidate : balance["dimensions"].List()) {
        if (candidate["dimension"].Text() == row.dimension &&
            candidate["basis"].Text() == row.bases[own]) {
          found = candidate;
        }
      }
      EXPECT_EQ(found["state"].Text(), row.state);
      EXPECT_NEAR(found["share"].Number(),
                  own == 0 ? row.share_of_a : 1 - row.share_of_a, kRounding);
      EXPECT_NEAR(found["skew"].Number(), own == 0 ? row.skew : -row.skew,
                  kRounding);
      EXPECT_NEAR(found["index"].Number(), row.index, kRounding);
      EXPECT_TRUE(found.Has("target"));
      EXPECT_NE(found["decision"].Text(), "");
    }
    // A benefit to watch, and twice as much for what is put in.
    EXPECT_EQ(node.Tally({"balance", "--as-of", "2025-07-01", "--fail-on",
                          "imbalance"})
                  .status,
              4);
  }
}

TEST_F(BalanceTest, EquityIsThatOfTheExampleOnceUpkeepIsShared) {
  ASSERT_NO_FATAL_FAILURE(ApplyExample());
  for (const auto& [node, amount] : {std::pair(cascadia_.get(), "120000"),
                                     std::pair(meridian_.get(), "210000")}) {
    const Result result =
        node->Tally({"record", "upkeep", "--kind", "joint_office", "--amount",
                     amount, "--currency", "USD", "--date", "2025-06-30"});
    ASSERT_EQ(result.status, 0) << result.err;
    ASSERT_TRUE(WaitInStep());
  }
  EXPECT_NEAR(cascadia_->Ask({"balance"})["equityRatio"].Number(), 2.3154,
              kRounding);
  EXPECT_NEAR(meridian_->Ask({"balance"})["equityRatio"].Number(), 1 / 2.3154,
              kRounding);
}

TEST_F(BalanceTest, WhatIsPrivateIsComputedAtHomeOnly) {
  ASSERT_NO_FATAL_FAILURE(ApplyExample());
  for (const auto& [node, better_by, word] :
       {std::tuple(cascadia_.get(), "3045000.00", "YES"),
        std::tuple(meridian_.get(), "-1380000.00", "NO")}) {
    const Json better_off =
        node->Ask({"balance", "--as-of", "2025-07-01"})["betterOff"];
    EXPECT_EQ(better_off["ownBetterBy"]["text"].Text(), better_by);
    EXPECT_EQ(better_off["ownComputed"].Text(), word);
    EXPECT_EQ(better_off["partnerStated"].Text(), "ANSWER_UNSPECIFIED");
    EXPECT_FALSE(better_off.Has("ruleOneMet"));
  }
}

TEST_F(BalanceTest, WhereNoShareIsAgreedEachSidesOwnIsShown) {
  for (const auto& [node, value] :
       {std::pair(cascadia_.get(), "{cascadia: 0.4, meridian: 0.6}"),
        {meridian_.get(), "{cascadia: 0.5, meridian: 0.5}"}}) {
    const Result said = node->Tally({"expect", "deal/share-inputs", value});
    ASSERT_EQ(said.status, 0) << said.err;
  }
  ASSERT_TRUE(WaitInStep());
  const auto inputs = [](const NodeProcess& node) {
    return node.Ask({"balance"})["dimensions"].Find("dimension", "inputs");
  };
  EXPECT_NEAR(inputs(*cascadia_)["expectedOwn"].Number(), 0.4, 1e-9);
  EXPECT_NEAR(inputs(*cascadia_)["expectedPartner"].Number(), 0.5, 1e-9);
  EXPECT_NEAR(inputs(*meridian_)["expectedOwn"].Number(), 0.5, 1e-9);
  EXPECT_NEAR(inputs(*meridian_)["expectedPartner"].Number(), 0.6, 1e-9);
  EXPECT_FALSE(inputs(*cascadia_).Has("target"));
}

}  // namespace
}  // namespace tallystick::e2e
