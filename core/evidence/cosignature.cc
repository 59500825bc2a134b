// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/cosignature.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/evidence/big_endian.h"
#include "core/evidence/refusal.h"
#include "core/status_macros.h"

namespace tallystick::evidence {

std::string Cosign(absl::string_view checkpoint_note,
                   absl::string_view witness_name, const SigningKey& key,
                   int64_t unix_seconds) {
  const auto note = ParseNote(checkpoint_note);
  if (!note.ok() || unix_seconds < 1) return "";
  const VerifierKey verifier =
      VerifierKey::ForWitness(witness_name, key.public_key());
  return FormatSignatureLine(
      {.name = verifier.name,
       .key_id = verifier.key_id,
       .signature = absl::StrCat(
           BigEndian(static_cast<uint64_t>(unix_seconds)),
           key.Sign(CosignatureMessage(note->text, unix_seconds)))});
}

absl::StatusOr<int64_t> VerifyCosignature(absl::string_view checkpoint_note,
                                          absl::string_view signature_line,
                                          const VerifierKey& witness_key) {
  if (witness_key.type != KeyType::kWitness) {
    return Refuse("wrong_key_type", "a cosignature is made by a witness key");
  }
  TALLYSTICK_ASSIGN_OR_RETURN(ParsedNote parsed, ParseNote(checkpoint_note));
  TALLYSTICK_ASSIGN_OR_RETURN(SignatureLine line,
                              ParseSignatureLine(signature_line));
  if (line.name != witness_key.name || line.key_id != witness_key.key_id) {
    return Refuse("no_cosignature", "the line is not of this witness");
  }
  parsed.lines.clear();
  parsed.lines.push_back(std::move(line));
  TALLYSTICK_ASSIGN_OR_RETURN(
      const Note note,
      VerifyNote(std::move(parsed),
                 std::span<const VerifierKey>(&witness_key, 1)));
  return note.signatures.front().unix_seconds;
}

absl::StatusOr<std::string> AppendSignatureLine(
    absl::string_view note, absl::string_view signature_line) {
  TALLYSTICK_RETURN_IF_ERROR(ParseSignatureLine(signature_line).status());
  std::string longer = absl::StrCat(note, signature_line);
  TALLYSTICK_RETURN_IF_ERROR(ParseNote(longer).status());
  return longer;
}

absl::StatusOr<CosignedCheckpoint> OpenCosignedCheckpoint(
    absl::string_view note, const VerifierKey& log_key,
    std::span<const VerifierKey> witness_keys, size_t quorum) {
  std::vector<VerifierKey> keys(witness_keys.begin(), witness_keys.end());
  keys.push_back(log_key);
  TALLYSTICK_ASSIGN_OR_RETURN(const Note opened, OpenNote(note, keys));
  CosignedCheckpoint result;
  TALLYSTICK_ASSIGN_OR_RETURN(result.checkpoint, CheckpointOf(opened, log_key));
  for (const VerifiedSignature& signature : opened.signatures) {
    if (signature.type != KeyType::kWitness) continue;
    int64_t& time = result.witnessed[signature.name];
    time = std::max(time, signature.unix_seconds);
  }
  if (result.witnessed.size() < quorum) {
    return Refuse("no_cosignature", "too few witnesses have signed");
  }
  return result;
}

}  // namespace tallystick::evidence
