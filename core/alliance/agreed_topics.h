// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_AGREED_TOPICS_H_
#define TALLYSTICK_CORE_ALLIANCE_AGREED_TOPICS_H_

#include <map>

#include "core/alliance/state.h"
#include "core/alliance/terms.h"

namespace tallystick::alliance {

// The agreed answer to a topic, and the decision that set it.
struct AgreedTopic {
  expectation::Value value;
  TermSource source;
  // Of a signed decision; null: it was taken before, and `source.since` is all
  // there is to tell what was known.
  const CharterTerm* charter = nullptr;
};

// What both have agreed as answers to topics at the end of a day: the charter,
// and what decisions taken before have set, if both parties tell the same of
// them. Of two on one topic the later holds; on the same day the signed one.
//
// Making one costs what is told of decisions taken before.
class AgreedTopics {
 public:
  // Points into `state`.
  AgreedTopics(const AllianceState& state, const expectation::Date& day);

  // Null: nothing is agreed.
  const AgreedTopic* Find(const expectation::TopicRef& topic) const;
  const expectation::Date& day() const { return day_; }

 private:
  void AddPast(const AllianceState& state);
  void AddCharter(const AllianceState& state);

  expectation::Date day_;
  std::map<expectation::TopicRef, AgreedTopic> topics_;
};

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_AGREED_TOPICS_H_
