// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/baseline.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace tallystick::alliance {
namespace {

// By the day it speaks for; on one day, if the later author had seen it.
bool IsBefore(const Version& version, const Version& other) {
  return version.stated_on < other.stated_on ||
         (version.stated_on == other.stated_on &&
          ledger::Saw(other.at, version.at));
}

}  // namespace

std::vector<const Version*> VersionsOf(const Cell& cell) {
  std::vector<const Version*> versions;
  if (!(cell.recent.front().at == cell.first.at)) {
    versions.push_back(&cell.first);
  }
  for (const Version& version : cell.recent) versions.push_back(&version);
  return versions;
}

Baseline::Baseline(const AllianceState& state, const AgreedTopics& agreed,
                   const expectation::TopicRef& topic)
    : state_(state), topic_(topic), agreed_(agreed.Find(topic)) {}

std::string Baseline::Name() const {
  if (agreed_ == nullptr) return "first";
  const TermSource& source = agreed_->source;
  return source.is_signed ? absl::StrCat("charter:", source.party, ":",
                                         absl::BytesToHexString(source.uid))
                          : absl::StrCat("past:", source.reference);
}

bool Baseline::IsSince(const Version& version) const {
  if (agreed_->charter == nullptr) {
    return version.stated_on > agreed_->source.since;
  }
  const CharterTerm& term = *agreed_->charter;
  return version.at.index >=
         (version.at.party == v1::PARTY_A ? term.size_a : term.size_b);
}

// The later of the two first own answers: with it the exchange was complete.
// Null while one is missing.
const Version* Baseline::Exchange() const {
  const Cell* a = state_.FindCell({topic_, v1::PARTY_A, v1::Stance::OWN});
  const Cell* b = state_.FindCell({topic_, v1::PARTY_B, v1::Stance::OWN});
  if (a == nullptr || b == nullptr) return nullptr;
  return IsBefore(a->first, b->first) ? &b->first : &a->first;
}

const Version* Baseline::At(v1::Party party, v1::Stance::Cell cell) const {
  const CellKey key{topic_, party, cell};
  const Cell* asked = state_.FindCell(key);
  if (asked == nullptr) return nullptr;
  if (agreed_ != nullptr) {
    const Version* at = nullptr;
    for (const Version* version : VersionsOf(*asked)) {
      if (!IsSince(*version)) at = version;
    }
    return at;
  }
  const Version* exchange = Exchange();
  const bool own = cell == v1::Stance::OWN;
  const Version* at = own ? &asked->first : nullptr;
  if (exchange == nullptr) return at;
  for (const Version* version : VersionsOf(*asked)) {
    // What a party says in one breath with the answer that completes the
    // exchange belongs to it.
    const bool with_it = !own && version->at.party == exchange->at.party &&
                         version->stated_on == exchange->stated_on;
    if (with_it || IsBefore(*version, *exchange)) at = version;
  }
  return at;
}

std::vector<const expectation::Value*> Baseline::Moves(v1::Party party) const {
  std::vector<const expectation::Value*> moves;
  const Cell* own = state_.FindCell({topic_, party, v1::Stance::OWN});
  if (own == nullptr || own->current().kind != Version::Kind::kValue) {
    return moves;
  }
  const Version* start = &own->first;
  if (agreed_ != nullptr) {
    // An answer from before the agreement has not moved away from it.
    if (!IsSince(own->current())) return moves;
    moves.push_back(&agreed_->value);
  } else if (start->kind != Version::Kind::kValue) {
    return moves;
  } else {
    moves.push_back(&start->value);
  }
  for (const Version* version : VersionsOf(*own)) {
    const bool since = agreed_ != nullptr ? IsSince(*version)
                                          : version->at.index > start->at.index;
    if (since && version->kind == Version::Kind::kValue) {
      moves.push_back(&version->value);
    }
  }
  return moves;
}

}  // namespace tallystick::alliance
