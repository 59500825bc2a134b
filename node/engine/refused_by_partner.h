// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_ENGINE_REFUSED_BY_PARTNER_H_
#define TALLYSTICK_NODE_ENGINE_REFUSED_BY_PARTNER_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "node/engine/alliance_node.h"

// The partner's node ended a stream because of what ours sent. Its people are
// told there; ours have to be told here, for only they can mend it.
namespace tallystick::node {

// `reason` of a Goodbye, which is the partner's word and may be anything. Those
// that blame nobody are passed over (proto/README.md). For `bad_time` the alert
// is `clock.ahead`, else `sync.refused_by_partner`, once while it is open.
void OnGoodbye(AllianceNode& alliance, absl::string_view reason,
               int64_t now_us);

// Both are in step, so the partner has taken what ours sent.
void OnNoLongerRefused(AllianceNode& alliance, int64_t now_us);

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_ENGINE_REFUSED_BY_PARTNER_H_
