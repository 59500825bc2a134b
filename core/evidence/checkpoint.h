// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EVIDENCE_CHECKPOINT_H_
#define TALLYSTICK_CORE_EVIDENCE_CHECKPOINT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/evidence/digest.h"
#include "core/evidence/ed25519.h"
#include "core/evidence/note.h"

// Checkpoints (C2SP tlog-checkpoint v1.0.0): a log's signed statement of its
// size and root, as a note with the text
//
//   <origin> LF <size in decimal> LF <base64 root> LF [<extension> LF]...
//
// The origin is the name of the log's key. Two checkpoints signed by one log
// that do not agree prove misbehaviour: keep such notes byte for byte.
namespace tallystick::evidence {

struct Checkpoint {
  std::string origin;
  // Leaves, at most 2^63-1.
  uint64_t size = 0;
  Digest root = {};
  // Opaque lines that others may add; signed along, never empty.
  std::vector<std::string> extensions;

  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

// The text that is signed. We write no extensions, so those are left out.
std::string CheckpointText(const Checkpoint& checkpoint);

// Returns the note, signed under the name `checkpoint.origin`. Requires an
// origin that IsOwnKeyName and a size of at most 2^63-1.
std::string SignCheckpoint(const Checkpoint& checkpoint, const SigningKey& key);

// Reads the text of a note. Checks its form only, with the reasons "malformed",
// "bad_size" and "bad_root".
absl::StatusOr<Checkpoint> ParseCheckpointText(absl::string_view text);

// Refuses ("bad_empty_root") a root other than SHA-256 of nothing at size 0.
absl::Status CheckEmptyRoot(const Checkpoint& checkpoint);

// Reads a checkpoint signed by `log_key`. Refuses with the reasons of OpenNote,
// of the two functions above, with "origin_mismatch" if the origin is not the
// key's name, and with "wrong_key_type" if `log_key` is not a log's.
absl::StatusOr<Checkpoint> OpenCheckpoint(absl::string_view note,
                                          const VerifierKey& log_key);

// The same for a note that is open already; `log_key` must be among the keys
// that signed it.
absl::StatusOr<Checkpoint> CheckpointOf(const Note& note,
                                        const VerifierKey& log_key);

}  // namespace tallystick::evidence

#endif  // TALLYSTICK_CORE_EVIDENCE_CHECKPOINT_H_
