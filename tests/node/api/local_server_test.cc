// SPDX-License-Identifier: Apache-2.0
#include "node/api/local_server.h"

#include <grpcpp/grpcpp.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>

#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "node/peer/stream_registry.h"
#include "node/store/sqlite_store.h"
#include "tests/status_matchers.h"

namespace tallystick::node {
namespace {

using ::testing::HasSubstr;

// One node with an alliance, its real store and a real socket.
class LocalServerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "tally-api-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    directory_ = pattern;
    auto identity =
        CreateIdentity(directory_, "cascadia.example", "Cascadia", "");
    ASSERT_THAT(identity, testing::IsOk());
    auto store = OpenSqliteStore(directory_ + "/tally.db", {});
    ASSERT_THAT(store, testing::IsOk());
    auto config = LoadConfig(ConfigPath(directory_));
    ASSERT_THAT(config, testing::IsOk());
    auto node = Node::Open(
        {.identity = *std::move(identity),
         .config = *config,
         .store = *std::move(store),
         .trust = std::make_shared<Trust>(),
         .random = SystemRandom(),
         .now = [] { return absl::FromUnixSeconds(1'782'900'000); }});
    ASSERT_THAT(node, testing::IsOk());
    Engine::Options options;
    options.dial = false;
    engine_ = std::make_unique<Engine>(
        *std::move(node), std::make_shared<StreamRegistry>(), options);
    auto lock = DataLock::Acquire(directory_);
    ASSERT_THAT(lock, testing::IsOk());
    lock_.emplace(*std::move(lock));
    auto server = LocalServer::Start(*engine_, *lock_, SocketPath(directory_));
    ASSERT_THAT(server, testing::IsOk());
    server_ = *std::move(server);
    channel_ = grpc::CreateChannel("unix:" + SocketPath(directory_),
                                   grpc::experimental::LocalCredentials(UDS));
    v1::CreateAllianceRequest request;
    request.set_alliance_id("rtd-coffee");
    request.set_title("Ready-to-drink coffee");
    request.set_request_id("found");
    ASSERT_TRUE(Create(request).ok());
  }

  void TearDown() override {
    server_.reset();
    engine_.reset();
    lock_.reset();
    std::filesystem::remove_all(directory_);
  }

  grpc::Status Create(const v1::CreateAllianceRequest& request) {
    grpc::ClientContext context;
    v1::Alliance response;
    return v1::AllianceService::NewStub(channel_)->CreateAlliance(
        &context, request, &response);
  }

  grpc::Status Expect(const std::string& topic, const std::string& answer,
                      v1::ApplyViewResponse* response, int line = 0) {
    grpc::ClientContext context;
    v1::ApplyViewRequest request;
    v1::ViewRow& row = *request.add_rows();
    row.set_topic(topic);
    row.set_line(line);
    row.mutable_own()->set_scalar(answer);
    return v1::ExpectationService::NewStub(channel_)->ApplyView(
        &context, request, response);
  }

  std::string directory_;
  std::unique_ptr<Engine> engine_;
  std::optional<DataLock> lock_;
  std::unique_ptr<LocalServer> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

TEST_F(LocalServerTest, OnlyOwnerAndGroupMayUseTheSocket) {
  struct stat info = {};
  ASSERT_EQ(stat(SocketPath(directory_).c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0660u);
}

TEST_F(LocalServerTest, ARetryGetsTheSameAnswerAndDoesNothingTwice) {
  v1::CreateAllianceRequest request;
  request.set_alliance_id("rtd-coffee");
  request.set_title("Ready-to-drink coffee");
  request.set_request_id("found");
  EXPECT_TRUE(Create(request).ok());
  request.set_request_id("again");
  EXPECT_EQ(Create(request).error_code(), grpc::StatusCode::ALREADY_EXISTS);
}

TEST_F(LocalServerTest, ARequestIdUsedAgainForSomethingElseIsRefused) {
  v1::CreateAllianceRequest request;
  request.set_alliance_id("energy-coffee");
  request.set_title("Ready-to-drink coffee");
  request.set_request_id("found");
  const grpc::Status status = Create(request);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("request id"));
  request.set_request_id("another");
  EXPECT_TRUE(Create(request).ok()) << "nothing had been founded";
}

TEST_F(LocalServerTest, AWrongAnswerNamesItsLineAndStatesNothing) {
  v1::ApplyViewResponse response;
  const grpc::Status status =
      Expect("frame/spectrum-position", "purple", &response, 12);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  google::rpc::Status rich;
  ASSERT_TRUE(rich.ParseFromString(status.error_details()));
  google::rpc::BadRequest bad;
  ASSERT_TRUE(rich.details(0).UnpackTo(&bad));
  EXPECT_EQ(bad.field_violations(0).field(), "line:12");
}

TEST_F(LocalServerTest, EverythingThatWasStatedVerifies) {
  v1::ApplyViewResponse response;
  ASSERT_TRUE(Expect("frame/spectrum-position", "innovative", &response).ok());
  ASSERT_EQ(response.changes_size(), 1);
  grpc::ClientContext context;
  v1::Verification verification;
  ASSERT_TRUE(v1::EvidenceService::NewStub(channel_)
                  ->VerifyAlliance(&context, {}, &verification)
                  .ok());
  EXPECT_TRUE(verification.ok()) << verification.DebugString();
  EXPECT_EQ(verification.own_size(), 2u);
  EXPECT_EQ(verification.checks(0).checked(), 2u);
}

TEST_F(LocalServerTest, EntriesComeNewestFirstAndPageByPage) {
  v1::ApplyViewResponse response;
  ASSERT_TRUE(Expect("frame/spectrum-position", "innovative", &response).ok());
  auto stub = v1::EvidenceService::NewStub(channel_);
  v1::ListEntriesRequest request;
  request.set_page_size(1);
  grpc::ClientContext first_context;
  v1::ListEntriesResponse page;
  ASSERT_TRUE(stub->ListEntries(&first_context, request, &page).ok());
  EXPECT_EQ(page.entries(0).kind(), "stance");
  EXPECT_THAT(page.entries(0).summary(), HasSubstr("innovative"));
  request.set_page_token(page.next_page_token());
  grpc::ClientContext second_context;
  ASSERT_TRUE(stub->ListEntries(&second_context, request, &page).ok());
  EXPECT_EQ(page.entries(0).kind(), "opening");
  EXPECT_EQ(page.next_page_token(), "");
}

TEST_F(LocalServerTest, AProposalWaitsForBothAndCanBeTakenBack) {
  auto stub = v1::DecisionService::NewStub(channel_);
  v1::ProposeDecisionRequest propose;
  propose.mutable_terms()->set_type("roadmap_changes");
  propose.mutable_terms()->set_title("Add energy coffee");
  grpc::ClientContext propose_context;
  v1::Decision decision;
  ASSERT_TRUE(stub->ProposeDecision(&propose_context, propose, &decision).ok());
  EXPECT_EQ(decision.id(), "d-1");
  EXPECT_EQ(decision.waiting_for_size(), 2);
  v1::WithdrawDecisionRequest withdraw;
  withdraw.set_name("alliances/-/decisions/d-1");
  withdraw.set_reason("too early");
  grpc::ClientContext withdraw_context;
  ASSERT_TRUE(
      stub->WithdrawDecision(&withdraw_context, withdraw, &decision).ok());
  EXPECT_EQ(decision.state(), v1::Decision::WITHDRAWN);
  EXPECT_EQ(decision.reason(), "too early");
}

TEST_F(LocalServerTest, AWatcherSeesOpenAlertsFirstAndEndsOnShutdown) {
  engine_->Call(
      [](Node& node) {
        (*node.Find(""))
            ->replica()
            .Raise({.kind = "restatement_drift",
                    .subject = "deal/share-benefit",
                    .party = v1::PARTY_A,
                    .variant = "",
                    .points = 12,
                    .severity = drift::Severity::kWarning,
                    .text = "moved"},
                   node.NowMicros());
        return absl::OkStatus();
      },
      nullptr);
  grpc::ClientContext context;
  auto reader = v1::AlertService::NewStub(channel_)->WatchAlerts(&context, {});
  v1::Alert alert;
  ASSERT_TRUE(reader->Read(&alert));
  EXPECT_EQ(alert.id(), "a-1");
  EXPECT_EQ(alert.severity(), v1::Alert::WARNING);
  server_->Shutdown(absl::Seconds(10));
  EXPECT_FALSE(reader->Read(&alert));
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

}  // namespace
}  // namespace tallystick::node
