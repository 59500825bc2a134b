// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_PEER_TRUST_H_
#define TALLYSTICK_NODE_PEER_TRUST_H_

#include <mutex>
#include <set>

#include "node/identity/certificate.h"

namespace tallystick::node {

// Which certificates may speak to this node, looked at on every call, so that
// pairing and revoking take effect at once and need no restart. Kept in memory
// only; the engine fills it from the store. Thread-safe.
class Trust {
 public:
  void Add(const Fingerprint& partner);
  // Does not end what is open: see StreamRegistry::CancelPeer, to be called
  // afterwards.
  void Remove(const Fingerprint& partner);
  bool Has(const Fingerprint& partner) const;

  // True while an invitation of ours can still be redeemed. Only then does an
  // unknown certificate get as far as PeerHandler::OnPair.
  void SetPairingOpen(bool open);
  bool pairing_open() const;

 private:
  mutable std::mutex mutex_;
  std::set<Fingerprint> partners_;
  bool pairing_open_ = false;
};

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_PEER_TRUST_H_
