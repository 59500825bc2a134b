// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/balance_terms.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/alliance/agreed_topics.h"
#include "core/alliance/ids.h"
#include "core/alliance/terms.h"

namespace tallystick::alliance {
namespace {

record::Dimension DimensionOf(decision::Dimension dimension) {
  switch (dimension) {
    case decision::Dimension::kInputs:
      return record::Dimension::kInputs;
    case decision::Dimension::kBenefit:
      return record::Dimension::kBenefit;
    case decision::Dimension::kRisk:
      return record::Dimension::kRisk;
    case decision::Dimension::kKnowledgeSharing:
      return record::Dimension::kKnowledge;
    case decision::Dimension::kOwnership:
      return record::Dimension::kOwnership;
    case decision::Dimension::kCommitment:
      return record::Dimension::kCommitment;
  }
  return record::Dimension::kInputs;
}

// The topic whose answer is the agreed share of a dimension; null: none.
const expectation::Topic* TopicOf(const expectation::Catalogue& catalogue,
                                  record::Dimension dimension) {
  const std::string measure = absl::StrCat("share_", record::ToText(dimension));
  for (const expectation::Topic& topic : catalogue.topics) {
    if (topic.practice_measure == measure) return &topic;
  }
  return nullptr;
}

// What an agreed map of shares gives party A.
std::optional<double> ShareOfA(const expectation::Value& value) {
  const auto* map = value.As<expectation::ValueMap>();
  if (map == nullptr) return std::nullopt;
  const expectation::MapEntry* entry = map->Find("party_a");
  if (entry == nullptr) return std::nullopt;
  const auto* share = entry->value.As<expectation::Quantity>();
  if (share == nullptr) return std::nullopt;
  return share->amount.ToDouble();
}

// As the party expects it by now.
std::optional<double> ExpectedShareOfA(const AllianceState& state,
                                       const expectation::Topic& topic,
                                       v1::Party party) {
  const Cell* cell = state.FindCell(
      {{topic.id, v1::PARTY_UNSPECIFIED}, party, v1::Stance::OWN});
  if (cell == nullptr || cell->current().kind != Version::Kind::kValue) {
    return std::nullopt;
  }
  return ShareOfA(cell->current().value);
}

// A target, or a share that was agreed as the answer to a topic: the later of
// the two holds, and a target keeps its band.
void TakeTargets(const AllianceState& state,
                 const expectation::PartyNames& names, const Terms& agreed,
                 const AgreedTopics& answers, record::BalanceTerms& terms) {
  for (const auto& [dimension, term] : agreed.targets) {
    terms.targets[DimensionOf(dimension)] = {
        .target = {.share_of_a = term.value.share_of_a.ToDouble(),
                   .band = term.value.band.ToDouble()},
        .decision = FormatDecisionId(state, names, term.source)};
  }
  for (const record::Dimension dimension : record::kDimensions) {
    const expectation::Topic* topic = TopicOf(state.catalogue(), dimension);
    if (topic == nullptr) continue;
    terms.weights[dimension] = topic->weight;
    terms.expected[dimension] = {
        .by_a = ExpectedShareOfA(state, *topic, v1::PARTY_A),
        .by_b = ExpectedShareOfA(state, *topic, v1::PARTY_B)};
    const AgreedTopic* answer =
        answers.Find({topic->id, v1::PARTY_UNSPECIFIED});
    if (answer == nullptr) continue;
    const std::optional<double> share = ShareOfA(answer->value);
    bool later = true;
    for (const auto& [of, term] : agreed.targets) {
      if (DimensionOf(of) == dimension) {
        later = answer->source.since > term.source.since;
      }
    }
    if (!share || !later) continue;
    record::AgreedTarget& target = terms.targets[dimension];
    target.target.share_of_a = *share;
    target.decision = FormatDecisionId(state, names, answer->source);
  }
}

std::vector<record::RateTable> RateTables(const Terms& agreed) {
  std::vector<record::RateTable> tables;
  for (const auto& term : agreed.rate_tables) {
    record::RateTable& table = tables.emplace_back();
    table.version = term.value.version;
    table.effective_on = term.value.effective_on.value_or(term.source.since);
    table.currency = term.value.currency;
    table.revalues_past = term.value.revalues_past;
    for (const decision::Rate& rate : term.value.rates) {
      table.rates[rate.kind] = rate.rate;
    }
  }
  return tables;
}

}  // namespace

record::BalanceTerms BalanceTermsOn(const AllianceState& state,
                                    const expectation::PartyNames& names,
                                    const expectation::Date& day) {
  const Terms agreed = TermsOn(state, day);
  record::BalanceTerms terms;
  TakeTargets(state, names, agreed, AgreedTopics(state, day), terms);
  terms.rates = record::RateBook(RateTables(agreed));
  for (const record::RateTable& table : terms.rates.tables()) {
    if (table.currency != record::kPoints) terms.currency = table.currency;
  }
  for (const auto& term : agreed.currency_rates) {
    terms.currency_rates.push_back(
        {.from = term.value.from,
         .to = term.value.to,
         .rate = term.value.rate,
         .effective_on = term.value.effective_on.value_or(term.source.since)});
  }
  if (agreed.likelihood_scale) {
    terms.scale.clear();
    for (const decision::Likelihood& word : agreed.likelihood_scale->value) {
      terms.scale[word.word] = word.probability;
    }
  }
  if (agreed.equity_band) {
    terms.equity_band = agreed.equity_band->value.ToDouble();
  }
  return terms;
}

}  // namespace tallystick::alliance
