// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/practice_report.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/expectation/distance.h"

namespace tallystick::alliance {
namespace {

using expectation::Decimal;
using expectation::PartyNames;
using expectation::PracticeMeasure;

constexpr v1::Party kParties[] = {v1::PARTY_A, v1::PARTY_B};

std::optional<double> ToDouble(const std::optional<Decimal>& decimal) {
  if (!decimal) return std::nullopt;
  return decimal->ToDouble();
}

double IntervalDays(const std::string& interval) {
  if (interval == "week") return 7;
  return interval == "quarter" ? 91 : 30;
}

drift::Good GoodOf(decision::MonitoredMeasure::Good agreed,
                   const PracticeMeasure* known) {
  using Good = decision::MonitoredMeasure::Good;
  switch (agreed) {
    case Good::kHigher:
      return drift::Good::kHigher;
    case Good::kLower:
      return drift::Good::kLower;
    case Good::kEither:
      return drift::Good::kTwoSided;
    case Good::kAsInCatalogue:
      break;
  }
  return known == nullptr ? drift::Good::kTwoSided : known->good;
}

// The topic whose practice the measure is; null: none.
const expectation::Topic* LinkedTopic(const expectation::Catalogue& catalogue,
                                      const std::string& measure) {
  const auto found =
      std::find_if(catalogue.topics.begin(), catalogue.topics.end(),
                   [&measure](const expectation::Topic& topic) {
                     return topic.practice_measure == measure;
                   });
  return found == catalogue.topics.end() ? nullptr : &*found;
}

void SetAgreed(const Term<decision::MonitoredMeasure>& term,
               const PracticeMeasure* known, drift::Measure* measure) {
  const decision::MonitoredMeasure& agreed = term.value;
  measure->agreed = ToDouble(agreed.agreed);
  measure->sigma = ToDouble(agreed.sigma);
  measure->tolerance = ToDouble(agreed.tolerance);
  measure->h = ToDouble(agreed.h);
  if (agreed.k) measure->k = agreed.k->ToDouble();
  measure->good = GoodOf(agreed.good, known);
  // Who agrees on an interval of their own expects gaps in it.
  if (agreed.interval) {
    measure->interval_days = expectation::InDays(*agreed.interval);
    measure->irregular = true;
  }
  if (term.replaces) measure->since = term.source.since;
}

drift::Measure MeasureOf(const AllianceState& state, const std::string& id,
                         const std::string& name,
                         const Term<decision::MonitoredMeasure>* term) {
  const PracticeMeasure* known = state.catalogue().FindMeasure(id);
  drift::Measure measure;
  measure.name = name;
  measure.good = drift::Good::kTwoSided;
  if (known != nullptr) {
    measure.good = known->good;
    measure.sigma_default = known->sigma;
    measure.interval_days = IntervalDays(known->interval);
  }
  if (const expectation::Topic* topic = LinkedTopic(state.catalogue(), id)) {
    measure.weight = topic->weight;
    if (topic->comparator == expectation::Comparator::kRelative) {
      measure.topic_tolerance = topic->tolerance;
    }
  }
  if (term != nullptr) SetAgreed(*term, known, &measure);
  return measure;
}

// A baseline begins with the decision that agreed the figure.
std::string BaselineName(const std::optional<TermSource>& source) {
  if (!source) return "none";
  return source->is_signed ? absl::StrCat("decision:", source->party, ":",
                                          absl::BytesToHexString(source->uid))
                           : absl::StrCat("past:", source->reference);
}

auto Rank(const PracticeRow& row) {
  int points = 0;
  for (const drift::OpenDrift& open : row.practice.open) {
    points = std::max(points, open.rating.points);
  }
  return std::tuple(-points, row.practice.state == drift::PracticeState::kQuiet,
                    row.subject.id);
}

}  // namespace

std::optional<PracticeRow> FindPractice(const AllianceState& state,
                                        const Terms& terms,
                                        const PartyNames& names,
                                        const MeasureKey& key,
                                        PracticeDetail detail) {
  const auto term = terms.monitored.find(key);
  const bool agreed = term != terms.monitored.end();
  PracticeRow row{.key = key};
  row.subject = {.id = key.first, .names = names};
  if (key.second != v1::PARTY_UNSPECIFIED) {
    absl::StrAppend(&row.subject.id, "@", names.NameOf(key.second));
  }
  row.measure = MeasureOf(state, key.first, row.subject.id,
                          agreed ? &term->second : nullptr);
  if (agreed) row.source = term->second.source;
  row.subject.baseline = BaselineName(row.source);
  auto monitor = drift::Monitor::Create(row.measure);
  if (!monitor.ok()) return std::nullopt;
  for (const v1::Party party : kParties) {
    for (const record::Record* record :
         state.ReadingsOf(party, key.first, key.second)) {
      monitor->Add({.on = record->on,
                    .reporter = party,
                    .order = record->at.index,
                    .value = record->claimed.value_or(Decimal{})});
    }
  }
  if (!agreed && monitor->series().points().empty()) return std::nullopt;
  row.practice = monitor->practice();
  if (detail == PracticeDetail::kJudgement) return row;
  row.points = monitor->Charted();
  row.chart = monitor->Rows();
  row.trend = monitor->FindTrend();
  if (const PracticeMeasure* known = state.catalogue().FindMeasure(key.first)) {
    row.unit = known->unit;
  }
  return row;
}

std::vector<MeasureKey> MeasuredSeries(const AllianceState& state,
                                       const Terms& terms) {
  std::set<MeasureKey> keys;
  for (const auto& [key, term] : terms.monitored) keys.insert(key);
  for (const v1::Party party : kParties) {
    for (const MeasureKey& key : state.MeasuresOf(party)) keys.insert(key);
  }
  return {keys.begin(), keys.end()};
}

std::vector<PracticeRow> PracticeReport(const AllianceState& state,
                                        const PartyNames& names,
                                        const expectation::Date& on) {
  const Terms terms = TermsOn(state, on);
  std::vector<PracticeRow> rows;
  for (const MeasureKey& key : MeasuredSeries(state, terms)) {
    if (auto row =
            FindPractice(state, terms, names, key, PracticeDetail::kWhole)) {
      rows.push_back(*std::move(row));
    }
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const PracticeRow& a, const PracticeRow& b) {
                     return Rank(a) < Rank(b);
                   });
  return rows;
}

std::vector<drift::Finding> FindingsOf(const PracticeRow& row) {
  std::vector<drift::Finding> findings;
  for (const drift::OpenDrift& open : row.practice.open) {
    findings.push_back(
        drift::ToFinding(open, row.practice, row.key.second, row.subject));
  }
  return findings;
}

}  // namespace tallystick::alliance
