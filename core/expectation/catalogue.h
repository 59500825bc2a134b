// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EXPECTATION_CATALOGUE_H_
#define TALLYSTICK_CORE_EXPECTATION_CATALOGUE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

// The topics an alliance is asked about, and how their answers are compared.
// Data, not code: topics.yaml is compiled in, and an alliance may work with a
// changed copy. No topic id appears in the program.
namespace tallystick::expectation {

enum class AnswerType {
  kOrdinal,
  kNominal,
  kSet,
  kRanking,
  kQuantity,
  kPercentage,
  kScore,
  kDuration,
  kMoney,
  kDate,
  kInterval,
  kMap,
  kText
};

// See distance.h for the formulas.
enum class Comparator {
  kOrdinalStep,
  kExact,
  kJaccard,
  kRelative,
  kScaled,
  kScaledDays,
  kIntervalJaccard,
  kIntervalGap,
  kKendall,
  kShareVariation,
  kMapMean,
  kConfirmedText
};

// What a map holds under each key. kTyped: compared by the type of what is
// there, for rows with typed columns.
enum class Element { kNone, kExact, kRelative, kShare, kTyped };

// kShared: own answer and prediction go to the partner. kBanded: only a coarse
// band goes. kPrivate: never enters a log.
enum class Share { kShared, kBanded, kPrivate };

struct Topic {
  // "deal/gives", without a party.
  std::string id;
  // Id of its layer.
  std::string layer;
  std::string title;
  std::string prompt_own;
  std::string prompt_partner;
  // Asked once about each party.
  bool per_party = false;

  AnswerType answer_type = AnswerType::kText;
  // Ordinal and nominal: all answers there are; ordinal ones worst or least
  // first.
  std::vector<std::string> options;
  // Sets and rankings: the words of the catalogue. `open`: others may be added.
  std::vector<std::string> items;
  bool open = false;
  // Unit of quantities, durations and elements; empty: none.
  std::string unit;
  // Suggested currency of money.
  std::string currency;
  // Maps: "parties", or a name for what the keys are.
  std::string keys;
  Element element = Element::kNone;
  // Durations: "no end is meant" is an answer.
  bool allow_open_ended = false;
  // Percentages and scores run from 0 to `scale`; also the scale of
  // interval_gap.
  double scale = 0;
  // The distance in days that counts as 1.
  double window_days = 0;
  // Width of a point that is compared with an interval.
  double resolution = 1;
  // Least denominator of the relative comparison; money: in major units.
  double floor = 0;

  Comparator comparator = Comparator::kExact;
  // The greatest distance that still counts as the same, 0 to 1.
  double tolerance = 0;
  // 1 to 5.
  int weight = 3;
  // Indices into Catalogue::positions and ::stages from which it is asked.
  int from_position = 0;
  int from_stage = 0;
  // Id of the practice measure that follows it; empty: none.
  std::string practice_measure;
  Share share = Share::kShared;
  // An answer older than this is stale.
  int review_days = 180;
};

struct Layer {
  std::string id;
  std::string title;
  // Must be designed at every position.
  bool always_required = false;
};

// Weight of one layer at one position.
struct LayerWeight {
  std::string position;
  std::string layer;
  int weight = 0;
};

// A layer that an alliance at this position has to design.
struct DesignFocus {
  std::string position;
  std::string layer;
};

// Worth a note: `complete` is answered, and of `empty` nothing has been said.
struct Neglect {
  std::string complete;
  std::string empty;
};

// The stage that `stage` may be entered from: its gate.
struct StageGate {
  std::string stage;
  std::string gate;
};

struct PracticeMeasure {
  enum class Good { kLower, kHigher, kTwoSided };

  std::string id;
  std::string unit;
  Good good = Good::kHigher;
  // "week", "month" or "quarter".
  std::string interval;
  // Spread that counts as ordinary; none: to be declared.
  std::optional<double> sigma;
  std::string layer;
};

struct Catalogue {
  uint32_t version = 0;
  // In order: weakest tie first, earliest stage first.
  std::vector<std::string> positions;
  std::vector<std::string> stages;
  std::vector<StageGate> stage_gates;
  std::vector<Layer> layers;
  std::vector<LayerWeight> layer_weights;
  std::vector<DesignFocus> design_focus;
  std::vector<Neglect> neglects;
  // Ids of the topics, asked about each party, of what it gets and gives.
  std::string gets_topic;
  std::string gives_topic;
  // Id of the topic whose agreed value is the alliance's position.
  std::string position_topic;
  // In the order of the catalogue: by layer.
  std::vector<Topic> topics;
  std::vector<PracticeMeasure> practice_measures;

  // Null if there is no such topic, layer or measure.
  const Topic* Find(absl::string_view topic_id) const;
  const Layer* FindLayer(absl::string_view layer_id) const;
  const PracticeMeasure* FindMeasure(absl::string_view measure_id) const;
  // 0 if position or layer is unknown.
  int WeightOf(absl::string_view position, absl::string_view layer_id) const;
  bool HasPosition(absl::string_view position) const;
  // Always required, or of the position's design focus. False for what is
  // unknown.
  bool IsRequired(absl::string_view position, absl::string_view layer_id) const;
};

// The catalogue of this version of the program. Built on the first call, then
// never changed.
const Catalogue& BuiltInCatalogue();

// "ordinal", "jaccard", "shared": the words of topics.yaml.
absl::string_view ToText(AnswerType type);
absl::string_view ToText(Comparator comparator);
absl::string_view ToText(Share share);

}  // namespace tallystick::expectation

#endif  // TALLYSTICK_CORE_EXPECTATION_CATALOGUE_H_
