// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/statement_report.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "core/alliance/baseline.h"
#include "core/alliance/dates.h"
#include "core/alliance/terms.h"
#include "core/decision/content.h"
#include "core/drift/lateness.h"
#include "core/expectation/answer.h"
#include "core/expectation/distance.h"

namespace tallystick::alliance {
namespace {

using drift::StatementDrift;
using expectation::Date;
using expectation::PartyNames;
using expectation::Topic;
using expectation::TopicRef;
using expectation::Value;

constexpr v1::Party kParties[] = {v1::PARTY_A, v1::PARTY_B};

const Value* ValueOf(const Version* version) {
  return version == nullptr || version->kind != Version::Kind::kValue
             ? nullptr
             : &version->value;
}

// The detectors applied to one topic instance.
class Examination {
 public:
  Examination(const AllianceState& state, const AgreedTopics& agreed,
              const TopicRef& ref, const PartyNames& names)
      : state_(state),
        ref_(ref),
        topic_(*state.catalogue().Find(ref.topic)),
        names_(names),
        on_(agreed.day()),
        baseline_(state, agreed, ref) {}

  void FindMoves() {
    if (MayHoldMoney(topic_)) rates_ = ExchangeRatesOn(state_, on_);
    for (const v1::Party party : kParties) FindMove(party);
    Add(drift::FindDivergence(
            topic_,
            DistanceOf(AtBaseline(v1::PARTY_A, v1::Stance::OWN),
                       AtBaseline(v1::PARTY_B, v1::Stance::OWN)),
            DistanceOf(Now(v1::PARTY_A, v1::Stance::OWN),
                       Now(v1::PARTY_B, v1::Stance::OWN))),
        nullptr, nullptr);
    for (const v1::Party party : kParties) FindMisread(party);
    FindAhead();
  }

  void FindLateness() {
    for (const v1::Party party : kParties) {
      if (const auto restated = RestatedUnseen(party)) {
        Add(drift::FindOutdatedPrediction(topic_.weight, party, *restated, on_),
            nullptr, nullptr);
      }
    }
    for (const v1::Party party : kParties) {
      const Cell* own = Find(party, v1::Stance::OWN);
      if (own == nullptr || ValueOf(&own->current()) == nullptr) continue;
      Add(drift::FindStaleness(topic_.weight, topic_.review_days, party,
                               own->current().stated_on, on_),
          nullptr, nullptr);
    }
  }

  std::vector<StatementRow> Take() { return std::move(rows_); }

 private:
  const Cell* Find(v1::Party party, v1::Stance::Cell cell) const {
    return state_.FindCell({ref_, party, cell});
  }
  const Value* Now(v1::Party party, v1::Stance::Cell cell) const {
    const Cell* found = Find(party, cell);
    return found == nullptr ? nullptr : ValueOf(&found->current());
  }
  const Value* AtBaseline(v1::Party party, v1::Stance::Cell cell) const {
    return ValueOf(baseline_.At(party, cell));
  }

  std::optional<double> DistanceOf(const Value* x, const Value* y) const {
    if (x == nullptr || y == nullptr) return std::nullopt;
    const expectation::Distance distance =
        expectation::Compare(topic_, *x, *y, rates_);
    if (!distance.known()) return std::nullopt;
    return distance.d;
  }

  void FindMove(v1::Party party) {
    const std::vector<const Value*> moves = baseline_.Moves(party);
    if (moves.size() < 2) return;
    const auto move = drift::FindMove(topic_, party, moves, rates_);
    if (move) moved_.insert(party);
    Add(move, moves.front(), moves.back());
  }

  void FindMisread(v1::Party party) {
    const v1::Party partner = ledger::Other(party);
    Add(drift::FindAccuracyLoss(
            topic_, party,
            DistanceOf(AtBaseline(party, v1::Stance::PREDICTION),
                       AtBaseline(partner, v1::Stance::OWN)),
            DistanceOf(Now(party, v1::Stance::PREDICTION),
                       Now(partner, v1::Stance::OWN))),
        nullptr, nullptr);
  }

  // Whoever has moved to what a decision offers that is not in force.
  void FindAhead() {
    for (const v1::Party party : moved_) {
      const std::vector<const Value*> moves = baseline_.Moves(party);
      for (const Value& proposed : ProposedValues()) {
        const auto ahead = drift::FindAheadOfDecision(
            topic_, party, *moves.front(), *moves.back(), proposed, rates_);
        if (!ahead) continue;
        Add(ahead, moves.front(), moves.back());
        break;
      }
    }
  }

