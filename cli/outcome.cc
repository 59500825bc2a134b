// SPDX-License-Identifier: Apache-2.0
#include "cli/outcome.h"

#include <optional>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "cli/text.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace tallystick::cli {
namespace {

// Keys of an absl::Status's payloads.
constexpr char kExitPayload[] = "tallystick/exit";
constexpr char kPlacePayload[] = "tallystick/place";
constexpr char kDetailsPayload[] = "tallystick/details";

absl::Status WithExit(absl::Status status, Exit exit) {
  status.SetPayload(kExitPayload,
                    absl::Cord(absl::StrCat(static_cast<int>(exit))));
  return status;
}

std::string Payload(const absl::Status& status, absl::string_view key) {
  const auto cord = status.GetPayload(key);
  return cord.has_value() ? std::string(*cord) : std::string();
}

// "view.yaml:12: what"; without a file or a line just what is wrong.
std::string RenderViolation(
    const google::rpc::BadRequest::FieldViolation& violation,
    const std::vector<std::string>& files) {
  const std::string what = Printable(violation.description());
  absl::string_view line = violation.field();
  if (!absl::ConsumePrefix(&line, "line:")) {
    return violation.field().empty()
               ? what
               : absl::StrCat(Printable(violation.field()), ": ", what);
  }
  int number = 0;
  if (!absl::SimpleAtoi(line, &number) || number < 1) return what;
  const size_t file = static_cast<size_t>(number / kLinesPerFile);
  if (file >= files.size()) return what;
  return absl::StrCat(files[file], ":", number % kLinesPerFile, ": ", what);
}

void AddViolations(const absl::Status& status,
                   const std::vector<std::string>& files,
                   std::vector<std::string>& lines) {
  google::rpc::Status details;
  if (!details.ParseFromString(Payload(status, kDetailsPayload))) return;
  for (const google::protobuf::Any& detail : details.details()) {
    google::rpc::BadRequest bad;
    if (!detail.UnpackTo(&bad)) continue;
    for (const auto& violation : bad.field_violations()) {
      std::string line = RenderViolation(violation, files);
      // Where the message says the same already, once is enough.
      if (absl::StrContains(status.message(), line)) continue;
      lines.push_back(std::move(line));
    }
  }
}

// The message of the node begins with the line of the first thing that is
// wrong; of several files that is no line of any.
absl::string_view WithoutLine(absl::string_view message,
                              const std::vector<std::string>& files) {
  absl::string_view rest = message;
  if (files.size() < 2 || !absl::ConsumePrefix(&rest, "line ")) return message;
  const size_t end = rest.find(": ");
  return end == absl::string_view::npos ? message : rest.substr(end + 2);
}

}  // namespace

absl::Status UsageError(absl::string_view message) {
  return WithExit(absl::InvalidArgumentError(message), Exit::kUsage);
}

absl::Status UnreachableError(absl::string_view message) {
  return WithExit(absl::UnavailableError(message), Exit::kUnreachable);
}

absl::Status FileError(absl::string_view file, int line,
                       absl::string_view what) {
  absl::Status status = absl::InvalidArgumentError(
      absl::StrCat("nothing was done (correct ", file, " and run it again)"));
  status.SetPayload(kPlacePayload,
                    absl::Cord(absl::StrCat(file, ":", line, ": ", what)));
  return status;
}

void AttachDetails(absl::string_view serialised, absl::Status& status) {
  if (!serialised.empty()) {
    status.SetPayload(kDetailsPayload, absl::Cord(serialised));
  }
}

Exit ExitOf(const absl::Status& status) {
  if (status.ok()) return Exit::kDone;
  const std::string exit = Payload(status, kExitPayload);
  if (exit == "2") return Exit::kUsage;
  if (exit == "3") return Exit::kUnreachable;
  return Exit::kRefused;
}

std::vector<std::string> RenderError(const absl::Status& status,
                                     absl::string_view file) {
  std::vector<std::string> files;
  if (!file.empty()) files.emplace_back(file);
  return RenderError(status, files);
}

std::vector<std::string> RenderError(const absl::Status& status,
                                     const std::vector<std::string>& files) {
  std::vector<std::string> lines;
  if (std::string place = Payload(status, kPlacePayload); !place.empty()) {
    lines.push_back(Printable(place));
  }
  AddViolations(status, files, lines);
  const absl::string_view message = status.message().empty()
                                        ? "the node refused without saying why"
                                        : status.message();
  lines.push_back(
      absl::StrCat("tally: ", Printable(WithoutLine(message, files))));
  return lines;
}

}  // namespace tallystick::cli
