// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_WATCH_H_
#define TALLYSTICK_CORE_ALLIANCE_WATCH_H_

#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "core/alliance/state.h"
#include "core/alliance/terms.h"
#include "core/drift/alert_book.h"
#include "core/expectation/topic_ref.h"

// Calls the detectors on what entries touched, and on nothing else. Entries
// that came together are looked at together, as what they have come to: an
// alert counts how often it was noticed, not how many entries there were.
namespace tallystick::alliance {

class Watch {
 public:
  // What an entry changed.
  void Note(const Touched& touched);

  // Looks at all that was noted since the last call. Updates the book and
  // returns the numbers of the alerts that opened, changed or closed.
  std::vector<uint64_t> Look(const AllianceState& state,
                             const expectation::PartyNames& names,
                             int64_t now_us, drift::AlertBook& book);

  // Topics and series looked at so far: what entries have cost.
  uint64_t looked_at() const { return looked_at_; }

 private:
  void LookAtTopics(const AllianceState& state,
                    const expectation::PartyNames& names, int64_t now_us,
                    drift::AlertBook& book, std::vector<uint64_t>* changed);
  void LookAtMeasures(const AllianceState& state,
                      const expectation::PartyNames& names, int64_t now_us,
                      drift::AlertBook& book, std::vector<uint64_t>* changed);

  // Topics of which an answer or the agreed value changed, and those of them
  // of which the agreed value did.
  std::set<expectation::TopicRef> topics_;
  std::set<expectation::TopicRef> charter_;
  // Series with another reading, and whether what any is held against may have
  // changed.
  std::set<MeasureKey> measures_;
  bool terms_ = false;
  // What is in force on a day, while that stays the same.
  std::optional<std::pair<expectation::Date, Terms>> terms_on_;
  uint64_t looked_at_ = 0;
};

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_WATCH_H_
