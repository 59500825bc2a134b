// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EXPECTATION_PARTY_KEYS_H_
#define TALLYSTICK_CORE_EXPECTATION_PARTY_KEYS_H_

#include "absl/strings/string_view.h"
#include "core/expectation/catalogue.h"
#include "tallystick/v1/value.pb.h"

// How maps name the parties: "party_a" and "party_b" when kept, their short
// names for people.
namespace tallystick::expectation {

// Empty for PARTY_UNSPECIFIED.
inline absl::string_view KeyOf(v1::Party party) {
  if (party == v1::PARTY_A) return "party_a";
  return party == v1::PARTY_B ? "party_b" : "";
}

inline v1::Party PartyOfKey(absl::string_view key) {
  if (key == "party_a") return v1::PARTY_A;
  return key == "party_b" ? v1::PARTY_B : v1::PARTY_UNSPECIFIED;
}

// Whether keys that name a party are translated in the map at `depth` (1: the
// answer itself). In the answer only if its keys are the parties; in a map
// within it always, as in {planning: {cascadia: ..., meridian: ...}}.
inline bool HasPartyKeys(const Topic& topic, int depth) {
  return depth > 1 || topic.keys == "parties";
}

}  // namespace tallystick::expectation

#endif  // TALLYSTICK_CORE_EXPECTATION_PARTY_KEYS_H_
