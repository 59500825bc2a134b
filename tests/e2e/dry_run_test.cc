// SPDX-License-Identifier: Apache-2.0
// --dry-run shows what would happen: the same command without it would have
// done it, and with it nothing is written.
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "tests/e2e/pair_of_nodes.h"

namespace tallystick::e2e {
namespace {

class DryRunTest : public PairOfNodes {
 protected:
  void SetUp() override {
    ASSERT_NO_FATAL_FAILURE(Pair());
    const Result key = RunProgram(
        {"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", Path("alice")});
    ASSERT_EQ(key.status, 0) << key.err;
  }

  double Size() const { return cascadia_->Alliance()["ownSize"].Number(); }

  void Do(NodeProcess& node, const std::vector<std::string>& words) {
    const Result result = node.Tally(words);
    ASSERT_EQ(result.status, 0) << words.front() << ": " << result.err;
    ASSERT_TRUE(WaitInStep());
  }

  void ExpectOnlyTried(std::vector<std::string> words) {
    SCOPED_TRACE(words.front());
    const double before = Size();
    std::vector<std::string> tried = words;
    tried.push_back("--dry-run");
    const Result result = cascadia_->Tally(tried);
    EXPECT_EQ(result.status, 0) << result.err;
    EXPECT_THAT(result.err, ::testing::HasSubstr("(--dry-run)"));
    EXPECT_EQ(Size(), before);
    ASSERT_NO_FATAL_FAILURE(Do(*cascadia_, words));
    EXPECT_GT(Size(), before);
  }
};

TEST_F(DryRunTest, ADryRunWritesNothingWhereTheCommandWould) {
  ExpectOnlyTried({"expect", "frame/time-horizon", "8 years"});
  ExpectOnlyTried({"people", "add", "alice", "--name", "Alice", "--key",
                   Path("alice.pub"), "--role", "alliance-manager", "--forum",
                   "steering"});
  ExpectOnlyTried({"propose", "--type", "commercial_terms", "--title", "T",
                   "--set", "socket/handoff-lead-time=5 days"});
  ExpectOnlyTried({"withdraw", "d-1"});
  const std::vector<std::string> claim = {
      "record", "contribution", "--kind", "plant_hour", "--quantity", "2"};
  ExpectOnlyTried(claim);
  for (const char* answer : {"acknowledge", "dispute"}) {
    ASSERT_NO_FATAL_FAILURE(Do(*meridian_, claim));
    const Json records = cascadia_->Ask({"records", "--open"})["records"];
    const std::string id = records.Find("giver", "meridian")["id"].Text();
    std::vector<std::string> words = {answer, id};
    if (words.front() == "dispute") {
      words.insert(words.end(), {"--why", "No such hours."});
    }
    ExpectOnlyTried(words);
  }
  ExpectOnlyTried({"people", "remove", "alice"});
}

}  // namespace
}  // namespace tallystick::e2e
