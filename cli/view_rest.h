// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_VIEW_REST_H_
#define TALLYSTICK_CLI_VIEW_REST_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "cli/view_file.h"

// What a view file says beside answers: claimed shares, the word on being
// better off, and figures that stay at the node.
namespace tallystick::cli {

class Session;

class ViewRest {
 public:
  // All must outlive this.
  ViewRest(Session& session, const std::string& alliance, const ViewFile& view)
      : session_(session), alliance_(alliance), view_(view) {}

  // Whether the node would take it; nothing is kept. `tell`: with a remark of
  // what would become of it.
  absl::Status Check(bool tell);
  absl::Status Apply();

 private:
  // How one run goes.
  struct Run {
    bool validate_only = false;
    bool tell = true;
  };

  absl::Status All(const Run& run);
  absl::Status ClaimShares(const Run& run);
  absl::Status KeepFigures(const Run& run);
  absl::Status SayBetterOff(const Run& run);
  void Tell(const Run& run, absl::string_view what);

  Session& session_;
  const std::string& alliance_;
  const ViewFile& view_;
};

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_VIEW_REST_H_
