// SPDX-License-Identifier: Apache-2.0
#include "cli/session.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/status_macros.h"
#include "tallystick/v1/alliance_service.grpc.pb.h"

namespace tallystick::cli {
namespace {

absl::Status NotExactlyOne(const v1::ListAlliancesResponse& list) {
  if (list.alliances().empty()) {
    return absl::FailedPreconditionError(
        "this node has no alliance yet (found one: tally alliance new NAME "
        "--title TITLE; or join one: tally join TOKEN)");
  }
  std::vector<std::string> names;
  for (const v1::Alliance& alliance : list.alliances()) {
    names.push_back(alliance.alliance());
  }
  return UsageError(absl::StrCat(
      "this node has several alliances (name one with --alliance: ",
      absl::StrJoin(names, ", "), ")"));
}

}  // namespace

std::string Session::AllianceName() const {
  return absl::StrCat("alliances/",
                      options_.alliance.empty() ? "-" : options_.alliance);
}

absl::StatusOr<v1::Alliance> Session::FindAlliance() {
  v1::ListAlliancesRequest request;
  v1::ListAlliancesResponse response;
  if (!options_.alliance.empty()) {
    request.set_filter_name(absl::StrCat("alliances/", options_.alliance));
  }
  TALLYSTICK_RETURN_IF_ERROR(node_.Call(
      &v1::AllianceService::Stub::ListAlliances, request, &response));
  if (response.alliances_size() == 1) return response.alliances(0);
  if (!options_.alliance.empty()) {
    return absl::NotFoundError(absl::StrCat("there is no alliance \"",
                                            options_.alliance,
                                            "\" at this node (see: tally "
                                            "status)"));
  }
  return NotExactlyOne(response);
}

absl::Status Session::PrintForScripts(
    const google::protobuf::Message& message) {
  if (options_.format == Format::kJson) {
    TALLYSTICK_ASSIGN_OR_RETURN(const std::string json, ToJson(message, false));
    out() << json << "\n";
  } else if (options_.format == Format::kYaml) {
    TALLYSTICK_ASSIGN_OR_RETURN(const std::string yaml, ToYaml(message));
    out() << yaml;
  }
  return absl::OkStatus();
}

std::string ResourceName(absl::string_view alliance_name,
                         absl::string_view collection, absl::string_view id) {
  return absl::StrCat(alliance_name, "/", collection, "/", id);
}

std::string DataDirectory(const std::string& given,
                          const Surroundings& surroundings) {
  if (!given.empty()) return given;
  if (std::string data = surroundings.variable("TALLY_DATA"); !data.empty()) {
    return data;
  }
  std::string home = surroundings.variable("XDG_DATA_HOME");
  if (home.empty()) {
    home = absl::StrCat(surroundings.variable("HOME"), "/.local/share");
  }
  return absl::StrCat(home, "/tallystick");
}

}  // namespace tallystick::cli
