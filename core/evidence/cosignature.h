// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EVIDENCE_COSIGNATURE_H_
#define TALLYSTICK_CORE_EVIDENCE_COSIGNATURE_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/evidence/checkpoint.h"
#include "core/evidence/ed25519.h"
#include "core/evidence/note.h"

// Cosignatures (C2SP tlog-cosignature v1.0.1, Ed25519): a witness states that
// at a given time a checkpoint was the largest consistent tree it had seen of
// that origin. The line holds
//
//   key_id[4] || big-endian uint64 time || Ed25519 signature[64]
//
// over "cosignature/v1" LF "time " <decimal> LF <text of the checkpoint>. The
// time is in seconds since the Epoch, 1 to 2^63-1; whether it is recent enough
// is for the caller to judge.
namespace tallystick::evidence {

// Returns the signature line of the witness `witness_name` for a checkpoint it
// has verified. Empty, and nothing signed, if `checkpoint_note` is no note or
// `unix_seconds` is below 1.
std::string Cosign(absl::string_view checkpoint_note,
                   absl::string_view witness_name, const SigningKey& key,
                   int64_t unix_seconds);

// Returns the time of the cosignature in `signature_line` (with its line feed)
// by `witness_key` over the text of `checkpoint_note`, whose own signatures are
// not looked at. Refuses with the reasons of ParseNote, "no_cosignature" if the
// line is another key's, "bad_signature", or "wrong_key_type".
absl::StatusOr<int64_t> VerifyCosignature(absl::string_view checkpoint_note,
                                          absl::string_view signature_line,
                                          const VerifierKey& witness_key);

// Returns `note` with one more line. Refuses with the reasons of ParseNote,
// including the limits of size and of lines.
absl::StatusOr<std::string> AppendSignatureLine(
    absl::string_view note, absl::string_view signature_line);

// A checkpoint signed by its log and by enough witnesses.
struct CosignedCheckpoint {
  Checkpoint checkpoint;
  // The latest time of each witness that signed, by the name of its key.
  std::map<std::string, int64_t> witnessed;
};

// Reads a checkpoint with the good signature of `log_key` and of at least
// `quorum` of `witness_keys`. Refuses with the reasons of OpenCheckpoint, and
// with "no_cosignature" if too few witnesses signed.
absl::StatusOr<CosignedCheckpoint> OpenCosignedCheckpoint(
    absl::string_view note, const VerifierKey& log_key,
    std::span<const VerifierKey> witness_keys, size_t quorum);

}  // namespace tallystick::evidence

#endif  // TALLYSTICK_CORE_EVIDENCE_COSIGNATURE_H_
