// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/gap_report.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "core/alliance/agreed_topics.h"
#include "core/alliance/terms.h"
#include "core/expectation/answer.h"

namespace tallystick::alliance {
namespace {

using expectation::TopicRef;

class Reporter {
 public:
  Reporter(const AllianceState& state, const GapQuestion& question)
      : state_(state),
        question_(question),
        own_party_(question.own_party),
        agreed_(state, question.on),
        rates_(ExchangeRatesOn(state, question.on)) {}

  const AgreedTopics& agreed() const { return agreed_; }

  // What both parties hold.
  expectation::ScoredTopic Scored(const TopicRef& ref) const {
    const expectation::Topic& topic = *state_.catalogue().Find(ref.topic);
    return {.topic = &topic,
            .result = Compare(topic, ref, /*with_private=*/false),
            .blind_a = IsBlind({ref, v1::PARTY_A, v1::Stance::PREDICTION}),
            .blind_b = IsBlind({ref, v1::PARTY_B, v1::Stance::PREDICTION})};
  }

  // What we can see of it.
  GapRow Row(const TopicRef& ref) const {
    const expectation::Topic& topic = *state_.catalogue().Find(ref.topic);
    GapRow row = Perspective(Compare(topic, ref, /*with_private=*/true));
    row.ref = ref;
    row.topic = &topic;
    const v1::Party partner = ledger::Other(own_party_);
    const CellKey prediction = {ref, own_party_, v1::Stance::PREDICTION};
    const CellKey partner_prediction = {ref, partner, v1::Stance::PREDICTION};
    row.own = Text(topic, {ref, own_party_, v1::Stance::OWN});
    row.prediction = Text(topic, prediction);
    row.partner_own = Text(topic, {ref, partner, v1::Stance::OWN});
    row.partner_prediction = Text(topic, partner_prediction);
    row.stated = {.own = IsStated({ref, own_party_, v1::Stance::OWN}),
                  .prediction = IsStated(prediction),
                  .partner_own = IsStated({ref, partner, v1::Stance::OWN}),
                  .partner_prediction = IsStated(partner_prediction)};
    row.prediction_blind = Blind(prediction);
    row.partner_prediction_blind = Blind(partner_prediction);
    row.is_private = Keeps(ref, v1::Stance::OWN) != nullptr ||
                     Keeps(ref, v1::Stance::PREDICTION) != nullptr;
    if (const AgreedTopic* agreed = agreed_.Find(ref)) {
      row.agreed =
          expectation::AnswerToText(topic, agreed->value, question_.names);
    }
    return row;
  }

 private:
  expectation::Coorientation Compare(const expectation::Topic& topic,
                                     const TopicRef& ref,
                                     bool with_private) const {
    const auto cells = [&](v1::Party party) {
      return CellsOf(topic, ref, party, with_private);
    };
    return expectation::Coorient(topic, cells(v1::PARTY_A), cells(v1::PARTY_B),
                                 rates_);
  }

  GapRow Perspective(const expectation::Coorientation& c) const {
    const bool a = own_party_ == v1::PARTY_A;
    GapRow row;
    row.agreement = c.agreement;
    row.congruency_own = a ? c.congruency_a : c.congruency_b;
    row.accuracy_own = a ? c.accuracy_a : c.accuracy_b;
    row.congruency_partner = a ? c.congruency_b : c.congruency_a;
    row.accuracy_partner = a ? c.accuracy_b : c.accuracy_a;
    row.state_own = a ? c.state_a : c.state_b;
    row.state_partner = a ? c.state_b : c.state_a;
    row.joint = c.joint;
    row.joint_party = c.joint_party;
    row.stale = c.stale;
    row.severity = c.severity;
    row.verdict_own = a ? c.verdict_a : c.verdict_b;
    row.verdict_partner = a ? c.verdict_b : c.verdict_a;
    if (c.misread_a) row.misread.push_back(v1::PARTY_A);
    if (c.misread_b) row.misread.push_back(v1::PARTY_B);
    return row;
  }

  expectation::PartyCells CellsOf(const expectation::Topic& topic,
                                  const TopicRef& ref, v1::Party party,
                                  bool with_private) const {
    const bool kept = with_private && party == own_party_;
    const auto cell = [&](v1::Stance::Cell which) {
      const PrivateAnswer* answer = kept ? Keeps(ref, which) : nullptr;
      return answer != nullptr
                 ? Stated(topic, *answer->value, answer->stated_on)
                 : CellOf(topic, {ref, party, which});
    };
    expectation::PartyCells cells = {.own = cell(v1::Stance::OWN),
                                     .prediction = cell(v1::Stance::PREDICTION),
                                     .declared_congruency = std::nullopt,
                                     .verdict = std::nullopt};
    SetTexts(ref, party, cells);
    return cells;
  }

