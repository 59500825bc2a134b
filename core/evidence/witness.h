// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EVIDENCE_WITNESS_H_
#define TALLYSTICK_CORE_EVIDENCE_WITNESS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/evidence/digest.h"
#include "core/evidence/ed25519.h"
#include "core/evidence/verifier_key.h"

// What a witness answers to a log that asks for a cosignature (C2SP
// tlog-witness v1.0.0, add-checkpoint), as a pure function: the recorded state
// goes in, the answer and the state to record come out.
namespace tallystick::evidence {

// A request. As text: "old " <decimal> LF, one base64 hash a line, LF, and the
// checkpoint verbatim.
struct AddCheckpointRequest {
  // The size the log believes the witness has recorded.
  uint64_t old_size = 0;
  // Consistency proof from `old_size`, at most 63 hashes.
  std::vector<Digest> proof;
  // A signed note.
  std::string checkpoint;

  friend bool operator==(const AddCheckpointRequest&,
                         const AddCheckpointRequest&) = default;
};

// Refuses ("malformed") every other form. The checkpoint is not looked at.
absl::StatusOr<AddCheckpointRequest> ParseAddCheckpointRequest(
    absl::string_view text);

std::string FormatAddCheckpointRequest(const AddCheckpointRequest& request);

// The last checkpoint cosigned for an origin; default-made before the first.
struct WitnessState {
  uint64_t size = 0;
  // Of no meaning at size 0, when every root must be the empty one.
  Digest root = {};
  // The note with that size and root, as it was received.
  std::string checkpoint;
};

// The numbers are the HTTP status codes of the protocol.
enum class WitnessVerdict {
  kCosigned = 200,
  kMalformed = 400,      // or an old size above that of the checkpoint
  kNotTrusted = 403,     // not signed by the log, or badly
  kUnknownOrigin = 404,  // not the log this witness follows
  kConflict = 409,       // the witness has recorded another size
  kInconsistent = 422,   // proof of misbehaviour: keep request and state
};

struct WitnessAnswer {
  WitnessVerdict verdict = WitnessVerdict::kMalformed;
  // Why the request was refused; OK if cosigned.
  absl::Status refusal;
  // For kConflict.
  uint64_t recorded_size = 0;
  // For kCosigned. `new_state` must be durable before the line is sent.
  std::string signature_line;
  std::optional<WitnessState> new_state;
};

// The witness of one log.
struct WitnessIdentity {
  const VerifierKey& log_key;
  absl::string_view name;
  const SigningKey& key;
};

// Answers `request` given what was `recorded`. Reading the state, calling this
// and storing the new state must be one transaction, or two requests at once
// could roll the state back. `unix_seconds` is the witness's clock, above 0.
WitnessAnswer AnswerAddCheckpoint(const AddCheckpointRequest& request,
                                  const WitnessState& recorded,
                                  const WitnessIdentity& witness,
                                  int64_t unix_seconds);

}  // namespace tallystick::evidence

#endif  // TALLYSTICK_CORE_EVIDENCE_WITNESS_H_
