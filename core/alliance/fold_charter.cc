// SPDX-License-Identifier: Apache-2.0
// What ratified decisions do to the agreed charter.
#include <set>
#include <utility>
#include <vector>

#include "core/alliance/folder.h"
#include "core/alliance/items.h"
#include "core/decision/content.h"
#include "core/decision/terms.h"

namespace tallystick::alliance {

using expectation::TopicRef;

namespace {

TopicRef RefOf(const v1::CharterSetting& setting) {
  return {setting.topic(), setting.about()};
}

// What these terms of a decision set. They were read when they were folded.
std::vector<v1::CharterSetting> SettingsOf(const decision::Decision& decision,
                                           const evidence::Digest& hash) {
  const auto terms = decision::ParseContent(decision.Find(hash)->content);
  if (!terms.ok()) return {};
  return {terms->settings().begin(), terms->settings().end()};
}

// Whether these terms agree on something besides topics.
bool HasTerms(const decision::Decision& decision,
              const evidence::Digest& hash) {
  const auto content = decision::ParseContent(decision.Find(hash)->content);
  if (!content.ok()) return false;
  const auto terms = decision::ReadTerms(*content);
  return terms.ok() && !terms->empty();
}

bool SameRatification(const decision::Outcome& a, const decision::Outcome& b) {
  return a.ratified == b.ratified && a.current == b.current &&
         a.size_a == b.size_a && a.size_b == b.size_b &&
         a.ratified_at_us == b.ratified_at_us;
}

// The agreed value of a topic that the decision's ratified terms set.
CharterTerm TermOf(const decision::Decision& decision, const TopicRef& topic) {
  const decision::Outcome outcome = decision::Evaluate(decision, 0);
  CharterTerm term = {.key = *outcome.ratified,
                      .size_a = outcome.size_a,
                      .size_b = outcome.size_b,
                      .ratified_at_us = outcome.ratified_at_us};
  for (const v1::CharterSetting& setting :
       SettingsOf(decision, outcome.current)) {
    if (RefOf(setting) != topic) continue;
    auto value = expectation::ValueFromProto(setting.value());
    if (value.ok()) term.value = *std::move(value);
  }
  return term;
}

}  // namespace

void AllianceState::NoteRatified(const decision::Decision& decision,
                                 const decision::Outcome& outcome) {
  for (const v1::CharterSetting& setting :
       SettingsOf(decision, outcome.current)) {
    ratified_[RefOf(setting)].insert(*outcome.ratified);
  }
  if (HasTerms(decision, outcome.current)) {
    ratified_terms_.insert(*outcome.ratified);
  }
}

void Folder::Ratify(const decision::Decision& decision,
                    const decision::Outcome& before, Touched* touched) {
  const decision::Outcome after = decision::Evaluate(decision, 0);
  if (!after.ratified || SameRatification(before, after)) return;
  std::set<TopicRef> topics;
  if (before.ratified) {
    touched->terms = state_.ratified_terms_.erase(*before.ratified) > 0;
    // Approvals crossed, and another pair of them turns out to have ratified.
    for (const v1::CharterSetting& setting :
         SettingsOf(decision, before.current)) {
      state_.ratified_[RefOf(setting)].erase(*before.ratified);
      topics.insert(RefOf(setting));
    }
  }
  for (const v1::CharterSetting& setting :
       SettingsOf(decision, after.current)) {
    topics.insert(RefOf(setting));
  }
  state_.NoteRatified(decision, after);
  touched->terms |= state_.ratified_terms_.contains(*after.ratified);
  for (const TopicRef& topic : topics) Settle(topic, touched);
}

// Of several decisions on a topic the one with the greatest key holds, so the
// order in which they became known does not matter.
void Folder::Settle(const TopicRef& topic, Touched* touched) {
  const auto ratified = state_.ratified_.find(topic);
  if (ratified->second.empty()) {
    state_.ratified_.erase(ratified);
    state_.charter_.erase(topic);
    state_.digest_.Touch(CharterItem(topic));
    return;
  }
  const decision::RatificationKey& holds = *ratified->second.rbegin();
  CharterTerm term =
      TermOf(*state_.FindDecision(holds.party, holds.uid), topic);
  CharterTerm& agreed = state_.charter_[topic];
  if (agreed == term) return;
  agreed = std::move(term);
  state_.digest_.Touch(CharterItem(topic));
  touched->charter.push_back(topic);
}

}  // namespace tallystick::alliance
