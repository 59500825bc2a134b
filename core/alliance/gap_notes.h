// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_GAP_NOTES_H_
#define TALLYSTICK_CORE_ALLIANCE_GAP_NOTES_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "core/alliance/gap_report.h"
#include "core/expectation/catalogue.h"

// What is worth a word, though no pair of answers shows it: an alliance that is
// treated as a deal, a party that speaks of its own gain only, an agreement
// behind which the pictures differ. Notes, never alerts; of the answers, never
// of anybody's intention.
namespace tallystick::alliance {

struct GapNote {
  enum class Kind {
    // All that was asked on `layer` is answered by both, and of `empty_layer`
    // nobody has said anything.
    kLayerNeglected,
    // `party` has said what it gets, and not what it gives, or nothing of what
    // the other gets; `topics` are those it has left open.
    kOneWay,
    // `topics` have an agreed value, and the parties' answers differ.
    kAgreedOnPaper
  };

  Kind kind = Kind::kLayerNeglected;
  std::string layer;
  std::string empty_layer;
  std::optional<v1::Party> party;
  std::vector<expectation::TopicRef> topics;
};

// Of the rows of `own_party`'s node.
std::vector<GapNote> FindNotes(const expectation::Catalogue& catalogue,
                               absl::Span<const GapRow> rows,
                               v1::Party own_party);

// An agreed value covers the topic, and the two own answers differ by more than
// the tolerance.
bool IsAgreedOnPaper(const GapRow& row);

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_GAP_NOTES_H_
