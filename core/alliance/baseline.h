// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_BASELINE_H_
#define TALLYSTICK_CORE_ALLIANCE_BASELINE_H_

#include <string>
#include <vector>

#include "core/alliance/agreed_topics.h"
#include "core/alliance/state.h"
#include "core/expectation/topic_ref.h"

// What the answers to a topic instance are held against (measures.md, c.1): the
// answers at the last joint decision on it, or else at the first exchange: when
// the second of the two parties first stated its own answer. What came into a
// cell only later counts from its first answer.
namespace tallystick::alliance {

class Baseline {
 public:
  // All must outlive it.
  Baseline(const AllianceState& state, const AgreedTopics& agreed,
           const expectation::TopicRef& topic);

  // The decided value; null: nothing has been decided.
  const AgreedTopic* agreed() const { return agreed_; }
  // Names the baseline; another one starts afresh: "charter:1:4f..",
  // "past:D2", "first".
  std::string Name() const;

  // The answer in the cell at the baseline; null if there was none, as of a
  // prediction before both parties had answered. After a
  // decision that of the cell all the same, which may not be what was decided.
  const Version* At(v1::Party party, v1::Stance::Cell cell) const;

  // What has been answered in the party's own cell, beginning with the decided
  // value, or else with the party's first answer: that is what the partner has
  // heard from it, whether or not it had answered itself by then. Then each
  // answer given since, as far as they are values. Empty unless the newest
  // answer is a value that was given after the baseline.
  std::vector<const expectation::Value*> Moves(v1::Party party) const;

 private:
  const Version* Exchange() const;
  // Whether it was said with what was agreed in view: as the logs show, or, of
  // a decision taken before, by the days.
  bool IsSince(const Version& version) const;

  const AllianceState& state_;
  const expectation::TopicRef& topic_;
  const AgreedTopic* agreed_ = nullptr;
};

// The answers that are kept of a cell, the oldest first.
std::vector<const Version*> VersionsOf(const Cell& cell);

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_BASELINE_H_
