// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_NODE_PEER_PEER_FIXTURE_H_
#define TALLYSTICK_TESTS_NODE_PEER_PEER_FIXTURE_H_

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "node/identity/certificate.h"
#include "node/peer/dialer.h"
#include "node/peer/peer_server.h"

namespace tallystick::node {

// Stands in for the engine: writes down what it is told. With `greedy` it reads
// all the time.
class Recorder final : public PeerHandler {
 public:
  void OnStreamOpened(std::shared_ptr<PeerStream> stream) override {
    const std::lock_guard lock(mutex_);
    opened_.push_back(stream);
    streams_[stream->id()] = stream;
    if (greedy_) stream->ReadNext();
    changed_.notify_all();
  }
  void OnFrame(uint64_t stream_id, v1::Frame frame) override {
    const std::lock_guard lock(mutex_);
    frames_.push_back(std::move(frame));
    const auto stream = streams_.find(stream_id);
    if (greedy_ && stream != streams_.end()) stream->second->ReadNext();
    changed_.notify_all();
  }
  void OnStreamClosed(uint64_t stream_id, absl::Status status) override {
    const std::lock_guard lock(mutex_);
    closed_.emplace(stream_id, std::move(status));
    ++closed_calls_;
    streams_.erase(stream_id);
    changed_.notify_all();
  }
  void OnPair(const Fingerprint& caller, v1::PairRequest request,
              PairReply reply) override {
    {
      const std::lock_guard lock(mutex_);
      ++pair_calls_;
      last_pair_caller_ = caller;
    }
    if (on_pair) on_pair(request, std::move(reply));
  }

  void set_greedy(bool greedy) {
    const std::lock_guard lock(mutex_);
    greedy_ = greedy;
  }

  // The next three wait, and fail the test if it takes suspiciously long.
  std::shared_ptr<PeerStream> WaitOpened(size_t count = 1) {
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(Wait(lock, [&] { return opened_.size() >= count; }));
    return opened_.size() < count ? nullptr : opened_[count - 1];
  }
  std::vector<v1::Frame> WaitFrames(size_t count) {
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(Wait(lock, [&] { return frames_.size() >= count; }));
    return frames_;
  }
  absl::Status WaitClosed(uint64_t id) {
    std::unique_lock lock(mutex_);
    if (!Wait(lock, [&] { return closed_.count(id) > 0; })) {
      return absl::DeadlineExceededError("the test waited in vain");
    }
    return closed_[id];
  }

  // Waits until every stream that was opened is closed.
  bool WaitQuiet() {
    std::unique_lock lock(mutex_);
    return Wait(lock, [&] { return streams_.empty(); });
  }

  size_t opened() const { return Locked(opened_).size(); }
  size_t frames() const { return Locked(frames_).size(); }
  int closed_calls() const { return Locked(closed_calls_); }
  int pair_calls() const { return Locked(pair_calls_); }
  Fingerprint last_pair_caller() const { return Locked(last_pair_caller_); }

  // Set before the first call.
  std::function<void(const v1::PairRequest&, PairReply)> on_pair;

 private:
  template <typename T>
  T Locked(const T& value) const {
    const std::lock_guard lock(mutex_);
    return value;
  }
  template <typename Condition>
  bool Wait(std::unique_lock<std::mutex>& lock, Condition condition) {
    return changed_.wait_for(lock, std::chrono::seconds(60), condition);
  }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool greedy_ = true;
  std::vector<std::shared_ptr<PeerStream>> opened_;
  std::map<uint64_t, std::shared_ptr<PeerStream>> streams_;
  std::vector<v1::Frame> frames_;
  std::map<uint64_t, absl::Status> closed_;
  int closed_calls_ = 0;
  int pair_calls_ = 0;
  Fingerprint last_pair_caller_;
};

// One node's transport. Takes calls after Listen.
struct TestNode {
  ~TestNode() {
    EXPECT_TRUE(streams->Drain(absl::Seconds(60)));
    if (server != nullptr) server->Shutdown(absl::ZeroDuration());
  }

  void Listen(PeerServerOptions options = {}) {
    auto started = PeerServer::Start("127.0.0.1:0", own, trust, streams,
                                     &recorder, std::move(options));
    ASSERT_TRUE(started.ok()) << started.status();
    server = *std::move(started);
  }
  std::string address() const {
    return absl::StrCat("127.0.0.1:", server->port());
  }
  std::shared_ptr<PeerStream> Call(const TestNode& other, int64_t tag = 7) {
    auto stream = Dial(other.address(), other.own.certificate_pem, own, streams,
                       &recorder, tag);
    EXPECT_TRUE(stream.ok()) << stream.status();
    return stream.ok() ? *stream : nullptr;
  }

  TlsKeyPair own = MakeTlsKeyPair().value();
  std::shared_ptr<Trust> trust = std::make_shared<Trust>();
  std::shared_ptr<StreamRegistry> streams = std::make_shared<StreamRegistry>();
  Recorder recorder;
  std::unique_ptr<PeerServer> server;
};

inline v1::Frame FrameNumber(uint64_t number) {
  v1::Frame frame;
  frame.mutable_recover()->set_first_index(number);
  return frame;
}

inline v1::Frame FrameOfSize(size_t bytes) {
  v1::Frame frame;
  frame.mutable_entries()->set_entries(std::string(bytes, 'x'));
  return frame;
}

}  // namespace tallystick::node

#endif  // TALLYSTICK_TESTS_NODE_PEER_PEER_FIXTURE_H_
