// SPDX-License-Identifier: Apache-2.0
#include "cli/explain_words.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/text.h"

namespace tallystick::cli {
namespace {

constexpr int kPageWidth = 80;

int WidthOf(const Layout& layout) {
  return layout.width == 0 ? kPageWidth : std::clamp(layout.width, 60, 120);
}

// `first` before the first line, blanks of the same width before the others.
void AppendWrapped(const std::string& first, const std::string& text,
                   const Layout& layout, std::string* out) {
  const int indent = DisplayWidth(first);
  bool begun = false;
  for (const std::string& line :
       Wrap(Printable(text), std::max(20, WidthOf(layout) - indent))) {
    absl::StrAppend(out, begun ? std::string(indent, ' ') : first, line, "\n");
    begun = true;
  }
}

void AppendTitle(absl::string_view title, const Layout& layout,
                 std::string* out) {
  absl::StrAppend(out, "\n", Paint(title, Tone::kStrong, layout), "\n");
}

// "Mara of cascadia for 2025-02-10, entry 12, written 2026-11-26"
std::string WhoSaid(const v1::Explanation::Source& source) {
  std::string who = source.person().empty()
                        ? source.party()
                        : absl::StrCat(source.person(), " of ", source.party());
  const std::string written = source.written_at().substr(0, 10);
  if (!source.stated_on().empty() && source.stated_on() != written) {
    absl::StrAppend(&who, ", for ", source.stated_on());
  }
  return absl::StrCat(who, ", entry ", source.index(), " of its log, written ",
                      written);
}

void AppendInputs(const v1::Explanation& explanation, const Layout& layout,
                  std::string* out) {
  int width = 0;
  for (const v1::Explanation::Input& input : explanation.inputs()) {
    width = std::max(width, DisplayWidth(Printable(input.label())));
  }
  width = std::min(width, WidthOf(layout) / 2);
  for (const v1::Explanation::Input& input : explanation.inputs()) {
    AppendWrapped(
        absl::StrCat("  ",
                     PadRight(Shorten(Printable(input.label()), width), width),
                     "  "),
        input.value(), layout, out);
    if (input.has_source()) {
      AppendWrapped(std::string(width + 4, ' '),
                    absl::StrCat("(", WhoSaid(input.source()), ")"), layout,
                    out);
    }
  }
}

}  // namespace

std::string RenderExplanation(const v1::Explanation& explanation,
                              const Layout& layout) {
  std::string out =
      Paint(Printable(explanation.subject()), Tone::kStrong, layout);
  if (!explanation.title().empty()) {
    absl::StrAppend(&out, "  ", Printable(explanation.title()));
  }
  absl::StrAppend(&out, "\n");
  AppendWrapped("", explanation.result(), layout, &out);
  AppendTitle("The rule", layout, &out);
  AppendWrapped("  ", explanation.rule(), layout, &out);
  if (!explanation.inputs().empty()) {
    AppendTitle("What goes in", layout, &out);
    AppendInputs(explanation, layout, &out);
  }
  if (!explanation.steps().empty()) {
    AppendTitle("What follows", layout, &out);
    for (const std::string& step : explanation.steps()) {
      AppendWrapped("  - ", step, layout, &out);
    }
  }
  AppendTitle("What to do", layout, &out);
  AppendWrapped("  ", explanation.next_step(), layout, &out);
  return out;
}

}  // namespace tallystick::cli
