// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/watch.h"

#include <string>
#include <utility>

#include "core/alliance/baseline.h"
#include "core/alliance/dates.h"
#include "core/alliance/practice_report.h"
#include "core/alliance/statement_report.h"
#include "core/drift/findings.h"

namespace tallystick::alliance {
namespace {

using drift::StatementKind;
using expectation::PartyNames;
using expectation::TopicRef;

// What can be noticed on a topic by what is stated, and of whom.
constexpr StatementKind kKinds[] = {
    StatementKind::kRestatement, StatementKind::kCreep,
    StatementKind::kDivergence, StatementKind::kMisread,
    StatementKind::kAheadOfDecision};
constexpr v1::Party kParties[] = {v1::PARTY_UNSPECIFIED, v1::PARTY_A,
                                  v1::PARTY_B};

// An agreement is a new baseline: what was open against another one is over.
void Supersede(const drift::Subject& subject, int64_t now_us,
               drift::AlertBook& book, std::vector<uint64_t>* changed) {
  for (const StatementKind kind : kKinds) {
    for (const v1::Party party : kParties) {
      for (const drift::Alert& alert :
           book.Supersede(drift::ToText(kind), subject.id, party,
                          subject.baseline, now_us)) {
        changed->push_back(alert.number);
      }
    }
  }
}

// Raises what is found on the topic, and closes what no longer is.
void Compare(const AllianceState& state, const AgreedTopics& agreed,
             const TopicRef& topic, const drift::Subject& subject,
             int64_t now_us, drift::AlertBook& book,
             std::vector<uint64_t>* changed) {
  std::set<std::string> found;
  for (const StatementRow& row :
       FindMoves(state, agreed, topic, subject.names)) {
    const drift::Alert& alert =
        book.Raise(drift::ToFinding(row.drift, row.subject), now_us);
    found.insert(alert.finding.Key());
    changed->push_back(alert.number);
  }
  for (const StatementKind kind : kKinds) {
    for (const v1::Party party : kParties) {
      const std::string key = drift::StatementKey(kind, party, subject);
      if (found.contains(key)) continue;
      if (const drift::Alert* closed = book.Close(key, now_us)) {
        changed->push_back(closed->number);
      }
    }
  }
}

// The same for a measured series; `new_figure`: it may be held against another
// one than before.
void Compare(const PracticeRow& row, bool new_figure, int64_t now_us,
             drift::AlertBook& book, std::vector<uint64_t>* changed) {
  if (new_figure) {
    for (const drift::Alert& alert :
         book.Supersede(drift::kPracticeDrift, row.subject.id, row.key.second,
                        row.subject.baseline, now_us)) {
      changed->push_back(alert.number);
    }
  }
  std::set<std::string> found;
  for (const drift::Finding& finding : FindingsOf(row)) {
    changed->push_back(book.Raise(finding, now_us).number);
    found.insert(finding.Key());
  }
  for (const drift::Side side : {drift::Side::kUp, drift::Side::kDown}) {
    const std::string key =
        drift::PracticeKey(side, row.key.second, row.subject);
    if (found.contains(key)) continue;
    if (const drift::Alert* closed = book.Close(key, now_us)) {
      changed->push_back(closed->number);
    }
  }
}

}  // namespace

void Watch::Note(const Touched& touched) {
  if (touched.cell) topics_.insert(touched.cell->topic);
  topics_.insert(touched.charter.begin(), touched.charter.end());
  charter_.insert(touched.charter.begin(), touched.charter.end());
  measures_.insert(touched.measures.begin(), touched.measures.end());
  terms_ = terms_ || touched.terms;
}

std::vector<uint64_t> Watch::Look(const AllianceState& state,
                                  const PartyNames& names, int64_t now_us,
                                  drift::AlertBook& book) {
  std::vector<uint64_t> changed;
  LookAtTopics(state, names, now_us, book, &changed);
  LookAtMeasures(state, names, now_us, book, &changed);
  return changed;
}

void Watch::LookAtTopics(const AllianceState& state, const PartyNames& names,
                         int64_t now_us, drift::AlertBook& book,
                         std::vector<uint64_t>* changed) {
  const std::set<TopicRef> charter = std::exchange(charter_, {});
  if (terms_) {
    // With other rates amounts compare otherwise.
    for (const auto& [key, cell] : state.cells()) {
      if (MayHoldMoney(*state.catalogue().Find(key.topic.topic))) {
        topics_.insert(key.topic);
      }
    }
  }
  std::optional<AgreedTopics> agreed;
  if (!topics_.empty()) agreed.emplace(state, DayOf(now_us));
  for (const TopicRef& topic : std::exchange(topics_, {})) {
    ++looked_at_;
    const drift::Subject subject = {
        .id = expectation::FormatTopicRef(topic, names),
        .names = names,
        .baseline = Baseline(state, *agreed, topic).Name()};
    if (charter.contains(topic)) Supersede(subject, now_us, book, changed);
    Compare(state, *agreed, topic, subject, now_us, book, changed);
  }
}

void Watch::LookAtMeasures(const AllianceState& state, const PartyNames& names,
                           int64_t now_us, drift::AlertBook& book,
                           std::vector<uint64_t>* changed) {
  const bool new_figures = std::exchange(terms_, false);
  std::set<MeasureKey> keys = std::exchange(measures_, {});
  if (keys.empty() && !new_figures) return;
  const expectation::Date day = DayOf(now_us);
  if (new_figures || !terms_on_ || terms_on_->first != day) {
    terms_on_.emplace(day, TermsOn(state, day));
  }
  const Terms& terms = terms_on_->second;
  if (new_figures) {
    for (const MeasureKey& key : MeasuredSeries(state, terms)) keys.insert(key);
  }
  for (const MeasureKey& key : keys) {
    ++looked_at_;
    const auto row =
        FindPractice(state, terms, names, key, PracticeDetail::kJudgement);
    if (row) Compare(*row, new_figures, now_us, book, changed);
  }
}

}  // namespace tallystick::alliance
