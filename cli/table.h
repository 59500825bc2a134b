// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CLI_TABLE_H_
#define TALLYSTICK_CLI_TABLE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

// Tables for people: columns aligned by display width, two blanks between
// them, titles in capitals, nothing at the ends of lines.
namespace tallystick::cli {

// Where a table goes.
struct Layout {
  // Columns of the terminal; 0: no terminal, nothing is cut.
  int width = 0;
  bool colour = false;
};

enum class Tone { kPlain, kGood, kWarning, kBad, kQuiet, kStrong };

// `text` in the colour of `tone`, if the layout has colours.
std::string Paint(absl::string_view text, Tone tone, const Layout& layout);

struct Cell {
  Cell(absl::string_view words, Tone how = Tone::kPlain)  // NOLINT: implicit
      : text(words), tone(how) {}
  Cell(const char* words) : Cell(absl::string_view(words)) {}  // NOLINT
  Cell(const std::string& words)                               // NOLINT
      : Cell(absl::string_view(words)) {}
  std::string text;
  Tone tone;
};

class Table {
 public:
  enum class Align { kLeft, kRight };
  struct Column {
    std::string title;
    Align align = Align::kLeft;
  };

  explicit Table(std::vector<Column> columns);

  // As many cells as there are columns; texts are made printable.
  void AddRow(std::vector<Cell> cells);
  bool empty() const { return rows_.empty(); }

  // On a terminal the widest columns are shortened until every line fits, but
  // none below 8 columns.
  std::string Render(const Layout& layout) const;

 private:
  std::vector<int> Widths(const Layout& layout) const;

  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace tallystick::cli

#endif  // TALLYSTICK_CLI_TABLE_H_
