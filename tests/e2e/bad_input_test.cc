// SPDX-License-Identifier: Apache-2.0
// What a node that cannot run says: one clear line, and a status that is not 0.
#include <linux/capability.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/e2e/pair_of_nodes.h"

namespace tallystick::e2e {
namespace {

using ::testing::HasSubstr;

class BadInputTest : public PairOfNodes {
 protected:
  std::unique_ptr<NodeProcess> Make(const std::string& name, int port = 0) {
    return std::make_unique<NodeProcess>(Path(name), name + ".example", name,
                                         port);
  }

  // The lines that begin with the program's name.
  static int Complaints(const Result& result) {
    std::istringstream lines(result.err);
    int count = 0;
    for (std::string line; std::getline(lines, line);) {
      if (absl::StartsWith(line, "tallyd: ")) ++count;
    }
    return count;
  }

  static void ExpectRefusal(const Result& result, const std::string& words) {
    EXPECT_EQ(result.status, 1);
    EXPECT_EQ(Complaints(result), 1) << result.err;
    EXPECT_THAT(result.err, HasSubstr(words));
  }
};

TEST_F(BadInputTest, ASecondNodeOnADataDirectoryIsRefused) {
  const auto node = Make("cascadia");
  ASSERT_TRUE(node->Start());
  ExpectRefusal(RunDaemon(node->directory()), "another node");
  EXPECT_EQ(node->Tally({"status"}).status, 0) << "the first one goes on";
}

TEST_F(BadInputTest, ASecondNodeOnAPortIsRefused) {
  const int port = FreePort();
  const auto node = Make("cascadia", port);
  ASSERT_TRUE(node->Start());
  const auto second = Make("meridian", port);
  ExpectRefusal(RunDaemon(second->directory()), "has this port");
  EXPECT_EQ(node->Tally({"status"}).status, 0) << "the first one goes on";
}

TEST_F(BadInputTest, AnUnknownConfigurationKeyIsNamedWithFileAndLine) {
  const auto node = Make("cascadia");
  std::ifstream file(node->Path("tallyd.yaml"));
  const auto lines = std::count(std::istreambuf_iterator<char>(file), {}, '\n');
  std::ofstream(node->Path("tallyd.yaml"), std::ios::app) << "colour: red\n";
  ExpectRefusal(RunDaemon(node->directory()),
                absl::StrCat("tallyd.yaml:", lines + 1, ": unknown key"));
}

TEST_F(BadInputTest, AForeignDatabaseFileIsRefusedAndLeftAsItIs) {
  const auto node = Make("cascadia");
  const std::string text(8192, 'x');
  std::ofstream(node->Path("node.db")) << text;
  ExpectRefusal(RunDaemon(node->directory()), "node.db");
  std::ifstream file(node->Path("node.db"));
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), text);
}

TEST_F(BadInputTest, ADirectoryWithoutAnIdentityIsRefused) {
  mkdir(Path("empty").c_str(), 0700);
  ExpectRefusal(RunDaemon(Path("empty")), "tallyd.yaml");
}

TEST_F(BadInputTest, AReadOnlyDataDirectoryIsRefused) {
  const auto node = Make("cascadia");
  ASSERT_EQ(chmod(node->directory().c_str(), 0500), 0);
  // Root may write anywhere, unless it gives that up.
  const Result result =
      RunProgram({"timeout", "60", TALLYD, "--data", node->directory()},
                 [] { prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE); });
  ASSERT_EQ(chmod(node->directory().c_str(), 0700), 0);
  ExpectRefusal(result, node->directory());
}

TEST_F(BadInputTest, ANodeThatIsNotThereIsStatusThree) {
  const auto node = Make("cascadia");
  const Result result = node->Tally({"status"});
  EXPECT_EQ(result.status, 3);
  EXPECT_THAT(result.err, HasSubstr("tallyd"));
}

