// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/balance_terms.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace tallystick::alliance {
namespace {

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

void TakeCharter(const AllianceState& state, record::BalanceTerms& terms) {
  for (const record::Dimension dimension : record::kDimensions) {
    const expectation::Topic* topic = TopicOf(state.catalogue(), dimension);
    if (topic == nullptr) continue;
    terms.weights[dimension] = topic->weight;
    const auto agreed =
        state.charter().find({topic->id, v1::PARTY_UNSPECIFIED});
    if (agreed == state.charter().end()) continue;
    const std::optional<double> share = ShareOfA(agreed->second.value);
    if (!share) continue;
    terms.targets[dimension] = {.target = {.share_of_a = *share}};
  }
}

}  // namespace

record::BalanceTerms BalanceTermsOn(const AllianceState& state,
                                    const expectation::Date& day) {
  record::BalanceTerms terms;
  TakeCharter(state, terms);
  (void)day;
  return terms;
}

}  // namespace tallystick::alliance
