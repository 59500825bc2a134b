// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/text.h"
#include "cli/view_file.h"
#include "cli/yaml_tree.h"

namespace tallystick::cli {
namespace {

constexpr char kHeader[] =
    "# self = our own answer; partner = what we believe the partner answers.\n"
    "# stated = the day it speaks of. Apply with: tally view apply FILE\n";

bool HasValue(const v1::ViewCell& cell) {
  return (cell.state() == v1::ViewCell::STATED ||
          cell.state() == v1::ViewCell::PRIVATE) &&
         cell.has_raw();
}

bool Says(const v1::ViewCell& cell) {
  return HasValue(cell) || cell.state() == v1::ViewCell::DECLINED ||
         cell.state() == v1::ViewCell::SEALED;
}

// The inside of {...} for the cells that are given; either may be null.
std::string WriteAnswer(const v1::ViewCell* own,
                        const v1::ViewCell* prediction) {
  std::vector<std::string> parts;
  const v1::ViewCell& dated = own != nullptr ? *own : *prediction;
  if (dated.has_stated()) {
    parts.push_back(absl::StrCat("stated: ", WriteScalar(dated.stated())));
  }
  if (own != nullptr && own->state() == v1::ViewCell::DECLINED) {
    parts.push_back("decline: true");
  } else if (own != nullptr && own->state() == v1::ViewCell::SEALED) {
    parts.push_back("sealed: true");
  } else if (own != nullptr) {
    parts.push_back(absl::StrCat("self: ", WriteValue(own->raw())));
  }
  if (prediction != nullptr && HasValue(*prediction)) {
    parts.push_back(absl::StrCat("partner: ", WriteValue(prediction->raw())));
  }
  if (!dated.reason().empty()) {
    parts.push_back(absl::StrCat("reason: ", WriteScalar(dated.reason())));
  }
  if (dated.state() == v1::ViewCell::PRIVATE) parts.push_back("private: true");
  return absl::StrJoin(parts, ", ");
}

// One row can say both cells only if they agree in all they share.
bool FitInOneRow(const v1::ViewCell& own, const v1::ViewCell& prediction) {
  return HasValue(own) && own.stated() == prediction.stated() &&
         own.state() == prediction.state() &&
         own.reason() == prediction.reason();
}

struct Rows {
  std::string current;
  std::string earlier;
};

void AddTopic(const v1::ViewTopic& topic, Rows& rows) {
  const v1::ViewCell* own = Says(topic.own()) ? &topic.own() : nullptr;
  const v1::ViewCell* prediction =
      HasValue(topic.prediction()) ? &topic.prediction() : nullptr;
  if (own != nullptr && own->state() == v1::ViewCell::SEALED) {
    // Sealed together; what the log holds of it stays there.
    prediction = nullptr;
  }
  if (own == nullptr && prediction == nullptr) return;
  const std::string key = WriteScalar(topic.topic());
  if (own != nullptr && prediction != nullptr &&
      !FitInOneRow(*own, *prediction)) {
    // A file has one current row for a topic; the older cell goes before it.
    const bool own_first = own->stated() <= prediction->stated();
    absl::StrAppend(&rows.earlier, "  - {topic: ", key, ", ",
                    own_first ? WriteAnswer(own, nullptr)
                              : WriteAnswer(nullptr, prediction),
                    "}\n");
    (own_first ? own : prediction) = nullptr;
  }
  absl::StrAppend(&rows.current, "  ", key, ": {", WriteAnswer(own, prediction),
                  "}\n");
}

void AppendComment(absl::string_view label, absl::string_view text,
                   std::string& out) {
  if (text.empty()) return;
  std::string prefix = std::string(label);
  for (const std::string& line : Wrap(Printable(text), 70)) {
    absl::StrAppend(&out, "  # ", prefix, line, "\n");
    prefix = std::string(label.size(), ' ');
  }
}

void AppendTopic(const v1::Topic& topic, std::string& out) {
  absl::StrAppend(&out, "\n");
  AppendComment("",
                absl::StrCat(topic.title(), " (weight ", topic.weight(), ", ",
                             topic.answer_type(), ")"),
                out);
  AppendComment("self:    ", topic.prompt_own(), out);
  AppendComment("partner: ", topic.prompt_partner(), out);
  AppendComment("allowed: ", absl::StrJoin(topic.options(), ", "), out);
  AppendComment("unit:    ", topic.unit(), out);
  if (topic.share() == "private") {
    AppendComment("", "Private: stays at this node.", out);
  }
  if (topic.own_stated() || topic.prediction_stated()) {
    AppendComment(
        "",
        absl::StrCat("Stated already: ", topic.own_stated() ? "self " : "",
                     topic.prediction_stated() ? "partner" : ""),
        out);
  }
  const std::string example = Printable(topic.example());
  absl::StrAppend(&out, "  #", WriteScalar(topic.topic()), ":\n");
  absl::StrAppend(&out, "  #  self: ", example, "\n");
  absl::StrAppend(&out, "  #  partner: ", example, "\n");
}

}  // namespace

std::string WriteViewFile(const v1::View& view) {
  Rows rows;
  for (const v1::ViewTopic& topic : view.topics()) AddTopic(topic, rows);
  std::string out =
      absl::StrCat(kHeader, "party: ", WriteScalar(view.party()), "\n");
  if (!view.partner().empty()) {
    absl::StrAppend(&out, "partner: ", WriteScalar(view.partner()), "\n");
  }
  absl::StrAppend(&out, rows.current.empty() ? "answers: {}\n" : "answers:\n",
                  rows.current);
  if (!rows.earlier.empty()) {
    absl::StrAppend(&out, "earlier_answers:\n", rows.earlier);
  }
  return out;
}

std::string WriteViewTemplate(absl::string_view party,
                              absl::string_view partner,
                              const std::vector<v1::Topic>& topics) {
  std::string out =
      absl::StrCat(kHeader,
                   "# Take the # away from the lines you want to state, and "
                   "leave the rest.\n",
                   "party: ", WriteScalar(party), "\n");
  if (!partner.empty()) {
    absl::StrAppend(&out, "partner: ", WriteScalar(partner), "\n");
  }
  absl::StrAppend(&out, "answers:\n");
  std::string layer;
  for (const v1::Topic& topic : topics) {
    if (topic.layer() != layer) {
      layer = topic.layer();
      absl::StrAppend(&out, "\n  # ---- ", Printable(layer), " ----\n");
    }
    AppendTopic(topic, out);
  }
  return out;
}

}  // namespace tallystick::cli
