// SPDX-License-Identifier: Apache-2.0
#include "cli/series_chart.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/text.h"

namespace tallystick::cli {
namespace {

constexpr int kRows = 9;
constexpr int kMargin = 10;

// The part that is drawn, and what it is drawn between.
struct Frame {
  int first = 0;
  int count = 0;
  double low = 0;
  double high = 1;

  // The row of a figure; 0 is the highest.
  int RowOf(double value) const {
    const double part = (high - value) / (high - low);
    return std::clamp(static_cast<int>(std::lround(part * (kRows - 1))), 0,
                      kRows - 1);
  }
  double ValueOf(int row) const {
    return high - (high - low) * row / (kRows - 1);
  }
};

Frame FrameOf(const v1::DriftSeries& series, int width) {
  Frame frame;
  const int room = std::max((width == 0 ? 80 : width) - kMargin - 3, 10) / 2;
  frame.count = std::min(series.points_size(), room);
  frame.first = series.points_size() - frame.count;
  frame.low = series.has_agreed() ? series.agreed() : series.points(0).value();
  frame.high = frame.low;
  const auto include = [&frame](double value) {
    frame.low = std::min(frame.low, value);
    frame.high = std::max(frame.high, value);
  };
  for (int i = frame.first; i < series.points_size(); ++i) {
    include(series.points(i).value());
  }
  if (series.has_agreed() && series.has_tolerance()) {
    include(series.agreed() - series.tolerance());
    include(series.agreed() + series.tolerance());
  }
  if (frame.high - frame.low < 1e-9) frame.high = frame.low + 1;
  return frame;
}

void DrawLevel(const Frame& frame, double value, char mark,
               std::vector<std::string>& rows) {
  std::string& row = rows[frame.RowOf(value)];
  std::replace(row.begin(), row.end(), ' ', mark);
}

// Below the readings: where it began, where it was noticed.
std::string Marks(const v1::DriftSeries& series, const Frame& frame) {
  std::string marks(frame.count * 2, ' ');
  const auto put = [&](int point, char mark) {
    const int column = point - 1 - frame.first;
    if (column >= 0 && column < frame.count) marks[column * 2] = mark;
  };
  if (series.has_signal_at()) put(series.signal_at(), '!');
  if (series.has_onset_at()) put(series.onset_at(), '^');
  return marks;
}

std::string Legend(const v1::DriftSeries& series) {
  std::string legend = "o a reading";
  if (series.has_agreed()) absl::StrAppend(&legend, ", - the agreed figure");
  if (series.has_agreed() && series.has_tolerance()) {
    absl::StrAppend(&legend, ", . the tolerance");
  }
  if (series.has_onset_at()) {
    absl::StrAppend(&legend, ", ^ where it seems to have begun");
  }
  if (series.has_signal_at()) absl::StrAppend(&legend, ", ! noticed");
  return legend;
}

}  // namespace

std::string DrawSeries(const v1::DriftSeries& series, const Layout& layout) {
  if (series.points().empty()) return "";
  const Frame frame = FrameOf(series, layout.width);
  std::vector<std::string> rows(kRows, std::string(frame.count * 2, ' '));
  if (series.has_agreed()) {
    if (series.has_tolerance()) {
      DrawLevel(frame, series.agreed() - series.tolerance(), '.', rows);
      DrawLevel(frame, series.agreed() + series.tolerance(), '.', rows);
    }
    DrawLevel(frame, series.agreed(), '-', rows);
  }
  for (int i = 0; i < frame.count; ++i) {
    rows[frame.RowOf(series.points(frame.first + i).value())][i * 2] = 'o';
  }
  std::string out;
  for (int row = 0; row < kRows; ++row) {
    absl::StrAppend(
        &out, PadLeft(absl::StrFormat("%.6g", frame.ValueOf(row)), kMargin),
        " |", rows[row], "\n");
  }
  const std::string marks = Marks(series, frame);
  if (marks.find_first_not_of(' ') != std::string::npos) {
    absl::StrAppend(&out, PadLeft("", kMargin), "  ", marks, "\n");
  }
  absl::StrAppend(&out, PadLeft("", kMargin), "  ",
                  series.points(frame.first).on(), " to ",
                  series.points(series.points_size() - 1).on(), "\n");
  for (const std::string& line : Wrap(Legend(series), 78)) {
    absl::StrAppend(&out, line, "\n");
  }
  return out;
}

}  // namespace tallystick::cli
