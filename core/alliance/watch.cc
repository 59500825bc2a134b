// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/watch.h"

#include <optional>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/drift/restatement.h"

namespace tallystick::alliance {
namespace {

std::string VersionOf(const CharterTerm& term) {
  return absl::StrCat("charter:", term.key.party, ":",
                      absl::BytesToHexString(term.key.uid));
}

// What the party's newest own answer is compared with, if with anything.
std::optional<drift::StanceMove> MoveOf(const AllianceState& state,
                                        const CellKey& key,
                                        const expectation::PartyNames& names) {
  const Cell* cell = state.FindCell(key);
  const expectation::Topic* topic = state.catalogue().Find(key.topic.topic);
  if (key.cell != v1::Stance::OWN || cell == nullptr || topic == nullptr ||
      cell->current().kind != Version::Kind::kValue) {
    return std::nullopt;
  }
  const Version& now = cell->current();
  const auto agreed = state.charter().find(key.topic);
  if (agreed != state.charter().end()) {
    const CharterTerm& term = agreed->second;
    const uint64_t known_from =
        key.party == v1::PARTY_A ? term.size_a : term.size_b;
    // An answer from before the agreement has not moved away from it.
    if (now.at.index < known_from) return std::nullopt;
    return drift::StanceMove{*topic,    key.topic,  key.party, names,
                             now.value, term.value, true,      VersionOf(term)};
  }
  if (cell->first.kind != Version::Kind::kValue) return std::nullopt;
  return drift::StanceMove{*topic,    key.topic,         key.party, names,
                           now.value, cell->first.value, false,     "first"};
}

}  // namespace

std::vector<drift::Alert> Watch(const AllianceState& state,
                                const Touched& touched,
                                const expectation::PartyNames& names,
                                int64_t now_us, drift::AlertBook& book) {
  std::vector<drift::Alert> changed;
  for (const expectation::TopicRef& topic : touched.charter) {
    const std::string subject = expectation::FormatTopicRef(topic, names);
    const std::string version = VersionOf(state.charter().at(topic));
    for (const v1::Party party : {v1::PARTY_A, v1::PARTY_B}) {
      for (drift::Alert& alert : book.Supersede(
               drift::kRestatementDrift, subject, party, version, now_us)) {
        changed.push_back(std::move(alert));
      }
    }
  }
  if (!touched.cell) return changed;
  const auto move = MoveOf(state, *touched.cell, names);
  if (!move) return changed;
  if (const auto finding = drift::FindRestatement(*move)) {
    changed.push_back(book.Raise(*finding, now_us));
  } else if (const drift::Alert* closed =
                 book.Close(drift::RestatementKey(*move), now_us)) {
    changed.push_back(*closed);
  }
  return changed;
}

}  // namespace tallystick::alliance
