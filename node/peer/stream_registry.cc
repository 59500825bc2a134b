// SPDX-License-Identifier: Apache-2.0
#include "node/peer/stream_registry.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace tallystick::node {

uint64_t StreamRegistry::NextId() {
  const std::lock_guard lock(mutex_);
  return ++last_id_;
}

bool StreamRegistry::Add(std::shared_ptr<PeerStream> stream,
                         size_t per_peer_max) {
  const std::lock_guard lock(mutex_);
  const auto same_peer = [&](const auto& entry) {
    return entry.second->fingerprint() == stream->fingerprint();
  };
  const auto count = static_cast<size_t>(
      std::count_if(streams_.begin(), streams_.end(), same_peer));
  if (shut_ || count >= per_peer_max) return false;
  const uint64_t id = stream->id();
  streams_.emplace(id, std::move(stream));
  return true;
}

void StreamRegistry::Remove(uint64_t id) {
  // The stream goes outside the lock; it may be the last one to hold it.
  std::shared_ptr<PeerStream> stream;
  const std::lock_guard lock(mutex_);
  const auto found = streams_.find(id);
  if (found == streams_.end()) return;
  stream = std::move(found->second);
  streams_.erase(found);
  if (streams_.empty()) empty_.notify_all();
}

void StreamRegistry::CancelPeer(const Fingerprint& peer) {
  std::vector<std::shared_ptr<PeerStream>> streams;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, stream] : streams_) {
      if (stream->fingerprint() == peer) streams.push_back(stream);
    }
  }
  for (const auto& stream : streams) stream->Cancel();
}

void StreamRegistry::CancelAll() {
  std::vector<std::shared_ptr<PeerStream>> streams;
  {
    const std::lock_guard lock(mutex_);
    shut_ = true;
    for (const auto& [id, stream] : streams_) streams.push_back(stream);
  }
  for (const auto& stream : streams) stream->Cancel();
}

size_t StreamRegistry::size() const {
  const std::lock_guard lock(mutex_);
  return streams_.size();
}

bool StreamRegistry::Drain(absl::Duration timeout) {
  CancelAll();
  std::unique_lock lock(mutex_);
  return empty_.wait_for(lock, absl::ToChronoNanoseconds(timeout),
                         [this] { return streams_.empty(); });
}

}  // namespace tallystick::node
