// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/gap_report.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "core/expectation/answer.h"

namespace tallystick::alliance {
namespace {

using expectation::TopicRef;

class Reporter {
 public:
  Reporter(const AllianceState& state, v1::Party own_party,
           const expectation::PartyNames& names, const expectation::Date& on)
      : state_(state), own_party_(own_party), names_(names), on_(on) {}

  GapRow Row(const TopicRef& ref) const {
    const expectation::Topic& topic = *state_.catalogue().Find(ref.topic);
    const expectation::Coorientation c =
        expectation::Coorient(topic, CellsOf(topic, ref, v1::PARTY_A),
                              CellsOf(topic, ref, v1::PARTY_B));
    GapRow row = Perspective(c);
    row.ref = ref;
    row.topic = &topic;
    const v1::Party partner = ledger::Other(own_party_);
    row.own = Text(topic, {ref, own_party_, v1::Stance::OWN});
    row.prediction = Text(topic, {ref, own_party_, v1::Stance::PREDICTION});
    row.partner_own = Text(topic, {ref, partner, v1::Stance::OWN});
    row.partner_prediction =
        Text(topic, {ref, partner, v1::Stance::PREDICTION});
    const auto term = state_.charter().find(ref);
    if (term != state_.charter().end()) {
      row.agreed = expectation::AnswerToText(topic, term->second.value, names_);
    }
    return row;
  }

 private:
  GapRow Perspective(const expectation::Coorientation& c) const {
    const bool a = own_party_ == v1::PARTY_A;
    GapRow row = {.ref = {},
                  .topic = nullptr,
                  .agreement = c.agreement,
                  .congruency_own = a ? c.congruency_a : c.congruency_b,
                  .accuracy_own = a ? c.accuracy_a : c.accuracy_b,
                  .congruency_partner = a ? c.congruency_b : c.congruency_a,
                  .accuracy_partner = a ? c.accuracy_b : c.accuracy_a,
                  .state_own = a ? c.state_a : c.state_b,
                  .state_partner = a ? c.state_b : c.state_a,
                  .joint = c.joint,
                  .joint_party = c.joint_party,
                  .misread = {},
                  .stale = c.stale,
                  .severity = c.severity,
                  .own = {},
                  .prediction = {},
                  .partner_own = {},
                  .partner_prediction = {},
                  .agreed = {}};
    if (c.misread_a) row.misread.push_back(v1::PARTY_A);
    if (c.misread_b) row.misread.push_back(v1::PARTY_B);
    return row;
  }

  expectation::PartyCells CellsOf(const expectation::Topic& topic,
                                  const TopicRef& ref, v1::Party party) const {
    return {.own = CellOf(topic, {ref, party, v1::Stance::OWN}),
            .prediction = CellOf(topic, {ref, party, v1::Stance::PREDICTION}),
            .declared_congruency = std::nullopt,
            .verdict = std::nullopt};
  }

  expectation::Cell CellOf(const expectation::Topic& topic,
                           const CellKey& key) const {
    using Kind = expectation::Cell::Kind;
    const Cell* cell = state_.FindCell(key);
    if (cell == nullptr) return expectation::Cell::Of(Kind::kAbsent);
    const Version& version = cell->current();
    switch (version.kind) {
      case Version::Kind::kDeclined:
        return expectation::Cell::Of(Kind::kDeclined);
      case Version::Kind::kWithdrawn:
        return expectation::Cell::Of(Kind::kWithdrawn);
      case Version::Kind::kValue:
        break;
    }
    const int64_t age =
        expectation::DayNumber(on_) - expectation::DayNumber(version.stated_on);
    return expectation::Cell::Stated(version.value, age > topic.review_days);
  }

  std::optional<std::string> Text(const expectation::Topic& topic,
                                  const CellKey& key) const {
    const Cell* cell = state_.FindCell(key);
    if (cell == nullptr) return std::nullopt;
    return CellText(topic, cell->current(), names_);
  }

  const AllianceState& state_;
  v1::Party own_party_;
  const expectation::PartyNames& names_;
  expectation::Date on_;
};

// Worse ones sort first.
auto Rank(const GapRow& row) {
  const int points = row.severity ? row.severity->points : 0;
  return std::tuple(-points, -row.topic->weight, row.ref);
}

}  // namespace

std::string CellText(const expectation::Topic& topic, const Version& version,
                     const expectation::PartyNames& names) {
  switch (version.kind) {
    case Version::Kind::kDeclined:
      return "declined";
    case Version::Kind::kWithdrawn:
      return "withdrawn";
    case Version::Kind::kValue:
      break;
  }
  return expectation::AnswerToText(topic, version.value, names);
}

std::vector<GapRow> GapReport(const AllianceState& state, v1::Party own_party,
                              const expectation::PartyNames& names,
                              const expectation::Date& on) {
  std::set<TopicRef> refs;
  for (const auto& [key, cell] : state.cells()) refs.insert(key.topic);
  const Reporter reporter(state, own_party, names, on);
  std::vector<GapRow> rows;
  rows.reserve(refs.size());
  for (const TopicRef& ref : refs) rows.push_back(reporter.Row(ref));
  std::stable_sort(
      rows.begin(), rows.end(),
      [](const GapRow& a, const GapRow& b) { return Rank(a) < Rank(b); });
  return rows;
}

}  // namespace tallystick::alliance
