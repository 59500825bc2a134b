// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EVIDENCE_NOTE_H_
#define TALLYSTICK_CORE_EVIDENCE_NOTE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/evidence/ed25519.h"
#include "core/evidence/verifier_key.h"

// Signed notes (C2SP signed-note v1.0.0): a text, an empty line, and one line
// per signature,
//
//   U+2014 SP <key name> SP <base64(key_id[4] || signature)> LF
//
// Here stricter than the standard: bounded, base64 in one spelling, and EVERY
// signature by a known key must be good, repeats included.
namespace tallystick::evidence {

inline constexpr size_t kNoteSizeMax = 65'536;
inline constexpr size_t kNoteSignaturesMax = 32;

struct SignatureLine {
  std::string name;
  uint32_t key_id = 0;
  // What follows the key id, at least one byte.
  std::string signature;
};

// A well-formed note of which nothing has been verified.
struct ParsedNote {
  // Ends with a line feed.
  std::string text;
  // At least one.
  std::vector<SignatureLine> lines;
};

struct VerifiedSignature {
  std::string name;
  uint32_t key_id = 0;
  KeyType type = KeyType::kLog;
  // When a witness signed, in seconds since the Epoch, above 0; 0 for a log.
  int64_t unix_seconds = 0;
};

// A note with at least one good signature by a known key.
struct Note {
  std::string text;
  // One per good line, in the order of the lines.
  std::vector<VerifiedSignature> signatures;
};

// Refuses with "malformed", "too_large", "too_many_signatures", "bad_utf8",
// "control_char" or "bad_base64".
absl::StatusOr<ParsedNote> ParseNote(absl::string_view bytes);

// Refuses with "bad_signature" if a known key's line does not verify, with
// "no_known_signature" if there is no line by a known key, and with
// "ambiguous_key" if two of `keys` share name and id.
absl::StatusOr<Note> VerifyNote(ParsedNote parsed,
                                std::span<const VerifierKey> keys);

// ParseNote, then VerifyNote.
absl::StatusOr<Note> OpenNote(absl::string_view bytes,
                              std::span<const VerifierKey> keys);

// Reads one signature line, with its line feed. Reasons as for ParseNote.
absl::StatusOr<SignatureLine> ParseSignatureLine(absl::string_view line);

std::string FormatSignatureLine(const SignatureLine& line);

// Returns `text`, which ends with a line feed, as a note signed by the log key
// `key` under `name`. The result is for OpenNote to judge if `text` or `name`
// came from outside.
std::string SignNote(absl::string_view text, absl::string_view name,
                     const SigningKey& key);

// The message a witness signs at `unix_seconds` for a note with `text`.
std::string CosignatureMessage(absl::string_view text, int64_t unix_seconds);

}  // namespace tallystick::evidence

#endif  // TALLYSTICK_CORE_EVIDENCE_NOTE_H_
