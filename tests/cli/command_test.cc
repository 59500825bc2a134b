// SPDX-License-Identifier: Apache-2.0
// Whole commands: words in; exit status, results and messages out. The node is
// one that a test scripts, on a real Unix socket.
#include <grpcpp/grpcpp.h>
#include <grpcpp/security/server_credentials.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/command_line.h"
#include "cli/process.h"
#include "cli/yaml_tree.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "gtest/gtest.h"
#include "tallystick/v1/alert_service.grpc.pb.h"
#include "tallystick/v1/alliance_service.grpc.pb.h"
#include "tallystick/v1/decision_service.grpc.pb.h"
#include "tallystick/v1/evidence_service.grpc.pb.h"
#include "tallystick/v1/expectation_service.grpc.pb.h"

namespace tallystick::cli {
namespace {

using grpc::ServerContext;
using grpc::Status;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

struct FakeAlliances : v1::AllianceService::Service {
  Status ListAlliances(ServerContext*, const v1::ListAlliancesRequest*,
                       v1::ListAlliancesResponse* response) override {
    response->set_party("cascadia.example");
    v1::Alliance* alliance = response->add_alliances();
    alliance->set_name("alliances/rtd");
    alliance->set_alliance("rtd");
    alliance->set_own("cascadia.example");
    alliance->set_own_short_name("cascadia");
    alliance->set_partner("meridian.example");
    alliance->set_partner_short_name("meridian");
    alliance->set_own_size(12);
    return Status::OK;
  }
  Status ListPeople(ServerContext*, const v1::ListPeopleRequest*,
                    v1::ListPeopleResponse* response) override {
    *response = people;
    return Status::OK;
  }
  v1::ListPeopleResponse people;
};

struct FakeExpectations : v1::ExpectationService::Service {
  Status GetGaps(ServerContext*, const v1::GetGapsRequest* request,
                 v1::GetGapsResponse* response) override {
    gaps_asked = *request;
    *response = gaps;
    return Status::OK;
  }
  Status ConfirmText(ServerContext*, const v1::ConfirmTextRequest* request,
                     v1::ConfirmTextResponse* response) override {
    confirm_asked = *request;
    *response = confirmed;
    return Status::OK;
  }
  Status ApplyView(ServerContext*, const v1::ApplyViewRequest* request,
                   v1::ApplyViewResponse* response) override {
    applied.push_back(*request);
    if (applied.size() <= failures.size()) return failures[applied.size() - 1];
    *response = changes;
    response->set_unchanged(1);
    return Status::OK;
  }
  Status GetView(ServerContext*, const v1::GetViewRequest*,
                 v1::View* response) override {
    *response = view;
    return Status::OK;
  }
  v1::View view;
  v1::ApplyViewResponse changes;
  v1::GetGapsRequest gaps_asked;
  v1::GetGapsResponse gaps;
  v1::ConfirmTextRequest confirm_asked;
  v1::ConfirmTextResponse confirmed;
  std::vector<v1::ApplyViewRequest> applied;
  // Answers of the first calls.
  std::vector<Status> failures;
};

struct FakeDecisions : v1::DecisionService::Service {
  Status ListDecisions(ServerContext*, const v1::ListDecisionsRequest* request,
                       v1::ListDecisionsResponse* response) override {
    page_sizes.push_back(request->page_size());
    const int first = request->page_token().empty() ? 0 : 2;
    for (int i = first; i < first + 2; ++i) {
      response->add_decisions()->set_id(absl::StrCat("d-", i + 1));
    }
    if (first == 0) response->set_next_page_token("more");
    response->set_total_size(4);
    return Status::OK;
  }
  Status GetVerdictText(ServerContext*,
                        const v1::GetVerdictTextRequest* request,
                        v1::VerdictText* response) override {
    response->set_text(
        absl::StrCat("tallystick verdict\n", request->name(), "\n"));
    response->set_person("alice");
    response->set_principal("alice@cascadia.example");
    return Status::OK;
  }
  Status RecordVerdict(ServerContext*, const v1::RecordVerdictRequest* request,
                       v1::Decision* response) override {
    verdicts.push_back(*request);
    response->set_id("d-7");
    return Status::OK;
  }
  std::vector<int> page_sizes;
  std::vector<v1::RecordVerdictRequest> verdicts;
};

struct FakeEvidence : v1::EvidenceService::Service {
  Status VerifyAlliance(ServerContext*, const v1::VerifyAllianceRequest*,
                        v1::Verification* response) override {
    response->set_ok(ok);
    return Status::OK;
  }
  bool ok = true;
};

struct FakeAlerts : v1::AlertService::Service {
  Status WatchAlerts(ServerContext*, const v1::WatchAlertsRequest*,
                     grpc::ServerWriter<v1::Alert>* writer) override {
    v1::Alert alert;
    for (const char* id : {"a-1", "a-2"}) {
      alert.set_id(id);
      writer->Write(alert);
    }
    return Status::OK;
  }
};

class CommandTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string path = ::testing::TempDir() + "/cli-XXXXXX";
    ASSERT_NE(mkdtemp(path.data()), nullptr);
    directory_ = path;
    variables_["TALLY_DATA"] = path;
    variables_["HOME"] = path;
  }

