// SPDX-License-Identifier: Apache-2.0
// kill -9 in the middle of writes, again and again.
#include <sys/stat.h>

#include <array>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/e2e/pair_of_nodes.h"

namespace tallystick::e2e {
namespace {

// What people do all the time: they write, and note what was reported done.
class Writer {
 public:
  Writer(const NodeProcess& node, std::string name)
      : node_(node), name_(std::move(name)), thread_([this] { Write(); }) {}
  ~Writer() { Stop(); }

  void Stop() {
    {
      const std::lock_guard lock(mutex_);
      stop_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
  }
  // Between kill and restart there is nobody to speak to.
  void SetUp(bool up) {
    {
      const std::lock_guard lock(mutex_);
      up_ = up;
    }
    changed_.notify_all();
  }
  // Until so many more calls were done.
  void WaitForCalls(size_t count) {
    std::unique_lock lock(mutex_);
    const size_t target = calls_done_ + count;
    changed_.wait_for(lock, std::chrono::minutes(1),
                      [&] { return calls_done_ >= target; });
  }

  // References of the records that were reported as done.
  const std::set<std::string>& records() const { return records_; }
  // Last answer that was reported as done, 0 for none; and how many were.
  int answer() const { return answer_; }
  size_t calls_done() const { return calls_done_; }
  size_t calls_failed() const { return calls_failed_; }

 private:
  void Write() {
    for (int number = 1;; ++number) {
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return up_ || stop_; });
        if (stop_) return;
      }
      const bool is_answer = number % 4 == 0;
      const std::string reference = absl::StrCat(name_, "-", number);
      const Result result =
          is_answer ? node_.Tally(
                          {"expect",
                           absl::StrCat("performance/people-committed@", name_),
                           absl::StrCat(number)})
                    : node_.Tally({"record", "contribution", "--kind",
                                   "field_sales_day", "--quantity",
                                   absl::StrCat(number), "--date", "2025-01-31",
                                   "--reference", reference});
      const std::lock_guard lock(mutex_);
      if (result.status != 0) {
        ++calls_failed_;
        continue;
      }
      ++calls_done_;
      if (is_answer) {
        answer_ = number;
      } else {
        records_.insert(reference);
      }
      changed_.notify_all();
    }
  }

  const NodeProcess& node_;
  const std::string name_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool up_ = true;
  bool stop_ = false;
  size_t calls_done_ = 0;
  size_t calls_failed_ = 0;
  std::set<std::string> records_;
  int answer_ = 0;
  std::thread thread_;
};

// A moment that depends on the seed and on nothing the node does.
void Dawdle(const std::string& path, uint64_t steps) {
  struct stat info = {};
  for (uint64_t i = 0; i < steps; ++i) stat(path.c_str(), &info);
}

class CrashTest : public PairOfNodes {
 protected:
  // Every record reported as done is there, once, with what it said.
  static void ExpectAllThere(const NodeProcess& node, const Writer& writer) {
    std::map<std::string, int> found;
    for (const Json& record :
         node.Ask({"records", "--all"})["records"].List()) {
      const std::string reference = record["reference"].Text();
      ++found[reference];
      const std::string number = reference.substr(reference.find('-') + 1);
      EXPECT_EQ(absl::StrCat(record["claimed"].Number()), number);
    }
    for (const std::string& reference : writer.records()) {
      EXPECT_EQ(found[reference], 1) << reference;
    }
  }
};

TEST_F(CrashTest, KillingEitherNodeAtAnyMomentLosesNothingReportedDone) {
  ASSERT_NO_FATAL_FAILURE(Pair());
  std::mt19937_64 random(20250701);
  const std::array<NodeProcess*, 2> nodes = {cascadia_.get(), meridian_.get()};
  Writer cascadia(*nodes[0], "cascadia");
  Writer meridian(*nodes[1], "meridian");
  const std::array<Writer*, 2> writers = {&cascadia, &meridian};
  for (int kills = 0; kills < KILLS; ++kills) {
    const size_t victim = random() % 2;
    // Calls of either node: so the victim may be anywhere in its own.
    writers[random() % 2]->WaitForCalls(1 + random() % 3);
    Dawdle(nodes[victim]->Path("node.db-wal"), random() % 20000);
    nodes[victim]->KillAtOnce();
    writers[victim]->SetUp(false);
    ASSERT_TRUE(nodes[victim]->Start())
        << "kill " << kills << ": " << nodes[victim]->Log();
    writers[victim]->SetUp(true);
  }
  cascadia.Stop();
  meridian.Stop();
  EXPECT_GT(cascadia.calls_done() + meridian.calls_done(), KILLS);
  RecordProperty("calls_done", static_cast<int>(cascadia.calls_done() +
                                                meridian.calls_done()));
  RecordProperty("calls_failed", static_cast<int>(cascadia.calls_failed() +
                                                  meridian.calls_failed()));

  ASSERT_TRUE(WaitInStep())
      << cascadia_->Tally({"status"}).out << meridian_->Tally({"status"}).out;
  for (const NodeProcess* node : nodes) {
    for (const Writer* writer : writers) ExpectAllThere(*node, *writer);
    EXPECT_TRUE(node->Ask({"verify"})["ok"].Bool());
    EXPECT_TRUE(node->Ask({"alerts", "--all"})["alerts"]
                    .Find("kind", "sync.fork")["id"]
                    .Text()
                    .empty());
  }
  // Nothing but what was said, and at least what was reported done.
  for (size_t i = 0; i < 2; ++i) {
    EXPECT_GE(nodes[i]->Alliance()["ownSize"].Number(),
              static_cast<double>(1 + writers[i]->calls_done()));
    EXPECT_LE(nodes[i]->Alliance()["ownSize"].Number(),
              static_cast<double>(1 + writers[i]->calls_done() +
                                  writers[i]->calls_failed()));
  }
}

}  // namespace
}  // namespace tallystick::e2e