  // What the party says of its own text.
  void SetTexts(const TopicRef& ref, v1::Party party,
                expectation::PartyCells& cells) const {
    if (const auto* said = state_.FindText({ref, party, v1::Stance::OWN})) {
      cells.verdict = {.own_hash = said->own_hash,
                       .partner_hash = said->other_hash,
                       .same_meaning = said->same_meaning};
    }
    const auto* said = state_.FindText({ref, party, v1::Stance::PREDICTION});
    if (said != nullptr && HashOf(cells.own) == said->own_hash &&
        HashOf(cells.prediction) == said->other_hash) {
      cells.declared_congruency = said->same_meaning;
    }
  }

  static std::optional<expectation::TextDigest> HashOf(
      const expectation::Cell& cell) {
    const auto* text =
        cell.value == nullptr ? nullptr : cell.value->As<expectation::Text>();
    if (text == nullptr) return std::nullopt;
    return expectation::TextHash(text->text);
  }

  expectation::Cell Stated(const expectation::Topic& topic,
                           const expectation::Value& value,
                           const expectation::Date& stated_on) const {
    const int64_t age = expectation::DayNumber(question_.on) -
                        expectation::DayNumber(stated_on);
    return expectation::Cell::Stated(value, age > topic.review_days);
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
      case Version::Kind::kSealed:
        return expectation::Cell::Of(Kind::kSealed);
      case Version::Kind::kValue:
        break;
    }
    return Stated(topic, version.value, version.stated_on);
  }

  const PrivateAnswer* Keeps(const TopicRef& ref, v1::Stance::Cell cell) const {
    const auto found = question_.private_answers.find({ref, cell});
    return found == question_.private_answers.end() ? nullptr : &found->second;
  }

  bool IsStated(const CellKey& key) const {
    if (key.party == own_party_ && Keeps(key.topic, key.cell) != nullptr) {
      return true;
    }
    const Cell* cell = state_.FindCell(key);
    return cell != nullptr && cell->current().kind == Version::Kind::kValue;
  }

  // Of a prediction that the log holds.
  std::optional<bool> Blind(const CellKey& key) const {
    const Cell* cell = state_.FindCell(key);
    if (cell == nullptr || cell->current().kind != Version::Kind::kValue) {
      return std::nullopt;
    }
    return cell->current().blind;
  }
  bool IsBlind(const CellKey& key) const { return Blind(key).value_or(false); }

  std::optional<std::string> Text(const expectation::Topic& topic,
                                  const CellKey& key) const {
    if (key.party == own_party_) {
      const PrivateAnswer* kept = Keeps(key.topic, key.cell);
      if (kept != nullptr) {
        return expectation::AnswerToText(topic, *kept->value, question_.names);
      }
    }
    const Cell* cell = state_.FindCell(key);
    if (cell == nullptr) return std::nullopt;
    return CellText(topic, cell->current(), question_.names);
  }

  const AllianceState& state_;
  const GapQuestion& question_;
  v1::Party own_party_;
  AgreedTopics agreed_;
  expectation::ExchangeRates rates_;
};

// As the charter has it, else as a decision about terms does.
std::optional<std::string> AgreedPosition(const AllianceState& state,
                                          const AgreedTopics& agreed) {
  const AgreedTopic* answer =
      agreed.Find({state.catalogue().position_topic, v1::PARTY_UNSPECIFIED});
  if (answer == nullptr) {
    const Terms terms = TermsOn(state, agreed.day());
    return terms.position ? std::optional(terms.position->value) : std::nullopt;
  }
  const auto* option = answer->value.As<expectation::Option>();
  if (option == nullptr || !state.catalogue().HasPosition(option->text)) {
    return std::nullopt;
  }
  return option->text;
}

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
    case Version::Kind::kSealed:
      return "sealed";
    case Version::Kind::kValue:
      break;
  }
  return expectation::AnswerToText(topic, version.value, names);
}

GapReport CompareViews(const AllianceState& state,
                       const GapQuestion& question) {
  std::set<TopicRef> open;
  for (const auto& [key, cell] : state.cells()) open.insert(key.topic);
  std::set<TopicRef> refs = open;
  for (const auto& [slot, answer] : question.private_answers) {
    refs.insert(slot.first);
  }
  const Reporter reporter(state, question);
  GapReport report;
  for (const TopicRef& ref : refs) report.rows.push_back(reporter.Row(ref));
  std::stable_sort(
      report.rows.begin(), report.rows.end(),
      [](const GapRow& a, const GapRow& b) { return Rank(a) < Rank(b); });

  std::vector<expectation::ScoredTopic> scored;
  scored.reserve(open.size());
  for (const TopicRef& ref : open) scored.push_back(reporter.Scored(ref));
  if (question.position) {
    report.position = question.position;
    report.position_source = PositionSource::kAsked;
  } else if ((report.position = AgreedPosition(state, reporter.agreed()))) {
    report.position_source = PositionSource::kAgreed;
  }
  report.scores =
      expectation::Score(state.catalogue(), report.position, scored);
  return report;
}

}  // namespace tallystick::alliance
