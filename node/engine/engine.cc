// SPDX-License-Identifier: Apache-2.0
#include "node/engine/engine.h"

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/alliance/dates.h"
#include "core/evidence/refusal.h"
#include "core/status_macros.h"

namespace tallystick::node {
namespace {

// A receipt that could be asked for again waits this long for company.
constexpr absl::Duration kLazyCommit = absl::Milliseconds(200);
// Quiet for this long, and the store tidies up.
constexpr absl::Duration kIdleAfter = absl::Seconds(1);
// After something was stored, and without anything: a day may have begun. A
// look takes at most one part in so many of the time.
constexpr absl::Duration kLookAfter = absl::Seconds(1);
constexpr absl::Duration kLookEvery = absl::Minutes(10);
constexpr int64_t kLookShare = 20;

}  // namespace

Engine::Engine(std::unique_ptr<Node> node,
               std::shared_ptr<StreamRegistry> streams, Options options)
    : node_(std::move(node)),
      streams_(std::move(streams)),
      options_(std::move(options)),
      thread_([this] { Run(); }) {}

Engine::~Engine() { Stop(); }

void Engine::Log(absl::string_view level, absl::string_view line) {
  if (options_.log) options_.log(level, line);
}

void Engine::Call(Work work, Done done) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_) {
      queue_.push_back({std::move(work), std::move(done)});
      wake_.notify_one();
      return;
    }
  }
  if (done) done(absl::CancelledError("the node is shutting down"));
}

void Engine::Post(std::function<void(Node&)> work) {
  Call(
      [work = std::move(work)](Node& node) {
        work(node);
        return absl::OkStatus();
      },
      nullptr);
}

void Engine::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    wake_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
}

std::deque<Engine::Task> Engine::WaitForTasks() {
  const absl::Duration wake_at = NextWake();
  std::unique_lock lock(mutex_);
  const auto ready = [this] { return stopping_ || !queue_.empty(); };
  const absl::Duration wait =
      std::max(absl::ZeroDuration(), wake_at - node_->SteadyNow());
  wake_.wait_for(lock, absl::ToChronoMicroseconds(wait), ready);
  return std::exchange(queue_, {});
}

absl::Duration Engine::NextWake() const {
  absl::Duration wake = look_at_;
  if (node_->Changed()) {
    wake = std::min(wake, node_->SteadyNow() + kLazyCommit);
  } else if (busy_) {
    wake = std::min(wake, node_->SteadyNow() + kIdleAfter);
  }
  if (!options_.dial) return wake;
  for (const auto& [name, alliance] : node_->alliances()) {
    if (alliance->WantsToDial()) wake = std::min(wake, alliance->dial_at);
  }
  return wake;
}

void Engine::Run() {
  while (true) {
    DialDue();
    std::deque<Task> batch = WaitForTasks();
    {
      const std::lock_guard lock(mutex_);
      if (stopping_ && batch.empty()) break;
    }
    const bool quiet = batch.empty();
    const bool waited_for_company = quiet && node_->Changed();
    RunBatch(std::move(batch));
    if (quiet && !waited_for_company && busy_) BeIdle();
    LookIfDue();
  }
  Shutdown();
}

void Engine::RunBatch(std::deque<Task> batch) {
  const bool quiet = batch.empty();
  std::vector<std::pair<Done, absl::Status>> answers;
  for (Task& task : batch) {
    absl::Status status = broken_.ok() ? task.work(*node_) : broken_;
    if (task.done)
      answers.emplace_back(std::move(task.done), std::move(status));
  }
  absl::Status committed = broken_;
  if (broken_.ok()) {
    if (node_->NeedsReload()) {
      committed = absl::InternalError("what is stored could not be read");
      StartOver(committed);
    } else if (node_->Urgent() || (quiet && node_->Changed())) {
      committed = Commit();
    }
  }
  for (auto& [done, status] : answers) {
    done(committed.ok() ? std::move(status) : committed);
  }
  if (committed.ok()) {
    TellWatchers();
    if (options_.settled) options_.settled(*node_);
    PumpAll();
  }
}

