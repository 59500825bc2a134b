// SPDX-License-Identifier: Apache-2.0
#include "cli/alert_words.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "cli/text.h"

namespace tallystick::cli {
namespace {

constexpr int kPageWidth = 80;
constexpr int kIndent = 2;

std::string Small(const std::string& name) {
  return absl::AsciiStrToLower(name);
}

// "practice drift of meridian: people_present@meridian"
std::string About(const v1::Alert& alert) {
  std::string about = alert.kind();
  std::replace(about.begin(), about.end(), '_', ' ');
  if (!alert.party().empty()) absl::StrAppend(&about, " of ", alert.party());
  return absl::StrCat(about, ": ", alert.subject());
}

}  // namespace

Tone ToneOf(v1::Alert::Severity severity) {
  switch (severity) {
    case v1::Alert::CRITICAL:
      return Tone::kBad;
    case v1::Alert::WARNING:
      return Tone::kWarning;
    default:
      return Tone::kPlain;
  }
}

std::string RenderAlert(const v1::Alert& alert, const Layout& layout) {
  std::string out =
      absl::StrCat(Paint(Printable(alert.id()), Tone::kStrong, layout), "  ",
                   Paint(Small(v1::Alert::Severity_Name(alert.severity())),
                         ToneOf(alert.severity()), layout),
                   ", ", Small(v1::Alert::State_Name(alert.state())),
                   alert.state() == v1::Alert::OPEN ? " since " : ", opened ",
                   InSeconds(alert.opened_at()));
  if (alert.count() > 1) {
    absl::StrAppend(&out, ", noticed ", alert.count(), " times");
  }
  absl::StrAppend(&out, "\n");
  for (const std::string& text : {About(alert), alert.text()}) {
    for (const std::string& line :
         Wrap(Printable(text), kPageWidth - kIndent)) {
      absl::StrAppend(&out, std::string(kIndent, ' '), line, "\n");
    }
  }
  return out;
}

}  // namespace tallystick::cli
