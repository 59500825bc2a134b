// SPDX-License-Identifier: Apache-2.0
#include "core/evidence/witness.h"

#include <span>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/evidence/checkpoint.h"
#include "core/evidence/cosignature.h"
#include "core/evidence/decimal.h"
#include "core/evidence/digest_text.h"
#include "core/evidence/merkle.h"
#include "core/evidence/note.h"
#include "core/evidence/proof_lines.h"
#include "core/evidence/refusal.h"
#include "core/status_macros.h"

namespace tallystick::evidence {
namespace {

WitnessAnswer Answer(WitnessVerdict verdict, absl::Status refusal) {
  WitnessAnswer answer;
  answer.verdict = verdict;
  answer.refusal = std::move(refusal);
  return answer;
}

// Whether the tree of `checkpoint` continues the recorded one, whose size is
// `request.old_size`.
absl::Status CheckContinues(const AddCheckpointRequest& request,
                            const Checkpoint& checkpoint,
                            const WitnessState& recorded) {
  TALLYSTICK_RETURN_IF_ERROR(CheckEmptyRoot(checkpoint));
  const Digest old_root = recorded.size == 0 ? EmptyRoot() : recorded.root;
  return VerifyConsistency(recorded.size, checkpoint.size, old_root,
                           checkpoint.root, request.proof);
}

}  // namespace

absl::StatusOr<AddCheckpointRequest> ParseAddCheckpointRequest(
    absl::string_view text) {
  const absl::Status malformed =
      Refuse("malformed", "not a request for a cosignature");
  const size_t end = text.find('\n');
  if (end == absl::string_view::npos) return malformed;
  absl::string_view head = text.substr(0, end);
  if (!absl::ConsumePrefix(&head, "old ")) return malformed;
  const std::optional<uint64_t> old_size = ParseDecimal(head);
  if (!old_size.has_value()) return malformed;
  absl::string_view rest = text.substr(end + 1);
  std::optional<std::vector<Digest>> proof = TakeProofLines(rest);
  if (!proof.has_value()) return malformed;
  return AddCheckpointRequest{.old_size = *old_size,
                              .proof = *std::move(proof),
                              .checkpoint = std::string(rest)};
}

std::string FormatAddCheckpointRequest(const AddCheckpointRequest& request) {
  return absl::StrCat("old ", request.old_size, "\n",
                      FormatProofLines(request.proof), request.checkpoint);
}

WitnessAnswer AnswerAddCheckpoint(const AddCheckpointRequest& request,
                                  const WitnessState& recorded,
                                  const WitnessIdentity& witness,
                                  int64_t unix_seconds) {
  if (request.proof.size() > kPathMax) {
    return Answer(WitnessVerdict::kMalformed,
                  Refuse("malformed", "more than 63 hashes in a proof"));
  }
  auto note = ParseNote(request.checkpoint);
  if (!note.ok()) return Answer(WitnessVerdict::kMalformed, note.status());
  const auto checkpoint = ParseCheckpointText(note->text);
  if (!checkpoint.ok()) {
    return Answer(WitnessVerdict::kMalformed, checkpoint.status());
  }
  if (checkpoint->origin != witness.log_key.name) {
    return Answer(WitnessVerdict::kUnknownOrigin,
                  Refuse("unknown_origin", "not a log this witness follows"));
  }
  const auto verified = VerifyNote(
      *std::move(note), std::span<const VerifierKey>(&witness.log_key, 1));
  if (!verified.ok()) {
    return Answer(WitnessVerdict::kNotTrusted, verified.status());
  }
  if (request.old_size > checkpoint->size) {
    return Answer(WitnessVerdict::kMalformed,
                  Refuse("size_order", "the old size is above the new one"));
  }
  if (request.old_size != recorded.size) {
    WitnessAnswer answer = Answer(
        WitnessVerdict::kConflict,
        Refuse("conflict",
               absl::StrCat("size ", recorded.size, " was cosigned last")));
    answer.recorded_size = recorded.size;
    return answer;
  }
  absl::Status continues = CheckContinues(request, *checkpoint, recorded);
  if (!continues.ok()) {
    return Answer(WitnessVerdict::kInconsistent, std::move(continues));
  }
  WitnessAnswer answer = Answer(WitnessVerdict::kCosigned, absl::OkStatus());
  answer.signature_line =
      Cosign(request.checkpoint, witness.name, witness.key, unix_seconds);
  answer.new_state = WitnessState{.size = checkpoint->size,
                                  .root = checkpoint->root,
                                  .checkpoint = request.checkpoint};
  return answer;
}

}  // namespace tallystick::evidence
