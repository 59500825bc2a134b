// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_DIGEST_SUM_H_
#define TALLYSTICK_CORE_ALLIANCE_DIGEST_SUM_H_

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "absl/functional/function_ref.h"
#include "core/evidence/digest.h"

// A digest of a set of named items that costs what changed, not what is there:
// the sum, modulo 2^64 in each of four lanes, of SHA-256 over every item's name
// and canonical encoding.
//
// A sum of hashes resists accidents, not attackers; that is enough here. Equal
// digests tell two nodes that their software agrees on what the logs mean. They
// prove nothing, and nothing is decided by them: what can be proven is in the
// logs, under signatures.
namespace tallystick::alliance {

class DigestSum {
 public:
  // Says that the item may have changed, appeared or gone.
  void Touch(std::string name) { touched_.insert(std::move(name)); }

  // The digest, after asking `encode` for every touched item: its canonical
  // encoding, or an empty string if there is no such item.
  evidence::Digest Sum(
      absl::FunctionRef<std::string(const std::string& name)> encode);

  // How many items all sums so far have asked for: what they have cost.
  uint64_t items_encoded() const { return items_encoded_; }

 private:
  using Lanes = std::array<uint64_t, 4>;

  std::set<std::string> touched_;
  std::map<std::string, Lanes> terms_;
  Lanes sum_ = {};
  uint64_t items_encoded_ = 0;
};

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_DIGEST_SUM_H_
