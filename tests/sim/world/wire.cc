// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/world/wire.h"

#include <utility>

#include "core/ledger/position.h"

namespace tallystick::sim {

StreamId Wire::Dial(v1::Party dialler) {
  const StreamId stream = next_++;
  connections_[stream].dialler = dialler;
  diallers_[stream] = dialler;
  return stream;
}

v1::Party Wire::DiallerOf(StreamId stream) const {
  return diallers_.at(stream);
}

Wire::Direction* Wire::Find(StreamId stream, v1::Party from) {
  const auto found = connections_.find(stream);
  if (found == connections_.end()) return nullptr;
  return &found->second.directions[from == v1::PARTY_A ? 0 : 1];
}

void Wire::Send(StreamId stream, v1::Party from, std::string frame) {
  tap_(from, frame);
  Direction* direction = Find(stream, from);
  if (direction == nullptr || direction->closed) return;
  direction->frames.push_back(std::move(frame));
}

void Wire::Close(StreamId stream, v1::Party from) {
  if (Direction* direction = Find(stream, from)) direction->closed = true;
  // Whoever closes listens no more.
  if (Direction* back = Find(stream, ledger::Other(from))) {
    back->frames.clear();
    back->closed = true;
    back->done = true;
  }
  Forget(stream);
}

void Wire::Break(StreamId stream) {
  for (const v1::Party from : {v1::PARTY_A, v1::PARTY_B}) {
    Direction* direction = Find(stream, from);
    if (direction == nullptr) return;
    direction->frames.resize(random_() % (direction->frames.size() + 1));
    direction->closed = true;
  }
}

void Wire::BreakAll() {
  for (const auto& [stream, connection] : connections_) Break(stream);
}

std::vector<Wire::Arrival> Wire::Arrivals() const {
  std::vector<Arrival> arrivals;
  for (const auto& [stream, connection] : connections_) {
    for (const v1::Party from : {v1::PARTY_A, v1::PARTY_B}) {
      const Direction& direction =
          connection.directions[from == v1::PARTY_A ? 0 : 1];
      if (!direction.frames.empty() || (direction.closed && !direction.done)) {
        arrivals.push_back({stream, ledger::Other(from)});
      }
    }
  }
  return arrivals;
}

bool Wire::Take(const Arrival& arrival, std::string* frame, Fault fault) {
  Direction& direction = *Find(arrival.stream, ledger::Other(arrival.to));
  if (direction.frames.empty()) {
    direction.done = true;
    Forget(arrival.stream);
    return false;
  }
  if (fault == Fault::kReorder && direction.frames.size() > 1) {
    std::swap(direction.frames[0], direction.frames[1]);
  }
  *frame = direction.frames.front();
  if (fault != Fault::kDuplicate) direction.frames.pop_front();
  return true;
}

void Wire::Forget(StreamId stream) {
  const auto found = connections_.find(stream);
  if (found != connections_.end() && found->second.directions[0].done &&
      found->second.directions[1].done) {
    connections_.erase(found);
  }
}

}  // namespace tallystick::sim
