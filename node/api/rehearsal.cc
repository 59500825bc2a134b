// SPDX-License-Identifier: Apache-2.0
#include "node/api/rehearsal.h"

#include <algorithm>

#include "core/status_macros.h"

namespace tallystick::node {

absl::Status Rehearsal::Write(absl::Span<const v1::Body> bodies,
                              const std::string& author) {
  if (only_tries_) return Try(bodies, author);
  if (bodies.empty()) return absl::OkStatus();
  return node_.Append(alliance_, bodies, author);
}

absl::Status Rehearsal::Try(absl::Span<const v1::Body> bodies,
                            const std::string& author) {
  tried_ = alliance_.state();
  const ledger::Leaf leaf = {
      .partner_size = alliance_.replica().partner_log().size(),
      .time_us = std::max(node_.NowMicros(),
                          alliance_.replica().own_log().last_time_us()),
      .author = author,
      .body_commitment = {}};
  for (const v1::Body& body : bodies) {
    TALLYSTICK_RETURN_IF_ERROR(tried_
                                   ->FoldOrRefuse(alliance_.own_party(), leaf,
                                                  body.SerializeAsString())
                                   .status());
  }
  return absl::OkStatus();
}

StateView Rehearsal::View() const {
  return {.state = &state(),
          .now_us = node_.NowMicros(),
          .day = Today(node_),
          .folded = nullptr};
}

}  // namespace tallystick::node
