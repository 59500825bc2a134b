// SPDX-License-Identifier: Apache-2.0
#include "cli/score_words.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cli/text.h"

namespace tallystick::cli {
namespace {

constexpr int kWidth = 80;

std::string Percent(double share) {
  return absl::StrFormat("%.0f%%", 100 * share);
}

// "0.63 of 100%"
std::string Mean(bool exists, double mean, double coverage) {
  return exists ? absl::StrFormat("%.2f of %4s", mean, Percent(coverage)) : "-";
}

// Of the alliance; in brackets if it is only a part of it.
std::string Mean(bool exists, double mean, const v1::AllianceScore& score) {
  if (exists) return Mean(true, mean, score.coverage());
  if (!score.has_partial()) return "-";
  return absl::StrCat("(", Mean(true, score.partial(), score.coverage()), ")");
}

void AddParagraph(const std::string& words, Tone tone, const Layout& layout,
                  std::string& out) {
  for (const std::string& line : Wrap(Printable(words), kWidth)) {
    absl::StrAppend(&out, Paint(line, tone, layout), "\n");
  }
}

std::string TitleOf(const v1::GetGapsResponse& gaps, const std::string& id) {
  for (const v1::LayerScore& layer : gaps.layers()) {
    if (layer.layer() == id) return layer.title();
  }
  return id;
}

template <typename Ids>
std::string TitlesOf(const v1::GetGapsResponse& gaps, const Ids& ids) {
  std::vector<std::string> titles;
  for (const std::string& id : ids) titles.push_back(TitleOf(gaps, id));
  return absl::StrJoin(titles, ", ");
}

void AddLayer(const v1::LayerScore& layer, const v1::GetGapsResponse& gaps,
              Table& table) {
  Cell remark = "";
  if (!layer.has_coverage()) {
    remark = Cell("unanswered", Tone::kQuiet);
  } else if (layer.coverage() < 0.5 - 1e-9) {
    remark = Cell("too little", Tone::kQuiet);
  } else if (gaps.has_weakest_layer() &&
             gaps.weakest_layer() == layer.layer()) {
    remark = Cell("weakest", Tone::kWarning);
  }
  table.AddRow(
      {Cell(layer.title()),
       Mean(layer.has_agreement(), layer.agreement(), layer.coverage()),
       Mean(layer.has_accuracy_own(), layer.accuracy_own(),
            layer.accuracy_own_coverage()),
       Mean(layer.has_accuracy_partner(), layer.accuracy_partner(),
            layer.accuracy_partner_coverage()),
       remark});
}

std::string Layers(const v1::GetGapsResponse& gaps, absl::string_view only,
                   const Layout& layout) {
  Table table({{"layer"},
               {"agree", Table::Align::kRight},
               {absl::StrCat(gaps.own(), " reads"), Table::Align::kRight},
               {absl::StrCat(gaps.partner(), " reads"), Table::Align::kRight},
               {""}});
  for (const v1::LayerScore& layer : gaps.layers()) {
    if (only.empty() || layer.layer() == only) AddLayer(layer, gaps, table);
  }
  if (only.empty()) {
    table.AddRow({Cell("ALLIANCE", Tone::kStrong),
                  Mean(gaps.has_agreement(), gaps.agreement(), gaps.score()),
                  Mean(gaps.has_accuracy_own(), gaps.accuracy_own(),
                       gaps.accuracy_own_score()),
                  Mean(gaps.has_accuracy_partner(), gaps.accuracy_partner(),
                       gaps.accuracy_partner_score()),
                  gaps.score().state() == v1::AllianceScore::SUFFICIENT
                      ? Cell("")
                      : Cell("insufficient", Tone::kWarning)});
  }
  return table.Render(layout);
}

// Why there is no score, and what is not in it.
std::string ScoreBasis(const v1::GetGapsResponse& gaps) {
  const v1::AllianceScore& score = gaps.score();
  std::string words;
  if (!score.layers_wanting().empty()) {
    words = absl::StrCat(
        "There is no score of the alliance: required, and too little of it "
        "answered by both or fresh: ",
        TitlesOf(gaps, score.layers_wanting()), ".",
        score.has_partial() ? " In brackets: the mean over the other layers."
                            : "",
        " ");
  }
  if (!score.layers_left_out().empty()) {
    absl::StrAppend(&words,
                    "Left out, as too little is answered by both or fresh: ",
                    TitlesOf(gaps, score.layers_left_out()), ". ");
  }
  if (gaps.position_source() == v1::GetGapsResponse::NONE) {
    absl::StrAppend(&words,
                    "No position is agreed, so all layers weigh the same "
                    "(--position weighs them otherwise).");
  } else {
    absl::StrAppend(&words, "Layers weigh as at the position ", gaps.position(),
                    gaps.position_source() == v1::GetGapsResponse::AGREED
                        ? ", as agreed."
                        : ", as asked for.");
  }
  return words;
}

// A prediction that was made with the answer in view measures reading, not
// understanding.
std::string AccuracyRemark(const v1::GetGapsResponse& gaps) {
  std::vector<std::string> who;
  const auto look = [&](const std::string& party,
                        const v1::AllianceScore& score) {
    if (score.has_coverage() &&
        score.coverage() < gaps.score().coverage() - 1e-9) {
      who.push_back(party);
    }
  };
  look(gaps.own(), gaps.accuracy_own_score());
  look(gaps.partner(), gaps.accuracy_partner_score());
  if (who.empty()) return "";
  return absl::StrCat("How ", absl::StrJoin(who, " and "),
                      " reads the other is measured on less: only predictions "
                      "made before the answer was seen count.");
}

// "cascadia believes in agreement on 85%; where they differ, it reads ..."
std::string Belief(const std::string& who, double projection, bool has_insight,
                   double insight, double coverage) {
  std::string words =
      absl::StrCat(who, " believes in agreement on ", Percent(projection));
  if (has_insight) {
    absl::StrAppendFormat(
        &words, "; where they differ, it reads the other to %.2f (of %s)",
        insight, Percent(coverage));
  }
  return absl::StrCat(words, ".");
}

void AddBeliefs(const v1::GetGapsResponse& gaps, const Layout& layout,
                std::string& out) {
  const auto add = [&](const std::string& words) {
    AddParagraph(words, Tone::kPlain, layout, out);
  };
  if (gaps.has_false_consensus_rate()) {
    add(absl::StrCat("On ", Percent(gaps.false_consensus_rate()),
                     " of the topics, by weight, somebody wrongly believes in "
                     "agreement."));
  }
  if (gaps.has_projection_own()) {
    add(Belief(gaps.own(), gaps.projection_own(), gaps.has_insight_own(),
               gaps.insight_own(), gaps.insight_own_coverage()));
  }
  if (gaps.has_projection_partner()) {
    add(Belief(gaps.partner(), gaps.projection_partner(),
               gaps.has_insight_partner(), gaps.insight_partner(),
               gaps.insight_partner_coverage()));
  }
}

std::string NoteInWords(const v1::GapNote& note,
                        const v1::GetGapsResponse& gaps) {
  const std::string topics = absl::StrJoin(note.topics(), ", ");
  switch (note.kind()) {
    case v1::GapNote::LAYER_NEGLECTED:
      return absl::StrCat("Note: ", TitleOf(gaps, note.layer()),
                          " is answered by both, and of ",
                          TitleOf(gaps, note.empty_layer()),
                          " nobody has said anything.");
    case v1::GapNote::ONE_WAY:
      return absl::StrCat("Note: ", note.party(),
                          " has said what it gets. Still open: ", topics, ".");
    case v1::GapNote::AGREED_ON_PAPER:
      return absl::StrCat(
          "Note: agreed on paper, with answers that differ: ", topics, ".");
    default:
      return "";
  }
}

std::string Counts(const v1::GapCounts& counts, const Layout& layout) {
  const std::vector<std::pair<int, Cell>> lines = {
      {counts.mutual_false_consensus(),
       {"both think they agree, and they do not", Tone::kBad}},
      {counts.one_sided_false_consensus(),
       {"one thinks they agree, and they do not", Tone::kBad}},
      {counts.dissensus(), {"they differ, and both know it"}},
      {counts.mutual_false_conflict(),
       {"both think they differ, and they agree", Tone::kWarning}},
      {counts.one_sided_false_conflict(),
       {"one thinks they differ, and they agree", Tone::kWarning}},
      {counts.consensus(), {"they agree, and both know it", Tone::kGood}},
      {counts.unpredicted(), {"nobody said what it expects of the other"}},
      {counts.unconfirmed(),
       {"two texts; nobody confirmed that they mean the same"}},
      {counts.incomparable(), {"other units or currencies; not comparable"}},
      {counts.unstated(), {"not answered by both"}},
      {counts.declined(), {"an answer was declined"}},
      {counts.sealed(), {"sealed until the round closes"}},
      {counts.stale(), {"of these, with an answer that is old", Tone::kQuiet}},
      {counts.private_(),
       {"with an answer of ours that stays here", Tone::kQuiet}}};
  Table table({{"topics", Table::Align::kRight}, {"state"}});
  for (const auto& [count, words] : lines) {
    if (count > 0) table.AddRow({absl::StrCat(count), words});
  }
  return table.Render(layout);
}

}  // namespace

std::string RenderScores(const v1::GetGapsResponse& gaps,
                         absl::string_view layer, const Layout& layout) {
  std::string out = Layers(gaps, layer, layout);
  if (!layer.empty()) return out;
  AddParagraph(
      "1 is the same and read rightly; \"of 90%\": what both have answered and "
      "is fresh, by weight.",
      Tone::kQuiet, layout, out);
  AddParagraph(ScoreBasis(gaps), Tone::kPlain, layout, out);
  const std::string accuracy = AccuracyRemark(gaps);
  if (!accuracy.empty()) AddParagraph(accuracy, Tone::kPlain, layout, out);
  absl::StrAppend(&out, "\n", Counts(gaps.counts(), layout));
  AddBeliefs(gaps, layout, out);
  for (const v1::GapNote& note : gaps.notes()) {
    const std::string words = NoteInWords(note, gaps);
    if (!words.empty()) AddParagraph(words, Tone::kWarning, layout, out);
  }
  return out;
}

}  // namespace tallystick::cli
