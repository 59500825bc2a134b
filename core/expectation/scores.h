// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EXPECTATION_SCORES_H_
#define TALLYSTICK_CORE_EXPECTATION_SCORES_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "core/expectation/catalogue.h"
#include "core/expectation/coorient.h"

// What the coorientation of many topics comes to (measures.md, a.5 and a.6).
//
//   S(m, layer) = sum w g / sum w        over the topics that can be scored
//   coverage    = sum w scored / sum w   over the topics given
//   S(m)        = sum W S(m, layer) / sum W
//                 over the layers with a coverage of at least one half
//
// w is the weight of a topic, g the grade of its distance, W the weight of a
// layer. A stale or incomparable topic is not scored and counts against the
// coverage; of a prediction only the blind one is a measurement of accuracy.
namespace tallystick::expectation {

// The least coverage with which a layer counts.
inline constexpr double kCoverageMin = 0.5;

// A topic instance that somebody has answered.
struct ScoredTopic {
  // Not owned; not null.
  const Topic* topic = nullptr;
  Coorientation result;
  // Whether the prediction was made before the partner's answer was seen.
  bool blind_a = true;
  bool blind_b = true;
};

// A weighted mean, and how much of the weight it speaks for.
struct Mean {
  // 0 to 1; absent if nothing is scored.
  std::optional<double> value;
  int used_weight = 0;
  int whole_weight = 0;

  // 0 to 1; absent if there is nothing to cover.
  std::optional<double> coverage() const;
  bool covered() const;
};

struct LayerScore {
  std::string layer;
  // Weight of the layer in the score of the alliance.
  int weight = 0;
  // Without it there is no score of the alliance.
  bool required = false;
  Mean agreement;
  Mean accuracy_a;
  Mean accuracy_b;
};

// A score of the alliance as a whole.
struct AllianceScore {
  // Absent if it is insufficient: a required layer is not covered.
  std::optional<double> value;
  // Then the mean over the layers that are covered; absent if there is none.
  std::optional<double> partial;
  // Of all topics, by weight.
  std::optional<double> coverage;
  // Layers with topics, but too little coverage, that are not required.
  std::vector<std::string> left_out;
  // Required layers that are not covered.
  std::vector<std::string> wanting;

  bool sufficient() const { return value.has_value(); }
};

// How one party reads the other.
struct Reading {
  // Accuracy on the topics without agreement, where a party that projects its
  // own view upon the other has no luck (Cronbach 1955).
  Mean insight;
  // Share of the topics on which it believes in agreement.
  Mean projection;
};

struct Scores {
  // All layers of the catalogue, in its order.
  std::vector<LayerScore> layers;
  AllianceScore agreement;
  AllianceScore accuracy_a;
  AllianceScore accuracy_b;
  Reading a;
  Reading b;
  // Share of the classified topics, by weight, on which somebody wrongly
  // believes in agreement.
  Mean false_consensus;
  // The lowest agreement among the covered layers; empty if there is none.
  std::string weakest_layer;
  // How many topics are in each state, stale ones included.
  std::map<JointState, int> counts;
  int stale = 0;
};

// Weighs the layers as `position` does. Without a position all weigh the same,
// and required is what every position requires.
Scores Score(const Catalogue& catalogue,
             const std::optional<std::string>& position,
             absl::Span<const ScoredTopic> topics);

}  // namespace tallystick::expectation

#endif  // TALLYSTICK_CORE_EXPECTATION_SCORES_H_
