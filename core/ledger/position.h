// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_LEDGER_POSITION_H_
#define TALLYSTICK_CORE_LEDGER_POSITION_H_

#include <cstdint>
#include <string>

#include "tallystick/v1/value.pb.h"

// Where a statement stands in the two logs, and what its author had seen. Every
// rule that crosses the logs asks Saw(), never the order of arrival and never a
// clock; that is why both nodes fold the logs to the same state.
namespace tallystick::ledger {

struct Position {
  // Whose log, and the entry's index in it.
  v1::Party party = v1::PARTY_UNSPECIFIED;
  uint64_t index = 0;
  // How much of the other log the author had verified when writing.
  uint64_t partner_size = 0;
  // When it was written, by the author's clock; for people and time limits.
  int64_t time_us = 0;
  // A person of the roster; empty: the company's node.
  std::string author;

  friend bool operator==(const Position&, const Position&) = default;
};

// True if the author at `later` had `earlier` in view.
inline bool Saw(const Position& later, const Position& earlier) {
  return later.party == earlier.party ? earlier.index < later.index
                                      : earlier.index < later.partner_size;
}

inline v1::Party Other(v1::Party party) {
  return party == v1::PARTY_A ? v1::PARTY_B : v1::PARTY_A;
}

template <typename Archive>
void Visit(Archive& archive, Position& at) {
  archive(at.party);
  archive(at.index);
  archive(at.partner_size);
  archive(at.time_us);
  archive(at.author);
}

}  // namespace tallystick::ledger

#endif  // TALLYSTICK_CORE_LEDGER_POSITION_H_
