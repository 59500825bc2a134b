// SPDX-License-Identifier: Apache-2.0
// When a partner is called again.
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>

#include "absl/strings/match.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "node/engine/engine.h"
#include "tests/node/engine/linked_engines.h"
#include "tests/node/engine/node_fixture.h"
#include "tests/node/identity/temporary_directory.h"
#include "tests/status_matchers.h"

namespace tallystick::node {
namespace {

using testing::IsOk;

// One node whose partner is not there.
class DiallingTest : public ::testing::Test {
 protected:
  DiallingTest() {
    const auto partner = OpenNode(directory_.path("partner"),
                                  "cascadia.example", clock_, "127.0.0.1:1");
    const std::string uid(16, 'u');
    auto node =
        OpenNode(directory_.path("node"), "meridian.example", clock_, "");
    EXPECT_THAT(node->AddJoined("rtd", uid, partner->OwnCard(uid, "Coffee")),
                IsOk());
    EXPECT_THAT(Commit(*node), IsOk());
    engine_ = std::make_unique<Engine>(
        std::move(node), std::make_shared<StreamRegistry>(),
        Engine::Options{.log =
                            [this](absl::string_view, absl::string_view line) {
                              if (absl::StrContains(line, "not reached")) {
                                const std::lock_guard lock(mutex_);
                                ++failed_;
                                changed_.notify_all();
                              }
                            },
                        .dial = true});
  }
  ~DiallingTest() override { engine_->Stop(); }

  bool WaitForFailedCalls(int count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(20),
                             [&] { return failed_ >= count; });
  }
  // The engine looks at what is due.
  void Wake() {
    EXPECT_THAT(
        LinkedEngines::Call(*engine_, [](Node&) { return absl::OkStatus(); }),
        IsOk());
  }

  TemporaryDirectory directory_;
  HandClock clock_;
  std::mutex mutex_;
  std::condition_variable changed_;
  int failed_ = 0;
  std::unique_ptr<Engine> engine_;
};

TEST_F(DiallingTest, AClockThatIsSetBackDoesNotStopTheCalls) {
  ASSERT_TRUE(WaitForFailedCalls(1));
  clock_.SetBack(absl::Hours(24));
  clock_.Advance(absl::Seconds(1));
  Wake();
  EXPECT_TRUE(WaitForFailedCalls(2));
}

}  // namespace
}  // namespace tallystick::node