TEST_F(BadInputTest, AWrongLineInAViewNamesItAndAppliesNothing) {
  ASSERT_NO_FATAL_FAILURE(Pair());
  std::ofstream(Path("view.yaml"))
      << "party: cascadia\nanswers:\n"
      << "  frame/time-horizon: {self: 8 years}\n"
      << "  frame/spectrum-position: {self: purple}\n";
  const double before = cascadia_->Alliance()["ownSize"].Number();
  const Result result = cascadia_->Tally({"view", "apply", Path("view.yaml")});
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("view.yaml:4"));
  EXPECT_EQ(cascadia_->Alliance()["ownSize"].Number(), before);
}

TEST_F(BadInputTest, SigtermStopsCleanlyAndWhatWasSaidIsThereAgain) {
  ASSERT_NO_FATAL_FAILURE(Pair());
  ASSERT_EQ(
      cascadia_->Tally({"expect", "frame/time-horizon", "8 years"}).status, 0);
  ASSERT_TRUE(WaitInStep());
  const std::string digest = cascadia_->Alliance()["stateDigest"].Text();
  EXPECT_EQ(cascadia_->End(SIGTERM), 0);
  EXPECT_THAT(cascadia_->Log(), HasSubstr(" stopped"));
  EXPECT_EQ(access(cascadia_->Path("node.sock").c_str(), F_OK), -1);
  ASSERT_TRUE(cascadia_->Start());
  EXPECT_EQ(cascadia_->Alliance()["stateDigest"].Text(), digest);
  EXPECT_TRUE(WaitInStep());
}

TEST_F(BadInputTest, ADataDirectoryIsMadeWithThoseAboveIt) {
  const std::string directory = Path("home/.local/share/tallystick");
  const Result made = RunProgram({TALLY, "init", "--data", directory, "--party",
                                  "cascadia.example", "--name", "Cascadia"});
  EXPECT_EQ(made.status, 0) << made.err;
  EXPECT_EQ(access((directory + "/tallyd.yaml").c_str(), R_OK), 0);
}

TEST_F(BadInputTest, AnotherNameThanTheLogsSayIsRefused) {
  ASSERT_NO_FATAL_FAILURE(Pair());
  EXPECT_EQ(cascadia_->End(SIGTERM), 0);
  const std::string config = cascadia_->Path("tallyd.yaml");
  std::ifstream in(config);
  std::string text(std::istreambuf_iterator<char>(in), {});
  const std::string name = "cascadia.example";
  text.replace(text.find(name), name.size(), "other.example");
  std::ofstream(config) << text;
  ExpectRefusal(RunDaemon(cascadia_->directory()),
                "in rtd-coffee we are cascadia.example");
}

TEST_F(BadInputTest, AnotherKeyThanTheLogsAreSignedWithIsRefused) {
  ASSERT_NO_FATAL_FAILURE(Pair());
  EXPECT_EQ(cascadia_->End(SIGTERM), 0);
  std::ifstream in(meridian_->Path("keys/log.key"), std::ios::binary);
  std::ofstream(cascadia_->Path("keys/log.key"), std::ios::binary)
      << in.rdbuf();
  ExpectRefusal(RunDaemon(cascadia_->directory()), "keys");
}

// Whoever only opens connections must not use up what the node needs to take
// those of its partner and its people.
TEST_F(BadInputTest, ManyIdleConnectionsLeaveTheNodeReachable) {
  rlimit before = {};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  rlimit few = before;
  few.rlim_cur = 256;
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
  const int port = FreePort();
  const auto node = Make("cascadia", port);
  const bool started = node->Start();
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  ASSERT_TRUE(started) << node->Log();
  std::vector<int> idle;
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (int i = 0; i < 400; ++i) {
    idle.push_back(socket(AF_INET, SOCK_STREAM, 0));
    ASSERT_EQ(connect(idle.back(), reinterpret_cast<sockaddr*>(&address),
                      sizeof address),
              0);
  }
  // So many that it would be out of files, had it left the limit as it was.
  EXPECT_TRUE(Eventually([&] { return node->OpenFiles() >= 256; }));
  EXPECT_EQ(node->Tally({"status"}).status, 0);
  for (const int fd : idle) close(fd);
}

}  // namespace
}  // namespace tallystick::e2e
