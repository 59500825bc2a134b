// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_PAST_FILE_H_
#define TALLYSTICK_CLI_PAST_FILE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cli/agreed_file.h"
#include "tallystick/v1/decision_service.pb.h"

// Files that tell of decisions taken before: a list of decisions,
//
//   - {id: D2, type: delivery_tradeoffs, title: Handoff in 5 days,
//      proposed_by: meridian, proposed: 2025-01-08, accepted_by: cascadia,
//      accepted: 2025-01-10, status: in_force}
//
// What one of them sets (set:) is shown, and held against whoever acts on it
// before it is in force; it does not enter the charter. The other kind of file
// is a description of the alliance: who it is between, and what is agreed
// (agreed_file.h). There a monitored measure may name the decision it was
// agreed in; what names none was agreed in a decision called "terms".
namespace tallystick::cli {

// Reads several files and puts them together. The first file's lines are sent
// as they are, those of the next as RenderError reads them (outcome.h).
class PastFiles {
 public:
  absl::Status Read(absl::string_view text, const std::string& file);

  // What is to be imported, without parent and ids.
  absl::StatusOr<v1::ImportPastDecisionsRequest> Finish();

 private:
  // A file that describes the alliance.
  struct Description {
    std::string file;
    int line = 0;
    // First line as it is sent.
    int first_line = 0;
    AgreedFile agreed;
    std::vector<std::string> parties;
    std::string start;
  };

  absl::Status ReadDecisions(const YamlNode& root, const std::string& file);
  absl::Status ReadDescription(const YamlNode& root, const std::string& file);
  absl::Status AddMeasures(const Description& description);
  absl::StatusOr<std::string> StartOf(const Description& description) const;
  absl::Status AddTerms(const Description& description);

  int files_ = 0;
  int first_line_ = 0;
  v1::ImportPastDecisionsRequest request_;
  std::vector<Description> descriptions_;
};

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_PAST_FILE_H_
