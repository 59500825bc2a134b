// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_SIM_WORLD_WIRE_H_
#define TALLYSTICK_TESTS_SIM_WORLD_WIRE_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "tallystick/v1/value.pb.h"

// The network between the two nodes. A connection is ordered and reliable while
// it lives, like TLS over TCP; its delays are whatever time passes before
// someone takes what arrives. It dies with a prefix of what was sent delivered.
namespace tallystick::sim {

using StreamId = uint64_t;

class Wire {
 public:
  // Sees every frame as it is sent.
  using Tap = std::function<void(v1::Party from, const std::string& frame)>;

  Wire(uint64_t seed, Tap tap) : random_(seed), tap_(std::move(tap)) {}

  // A new connection; more than one may live.
  StreamId Dial(v1::Party dialler);
  void Send(StreamId stream, v1::Party from, std::string frame);
  // What was sent before is still delivered, and then the end.
  void Close(StreamId stream, v1::Party from);
  // The connection breaks: some of what is under way is lost.
  void Break(StreamId stream);
  void BreakAll();

  // What can be taken: the next frame, or the end, of one direction.
  struct Arrival {
    StreamId stream = 0;
    v1::Party to = v1::PARTY_UNSPECIFIED;
  };
  std::vector<Arrival> Arrivals() const;
  // Takes it. False: the end of the stream. The frame may be left in place, to
  // arrive once more, or put behind its successor; no network under TLS can do
  // that.
  enum class Fault { kNone, kDuplicate, kReorder };
  bool Take(const Arrival& arrival, std::string* frame,
            Fault fault = Fault::kNone);

  v1::Party DiallerOf(StreamId stream) const;
  bool empty() const { return connections_.empty(); }

 private:
  struct Direction {
    std::deque<std::string> frames;
    // The sender will send no more, and the receiver has been told.
    bool closed = false;
    bool done = false;
  };
  struct Connection {
    v1::Party dialler = v1::PARTY_UNSPECIFIED;
    // By sender: A's, B's.
    Direction directions[2];
  };

  Direction* Find(StreamId stream, v1::Party from);
  void Forget(StreamId stream);

  std::mt19937_64 random_;
  Tap tap_;
  StreamId next_ = 1;
  std::map<StreamId, Connection> connections_;
  std::map<StreamId, v1::Party> diallers_;
};

}  // namespace tallystick::sim

#endif  // TALLYSTICK_TESTS_SIM_WORLD_WIRE_H_
