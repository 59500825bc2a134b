// SPDX-License-Identifier: Apache-2.0
#include "node/peer/trust.h"

namespace tallystick::node {

void Trust::Add(const Fingerprint& partner) {
  const std::lock_guard lock(mutex_);
  partners_.insert(partner);
}

void Trust::Remove(const Fingerprint& partner) {
  const std::lock_guard lock(mutex_);
  partners_.erase(partner);
}

bool Trust::Has(const Fingerprint& partner) const {
  const std::lock_guard lock(mutex_);
  return partners_.count(partner) > 0;
}

void Trust::SetPairingOpen(bool open) {
  const std::lock_guard lock(mutex_);
  pairing_open_ = open;
}

bool Trust::pairing_open() const {
  const std::lock_guard lock(mutex_);
  return pairing_open_;
}

}  // namespace tallystick::node
