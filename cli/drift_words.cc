// SPDX-License-Identifier: Apache-2.0
#include "cli/drift_words.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cli/series_chart.h"
#include "cli/text.h"

namespace tallystick::cli {
namespace {

constexpr int kPageWidth = 80;

Tone ToneOf(v1::DriftSeverity::Level severity) {
  switch (severity) {
    case v1::DriftSeverity::CRITICAL:
      return Tone::kBad;
    case v1::DriftSeverity::WARNING:
      return Tone::kWarning;
    default:
      return Tone::kPlain;
  }
}

std::string SeverityWord(v1::DriftSeverity::Level severity) {
  if (severity == v1::DriftSeverity::LEVEL_UNSPECIFIED) return "-";
  return absl::AsciiStrToLower(v1::DriftSeverity::Level_Name(severity));
}

std::string Figure(bool exists, double figure) {
  return exists ? absl::StrFormat("%.6g", figure) : "-";
}

int WidthOf(const Layout& layout) {
  return layout.width == 0 ? kPageWidth : std::clamp(layout.width, 60, 120);
}

void AppendWrapped(const std::string& text, const Layout& layout,
                   std::string* out) {
  for (const std::string& line : Wrap(Printable(text), WidthOf(layout) - 2)) {
    absl::StrAppend(out, "  ", line, "\n");
  }
}

std::string StateInWords(const v1::DriftSeries& series) {
  switch (series.state()) {
    case v1::DriftSeries::DRIFTING:
      return absl::StrCat("drifting ", series.direction(), " since ",
                          series.onset_on());
    case v1::DriftSeries::OUT_OF_TOLERANCE:
      return absl::StrCat("out of tolerance, ", series.direction());
    case v1::DriftSeries::QUIET:
      if (!series.has_agreed()) return "no drift";
      return series.better_than_agreed() ? "better than agreed" : "no drift";
    case v1::DriftSeries::TOO_FEW:
      return "too few readings";
    default:
      return "no readings";
  }
}

std::string SeriesTable(const v1::GetDriftResponse& drift,
                        const Layout& layout) {
  Table table({{"SEVERITY"},
               {"MEASURE"},
               {"AGREED", Table::Align::kRight},
               {"NEWEST", Table::Align::kRight},
               {"STATE"}});
  for (const v1::DriftSeries& series : drift.series()) {
    const int n = series.points_size();
    table.AddRow(
        {Cell(SeverityWord(series.severity()), ToneOf(series.severity())),
         series.measure(), Figure(series.has_agreed(), series.agreed()),
         Figure(n > 0, n > 0 ? series.points(n - 1).value() : 0),
         StateInWords(series)});
  }
  return table.Render(layout);
}

std::string Extent(const v1::StatementDrift& drift) {
  if (drift.has_days()) return absl::StrCat(drift.days(), " days");
  return drift.has_distance() ? absl::StrFormat("%.4f", drift.distance()) : "-";
}

std::string StatementTable(const v1::GetDriftResponse& drift,
                           const Layout& layout) {
  Table table(
      {{"SEVERITY"}, {"ABOUT"}, {"WHAT"}, {"BY", Table::Align::kRight}});
  for (const v1::StatementDrift& row : drift.statements()) {
    table.AddRow({Cell(SeverityWord(row.severity()), ToneOf(row.severity())),
                  row.topic(), KindInWords(row), Extent(row)});
  }
  return table.Render(layout);
}

std::string TrendInWords(const v1::DriftSeries& series) {
  if (!series.has_per_month()) return "";
  const std::string way = series.per_month() < 0 ? "falling" : "rising";
  if (!series.trend_significant()) {
    return absl::StrFormat("No clear direction (%s by %.4g a month, Z %.4f).",
                           way, std::abs(series.per_month()), series.trend_z());
  }
  return absl::StrFormat(
      "It is %s by about %.4g a month (S %.0f, Z %.4f)%s.", way,
      std::abs(series.per_month()), series.trend_s(), series.trend_z(),
      series.points_size() < 8 ? "; with so few readings only a note" : "");
}

std::string ChartInWords(const v1::DriftSeries& series) {
  std::string text;
  if (series.has_statistic()) {
    absl::StrAppend(
        &text,
        absl::StrFormat("Cumulative sum on the bad side %.4g (highest "
                        "%.4g), limit %.4g.",
                        series.statistic(), series.highest(), series.h()));
  }
  if (series.has_ewma()) {
    absl::StrAppend(&text, absl::StrFormat(" Moving average %.4f, limit %.4f.",
                                           series.ewma(), series.ewma_limit()));
  }
  if (series.has_signal_at()) {
    absl::StrAppend(&text, " Noticed with reading ", series.signal_at());
    if (series.has_onset_at()) {
      absl::StrAppend(&text, "; it began with reading ", series.onset_at());
    }
    absl::StrAppend(&text, ".");
  }
  return text;
}

}  // namespace

std::string KindInWords(const v1::StatementDrift& drift) {
  const std::string who = drift.party().empty() ? "both" : drift.party();
  if (drift.kind() == "restatement_drift") {
    return absl::StrCat(who, " changed its answer");
  }
  if (drift.kind() == "creep") {
    return absl::StrCat(who, " moved in small steps");
  }
  if (drift.kind() == "divergence") return "the answers moved apart";
  if (drift.kind() == "misread") {
    return absl::StrCat(who, " no longer reads the other rightly");
  }
  if (drift.kind() == "outdated_prediction") {
    return absl::StrCat(who, " has not looked at the new answer");
  }
  if (drift.kind() == "staleness") {
    return absl::StrCat("the answer of ", who, " is old");
  }
  if (drift.kind() == "promise_drift") return "due and not done";
  if (drift.kind() == "ahead_of_decision") {
    return absl::StrCat(who, " acts on what is not decided");
  }
  return drift.kind();
}

std::string RenderDrift(const v1::GetDriftResponse& drift,
                        const Layout& layout) {
  std::string out;
  if (!drift.series().empty()) {
    absl::StrAppend(&out, Paint("What is measured", Tone::kStrong, layout),
                    "\n", SeriesTable(drift, layout), "\n");
  }
  if (!drift.statements().empty()) {
    absl::StrAppend(&out,
                    Paint("What is said and promised", Tone::kStrong, layout),
                    "\n", StatementTable(drift, layout));
  }
  return out;
}

std::string RenderSeries(const v1::DriftSeries& series, const Layout& layout) {
  std::string out =
      absl::StrCat(Paint(Printable(series.measure()), Tone::kStrong, layout),
                   ": ", StateInWords(series), "\n");
  std::vector<std::string> facts;
  if (series.has_agreed()) {
    facts.push_back(absl::StrCat("agreed ", Figure(true, series.agreed())));
  }
  if (series.has_sigma()) {
    facts.push_back(absl::StrCat("sigma ", Figure(true, series.sigma()), " (",
                                 series.sigma_source(), ")"));
  }
  if (series.has_h()) {
    facts.push_back(absl::StrCat("h ", Figure(true, series.h())));
  }
  if (series.has_k()) {
    facts.push_back(absl::StrCat("k ", Figure(true, series.k())));
  }
  if (!series.good().empty()) facts.push_back("good: " + series.good());
  if (!series.decision().empty()) facts.push_back("by " + series.decision());
  AppendWrapped(absl::StrJoin(facts, ", "), layout, &out);
  absl::StrAppend(&out, "\n", DrawSeries(series, layout), "\n");
  for (const std::string& text :
       {ChartInWords(series), TrendInWords(series), series.text()}) {
    if (!text.empty()) AppendWrapped(text, layout, &out);
  }
  return out;
}

std::string RenderStatement(const v1::StatementDrift& drift,
                            const Layout& layout) {
  std::string out = absl::StrCat(
      Paint(SeverityWord(drift.severity()), ToneOf(drift.severity()), layout),
      "  ", Paint(Printable(drift.topic()), Tone::kStrong, layout), "  ",
      Printable(KindInWords(drift)), "\n");
  AppendWrapped(drift.text(), layout, &out);
  return out;
}

}  // namespace tallystick::cli
