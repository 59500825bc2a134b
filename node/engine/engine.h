// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_ENGINE_ENGINE_H_
#define TALLYSTICK_NODE_ENGINE_ENGINE_H_

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "node/engine/node.h"
#include "node/peer/dialer.h"
#include "node/peer/peer_stream.h"
#include "node/peer/stream_registry.h"

// The one thread that owns the node. Calls of the API and frames of partners
// wait in a queue; the thread takes all that wait, lets each change the node,
// commits everything in one durable transaction, and only then answers the
// calls and lets the streams send. So requests that come together share one
// fsync, and nobody is told of anything a crash could take back.
namespace tallystick::node {

class Engine : public PeerHandler {
 public:
  struct Options {
    // Called with one line for the log; from the engine's thread.
    std::function<void(absl::string_view level, absl::string_view line)> log;
    // False in tests that drive the partner's side by hand.
    bool dial = true;
    // Called after each batch whose changes are stored, when those who watch
    // have been told; from the engine's thread. For tests and measurements,
    // which would otherwise have to keep asking.
    std::function<void(Node&)> settled;
  };

  Engine(std::unique_ptr<Node> node, std::shared_ptr<StreamRegistry> streams,
         Options options);
  ~Engine() override;

  // A handler's work: changes and reads the node, then returns its status.
  using Work = std::function<absl::Status(Node&)>;
  // Told once, from the engine's thread: the work's own error, or that of the
  // commit, or OK when everything the work changed is durable. CANCELLED after
  // Stop.
  using Done = std::function<void(absl::Status)>;
  void Call(Work work, Done done);

  // Redeems an invitation: dials the inviter, and on success adds the alliance
  // under `name`, or under the inviter's if that is empty. `done` gets the
  // short name; of an alliance that was joined before, the same again.
  void Join(const Invitation& invitation, const std::string& name,
            const std::function<void(absl::StatusOr<std::string>)>& done);

  // Alerts as they change: alliance and alert, from the engine's thread. The
  // watcher must not call back into the engine except through Call.
  using Watcher =
      std::function<void(const std::string& alliance, const drift::Alert&)>;
  uint64_t AddWatcher(Watcher watcher);
  void RemoveWatcher(uint64_t id);

  // Says goodbye to all partners, commits what there is, stores snapshots and
  // ends the thread. Safe to call twice.
  void Stop();

  // From the transport; see PeerHandler.
  void OnStreamOpened(std::shared_ptr<PeerStream> stream) override;
  void OnFrame(uint64_t stream_id, v1::Frame frame) override;
  void OnQueueEmpty(uint64_t stream_id) override;
  void OnStreamClosed(uint64_t stream_id, absl::Status status) override;
  void OnPair(const Fingerprint& caller, v1::PairRequest request,
              PairReply reply) override;

 private:
  struct Task {
    Work work;
    Done done;
  };

  void Run();
  std::deque<Task> WaitForTasks();
  void RunBatch(std::deque<Task> batch);
  absl::Status Commit();
  void StartOver(const absl::Status& why);
  void PumpAll();
  void Pump(AllianceNode& alliance);
  void DialDue();
  // By the steady clock.
  absl::Duration NextWake() const;
  void LookIfDue();
  void BeIdle();
  void Shutdown();
  void TellWatchers();

  void Post(std::function<void(Node&)> work);
  void TakeStream(const std::shared_ptr<PeerStream>& stream);
  void Bind(const std::shared_ptr<PeerStream>& stream, AllianceNode& alliance);
  AllianceNode* BindByHello(uint64_t stream_id, const v1::Frame& frame);
  void HandleFrame(uint64_t stream_id, const v1::Frame& frame);
  void DropStream(uint64_t stream_id, const absl::Status& status);
  void FinishJoin(const Invitation& invitation, const std::string& name,
                  absl::StatusOr<Paired> paired,
                  const std::function<void(absl::StatusOr<std::string>)>& done);
  AllianceNode* FindByStream(uint64_t stream_id);
  void Log(absl::string_view level, absl::string_view line);

  std::unique_ptr<Node> node_;
  std::shared_ptr<StreamRegistry> streams_;
  Options options_;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Task> queue_;
  bool stopping_ = false;

  // The engine's thread only.
  // Streams the partner opened whose Hello has not come: alliance unknown.
  std::map<uint64_t, std::shared_ptr<PeerStream>> unbound_;
  std::map<uint64_t, Watcher> watchers_;
  uint64_t next_watcher_ = 1;
  // Something was stored since the store could last tidy up.
  bool busy_ = false;
  // When what comes by waiting, and the balance, is looked at next, by the
  // steady clock; and the least time between two looks, which grows with what
  // one costs.
  absl::Duration look_at_ = absl::ZeroDuration();
  absl::Duration look_after_ = absl::ZeroDuration();
  // Set if what is stored cannot be read any more; every call is told.
  absl::Status broken_;

  std::thread thread_;
};

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_ENGINE_ENGINE_H_