  void TearDown() override {
    if (server_ != nullptr) server_->Shutdown();
    (void)RunProcess({"rm", "-rf", directory_}, Streams::kCaptureQuietly);
  }

  void StartNode() {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("unix:" + directory_ + "/node.sock",
                             grpc::experimental::LocalServerCredentials(UDS));
    builder.RegisterService(&alliances_);
    builder.RegisterService(&expectations_);
    builder.RegisterService(&decisions_);
    builder.RegisterService(&evidence_);
    builder.RegisterService(&alerts_);
    server_ = builder.BuildAndStart();
    ASSERT_NE(server_, nullptr);
  }

  Exit Tally(const std::vector<std::string>& words) {
    out_.str("");
    err_.str("");
    const Surroundings surroundings{
        out_,
        err_,
        [this](const std::string& name) { return variables_[name]; },
        {},
        false};
    return cli::Run(words, surroundings);
  }

  std::string File(const std::string& name, const std::string& text) {
    const std::string path = absl::StrCat(directory_, "/", name);
    std::ofstream(path) << text;
    return path;
  }

  std::string out() const { return out_.str(); }
  std::string err() const { return err_.str(); }

  std::string directory_;
  std::map<std::string, std::string> variables_;
  FakeAlliances alliances_;
  FakeExpectations expectations_;
  FakeDecisions decisions_;
  FakeEvidence evidence_;
  FakeAlerts alerts_;
  std::unique_ptr<grpc::Server> server_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(CommandTest, WithoutANodeTheStatusIsThreeAndTheNextStepIsNamed) {
  EXPECT_EQ(Tally({"status"}), Exit::kUnreachable);
  EXPECT_EQ(err(), "tally: the node cannot be reached at " + directory_ +
                       "/node.sock: is tallyd running? (start it with: tallyd "
                       "--data DIR)\n");
  EXPECT_EQ(out(), "");
}

TEST_F(CommandTest, WrongUsageIsTwoWithAShortHint) {
  EXPECT_EQ(Tally({"nonsense"}), Exit::kUsage);
  EXPECT_EQ(Tally({"approve"}), Exit::kUsage);
  EXPECT_THAT(err(), HasSubstr("(see: tally approve --help)"));
  EXPECT_EQ(Tally({"records", "--limit", "none"}), Exit::kUsage);
  EXPECT_EQ(Tally({"records", "--as-of", "yesterday"}), Exit::kUsage);
  EXPECT_EQ(Tally({"status", "-o", "xml"}), Exit::kUsage);
  EXPECT_EQ(Tally({}), Exit::kUsage);
  EXPECT_EQ(out(), "");
}

TEST_F(CommandTest, EveryCommandHelpsWithAnExampleAndWithoutANode) {
  for (const Command& command : AllCommands()) {
    std::vector<std::string> words = absl::StrSplit(command.path, ' ');
    words.push_back("--help");
    EXPECT_EQ(Tally(words), Exit::kDone) << command.path;
    EXPECT_THAT(out(), StartsWith(command.summary)) << command.path;
    EXPECT_THAT(out(), HasSubstr("\n  tally " + command.path)) << command.path;
  }
  EXPECT_EQ(Tally({"--version"}), Exit::kDone);
  EXPECT_THAT(out(), StartsWith("tally "));
}

TEST_F(CommandTest, UsageBracketsOnlyWhatMayBeLeftOut) {
  Tally({"counter", "--help"});
  EXPECT_THAT(out(), HasSubstr("\nUsage: tally counter ID [FILE] [options]\n"));
}

TEST_F(CommandTest, JsonIsTheAnswerAndNothingElse) {
  StartNode();
  ASSERT_EQ(Tally({"status", "-o", "json"}), Exit::kDone);
  EXPECT_THAT(out(), StartsWith("{\n"));
  EXPECT_THAT(out(), HasSubstr("\"ownSize\": \"12\""));
  EXPECT_THAT(out(), HasSubstr("\"connected\": false"));
  // A value that does not exist is absent.
  EXPECT_THAT(out(), Not(HasSubstr("lastContact")));
  EXPECT_EQ(err(), "");
  ASSERT_EQ(Tally({"status", "-o", "yaml"}), Exit::kDone);
  EXPECT_THAT(out(), HasSubstr("ownSize: \"12\"\n"));
  EXPECT_THAT(out(), HasSubstr("connected: false\n"));
}

TEST_F(CommandTest, GapsAskForTopicLayerPositionAndDay) {
  StartNode();
  ASSERT_EQ(Tally({"gaps", "deal/gives@cascadia", "--layer", "deal",
                   "--position", "cooperative", "--as-of", "2025-07-01"}),
            Exit::kDone);
  EXPECT_EQ(expectations_.gaps_asked.topic(), "deal/gives@cascadia");
  EXPECT_EQ(expectations_.gaps_asked.layer(), "deal");
  EXPECT_EQ(expectations_.gaps_asked.position(), "cooperative");
  EXPECT_EQ(expectations_.gaps_asked.as_of(), "2025-07-01");
}

TEST_F(CommandTest, GapsOpenWithTheScoresButNotOfOneTopic) {
  StartNode();
  expectations_.gaps.add_gaps()->set_title("Exit triggers");
  ASSERT_EQ(Tally({"gaps"}), Exit::kDone);
  EXPECT_THAT(out(), HasSubstr("ALLIANCE"));
  ASSERT_EQ(Tally({"gaps", "governance/exit-triggers"}), Exit::kDone);
  EXPECT_THAT(out(), Not(HasSubstr("ALLIANCE")));
  EXPECT_THAT(out(), HasSubstr("Exit triggers"));
}

TEST_F(CommandTest, ConfirmShowsBothTextsAndWhereThatLeavesBoth) {
  StartNode();
  expectations_.confirmed.set_own("We keep it.");
  expectations_.confirmed.set_other("It is theirs.");
  expectations_.confirmed.set_same_meaning(true);
  ASSERT_EQ(Tally({"confirm", "governance/unwind-plan", "--dry-run"}),
            Exit::kDone);
  EXPECT_THAT(out(), HasSubstr("Ours:    We keep it.\n"
                               "Theirs:  It is theirs.\n"));
  EXPECT_THAT(err(), HasSubstr("To us they mean the same. The partner has not "
                               "said so far. Nothing was recorded"));
  EXPECT_TRUE(expectations_.confirm_asked.validate_only());
  EXPECT_FALSE(expectations_.confirm_asked.differs());
  EXPECT_FALSE(expectations_.confirm_asked.request_id().empty());
  ASSERT_EQ(Tally({"confirm", "governance/unwind-plan", "--differs", "--with",
                   "prediction", "-o", "json"}),
            Exit::kDone);
  EXPECT_TRUE(expectations_.confirm_asked.differs());
  EXPECT_TRUE(expectations_.confirm_asked.of_prediction());
  EXPECT_THAT(out(), HasSubstr("\"sameMeaning\": true"));
}

TEST_F(CommandTest, GapsFoundByFailOnGiveFour) {
  StartNode();
  EXPECT_EQ(Tally({"gaps", "--fail-on", "false_consensus"}), Exit::kDone);
  EXPECT_THAT(err(), HasSubstr("tally view template"));
  expectations_.gaps.add_gaps()->set_joint_state(
      v1::Gap::Joint::MUTUAL_FALSE_CONSENSUS);
  EXPECT_EQ(Tally({"gaps"}), Exit::kDone);
  EXPECT_EQ(Tally({"gaps", "--fail-on", "dissensus"}), Exit::kDone);
  EXPECT_EQ(Tally({"gaps", "--fail-on", "dissensus,false_consensus"}),
            Exit::kFound);
  EXPECT_EQ(Tally({"gaps", "--fail-on", "nonsense"}), Exit::kUsage);
  EXPECT_EQ(Tally({"gaps", "-o", "json"}), Exit::kDone);
  EXPECT_THAT(out(), HasSubstr("\"jointState\": \"MUTUAL_FALSE_CONSENSUS\""));
  EXPECT_THAT(out(), Not(HasSubstr("\"agreement\"")));
}

TEST_F(CommandTest, AFailedVerificationGivesFour) {
  StartNode();
  EXPECT_EQ(Tally({"verify"}), Exit::kDone);
  evidence_.ok = false;
  EXPECT_EQ(Tally({"verify", "-o", "json"}), Exit::kFound);
}

TEST_F(CommandTest, PagesAreFollowedUpToTheLimit) {
  StartNode();
  ASSERT_EQ(Tally({"decisions", "-o", "json"}), Exit::kDone);
  EXPECT_THAT(decisions_.page_sizes, ElementsAre(100, 98));
  EXPECT_THAT(out(), HasSubstr("\"d-4\""));
  decisions_.page_sizes.clear();
  ASSERT_EQ(Tally({"decisions", "--limit", "2"}), Exit::kDone);
  EXPECT_THAT(decisions_.page_sizes, ElementsAre(2));
  EXPECT_THAT(err(), HasSubstr("newest 2 of 4"));
}

TEST_F(CommandTest, AViewFileGoesInWholeWithItsAuthor) {
  StartNode();
  const std::string file =
      File("v.yaml",
           "party: cascadia\nanswers:\n  a/b: {self: 1}\nprivate: {x: 1}\n");
  ASSERT_EQ(Tally({"view", "apply", file, "--dry-run", "--by", "alice"}),
            Exit::kDone)
      << err();
  ASSERT_EQ(expectations_.applied.size(), 1u);
  const v1::ApplyViewRequest& request = expectations_.applied[0];
  EXPECT_EQ(request.author(), "alice");
  EXPECT_TRUE(request.validate_only());
  EXPECT_EQ(request.rows_size(), 1);
  EXPECT_EQ(request.request_id().size(), 36u);
  EXPECT_THAT(err(), HasSubstr("not used by this version: private/x"));
}

TEST_F(CommandTest, APrivateAnswerSaysWhatThePartnerHoldsAllTheSame) {
  StartNode();
  v1::ApplyViewResponse::Change& change = *expectations_.changes.add_changes();
  change.set_topic("a/b");
  change.set_after("5 days");
  change.set_partner_holds("9 days");
  ASSERT_EQ(Tally({"expect", "a/b", "5 days", "--private"}), Exit::kDone);
  EXPECT_THAT(out(), HasSubstr("no; still holds: 9 days"));
  v1::ViewTopic& topic = *expectations_.view.add_topics();
  topic.set_topic("a/b");
  topic.mutable_own()->set_state(v1::ViewCell::PRIVATE);
  topic.mutable_own()->set_text("5 days");
  topic.mutable_own()->set_partner_holds("9 days");
  ASSERT_EQ(Tally({"view", "show"}), Exit::kDone);
  EXPECT_THAT(out(), HasSubstr("5 days (private; the partner holds: 9 days)"));
}

TEST_F(CommandTest, TheViewOfAnotherPartyIsRefusedBeforeAnythingIsSent) {
  StartNode();
  const std::string file = File("v.yaml", "party: meridian\nanswers: {}\n");
  EXPECT_EQ(Tally({"view", "apply", file}), Exit::kRefused);
  EXPECT_THAT(err(), StartsWith(file + ":1: this is the view of meridian, and "
                                       "this is the node of cascadia\n"));
  EXPECT_TRUE(expectations_.applied.empty());
}

TEST_F(CommandTest, LinesTheNodeRefusesAreNamedWithTheFile) {
  StartNode();
  google::rpc::BadRequest bad;
  bad.add_field_violations()->set_field("line:3");
  bad.mutable_field_violations(0)->set_description("unknown topic a/b");
  google::rpc::Status details;
  details.add_details()->PackFrom(bad);
  expectations_.failures = {Status(grpc::StatusCode::INVALID_ARGUMENT,
                                   "nothing was applied",
                                   details.SerializeAsString())};
  const std::string file =
      File("v.yaml", "party: cascadia\nanswers:\n  a/b: {self: 1}\n");
  EXPECT_EQ(Tally({"view", "apply", file}), Exit::kRefused);
  EXPECT_EQ(err(),
            file + ":3: unknown topic a/b\ntally: nothing was applied\n");
}

TEST_F(CommandTest, ABrokenConnectionIsTriedOnceMoreWithTheSameRequestId) {
  StartNode();
  const Status broken(grpc::StatusCode::UNAVAILABLE, "Socket closed");
  expectations_.failures = {broken};
  EXPECT_EQ(Tally({"expect", "a/b", "5 days"}), Exit::kDone) << err();
  ASSERT_EQ(expectations_.applied.size(), 2u);
  EXPECT_EQ(expectations_.applied[0].request_id(),
            expectations_.applied[1].request_id());
  expectations_.applied.clear();
  expectations_.failures = {broken, broken, broken};
  EXPECT_EQ(Tally({"expect", "a/b", "5 days"}), Exit::kRefused);
  EXPECT_EQ(expectations_.applied.size(), 2u);
}

TEST_F(CommandTest, FollowedAlertsAreOneObjectPerLine) {
  StartNode();
  ASSERT_EQ(Tally({"alerts", "--follow", "-o", "json"}), Exit::kDone) << err();
  std::istringstream lines(out());
  std::string line;
  int count = 0;
  while (std::getline(lines, line)) {
    ++count;
    EXPECT_THAT(line, StartsWith("{\"name\""));
    EXPECT_EQ(line.back(), '}');
  }
  EXPECT_EQ(count, 2);
}

TEST_F(CommandTest, AnApprovalIsSignedAsSshKeygenChecksIt) {
  StartNode();
  const std::string key = directory_ + "/key";
  ASSERT_EQ(
      RunProcess({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key},
                 Streams::kCaptureQuietly)
          ->status,
      0);
  ASSERT_EQ(Tally({"approve", "d-7", "--key", key}), Exit::kDone) << err();
  EXPECT_THAT(err(), HasSubstr("You sign as alice@cascadia.example"));
  EXPECT_THAT(err(), HasSubstr("tallystick verdict\n"));
  ASSERT_EQ(decisions_.verdicts.size(), 1u);
  const v1::RecordVerdictRequest& verdict = decisions_.verdicts[0];
  EXPECT_EQ(verdict.person(), "alice");
  EXPECT_EQ(verdict.verdict(), v1::DecisionApproval::APPROVE);
  const std::string public_key = *ReadTextFile(key + ".pub");
  File("signers", "alice@cascadia.example " + public_key);
  File("text", verdict.text());
  File("text.sig", verdict.signature());
  // ssh-keygen reads the message from its standard input.
  const std::string check =
      "cd '" + directory_ +
      "' && ssh-keygen -Y verify -f signers -I alice@cascadia.example -n "
      "tallystick -s text.sig < text";
  EXPECT_EQ(RunProcess({"sh", "-c", check}, Streams::kCaptureQuietly)->status,
            0);
}

TEST_F(CommandTest, ADryApprovalPrintsTheTextAndRecordsNothing) {
  StartNode();
  ASSERT_EQ(Tally({"approve", "d-7", "--by", "alice", "--dry-run"}),
            Exit::kDone)
      << err();
  EXPECT_THAT(out(), StartsWith("tallystick verdict\nalliances/rtd/decisions/"
                                "d-7\n"));
  EXPECT_TRUE(decisions_.verdicts.empty());
}

TEST_F(CommandTest, WithoutAKeyARejectionGoesUnsignedAndAnApprovalNowhere) {
  StartNode();
  EXPECT_EQ(Tally({"approve", "d-7", "--by", "alice"}), Exit::kRefused);
  EXPECT_THAT(err(), HasSubstr("--key FILE"));
  EXPECT_TRUE(decisions_.verdicts.empty());
  EXPECT_EQ(Tally({"reject", "d-7", "--why", "no", "--by", "alice"}),
            Exit::kDone)
      << err();
  ASSERT_EQ(decisions_.verdicts.size(), 1u);
  EXPECT_EQ(decisions_.verdicts[0].signature(), "");
  EXPECT_EQ(decisions_.verdicts[0].reason(), "no");
}

TEST_F(CommandTest, InitRunsTheDaemonAndPassesItsStatusThrough) {
  const std::string program =
      File("tallyd", absl::StrCat("#!/bin/sh\nprintf '%s|' \"$@\" > ",
                                  directory_, "/words\nexit 1\n"));
  ASSERT_EQ(chmod(program.c_str(), 0700), 0);
  const std::string path = getenv("PATH");
  setenv("PATH", absl::StrCat(directory_, ":", path).c_str(), 1);
  const Exit exit =
      Tally({"init", "--party", "a.example", "--name", "A Company; true"});
  setenv("PATH", path.c_str(), 1);
  EXPECT_EQ(exit, Exit::kRefused);
  EXPECT_EQ(*ReadTextFile(directory_ + "/words"),
            "--init|--party|a.example|--name|A Company; true|--data|" +
                directory_ + "|");
}

TEST_F(CommandTest, APrivateKeyIsNeverTakenForAPublicOne) {
  StartNode();
  const std::string file =
      File("id", "-----BEGIN OPENSSH PRIVATE KEY-----\nx\n");
  EXPECT_EQ(Tally({"people", "add", "alice", "--name", "A", "--key", file}),
            Exit::kRefused);
  EXPECT_THAT(err(), HasSubstr("is a private key"));
}

}  // namespace
}  // namespace tallystick::cli
