// SPDX-License-Identifier: Apache-2.0
#include "tests/node/engine/linked_engines.h"

#include <deque>
#include <future>
#include <mutex>
#include <utility>

#include "gtest/gtest.h"

namespace tallystick::node {
namespace {

// One end of a pipe of frames.
class PipeEnd final : public PeerStream {
 public:
  PipeEnd(uint64_t id, Fingerprint partner, bool dialled, PeerHandler* handler)
      : id_(id), partner_(partner), dialled_(dialled), handler_(handler) {}

  void Join(const std::shared_ptr<PipeEnd>& other) { other_ = other; }

  uint64_t id() const override { return id_; }
  const Fingerprint& fingerprint() const override { return partner_; }
  bool dialled() const override { return dialled_; }
  // The first alliance of a node.
  int64_t tag() const override { return dialled_ ? 1 : 0; }
  size_t queued_bytes() const override { return 0; }

  void Send(v1::Frame frame) override {
    if (const auto other = other_.lock()) other->Deliver(std::move(frame));
  }

  void ReadNext() override {
    {
      const std::lock_guard lock(mutex_);
      ++wanted_;
    }
    Pass();
  }

  // What was sent before still arrives.
  void Close() override {
    if (const auto other = other_.lock()) other->EndWhenRead();
    End();
  }
  void Cancel() override {
    if (const auto other = other_.lock()) other->End();
    End();
  }

 private:
  void Deliver(v1::Frame frame) {
    {
      const std::lock_guard lock(mutex_);
      waiting_.push_back(std::move(frame));
    }
    Pass();
  }

  void Pass() {
    v1::Frame frame;
    bool last = false;
    {
      const std::lock_guard lock(mutex_);
      if (wanted_ == 0 || waiting_.empty() || ended_) return;
      --wanted_;
      frame = std::move(waiting_.front());
      waiting_.pop_front();
      last = waiting_.empty() && closing_;
    }
    handler_->OnFrame(id_, std::move(frame));
    if (last) End();
  }

  void EndWhenRead() {
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
      if (!waiting_.empty()) return;
    }
    End();
  }

  void End() {
    {
      const std::lock_guard lock(mutex_);
      if (std::exchange(ended_, true)) return;
    }
    handler_->OnStreamClosed(id_, absl::OkStatus());
  }

  const uint64_t id_;
  const Fingerprint partner_;
  const bool dialled_;
  PeerHandler* const handler_;
  std::weak_ptr<PipeEnd> other_;
  std::mutex mutex_;
  std::deque<v1::Frame> waiting_;
  int wanted_ = 0;
  bool closing_ = false;
  bool ended_ = false;
};

Fingerprint FingerprintOf(Engine& engine) {
  Fingerprint fingerprint;
  const absl::Status status = LinkedEngines::Call(engine, [&](Node& node) {
    fingerprint = node.identity().fingerprint();
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
  return fingerprint;
}

}  // namespace

LinkedEngines::LinkedEngines(const std::string& directory)
    : a_(Start(directory + "/a", "cascadia.example", clock_a_)),
      b_(Start(directory + "/b", "meridian.example", clock_b_)) {
  Pair();
}

LinkedEngines::~LinkedEngines() {
  a_->Stop();
  b_->Stop();
}

std::unique_ptr<Engine> LinkedEngines::Start(const std::string& directory,
                                             const std::string& domain,
                                             const HandClock& clock) {
  auto node = OpenNode(directory, domain, clock);
  return std::make_unique<Engine>(std::move(node),
                                  std::make_shared<StreamRegistry>(),
                                  Engine::Options{.log = {}, .dial = false});
}

absl::Status LinkedEngines::Call(Engine& engine,
                                 std::function<absl::Status(Node&)> work) {
  std::promise<absl::Status> answered;
  engine.Call(std::move(work), [&answered](absl::Status status) {
    answered.set_value(std::move(status));
  });
  return answered.get_future().get();
}

void LinkedEngines::Pair() {
  Invitation invitation;
  EXPECT_TRUE(Call(*a_, [&](Node& node) {
                invitation = FoundAndInvite(node);
                return absl::OkStatus();
              }).ok());
  v1::PairRequest request;
  EXPECT_TRUE(Call(*b_, [&](Node& node) {
                request = RequestToJoin(node, invitation);
                return absl::OkStatus();
              }).ok());
  const Fingerprint joiner = FingerprintOf(*b_);
  v1::PartyCard card;
  EXPECT_TRUE(Call(*a_, [&](Node& node) -> absl::Status {
                auto response = node.AcceptPairing(joiner, request);
                if (response.ok()) card.ParseFromString(response->card());
                return response.status();
              }).ok());
  EXPECT_TRUE(
      Call(*b_, [&](Node& node) {
        return node.AddJoined("rtd", request.alliance_uid(), card).status();
      }).ok());
}

void LinkedEngines::Connect() {
  auto at_a = std::make_shared<PipeEnd>(1, FingerprintOf(*b_), true, a_.get());
  auto at_b = std::make_shared<PipeEnd>(1, FingerprintOf(*a_), false, b_.get());
  at_a->Join(at_b);
  at_b->Join(at_a);
  a_->OnStreamOpened(at_a);
  b_->OnStreamOpened(at_b);
}

bool LinkedEngines::WaitInStep(int calls) {
  for (int i = 0; i < calls; ++i) {
    bool in_step = true;
    for (Engine* engine : {a_.get(), b_.get()}) {
      const absl::Status status = Call(*engine, [&](Node& node) {
        const auto alliance = node.Find("rtd");
        in_step = in_step && alliance.ok() && (*alliance)->replica().InStep();
        return absl::OkStatus();
      });
      if (!status.ok()) return false;
    }
    if (in_step) return true;
  }
  return false;
}

}  // namespace tallystick::node
