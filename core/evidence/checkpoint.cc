// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/checkpoint.h"

#include <algorithm>
#include <span>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/evidence/decimal.h"
#include "core/evidence/digest_text.h"
#include "core/evidence/merkle.h"
#include "core/evidence/refusal.h"
#include "core/status_macros.h"

namespace tallystick::evidence {
namespace {

// A log of this name could get its checkpoints taken for cosigned messages.
constexpr absl::string_view kForbiddenOrigin = "cosignature/v1";

absl::Status Malformed(absl::string_view detail) {
  return Refuse("malformed", detail);
}

}  // namespace

std::string CheckpointText(const Checkpoint& checkpoint) {
  return absl::StrCat(checkpoint.origin, "\n", checkpoint.size, "\n",
                      DigestToBase64(checkpoint.root), "\n");
}

std::string SignCheckpoint(const Checkpoint& checkpoint,
                           const SigningKey& key) {
  return SignNote(CheckpointText(checkpoint), checkpoint.origin, key);
}

absl::StatusOr<Checkpoint> ParseCheckpointText(absl::string_view text) {
  if (text.size() > kNoteSizeMax || !absl::EndsWith(text, "\n")) {
    return Malformed("the text of a checkpoint is too long or lacks its end");
  }
  text.remove_suffix(1);
  const std::vector<absl::string_view> lines = absl::StrSplit(text, '\n');
  if (lines.size() < 3) return Malformed("a checkpoint has three lines");
  if (std::find(lines.begin(), lines.end(), "") != lines.end()) {
    return Malformed("an empty line in a checkpoint");
  }
  if (lines[0] == kForbiddenOrigin) {
    return Malformed("an origin that is the head of a cosigned message");
  }
  const auto size = ParseDecimal(lines[1]);
  if (!size.has_value()) {
    return Refuse("bad_size", "the size is no decimal number below 2^63");
  }
  const auto root = DigestFromBase64(lines[2]);
  if (!root.has_value()) {
    return Refuse("bad_root", "the root is not canonical base64 of 32 bytes");
  }
  return Checkpoint{
      .origin = std::string(lines[0]),
      .size = *size,
      .root = *root,
      .extensions = std::vector<std::string>(lines.begin() + 3, lines.end())};
}

absl::Status CheckEmptyRoot(const Checkpoint& checkpoint) {
  if (checkpoint.size == 0 && checkpoint.root != EmptyRoot()) {
    return Refuse("bad_empty_root", "not the root of the empty tree");
  }
  return absl::OkStatus();
}

absl::StatusOr<Checkpoint> OpenCheckpoint(absl::string_view note,
                                          const VerifierKey& log_key) {
  TALLYSTICK_ASSIGN_OR_RETURN(
      const Note opened,
      OpenNote(note, std::span<const VerifierKey>(&log_key, 1)));
  return CheckpointOf(opened, log_key);
}

absl::StatusOr<Checkpoint> CheckpointOf(const Note& note,
                                        const VerifierKey& log_key) {
  if (log_key.type != KeyType::kLog) {
    return Refuse("wrong_key_type", "a checkpoint is signed by a log key");
  }
  const bool log_signed =
      std::any_of(note.signatures.begin(), note.signatures.end(),
                  [&log_key](const VerifiedSignature& signature) {
                    return signature.name == log_key.name &&
                           signature.key_id == log_key.key_id;
                  });
  if (!log_signed) {
    return Refuse("no_known_signature", "the log has not signed");
  }
  TALLYSTICK_ASSIGN_OR_RETURN(Checkpoint checkpoint,
                              ParseCheckpointText(note.text));
  if (checkpoint.origin != log_key.name) {
    return Refuse("origin_mismatch",
                  absl::StrCat("the checkpoint is of ", checkpoint.origin,
                               ", the key of ", log_key.name));
  }
  TALLYSTICK_RETURN_IF_ERROR(CheckEmptyRoot(checkpoint));
  return checkpoint;
}

}  // namespace tallystick::evidence
