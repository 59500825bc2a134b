// SPDX-License-Identifier: Apache-2.0
#include "core/expectation/scores.h"

#include <algorithm>

namespace tallystick::expectation {
namespace {

// A mean while it grows.
class Sum {
 public:
  // Counts against the coverage.
  void AddMissing(int weight) { whole_ += weight; }
  void Add(int weight, double value) {
    whole_ += weight;
    used_ += weight;
    sum_ += weight * value;
  }
  void Add(int weight, const std::optional<double>& value) {
    value ? Add(weight, *value) : AddMissing(weight);
  }

  Mean Take() const {
    Mean mean = {.value = {}, .used_weight = used_, .whole_weight = whole_};
    if (used_ > 0) mean.value = sum_ / used_;
    return mean;
  }

 private:
  int whole_ = 0;
  int used_ = 0;
  double sum_ = 0;
};

bool IsClassified(JointState joint) { return joint >= JointState::kConsensus; }

bool IsFalseConsensus(JointState joint) {
  return joint == JointState::kMutualFalseConsensus ||
         joint == JointState::kOneSidedFalseConsensus;
}

// What can be scored of one topic.
struct Grades {
  std::optional<double> agreement;
  std::optional<double> accuracy_a;
  std::optional<double> accuracy_b;
};

Grades GradesOf(const ScoredTopic& scored) {
  const Coorientation& result = scored.result;
  Grades grades;
  if (result.stale || !result.agreement) return grades;
  const double tolerance = scored.topic->tolerance;
  const auto grade = [tolerance](const std::optional<double>& d) {
    return d ? std::optional<double>(Grade(*d, tolerance)) : std::nullopt;
  };
  grades.agreement = grade(result.agreement);
  if (scored.blind_a) grades.accuracy_a = grade(result.accuracy_a);
  if (scored.blind_b) grades.accuracy_b = grade(result.accuracy_b);
  return grades;
}

int WeightAt(const Catalogue& catalogue,
             const std::optional<std::string>& position,
             const std::string& layer) {
  return position ? catalogue.WeightOf(*position, layer) : 1;
}

bool RequiredAt(const Catalogue& catalogue,
                const std::optional<std::string>& position,
                const std::string& layer) {
  if (position) return catalogue.IsRequired(*position, layer);
  return std::all_of(
      catalogue.positions.begin(), catalogue.positions.end(),
      [&](const std::string& one) { return catalogue.IsRequired(one, layer); });
}

LayerScore ScoreLayer(const Catalogue& catalogue,
                      const std::optional<std::string>& position,
                      const std::string& layer,
                      absl::Span<const ScoredTopic> topics) {
  Sum agreement, accuracy_a, accuracy_b;
  for (const ScoredTopic& scored : topics) {
    if (scored.topic->layer != layer) continue;
    const Grades grades = GradesOf(scored);
    agreement.Add(scored.topic->weight, grades.agreement);
    accuracy_a.Add(scored.topic->weight, grades.accuracy_a);
    accuracy_b.Add(scored.topic->weight, grades.accuracy_b);
  }
  return {.layer = layer,
          .weight = WeightAt(catalogue, position, layer),
          .required = RequiredAt(catalogue, position, layer),
          .agreement = agreement.Take(),
          .accuracy_a = accuracy_a.Take(),
          .accuracy_b = accuracy_b.Take()};
}

AllianceScore ScoreAlliance(absl::Span<const LayerScore> layers,
                            Mean LayerScore::*measure) {
  AllianceScore score;
  Mean whole;
  Sum covered;
  for (const LayerScore& layer : layers) {
    const Mean& mean = layer.*measure;
    whole.used_weight += mean.used_weight;
    whole.whole_weight += mean.whole_weight;
    if (mean.covered()) {
      covered.Add(layer.weight, mean.value);
    } else if (layer.required) {
      score.wanting.push_back(layer.layer);
    } else if (mean.whole_weight > 0) {
      score.left_out.push_back(layer.layer);
    }
  }
  score.coverage = whole.coverage();
  (score.wanting.empty() ? score.value : score.partial) = covered.Take().value;
  return score;
}

Reading ReadingOf(absl::Span<const ScoredTopic> topics,
                  std::optional<double> Grades::*accuracy,
                  std::optional<double> Coorientation::*congruency) {
  Sum insight, projection;
  for (const ScoredTopic& scored : topics) {
    const Grades grades = GradesOf(scored);
    if (!grades.agreement) continue;
    const Topic& topic = *scored.topic;
    if (!Matches(*scored.result.agreement, topic.tolerance)) {
      insight.Add(topic.weight, grades.*accuracy);
    }
    const std::optional<double>& believed = scored.result.*congruency;
    if (believed) {
      projection.Add(topic.weight, Matches(*believed, topic.tolerance) ? 1 : 0);
    } else {
      projection.AddMissing(topic.weight);
    }
  }
  return {.insight = insight.Take(), .projection = projection.Take()};
}

Mean FalseConsensus(absl::Span<const ScoredTopic> topics) {
  Sum rate;
  for (const ScoredTopic& scored : topics) {
    const JointState joint = scored.result.joint;
    if (IsClassified(joint) && !scored.result.stale) {
      rate.Add(scored.topic->weight, IsFalseConsensus(joint) ? 1 : 0);
    } else {
      rate.AddMissing(scored.topic->weight);
    }
  }
  return rate.Take();
}

std::string WeakestLayer(absl::Span<const LayerScore> layers) {
  const LayerScore* weakest = nullptr;
  for (const LayerScore& layer : layers) {
    if (!layer.agreement.covered()) continue;
    if (weakest == nullptr ||
        *layer.agreement.value < *weakest->agreement.value) {
      weakest = &layer;
    }
  }
  return weakest == nullptr ? "" : weakest->layer;
}

}  // namespace

std::optional<double> Mean::coverage() const {
  if (whole_weight == 0) return std::nullopt;
  return static_cast<double>(used_weight) / whole_weight;
}

bool Mean::covered() const {
  const std::optional<double> share = coverage();
  return value && share && *share >= kCoverageMin - kSlack;
}

Scores Score(const Catalogue& catalogue,
             const std::optional<std::string>& position,
             absl::Span<const ScoredTopic> topics) {
  Scores scores;
  for (const Layer& layer : catalogue.layers) {
    scores.layers.push_back(ScoreLayer(catalogue, position, layer.id, topics));
  }
  scores.agreement = ScoreAlliance(scores.layers, &LayerScore::agreement);
  scores.accuracy_a = ScoreAlliance(scores.layers, &LayerScore::accuracy_a);
  scores.accuracy_b = ScoreAlliance(scores.layers, &LayerScore::accuracy_b);
  scores.a =
      ReadingOf(topics, &Grades::accuracy_a, &Coorientation::congruency_a);
  scores.b =
      ReadingOf(topics, &Grades::accuracy_b, &Coorientation::congruency_b);
  scores.false_consensus = FalseConsensus(topics);
  scores.weakest_layer = WeakestLayer(scores.layers);
  for (const ScoredTopic& scored : topics) {
    ++scores.counts[scored.result.joint];
    if (scored.result.stale) ++scores.stale;
  }
  return scores;
}

}  // namespace tallystick::expectation
