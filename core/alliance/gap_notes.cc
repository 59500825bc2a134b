// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/gap_notes.h"

#include <utility>

#include "core/expectation/distance.h"

namespace tallystick::alliance {
namespace {

using expectation::TopicRef;

bool IsComplete(absl::Span<const GapRow> rows, const std::string& layer) {
  bool any = false;
  for (const GapRow& row : rows) {
    if (row.topic->layer != layer) continue;
    if (!row.stated.own || !row.stated.partner_own) return false;
    any = true;
  }
  return any;
}

bool IsEmpty(absl::Span<const GapRow> rows, const std::string& layer) {
  for (const GapRow& row : rows) {
    const StatedCells& stated = row.stated;
    if (row.topic->layer == layer &&
        (stated.own || stated.prediction || stated.partner_own ||
         stated.partner_prediction)) {
      return false;
    }
  }
  return true;
}

// What a party has said on one topic.
struct SaidByParty {
  bool own = false;
  bool prediction = false;
};

SaidByParty SaidBy(absl::Span<const GapRow> rows, const TopicRef& ref,
                   bool by_own_party) {
  for (const GapRow& row : rows) {
    if (row.ref != ref) continue;
    return by_own_party ? SaidByParty{row.stated.own, row.stated.prediction}
                        : SaidByParty{row.stated.partner_own,
                                      row.stated.partner_prediction};
  }
  return {};
}

std::optional<GapNote> OneWay(const expectation::Catalogue& catalogue,
                              absl::Span<const GapRow> rows, v1::Party party,
                              v1::Party own_party) {
  const bool own = party == own_party;
  const TopicRef gets = {catalogue.gets_topic, party};
  const TopicRef gives = {catalogue.gives_topic, party};
  const TopicRef they_get = {catalogue.gets_topic, ledger::Other(party)};
  if (!SaidBy(rows, gets, own).own) return std::nullopt;
  GapNote note = {.kind = GapNote::Kind::kOneWay, .party = party};
  if (!SaidBy(rows, gives, own).own) note.topics.push_back(gives);
  const SaidByParty of_other = SaidBy(rows, they_get, own);
  if (!of_other.own && !of_other.prediction) note.topics.push_back(they_get);
  if (note.topics.empty()) return std::nullopt;
  return note;
}

}  // namespace

std::vector<GapNote> FindNotes(const expectation::Catalogue& catalogue,
                               absl::Span<const GapRow> rows,
                               v1::Party own_party) {
  std::vector<GapNote> notes;
  for (const expectation::Neglect& neglect : catalogue.neglects) {
    if (IsComplete(rows, neglect.complete) && IsEmpty(rows, neglect.empty)) {
      notes.push_back({.kind = GapNote::Kind::kLayerNeglected,
                       .layer = neglect.complete,
                       .empty_layer = neglect.empty});
    }
  }
  for (const v1::Party party : {own_party, ledger::Other(own_party)}) {
    if (auto note = OneWay(catalogue, rows, party, own_party)) {
      notes.push_back(*std::move(note));
    }
  }
  GapNote on_paper = {.kind = GapNote::Kind::kAgreedOnPaper};
  for (const GapRow& row : rows) {
    if (IsAgreedOnPaper(row)) on_paper.topics.push_back(row.ref);
  }
  if (!on_paper.topics.empty()) notes.push_back(std::move(on_paper));
  return notes;
}

bool IsAgreedOnPaper(const GapRow& row) {
  return row.agreed && row.agreement &&
         !expectation::Matches(*row.agreement, row.topic->tolerance);
}

}  // namespace tallystick::alliance
