// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EVIDENCE_PROOF_LINES_H_
#define TALLYSTICK_CORE_EVIDENCE_PROOF_LINES_H_

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/evidence/digest.h"

// A proof inside a text: one base64 hash a line, at most 63, then an empty
// line. Requests to witnesses and proof files share this form.
namespace tallystick::evidence {

// Takes the lines and the empty one off `text`. None if they are not well
// formed; `text` is then of no meaning.
std::optional<std::vector<Digest>> TakeProofLines(absl::string_view& text);

std::string FormatProofLines(std::span<const Digest> proof);

}  // namespace tallystick::evidence

#endif  // TALLYSTICK_CORE_EVIDENCE_PROOF_LINES_H_
