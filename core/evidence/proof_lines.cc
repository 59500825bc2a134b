// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/proof_lines.h"

#include "absl/strings/str_cat.h"
#include "core/evidence/digest_text.h"
#include "core/evidence/merkle.h"

namespace tallystick::evidence {

std::optional<std::vector<Digest>> TakeProofLines(absl::string_view& text) {
  std::vector<Digest> proof;
  while (true) {
    const size_t end = text.find('\n');
    if (end == absl::string_view::npos) return std::nullopt;
    const absl::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (line.empty()) return proof;
    if (proof.size() == kPathMax) return std::nullopt;
    const std::optional<Digest> hash = DigestFromBase64(line);
    if (!hash.has_value()) return std::nullopt;
    proof.push_back(*hash);
  }
}

std::string FormatProofLines(std::span<const Digest> proof) {
  std::string lines;
  for (const Digest& hash : proof) {
    absl::StrAppend(&lines, DigestToBase64(hash), "\n");
  }
  return absl::StrCat(lines, "\n");
}

}  // namespace tallystick::evidence
