// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_NODE_API_REHEARSAL_H_
#define TALLYSTICK_NODE_API_REHEARSAL_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "core/alliance/state.h"
#include "node/api/names.h"

namespace tallystick::node {

// Writes statements of the own company, or only tries what they would come to:
// then they are folded into a copy of the state and nothing is written.
class Rehearsal {
 public:
  // `node` and `alliance` must outlive it.
  Rehearsal(Node& node, AllianceNode& alliance, bool only_tries)
      : node_(node), alliance_(alliance), only_tries_(only_tries) {}

  // All or none. Errors of Node::Append, and a refusal of the fold.
  absl::Status Write(absl::Span<const v1::Body> bodies,
                     const std::string& author);

  // The state that follows.
  const alliance::AllianceState& state() const {
    return tried_ ? *tried_ : alliance_.state();
  }
  // As of now.
  StateView View() const;

 private:
  absl::Status Try(absl::Span<const v1::Body> bodies,
                   const std::string& author);

  Node& node_;
  AllianceNode& alliance_;
  bool only_tries_;
  std::optional<alliance::AllianceState> tried_;
};

}  // namespace tallystick::node

#endif  // TALLYSTICK_NODE_API_REHEARSAL_H_
