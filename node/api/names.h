// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_NAMES_H_
#define TALLYSTICK_NODE_API_NAMES_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/alliance/state.h"
#include "node/engine/node.h"

// Resource names, dates and moments as the API writes them.
namespace tallystick::node {

// "alliances/rtd-coffee"
std::string AllianceName(const AllianceNode& alliance);

// Something in an alliance: "alliances/rtd-coffee/decisions/d-7".
struct ChildName {
  AllianceNode* alliance = nullptr;
  // What stands behind the collection; may contain "/".
  std::string id;
};
// "alliances/-" stands for the only alliance there is. INVALID_ARGUMENT for
// another form; errors of Node::Find.
absl::StatusOr<ChildName> FindChild(Node& node, absl::string_view name,
                                    absl::string_view collection);

// By short name, domain, "A" or "B"; empty: PARTY_UNSPECIFIED.
absl::StatusOr<v1::Party> FindParty(const AllianceNode& alliance,
                                    absl::string_view name);

// RFC 3339 in UTC.
std::string TimeText(int64_t time_us);
// The last microsecond of a day, UTC.
int64_t EndOfDay(const expectation::Date& day);
expectation::Date Today(const Node& node);

// A state, and the moment it is to be looked at from.
struct StateView {
  const alliance::AllianceState& operator*() const { return *state; }
  const alliance::AllianceState* operator->() const { return state; }

  const alliance::AllianceState* state = nullptr;
  int64_t now_us = 0;
  expectation::Date day;
  // Holds `state` if it had to be folded for this call.
  std::shared_ptr<const alliance::AllianceState> folded;
};
// `as_of`: YYYY-MM-DD; empty: now.
absl::StatusOr<StateView> ViewState(const Node& node,
                                    const AllianceNode& alliance,
                                    absl::string_view as_of);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_NAMES_H_
