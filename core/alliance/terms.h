// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_TERMS_H_
#define TALLYSTICK_CORE_ALLIANCE_TERMS_H_

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/alliance/state.h"
#include "core/decision/terms.h"
#include "core/expectation/exchange_rates.h"

// What is agreed besides topics, and by which decision.
namespace tallystick::alliance {

// The decision a term comes from.
struct TermSource {
  // Approved and signed here; otherwise taken before, and told by both parties.
  bool is_signed = false;
  // Of a signed one: who opened it, and its uid.
  v1::Party party = v1::PARTY_UNSPECIFIED;
  std::string uid;
  // Of one taken before.
  std::string reference;
  std::string title;
  // The day from which it holds.
  expectation::Date since;

  friend bool operator==(const TermSource&, const TermSource&) = default;
};

template <typename T>
struct Term {
  T value;
  TermSource source;
  // An earlier decision had agreed otherwise, until `source.since`.
  bool replaces = false;
};

struct Terms {
  std::map<decision::Dimension, Term<decision::Target>> targets;
  // All of them, for what happens is valued by the table of its day: by the day
  // from which they value, which each has here, then by version.
  std::vector<Term<decision::RateTable>> rate_tables;
  std::map<MeasureKey, Term<decision::MonitoredMeasure>> monitored;
  std::optional<Term<decision::LikelihoodScale>> likelihood_scale;
  // Of each pair of currencies all, as rate tables.
  std::vector<Term<decision::CurrencyRate>> currency_rates;
  std::optional<Term<std::string>> position;
  std::optional<Term<std::string>> stage;
  std::optional<Term<expectation::Decimal>> equity_band;
};

// What is in force at the end of `day`: of each decision that was ratified, or
// taken before and told alike by both parties, from its effective day, else
// from the day on which both had agreed. Of two that agree on the same the
// later one holds, by that day; on the same day a signed one, and of those the
// one that was ratified later. A decision that says what held already does not
// count as later: a figure has a new baseline only when it changes (c.8). So it
// is the same at both nodes.
//
// Costs what the decisions with such terms hold, whatever else is in the logs.
Terms TermsOn(const AllianceState& state, const expectation::Date& day);

// The day from which a decision holds that both had agreed on by `agreed_on`.
expectation::Date HoldsFrom(const v1::DecisionContent& content,
                            const expectation::Date& agreed_on);

// What money of one currency is worth in another at the end of `day`.
expectation::ExchangeRates ExchangeRatesOn(const AllianceState& state,
                                           const expectation::Date& day);

enum class RateUnit { kMoney, kPoints };

// The table that values what happens on `day` (measures.md, b.4): the newest
// from a day not after it, or one that the parties agreed to use for the past
// too. Null: nothing can be valued, which is not a value of 0.
const Term<decision::RateTable>* RatesFor(const Terms& terms, RateUnit unit,
                                          const expectation::Date& day);

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_TERMS_H_