  // What decisions that bind nobody would set for this topic.
  std::vector<Value> ProposedValues() const {
    std::vector<Value> values;
    for (const v1::Party opener : kParties) {
      for (const decision::Decision& decision : state_.decisions(opener)) {
        const decision::Outcome outcome = decision::Evaluate(decision, 0);
        if (outcome.ratified) continue;
        const decision::Revision* current = decision.Find(outcome.current);
        if (current != nullptr) AddProposed(current->content, values);
      }
      for (const auto& [reference, telling] : state_.past(opener)) {
        if (telling.past.proposed_on <= on_ && !InForce(telling)) {
          AddProposed(telling.past.content, values);
        }
      }
    }
    return values;
  }

  bool InForce(const PastTelling& telling) const {
    return state_.IsAcknowledged(telling) &&
           decision::StatusOn(telling.past, on_) ==
               decision::PastStatus::kInForce;
  }

  void AddProposed(const std::string& content,
                   std::vector<Value>& values) const {
    const auto terms = decision::ParseContent(content);
    if (!terms.ok()) return;
    for (const v1::CharterSetting& setting : terms->settings()) {
      if (TopicRef{setting.topic(), setting.about()} != ref_) continue;
      auto value = expectation::ValueFromProto(setting.value());
      if (value.ok()) values.push_back(*std::move(value));
    }
  }

  // When the partner first changed its answer after the party last predicted
  // it.
  std::optional<Date> RestatedUnseen(v1::Party party) const {
    const Cell* prediction = Find(party, v1::Stance::PREDICTION);
    const Cell* answers = Find(ledger::Other(party), v1::Stance::OWN);
    if (prediction == nullptr || answers == nullptr ||
        ValueOf(&prediction->current()) == nullptr) {
      return std::nullopt;
    }
    const Version& predicted = prediction->current();
    const Version* before = nullptr;
    for (const Version* version : VersionsOf(*answers)) {
      const bool later = version->stated_on > predicted.stated_on ||
                         (version->stated_on == predicted.stated_on &&
                          !ledger::Saw(predicted.at, version->at));
      if (later && before != nullptr && !(version->value == before->value)) {
        return version->stated_on;
      }
      before = version;
    }
    return std::nullopt;
  }

  void Add(const std::optional<StatementDrift>& found, const Value* before,
           const Value* now) {
    if (!found) return;
    StatementRow row{.ref = ref_, .topic = &topic_, .drift = *found};
    row.subject = {.id = expectation::FormatTopicRef(ref_, names_),
                   .title = topic_.title,
                   .names = names_,
                   .baseline = baseline_.Name(),
                   .agreed = baseline_.agreed() != nullptr};
    if (before != nullptr) {
      row.subject.before = expectation::AnswerToText(topic_, *before, names_);
    }
    if (now != nullptr) {
      row.subject.now = expectation::AnswerToText(topic_, *now, names_);
    }
    rows_.push_back(std::move(row));
  }

  const AllianceState& state_;
  const TopicRef& ref_;
  const Topic& topic_;
  const PartyNames& names_;
  Date on_;
  expectation::ExchangeRates rates_;
  Baseline baseline_;
  std::set<v1::Party> moved_;
  std::vector<StatementRow> rows_;
};

// Worse ones sort first.
auto Rank(const StatementRow& row) {
  return std::tuple(row.drift.notice, -row.drift.rating.points,
                    -row.topic->weight, row.ref, row.drift.kind,
                    row.drift.party);
}

}  // namespace

bool MayHoldMoney(const Topic& topic) {
  return topic.answer_type == expectation::AnswerType::kMoney ||
         topic.element == expectation::Element::kRelative ||
         topic.element == expectation::Element::kTyped;
}

std::vector<StatementRow> FindMoves(const AllianceState& state,
                                    const AgreedTopics& agreed,
                                    const TopicRef& ref,
                                    const PartyNames& names) {
  if (state.catalogue().Find(ref.topic) == nullptr) return {};
  Examination examination(state, agreed, ref, names);
  examination.FindMoves();
  return examination.Take();
}

std::vector<StatementRow> FindLateness(const AllianceState& state,
                                       const AgreedTopics& agreed,
                                       const TopicRef& ref,
                                       const PartyNames& names) {
  if (state.catalogue().Find(ref.topic) == nullptr) return {};
  Examination examination(state, agreed, ref, names);
  examination.FindLateness();
  return examination.Take();
}

std::vector<StatementRow> StatementReport(const AllianceState& state,
                                          const PartyNames& names,
                                          const Date& on) {
  std::set<TopicRef> refs;
  for (const auto& [key, cell] : state.cells()) refs.insert(key.topic);
  const AgreedTopics agreed(state, on);
  std::vector<StatementRow> rows;
  for (const TopicRef& ref : refs) {
    for (auto found : {FindMoves(state, agreed, ref, names),
                       FindLateness(state, agreed, ref, names)}) {
      std::move(found.begin(), found.end(), std::back_inserter(rows));
    }
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const StatementRow& a, const StatementRow& b) {
                     return Rank(a) < Rank(b);
                   });
  return rows;
}

}  // namespace tallystick::alliance
