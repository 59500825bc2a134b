// SPDX-License-Identifier: Apache-2.0
#include "cli/table.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "cli/text.h"

namespace tallystick::cli {
namespace {

constexpr int kGap = 2;
constexpr int kNarrowest = 8;

absl::string_view EscapeFor(Tone tone) {
  switch (tone) {
    case Tone::kGood:
      return "\x1b[32m";
    case Tone::kWarning:
      return "\x1b[33m";
    case Tone::kBad:
      return "\x1b[31m";
    case Tone::kQuiet:
      return "\x1b[2m";
    case Tone::kStrong:
      return "\x1b[1m";
    case Tone::kPlain:
      break;
  }
  return "";
}

}  // namespace

std::string Paint(absl::string_view text, Tone tone, const Layout& layout) {
  if (!layout.colour || tone == Tone::kPlain || text.empty()) {
    return std::string(text);
  }
  return absl::StrCat(EscapeFor(tone), text, "\x1b[0m");
}

Table::Table(std::vector<Column> columns) : columns_(std::move(columns)) {
  for (Column& column : columns_) {
    column.title = Printable(column.title);
    absl::AsciiStrToUpper(&column.title);
  }
}

void Table::AddRow(std::vector<Cell> cells) {
  cells.resize(columns_.size(), Cell(""));
  for (Cell& cell : cells) cell.text = Printable(cell.text);
  rows_.push_back(std::move(cells));
}

std::vector<int> Table::Widths(const Layout& layout) const {
  std::vector<int> widths;
  for (size_t c = 0; c < columns_.size(); ++c) {
    int width = DisplayWidth(columns_[c].title);
    for (const std::vector<Cell>& row : rows_) {
      width = std::max(width, DisplayWidth(row[c].text));
    }
    widths.push_back(width);
  }
  if (layout.width == 0) return widths;
  const int gaps = kGap * (static_cast<int>(widths.size()) - 1);
  int total = std::accumulate(widths.begin(), widths.end(), gaps);
  while (total > layout.width) {
    const auto widest = std::max_element(widths.begin(), widths.end());
    if (*widest <= kNarrowest) break;
    --*widest;
    --total;
  }
  return widths;
}

std::string Table::Render(const Layout& layout) const {
  const std::vector<int> widths = Widths(layout);
  std::vector<Cell> titles;
  for (const Column& column : columns_) {
    titles.emplace_back(column.title, Tone::kQuiet);
  }
  std::string text;
  const auto add = [&](const std::vector<Cell>& row) {
    // Blanks are owed until the next text, so that no line ends in one.
    int owed = 0;
    for (size_t c = 0; c < row.size(); ++c) {
      const std::string cell = Shorten(row[c].text, std::max(1, widths[c]));
      const int slack = widths[c] - DisplayWidth(cell);
      const bool right = columns_[c].align == Align::kRight;
      if (!cell.empty()) {
        const int blanks = owed + (right ? slack : 0);
        absl::StrAppend(&text, std::string(static_cast<size_t>(blanks), ' '),
                        Paint(cell, row[c].tone, layout));
        owed = right ? kGap : slack + kGap;
      } else {
        owed += widths[c] + kGap;
      }
    }
    text += '\n';
  };
  add(titles);
  for (const std::vector<Cell>& row : rows_) add(row);
  return text;
}

}  // namespace tallystick::cli
