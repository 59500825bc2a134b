// SPDX-License-Identifier: Apache-2.0
#include "node/api/status.h"

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/alliance/plan_violations.h"
#include "core/evidence/refusal.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace tallystick::node {

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  google::rpc::Status rich;
  rich.set_code(static_cast<int>(status.code()));
  rich.set_message(std::string(status.message()));
  const std::string reason = evidence::ReasonOf(status);
  if (!reason.empty()) {
    google::rpc::ErrorInfo info;
    info.set_reason(absl::AsciiStrToUpper(reason));
    info.set_domain("tallystick");
    rich.add_details()->PackFrom(info);
  }
  const std::vector<alliance::Violation> violations =
      alliance::ViolationsOf(status);
  if (!violations.empty()) {
    google::rpc::BadRequest bad;
    for (const alliance::Violation& violation : violations) {
      auto& field = *bad.add_field_violations();
      if (violation.line > 0) {
        field.set_field(absl::StrCat("line:", violation.line));
      }
      field.set_description(violation.text);
    }
    rich.add_details()->PackFrom(bad);
  }
  // Both kinds of status number their codes alike.
  return grpc::Status(
      static_cast<grpc::StatusCode>(status.code()), rich.message(),
      rich.details().empty() ? std::string() : rich.SerializeAsString());
}

}  // namespace tallystick::node
