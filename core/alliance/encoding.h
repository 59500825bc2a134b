// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_ENCODING_H_
#define TALLYSTICK_CORE_ALLIANCE_ENCODING_H_

#include <deque>

#include "core/alliance/state.h"
#include "core/canonical.h"

// The canonical encodings of the alliance's state (core/canonical.h), for the
// digest and the snapshot alike. AllianceState::kVersion names this format.
namespace tallystick::alliance {

template <typename Archive>
void Visit(Archive& archive, Version& version) {
  archive(version.at);
  archive(version.stated_on);
  archive(version.kind);
  archive(version.value);
  archive(version.reason);
  archive(version.blind);
}

template <typename Archive>
void Visit(Archive& archive, TextStatement& text) {
  archive(text.at);
  archive(text.stated_on);
  archive(text.own_hash);
  archive(text.other_hash);
  archive(text.same_meaning);
}

template <typename Archive>
void Visit(Archive& archive, CellKey& key) {
  archive(key.topic);
  archive(key.party);
  archive(key.cell);
}

template <typename Archive>
void Visit(Archive& archive, FirstAnswer& answered) {
  archive(answered.at);
  archive(answered.stated_on);
}

template <typename Archive>
void Visit(Archive& archive, Cell& cell) {
  archive(cell.first);
  archive(cell.answered);
  std::vector<Version> recent(cell.recent.begin(), cell.recent.end());
  archive(recent);
  if constexpr (Archive::kReading) {
    cell.recent.assign(recent.begin(), recent.end());
  }
}

template <typename Archive>
void Visit(Archive& archive, RosterPerson& person) {
  archive(person.id);
  archive(person.display_name);
  archive(person.roles);
  archive(person.forums);
  archive(person.ssh_public_key);
}

template <typename Archive>
void Visit(Archive& archive, Introduction& introduction) {
  archive(introduction.domain);
  archive(introduction.display_name);
  archive(introduction.title);
  archive(introduction.log_key);
  archive(introduction.witness_key);
}

template <typename Archive>
void Visit(Archive& archive, CharterTerm& term) {
  archive(term.key);
  archive(term.value);
  archive(term.size_a);
  archive(term.size_b);
  archive(term.ratified_at_us);
}

template <typename Archive>
void Visit(Archive& archive, BetterOffStatement& said) {
  archive(said.at);
  archive(said.stated_on);
  archive(said.answer);
}

template <typename Archive>
void Visit(Archive& archive, PastTelling& telling) {
  archive(telling.at);
  archive(telling.past);
  archive(telling.fulfilment);
}

template <typename Archive>
void Visit(Archive& archive, SetAside& aside) {
  archive(aside.index);
  archive(aside.reason);
}

template <typename Archive>
void Visit(Archive& archive, SetAsideEntries& entries) {
  archive(entries.count);
  archive(entries.chain);
  std::vector<SetAside> newest(entries.newest.begin(), entries.newest.end());
  archive(newest);
  if constexpr (Archive::kReading) {
    entries.newest.assign(newest.begin(), newest.end());
  }
}

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_ENCODING_H_
