// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/tlog_proof.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/evidence/base64.h"
#include "core/evidence/decimal.h"
#include "core/evidence/merkle.h"
#include "core/evidence/proof_lines.h"
#include "core/evidence/refusal.h"
#include "core/status_macros.h"

namespace tallystick::evidence {
namespace {

constexpr absl::string_view kHeader = "c2sp.org/tlog-proof@v1\n";

// Takes "<word> <value>" LF off `text`; none if it starts otherwise.
std::optional<absl::string_view> TakeField(absl::string_view word,
                                           absl::string_view& text) {
  absl::string_view rest = text;
  if (!absl::ConsumePrefix(&rest, word) || !absl::ConsumePrefix(&rest, " ")) {
    return std::nullopt;
  }
  const size_t end = rest.find('\n');
  if (end == absl::string_view::npos) return std::nullopt;
  text = rest.substr(end + 1);
  return rest.substr(0, end);
}

absl::Status Malformed(absl::string_view detail) {
  return Refuse("malformed", detail);
}

}  // namespace

absl::StatusOr<TlogProof> ParseTlogProof(absl::string_view file) {
  absl::string_view rest = file;
  if (!absl::ConsumePrefix(&rest, kHeader)) {
    return Malformed("not a proof file of version 1");
  }
  TlogProof proof;
  if (const auto extra = TakeField("extra", rest); extra.has_value()) {
    proof.extra = Base64Decode(*extra);
    if (!proof.extra.has_value()) return Malformed("the extra is not base64");
  }
  const std::optional<absl::string_view> index = TakeField("index", rest);
  if (!index.has_value()) return Malformed("the index is missing");
  const std::optional<uint64_t> number = ParseDecimal(*index);
  if (!number.has_value()) return Malformed("the index is not a decimal");
  proof.index = *number;
  std::optional<std::vector<Digest>> path = TakeProofLines(rest);
  if (!path.has_value()) return Malformed("the hashes cannot be read");
  proof.path = *std::move(path);
  proof.checkpoint = std::string(rest);
  return proof;
}

std::string FormatTlogProof(const TlogProof& proof) {
  std::string file(kHeader);
  if (proof.extra.has_value()) {
    absl::StrAppend(&file, "extra ", Base64Encode(*proof.extra), "\n");
  }
  absl::StrAppend(&file, "index ", proof.index, "\n",
                  FormatProofLines(proof.path), proof.checkpoint);
  return file;
}

absl::StatusOr<ProvenEntry> VerifyTlogProof(absl::string_view file,
                                            absl::string_view entry,
                                            const TlogProofPolicy& policy) {
  return VerifyTlogProofOfLeaf(file, HashLeaf(entry), policy);
}

absl::StatusOr<ProvenEntry> VerifyTlogProofOfLeaf(
    absl::string_view file, const Digest& leaf_hash,
    const TlogProofPolicy& policy) {
  TALLYSTICK_ASSIGN_OR_RETURN(const TlogProof proof, ParseTlogProof(file));
  TALLYSTICK_ASSIGN_OR_RETURN(
      CosignedCheckpoint checkpoint,
      OpenCosignedCheckpoint(proof.checkpoint, policy.log_key,
                             policy.witness_keys, policy.quorum));
  const absl::Status included =
      VerifyInclusion(proof.index, checkpoint.checkpoint.size, leaf_hash,
                      checkpoint.checkpoint.root, proof.path);
  if (!included.ok()) return Refuse("proof_invalid", included.message());
  return ProvenEntry{.index = proof.index, .checkpoint = std::move(checkpoint)};
}

}  // namespace tallystick::evidence
