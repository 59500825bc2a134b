// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/node/engine/linked_engines.h"
#include "tests/status_matchers.h"

namespace tallystick::node {
namespace {

using testing::IsOk;

constexpr int kCallsMax = 200'000;

v1::Body Contribution(const std::string& uid, const std::string& reference) {
  v1::Body body;
  v1::RecordClaim& claim = *body.mutable_record_claim();
  claim.set_uid(uid);
  claim.set_reference(reference);
  claim.mutable_on()->set_year(2026);
  claim.mutable_on()->set_month(1);
  claim.mutable_on()->set_day(31);
  claim.mutable_contribution()->set_kind("field_sales_day");
  claim.mutable_contribution()->mutable_quantity()->set_unscaled(1);
  return body;
}

absl::Status Give(Engine& engine, const std::string& reference) {
  return LinkedEngines::Call(engine, [&](Node& node) -> absl::Status {
    auto alliance = node.Find("rtd");
    if (!alliance.ok()) return alliance.status();
    const v1::Body body = Contribution(node.Random(16), reference);
    return node.Append(**alliance, {&body, 1}, "");
  });
}

size_t CountRecords(Engine& engine, v1::Party giver) {
  size_t count = 0;
  EXPECT_THAT(LinkedEngines::Call(
                  engine,
                  [&](Node& node) {
                    count = (*node.Find("rtd"))->state().records(giver).size();
                    return absl::OkStatus();
                  }),
              IsOk());
  return count;
}

class EngineTest : public ::testing::Test {
 protected:
  EngineTest() : engines_(MakeDirectory()) {}

  static std::string MakeDirectory() {
    std::string pattern = ::testing::TempDir() + "engine.XXXXXX";
    return mkdtemp(pattern.data());
  }

  LinkedEngines engines_;
};

TEST_F(EngineTest, BringsTwoNodesInStepOnceTheyAreConnected) {
  ASSERT_THAT(Give(engines_.a(), "offline"), IsOk());
  engines_.Connect();
  ASSERT_TRUE(engines_.WaitInStep(kCallsMax));
  EXPECT_EQ(CountRecords(engines_.b(), v1::PARTY_A), 1u);
}

TEST_F(EngineTest, LosesNothingThatManyThreadsWriteOnBothSidesAtOnce) {
  engines_.Connect();
  constexpr int kThreads = 4;
  constexpr int kEach = 25;
  std::atomic<int> done = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([this, thread, &done] {
      Engine& engine = thread % 2 == 0 ? engines_.a() : engines_.b();
      for (int i = 0; i < kEach; ++i) {
        if (Give(engine, absl::StrCat(thread, "-", i)).ok()) ++done;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(done, kThreads * kEach);
  ASSERT_TRUE(engines_.WaitInStep(kCallsMax));
  for (Engine* engine : {&engines_.a(), &engines_.b()}) {
    EXPECT_EQ(CountRecords(*engine, v1::PARTY_A), 2u * kEach);
    EXPECT_EQ(CountRecords(*engine, v1::PARTY_B), 2u * kEach);
  }
}

TEST_F(EngineTest, RefusesACallOnceItHasStopped) {
  engines_.a().Stop();
  EXPECT_THAT(Give(engines_.a(), "late"),
              testing::StatusIs(absl::StatusCode::kCancelled));
}

TEST_F(EngineTest, MakesNothingOfATitleThatCannotBeIntroduced) {
  EXPECT_THAT(LinkedEngines::Call(
                  engines_.a(),
                  [](Node& node) {
                    return node.CreateAlliance("other", "Two\nlines").status();
                  }),
              testing::StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(
      LinkedEngines::Call(
          engines_.a(), [](Node& node) { return node.Find("other").status(); }),
      testing::StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(EngineTest, TellsWatchersOfAnAlertOnTheOtherSide) {
  std::atomic<int> told = 0;
  engines_.b().AddWatcher(
      [&told](const std::string&, const drift::Alert&) { ++told; });
  engines_.Connect();
  const auto expect = [this](const std::string& option) {
    return LinkedEngines::Call(engines_.a(), [&](Node& node) {
      v1::Body body;
      body.mutable_stance()->set_topic("deal/exclusivity");
      body.mutable_stance()->set_cell(v1::Stance::OWN);
      body.mutable_stance()->mutable_value()->set_option(option);
      return node.Append(**node.Find("rtd"), {&body, 1}, "");
    });
  };
  ASSERT_THAT(expect("none"), IsOk());
  ASSERT_THAT(expect("full"), IsOk());
  ASSERT_TRUE(engines_.WaitInStep(kCallsMax));
  EXPECT_EQ(told, 1);
}

}  // namespace
}  // namespace tallystick::node
