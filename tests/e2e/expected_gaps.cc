// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/expected_gaps.h"

#include <cstdlib>
#include <fstream>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"

namespace tallystick::e2e {
namespace {

constexpr size_t kColumns = 13;

double Number(const std::string& text) {
  return std::strtod(text.c_str(), nullptr);
}

std::string State(const std::string& text) {
  const std::string name = text.substr(0, text.find(' '));
  return name == "-" ? "" : absl::AsciiStrToUpper(name);
}

ExpectedGap Read(const std::vector<std::string>& cells) {
  ExpectedGap gap;
  gap.topic = cells[0];
  gap.weight = Number(cells[1]);
  gap.tolerance = Number(cells[2]);
  gap.comparable = absl::ascii_isdigit(static_cast<unsigned char>(cells[3][0]));
  gap.agreement = Number(cells[3]);
  for (size_t party = 0; party < 2; ++party) {
    gap.congruency[party] = Number(cells[4 + 2 * party]);
    gap.accuracy[party] = Number(cells[5 + 2 * party]);
    gap.state[party] = State(cells[8 + party]);
  }
  gap.joint = State(cells[10]);
  const size_t bracket = cells[10].find('(');
  if (bracket != std::string::npos) gap.joint_letter = cells[10][bracket + 1];
  gap.stale = absl::StrContains(cells[10], "**stale**");
  for (const char letter : {'A', 'B'}) {
    if (absl::StrContains(cells[11], std::string(1, letter))) {
      gap.misread += letter;
    }
  }
  return gap;
}

// The cells of every table row of a Markdown file.
std::vector<std::vector<std::string>> ReadTables(const std::string& file) {
  std::vector<std::vector<std::string>> rows;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    std::vector<std::string> cells = absl::StrSplit(line, '|');
    // One more on each side of the outer bars.
    if (cells.size() < 3) continue;
    cells.erase(cells.begin());
    cells.pop_back();
    for (std::string& cell : cells) absl::StripAsciiWhitespace(&cell);
    rows.push_back(std::move(cells));
  }
  return rows;
}

}  // namespace

std::vector<ExpectedGap> ReadExpectedGaps(const std::string& file) {
  std::vector<ExpectedGap> gaps;
  for (const auto& cells : ReadTables(file)) {
    if (cells.size() == kColumns && absl::StrContains(cells[0], "/")) {
      gaps.push_back(Read(cells));
    }
  }
  return gaps;
}

std::vector<ExpectedLayer> ReadExpectedLayers(const std::string& file) {
  std::vector<ExpectedLayer> layers;
  for (const auto& cells : ReadTables(file)) {
    // "frame", "22 / 22", ...
    if (cells.size() != 6 || !absl::StrContains(cells[1], " / ") ||
        cells[0] == "layer") {
      continue;
    }
    layers.push_back({.layer = cells[0],
                      .coverage = Number(cells[2]),
                      .agreement = Number(cells[3]),
                      .accuracy = {Number(cells[4]), Number(cells[5])}});
  }
  return layers;
}

}  // namespace tallystick::e2e
