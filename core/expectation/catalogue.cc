// SPDX-License-Identifier: Apache-2.0
#include "core/expectation/catalogue.h"

#include <algorithm>

#include "core/expectation/catalogue_rows.h"

namespace tallystick::expectation {
namespace {

std::vector<std::string> Strings(Words words) {
  return std::vector<std::string>(words.begin(), words.end());
}

Topic TopicFromRow(const TopicRow& row) {
  return {.id = std::string(row.id),
          .layer = std::string(row.layer),
          .title = std::string(row.title),
          .prompt_own = std::string(row.prompt_own),
          .prompt_partner = std::string(row.prompt_partner),
          .per_party = row.per_party,
          .answer_type = row.answer_type,
          .options = Strings(row.options),
          .items = Strings(row.items),
          .open = row.open,
          .unit = std::string(row.unit),
          .currency = std::string(row.currency),
          .keys = std::string(row.keys),
          .element = row.element,
          .allow_open_ended = row.allow_open_ended,
          .scale = row.scale,
          .window_days = row.window_days,
          .resolution = row.resolution,
          .floor = row.floor,
          .comparator = row.comparator,
          .tolerance = row.tolerance,
          .weight = row.weight,
          .from_position = row.from_position,
          .from_stage = row.from_stage,
          .practice_measure = std::string(row.practice_measure),
          .share = row.share,
          .review_days = row.review_days};
}

Catalogue CatalogueFromRows(const CatalogueRows& rows) {
  Catalogue catalogue;
  catalogue.version = rows.version;
  catalogue.positions = Strings(rows.positions);
  catalogue.stages = Strings(rows.stages);
  for (const GateRow& row : rows.stage_gates) {
    catalogue.stage_gates.push_back(
        {std::string(row.stage), std::string(row.gate)});
  }
  for (const LayerRow& row : rows.layers) {
    catalogue.layers.push_back(
        {std::string(row.id), std::string(row.title), row.always_required});
  }
  for (const WeightRow& row : rows.layer_weights) {
    catalogue.layer_weights.push_back(
        {std::string(row.position), std::string(row.layer), row.weight});
  }
  for (const FocusRow& row : rows.design_focus) {
    catalogue.design_focus.push_back(
        {std::string(row.position), std::string(row.layer)});
  }
  for (const NeglectRow& row : rows.neglects) {
    catalogue.neglects.push_back(
        {std::string(row.complete), std::string(row.empty)});
  }
  catalogue.gets_topic = std::string(rows.gets_topic);
  catalogue.gives_topic = std::string(rows.gives_topic);
  catalogue.position_topic = std::string(rows.position_topic);
  for (const TopicRow& row : rows.topics) {
    catalogue.topics.push_back(TopicFromRow(row));
  }
  for (const MeasureRow& row : rows.practice_measures) {
    catalogue.practice_measures.push_back(
        {.id = std::string(row.id),
         .unit = std::string(row.unit),
         .good = row.good,
         .interval = std::string(row.interval),
         .sigma =
             row.has_sigma ? std::optional<double>(row.sigma) : std::nullopt,
         .layer = std::string(row.layer)});
  }
  return catalogue;
}

template <typename T>
const T* FindById(const std::vector<T>& all, absl::string_view id) {
  const auto at = std::find_if(all.begin(), all.end(),
                               [id](const T& one) { return one.id == id; });
  return at == all.end() ? nullptr : &*at;
}

}  // namespace

// A catalogue has some eighty topics: looking through them is as quick as an
// index, and a copy that is edited cannot disagree with one.
const Topic* Catalogue::Find(absl::string_view topic_id) const {
  return FindById(topics, topic_id);
}

const Layer* Catalogue::FindLayer(absl::string_view layer_id) const {
  return FindById(layers, layer_id);
}

const PracticeMeasure* Catalogue::FindMeasure(
    absl::string_view measure_id) const {
  return FindById(practice_measures, measure_id);
}

int Catalogue::WeightOf(absl::string_view position,
                        absl::string_view layer_id) const {
  for (const LayerWeight& one : layer_weights) {
    if (one.position == position && one.layer == layer_id) return one.weight;
  }
  return 0;
}

bool Catalogue::HasPosition(absl::string_view position) const {
  return std::find(positions.begin(), positions.end(), position) !=
         positions.end();
}

bool Catalogue::IsRequired(absl::string_view position,
                           absl::string_view layer_id) const {
  const Layer* layer = FindLayer(layer_id);
  if (layer != nullptr && layer->always_required) return true;
  return std::any_of(design_focus.begin(), design_focus.end(),
                     [&](const DesignFocus& one) {
                       return one.position == position && one.layer == layer_id;
                     });
}

const Catalogue& BuiltInCatalogue() {
  static const Catalogue* const catalogue =
      new Catalogue(CatalogueFromRows(kBuiltInRows));
  return *catalogue;
}

absl::string_view ToText(AnswerType type) {
  switch (type) {
    case AnswerType::kOrdinal:
      return "ordinal";
    case AnswerType::kNominal:
      return "nominal";
    case AnswerType::kSet:
      return "set";
    case AnswerType::kRanking:
      return "ranking";
    case AnswerType::kQuantity:
      return "quantity";
    case AnswerType::kPercentage:
      return "percentage";
    case AnswerType::kScore:
      return "score";
    case AnswerType::kDuration:
      return "duration";
    case AnswerType::kMoney:
      return "money";
    case AnswerType::kDate:
      return "date";
    case AnswerType::kInterval:
      return "interval";
    case AnswerType::kMap:
      return "map";
    case AnswerType::kText:
      return "text";
  }
  return "";
}

absl::string_view ToText(Comparator comparator) {
  switch (comparator) {
    case Comparator::kOrdinalStep:
      return "ordinal_step";
    case Comparator::kExact:
      return "exact";
    case Comparator::kJaccard:
      return "jaccard";
    case Comparator::kRelative:
      return "relative";
    case Comparator::kScaled:
      return "scaled";
    case Comparator::kScaledDays:
      return "scaled_days";
    case Comparator::kIntervalJaccard:
      return "interval_jaccard";
    case Comparator::kIntervalGap:
      return "interval_gap";
    case Comparator::kKendall:
      return "kendall";
    case Comparator::kShareVariation:
      return "share_variation";
    case Comparator::kMapMean:
      return "map_mean";
    case Comparator::kConfirmedText:
      return "confirmed_text";
  }
  return "";
}

absl::string_view ToText(Share share) {
  switch (share) {
    case Share::kShared:
      return "shared";
    case Share::kBanded:
      return "banded";
    case Share::kPrivate:
      return "private";
  }
  return "";
}

}  // namespace tallystick::expectation
