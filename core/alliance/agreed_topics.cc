// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/agreed_topics.h"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "core/alliance/dates.h"
#include "core/decision/content.h"

namespace tallystick::alliance {

using expectation::Date;
using expectation::TopicRef;

AgreedTopics::AgreedTopics(const AllianceState& state, const Date& day)
    : day_(day) {
  AddPast(state);
  AddCharter(state);
}

const AgreedTopic* AgreedTopics::Find(const TopicRef& topic) const {
  const auto found = topics_.find(topic);
  return found == topics_.end() ? nullptr : &found->second;
}

void AgreedTopics::AddPast(const AllianceState& state) {
  struct Holding {
    TermSource source;
    v1::DecisionContent content;
  };
  std::vector<Holding> holdings;
  // Told alike by both, so the founder's telling stands for both.
  for (const auto& [reference, telling] : state.past(v1::PARTY_A)) {
    auto content = decision::ParseContent(telling.past.content);
    if (!content.ok() || content->settings().empty()) continue;
    const auto agreed_on = decision::AgreedOn(telling.past, day_);
    if (!agreed_on || !state.IsAcknowledged(telling)) continue;
    TermSource source = {.reference = reference, .title = content->title()};
    source.since = HoldsFrom(*content, *agreed_on);
    if (source.since > day_) continue;
    holdings.push_back({std::move(source), *std::move(content)});
  }
  std::sort(holdings.begin(), holdings.end(),
            [](const Holding& a, const Holding& b) {
              return std::tie(a.source.since, a.source.reference) <
                     std::tie(b.source.since, b.source.reference);
            });
  for (const Holding& holding : holdings) {
    for (const v1::CharterSetting& setting : holding.content.settings()) {
      auto value = expectation::ValueFromProto(setting.value());
      if (!value.ok()) continue;
      topics_[{setting.topic(), setting.about()}] = {.value = *std::move(value),
                                                     .source = holding.source};
    }
  }
}

void AgreedTopics::AddCharter(const AllianceState& state) {
  for (const auto& [topic, term] : state.charter()) {
    TermSource source = {
        .is_signed = true, .party = term.key.party, .uid = term.key.uid};
    source.since = DayOf(term.ratified_at_us);
    const auto before = topics_.find(topic);
    if (before != topics_.end() && before->second.source.since > source.since) {
      continue;
    }
    topics_[topic] = {
        .value = term.value, .source = std::move(source), .charter = &term};
  }
}

}  // namespace tallystick::alliance
