// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/terms.h"

#include <algorithm>
#include <tuple>

#include "core/alliance/dates.h"
#include "core/decision/content.h"

namespace tallystick::alliance {
namespace {

using decision::RateTable;
using expectation::Date;

// A decision in force.
struct Holding {
  TermSource source;
  decision::Terms terms;
  // Of a signed one.
  decision::RatificationKey key;

  // Those that hold over others come later.
  auto Order() const {
    return std::tuple(source.since, source.is_signed, key, source.reference);
  }
};

// Adds the decision if its terms hold on `day`.
void AddHolding(Holding holding, const std::string& content_bytes,
                const Date& agreed_on, const Date& day,
                std::vector<Holding>& holdings) {
  const auto content = decision::ParseContent(content_bytes);
  if (!content.ok()) return;
  auto terms = decision::ReadTerms(*content);
  if (!terms.ok() || terms->empty()) return;
  holding.source.title = content->title();
  holding.source.since = HoldsFrom(*content, agreed_on);
  if (holding.source.since > day) return;
  holding.terms = *std::move(terms);
  holdings.push_back(std::move(holding));
}

void AddSigned(const AllianceState& state, const Date& day,
               std::vector<Holding>& holdings) {
  for (const decision::RatificationKey& key : state.ratified_terms()) {
    const decision::Decision* decision = state.FindDecision(key.party, key.uid);
    const decision::Outcome outcome = decision::Evaluate(*decision, 0);
    Holding holding = {
        .source = {.is_signed = true, .party = key.party, .uid = key.uid},
        .key = key};
    AddHolding(std::move(holding), decision->Find(outcome.current)->content,
               DayOf(outcome.ratified_at_us), day, holdings);
  }
}

void AddPast(const AllianceState& state, const Date& day,
             std::vector<Holding>& holdings) {
  for (const auto& [reference, telling] : state.past(v1::PARTY_A)) {
    if (!state.IsAcknowledged(telling)) continue;
    const auto agreed_on = decision::AgreedOn(telling.past, day);
    if (!agreed_on) continue;
    AddHolding({.source = {.reference = reference}}, telling.past.content,
               *agreed_on, day, holdings);
  }
}

// The later holding goes in the place of the earlier. One that agrees on the
// very same changes nothing: that holds since it was agreed first.
template <typename T>
void Put(std::optional<Term<T>>& place, const T& value,
         const TermSource& source) {
  if (place && place->value == value) return;
  const bool replaces = place.has_value();
  place = Term<T>{value, source, replaces};
}

template <typename Key, typename T>
void Put(std::map<Key, Term<T>>& places, const Key& key, const T& value,
         const TermSource& source) {
  const auto before = places.find(key);
  if (before != places.end() && before->second.value == value) return;
  const bool replaces = before != places.end();
  places[key] = Term<T>{value, source, replaces};
}

// For terms that each value from a day of their own: one without it gets that
// of its decision, and one that does not value yet is left out. `same` tells
// those of which only the later holds.
template <typename T, typename Same>
void PutDated(std::vector<Term<T>>& list, T value, const TermSource& source,
              const Date& day, Same same) {
  if (!value.effective_on) value.effective_on = source.since;
  if (*value.effective_on > day) return;
  const size_t replaced = std::erase_if(
      list, [&](const Term<T>& other) { return same(other.value, value); });
  list.push_back({std::move(value), source, replaced > 0});
}

bool SameVersion(const RateTable& a, const RateTable& b) {
  return a.currency == b.currency && a.version == b.version;
}

bool SameRate(const decision::CurrencyRate& a,
              const decision::CurrencyRate& b) {
  return a.from == b.from && a.to == b.to && a.effective_on == b.effective_on;
}

void Apply(const Holding& holding, const Date& day, Terms& terms) {
  const decision::Terms& agreed = holding.terms;
  const TermSource& source = holding.source;
  for (const decision::Target& target : agreed.targets) {
    Put(terms.targets, target.dimension, target, source);
  }
  for (const RateTable& table : agreed.rate_tables) {
    PutDated(terms.rate_tables, table, source, day, SameVersion);
  }
  for (const decision::MonitoredMeasure& measure : agreed.monitored) {
    Put(terms.monitored, MeasureKey(measure.measure, measure.about), measure,
        source);
  }
  if (!agreed.likelihood_scale.empty()) {
    Put(terms.likelihood_scale, agreed.likelihood_scale, source);
  }
  for (const decision::CurrencyRate& rate : agreed.currency_rates) {
    PutDated(terms.currency_rates, rate, source, day, SameRate);
  }
  if (!agreed.position.empty()) Put(terms.position, agreed.position, source);
  if (!agreed.stage.empty()) Put(terms.stage, agreed.stage, source);
  if (agreed.equity_band) {
    Put(terms.equity_band, *agreed.equity_band, source);
  }
}

}  // namespace

Date HoldsFrom(const v1::DecisionContent& content, const Date& agreed_on) {
  if (!content.has_effective_on()) return agreed_on;
  const auto effective_on = expectation::DateFromProto(content.effective_on());
  return effective_on.ok() ? *effective_on : agreed_on;
}

Terms TermsOn(const AllianceState& state, const Date& day) {
  std::vector<Holding> holdings;
  AddPast(state, day, holdings);
  AddSigned(state, day, holdings);
  std::sort(
      holdings.begin(), holdings.end(),
      [](const Holding& a, const Holding& b) { return a.Order() < b.Order(); });
  Terms terms;
  for (const Holding& holding : holdings) Apply(holding, day, terms);
  std::stable_sort(terms.rate_tables.begin(), terms.rate_tables.end(),
                   [](const auto& a, const auto& b) {
                     return std::tuple(*a.value.effective_on, a.value.version) <
                            std::tuple(*b.value.effective_on, b.value.version);
                   });
  std::stable_sort(terms.currency_rates.begin(), terms.currency_rates.end(),
                   [](const auto& a, const auto& b) {
                     return *a.value.effective_on < *b.value.effective_on;
                   });
  return terms;
}

expectation::ExchangeRates ExchangeRatesOn(const AllianceState& state,
                                           const Date& day) {
  // The later one between two currencies comes later, and holds, whatever its
  // direction.
  std::map<std::pair<std::string, std::string>, expectation::ExchangeRate>
      newest;
  for (const auto& term : TermsOn(state, day).currency_rates) {
    const decision::CurrencyRate& rate = term.value;
    if (*rate.effective_on > day) continue;
    newest[std::minmax(rate.from, rate.to)] = {rate.from, rate.to, rate.rate};
  }
  expectation::ExchangeRates rates;
  rates.reserve(newest.size());
  for (const auto& [pair, rate] : newest) rates.push_back(rate);
  return rates;
}

const Term<RateTable>* RatesFor(const Terms& terms, RateUnit unit,
                                const Date& day) {
  const Term<RateTable>* newest = nullptr;
  for (const Term<RateTable>& table : terms.rate_tables) {
    const bool points = table.value.currency == decision::kPoints;
    if (points != (unit == RateUnit::kPoints)) continue;
    if (*table.value.effective_on <= day || table.value.revalues_past) {
      newest = &table;
    }
  }
  return newest;
}

}  // namespace tallystick::alliance
