// SPDX-License-Identifier: Apache-2.0
#include "cli/gap_words.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cli/outcome.h"
#include "cli/text.h"

namespace tallystick::cli {
namespace {

using Joint = v1::Gap::Joint;

std::string Distance(bool exists, double distance) {
  return exists ? absl::StrFormat("%.2f", distance) : "-";
}

// Widths of the block's columns, two blanks between them.
struct Columns {
  static constexpr int kWeight = 2;
  static constexpr int kApart = 5;
  static constexpr int kGaps = 8;
  int topic = 0;
  int answer = 0;
};

Columns ColumnsFor(const Layout& layout) {
  constexpr int kWithoutTerminal = 80;
  const int width =
      layout.width == 0 ? kWithoutTerminal : std::clamp(layout.width, 60, 160);
  const int rest = width - Columns::kWeight - Columns::kApart - Columns::kGaps;
  Columns columns;
  columns.answer = rest * 3 / 10;
  columns.topic = rest - 2 * columns.answer;
  return columns;
}

// Lines of one cell; each its own tone.
struct Line {
  std::string text;
  Tone tone = Tone::kPlain;
};
using Lines = std::vector<Line>;

void AddWrapped(const std::string& text, int width, Tone tone, Lines& lines) {
  for (std::string& line : Wrap(Printable(text), width)) {
    lines.push_back({std::move(line), tone});
  }
}

// One party's answer, and below it what it believes of the other.
Lines AnswerLines(bool has_own, const std::string& own, bool has_prediction,
                  const std::string& prediction, int width) {
  Lines lines;
  AddWrapped(has_own ? own : "-", width, Tone::kPlain, lines);
  if (has_prediction) {
    AddWrapped(absl::StrCat("thinks they say: ", prediction), width,
               Tone::kQuiet, lines);
  }
  return lines;
}

// "Misread by both: off by 0.33 and 0.18."
std::string Misreading(const v1::Gap& gap, const v1::GetGapsResponse& gaps) {
  std::vector<std::string> who;
  for (const std::string& party : gap.misread()) {
    const bool own = party == gaps.own();
    const bool exists =
        own ? gap.has_accuracy_own() : gap.has_accuracy_partner();
    const double off = own ? gap.accuracy_own() : gap.accuracy_partner();
    who.push_back(exists ? absl::StrFormat("%s (off by %.2f)", party, off)
                         : party);
  }
  if (who.empty()) return "";
  return absl::StrCat(" Misread by ", absl::StrJoin(who, " and "), ".");
}

std::string Sentence(const v1::Gap& gap, const v1::GetGapsResponse& gaps) {
  std::string sentence =
      absl::StrCat(JointStateInWords(gap), Misreading(gap, gaps));
  if (gap.has_agreed()) {
    absl::StrAppend(
        &sentence,
        gap.agreed_on_paper() ? " Agreed on paper: " : " Agreed was: ",
        gap.agreed(), ".");
  }
  if (gap.stale()) sentence += " An answer is old.";
  if (gap.private_()) {
    absl::StrAppend(&sentence, " Only seen here: an answer of ", gaps.own(),
                    " is private.");
  }
  return sentence;
}

void AppendRow(const std::string& weight, const std::string& apart,
               const Lines& topic, const Lines& own, const Lines& partner,
               const Columns& columns, const Layout& layout, std::string& out) {
  const size_t height = std::max({topic.size(), own.size(), partner.size()});
  for (size_t i = 0; i < height; ++i) {
    std::string line =
        absl::StrCat(PadLeft(i == 0 ? weight : "", Columns::kWeight), "  ",
                     PadLeft(i == 0 ? apart : "", Columns::kApart));
    const auto add = [&](const Lines& cell, int width) {
      if (i < cell.size()) {
        absl::StrAppend(&line, "  ", Paint(cell[i].text, cell[i].tone, layout),
                        PadRight("", width - DisplayWidth(cell[i].text)));
      } else {
        absl::StrAppend(&line, PadRight("", width + 2));
      }
    };
    add(topic, columns.topic);
    add(own, columns.answer);
    add(partner, columns.answer);
    absl::StripTrailingAsciiWhitespace(&line);
    absl::StrAppend(&out, line, "\n");
  }
}

void AppendGap(const v1::Gap& gap, const v1::GetGapsResponse& gaps,
               const Columns& columns, const Layout& layout, std::string& out) {
  Lines topic;
  AddWrapped(gap.title(), columns.topic, Tone::kStrong, topic);
  AddWrapped(gap.topic(), columns.topic, Tone::kQuiet, topic);
  AppendRow(absl::StrCat(gap.weight()),
            Distance(gap.has_agreement(), gap.agreement()), topic,
            AnswerLines(gap.has_own(), gap.own(), gap.has_prediction(),
                        gap.prediction(), columns.answer),
            AnswerLines(gap.has_partner_own(), gap.partner_own(),
                        gap.has_partner_prediction(), gap.partner_prediction(),
                        columns.answer),
            columns, layout, out);
  const int indent = Columns::kWeight + Columns::kApart + 4;
  for (const std::string& line : Wrap(Printable(Sentence(gap, gaps)),
                                      columns.topic + 2 * columns.answer + 4)) {
    absl::StrAppend(&out, PadRight("", indent),
                    Paint(line, ToneOf(gap), layout), "\n");
  }
}

// Texts: what is still to be said by people.
std::string UnconfirmedInWords(const v1::Gap& gap) {
  if (gap.has_agreement()) {
    return absl::StrCat(gap.agreement() > 0
                            ? "The texts do not mean the same"
                            : "Both say that the texts mean the same",
                        "; who expected that has not been declared.");
  }
  if (gap.has_own_says_same()) {
    return "Two texts; we say that they mean the same, the partner has not "
           "said.";
  }
  if (gap.has_partner_says_same()) {
    return "Two texts; the partner says that they mean the same, we have not "
           "said (tally confirm).";
  }
  return "Two texts; nobody has confirmed that they mean the same (tally "
         "confirm).";
}

}  // namespace

std::string JointStateInWords(const v1::Gap& gap) {
  const std::string who = gap.has_joint_party() ? gap.joint_party() : "One";
  const bool one = gap.has_joint_party();
  switch (gap.joint_state()) {
    case Joint::CONSENSUS:
      return "Both agree, and both know it.";
    case Joint::DISSENSUS:
      return "They differ, and both know it.";
    case Joint::MUTUAL_FALSE_CONSENSUS:
      return "Both think they agree, and they do not.";
    case Joint::ONE_SIDED_FALSE_CONSENSUS:
      return absl::StrCat(who, " thinks they agree, and they do not.");
    case Joint::MUTUAL_FALSE_CONFLICT:
      return "Both think they differ, and they agree.";
    case Joint::ONE_SIDED_FALSE_CONFLICT:
      return absl::StrCat(who, " thinks they differ, and they agree.");
    case Joint::UNSTATED:
      return one ? absl::StrCat(who, " has not answered.")
                 : "Not answered by both.";
    case Joint::UNPREDICTED:
      return one ? absl::StrCat(who,
                                " has not said what it expects of the "
                                "other.")
                 : "Not both have said what they expect of the other.";
    case Joint::SEALED:
      return "Sealed until the round closes.";
    case Joint::DECLINED:
      return one ? absl::StrCat(who, " declines to answer.")
                 : "An answer was declined.";
    case Joint::INCOMPARABLE:
      return "The answers cannot be compared: other units or currencies.";
    case Joint::UNCONFIRMED:
      return UnconfirmedInWords(gap);
    default:
      return "Not known.";
  }
}

Tone ToneOf(const v1::Gap& gap) {
  if (gap.joint_state() == Joint::CONSENSUS) return Tone::kGood;
  if (!gap.has_severity()) return Tone::kPlain;
  if (gap.severity() == v1::Gap::CRITICAL) return Tone::kBad;
  return gap.severity() == v1::Gap::WARNING ? Tone::kWarning : Tone::kPlain;
}

std::string RenderGaps(const v1::GetGapsResponse& gaps, const Layout& layout) {
  const Columns columns = ColumnsFor(layout);
  std::string out;
  AppendRow("W", "APART", {{"TOPIC", Tone::kQuiet}},
            {{Printable(gaps.own()), Tone::kQuiet}},
            {{Printable(gaps.partner()), Tone::kQuiet}}, columns, layout, out);
  for (const v1::Gap& gap : gaps.gaps()) {
    absl::StrAppend(&out, "\n");
    AppendGap(gap, gaps, columns, layout, out);
  }
  return out;
}

absl::StatusOr<bool> IsOfKind(const v1::Gap& gap, absl::string_view name) {
  const std::string upper = absl::AsciiStrToUpper(name);
  const std::string state = Joint::State_Name(gap.joint_state());
  if (upper == "FALSE_CONSENSUS" || upper == "FALSE_CONFLICT") {
    return absl::EndsWith(state, upper);
  }
  Joint::State wanted = Joint::STATE_UNSPECIFIED;
  if (!Joint::State_Parse(upper, &wanted) ||
      wanted == Joint::STATE_UNSPECIFIED) {
    return UsageError(absl::StrCat(
        "--fail-on does not know \"", name,
        "\" (allowed: false_consensus, false_conflict, dissensus, unstated, "
        "unpredicted, declined, incomparable, unconfirmed, "
        "mutual_false_consensus, ...)"));
  }
  return gap.joint_state() == wanted;
}

}  // namespace tallystick::cli