absl::Status Engine::Commit() {
  node_->StoreSnapshots(/*all=*/false);
  const Transaction transaction = node_->TakeTransaction();
  busy_ = true;
  look_at_ = std::min(look_at_, node_->SteadyNow() + look_after_);
  absl::Status status = node_->store().Commit(transaction);
  if (status.ok()) {
    status = node_->FinishCommit();
    if (status.ok()) return status;
  }
  StartOver(status);
  return absl::Status(status.code(),
                      absl::StrCat("nothing was recorded: ", status.message()));
}

// What is in memory is ahead of what is stored: everything is read again and
// all partners are called again.
void Engine::StartOver(const absl::Status& why) {
  Log("error", absl::StrCat("not stored, starting over from the database: ",
                            why.message()));
  for (const auto& [name, alliance] : node_->alliances()) {
    if (alliance->stream) alliance->stream->Cancel();
    alliance->stream = nullptr;
    alliance->dial_at = node_->SteadyNow() + absl::Seconds(1);
  }
  const absl::Status reloaded = node_->Reload();
  if (!reloaded.ok()) {
    broken_ = absl::DataLossError(
        absl::StrCat("the database cannot be read: ", reloaded.message(),
                     " (stop the node and restore a backup)"));
    Log("error", broken_.message());
  }
}

void Engine::TellWatchers() {
  for (const auto& [name, alert] : node_->TakeChangedAlerts()) {
    for (const auto& [id, watcher] : watchers_) watcher(name, alert);
  }
}

uint64_t Engine::AddWatcher(Watcher watcher) {
  const std::lock_guard lock(mutex_);
  const uint64_t id = next_watcher_++;
  queue_.push_back({[this, id, watcher = std::move(watcher)](Node&) {
                      watchers_[id] = watcher;
                      return absl::OkStatus();
                    },
                    nullptr});
  wake_.notify_one();
  return id;
}

void Engine::RemoveWatcher(uint64_t id) {
  Post([this, id](Node&) { watchers_.erase(id); });
}

// Whoever asks all the time does not keep it from being done.
void Engine::LookIfDue() {
  const absl::Duration begun = node_->SteadyNow();
  if (begun < look_at_) return;
  look_at_ = begun + kLookEvery;
  if (!broken_.ok()) return;
  for (const auto& [name, alliance] : node_->alliances()) {
    alliance->replica().LookAtDay(alliance::DayOf(node_->NowMicros()),
                                  node_->NowMicros());
  }
  const absl::Duration now = node_->SteadyNow();
  look_after_ = std::max(kLookAfter, (now - begun) * kLookShare);
  if (!node_->Changed()) return;
  if (Commit().ok()) {
    TellWatchers();
  } else {
    // What cannot be stored is not tried again at once.
    look_at_ = now + kLookEvery;
  }
}

void Engine::BeIdle() {
  busy_ = false;
  node_->ForgetOldAnswers();
  node_->UpdatePairingOpen();
  if (node_->Changed() && Commit().ok()) busy_ = false;
  const absl::Status idle = node_->store().Idle();
  if (!idle.ok()) Log("warning", idle.message());
}

void Engine::Shutdown() {
  for (const auto& [name, alliance] : node_->alliances()) {
    if (!alliance->stream) continue;
    v1::Frame frame;
    frame.mutable_goodbye()->set_reason("shutdown");
    alliance->stream->Send(std::move(frame));
    alliance->stream->Close();
    alliance->stream = nullptr;
    alliance->RememberContact();
  }
  if (!broken_.ok()) return;
  node_->StoreSnapshots(/*all=*/true);
  if (node_->Changed() || node_->Urgent()) {
    const absl::Status status = node_->store().Commit(node_->TakeTransaction());
    if (!status.ok()) Log("warning", status.message());
  }
  const absl::Status idle = node_->store().Idle();
  if (!idle.ok()) Log("warning", idle.message());
}

}  // namespace tallystick::node
