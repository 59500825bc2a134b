// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_PROPOSAL_FILE_H_
#define TALLYSTICK_CLI_PROPOSAL_FILE_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tallystick/v1/decision_service.pb.h"

// A file with the terms of a decision.
//
//   type: commercial_terms
//   title: Concentrate price plus 4 per cent
//   text: |
//     From January on ...
//   set:
//     socket/handoff-lead-time: 5 days
//   respond_by: 2026-01-31
//   effective: 2026-02-01
//   due: 2026-04-30
//
// and what is agreed besides topics, as agreed_file.h has it.
namespace tallystick::cli {

absl::StatusOr<v1::DecisionTerms> ReadProposalFile(absl::string_view text,
                                                   absl::string_view file);

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_PROPOSAL_FILE_H_
