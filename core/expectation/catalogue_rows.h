// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EXPECTATION_CATALOGUE_ROWS_H_
#define TALLYSTICK_CORE_EXPECTATION_CATALOGUE_ROWS_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "core/expectation/catalogue.h"

// What generate_catalogue writes: the catalogue as constants.
namespace tallystick::expectation {

using Words = absl::Span<const absl::string_view>;

struct TopicRow {
  absl::string_view id, layer, title, prompt_own, prompt_partner;
  bool per_party;
  AnswerType answer_type;
  Words options;
  Words items;
  bool open;
  absl::string_view unit, currency, keys;
  Element element;
  bool allow_open_ended;
  double scale, window_days, resolution, floor;
  Comparator comparator;
  double tolerance;
  int weight, from_position, from_stage;
  absl::string_view practice_measure;
  Share share;
  int review_days;
};

struct MeasureRow {
  absl::string_view id, unit;
  PracticeMeasure::Good good;
  absl::string_view interval;
  bool has_sigma;
  double sigma;
  absl::string_view layer;
};

struct LayerRow {
  absl::string_view id, title;
  bool always_required;
};

struct FocusRow {
  absl::string_view position, layer;
};

struct NeglectRow {
  absl::string_view complete, empty;
};

struct GateRow {
  absl::string_view stage, gate;
};

struct WeightRow {
  absl::string_view position, layer;
  int weight;
};

struct CatalogueRows {
  uint32_t version;
  Words positions;
  Words stages;
  absl::Span<const GateRow> stage_gates;
  absl::Span<const LayerRow> layers;
  absl::Span<const WeightRow> layer_weights;
  absl::Span<const FocusRow> design_focus;
  absl::Span<const NeglectRow> neglects;
  absl::string_view gets_topic, gives_topic, position_topic;
  absl::Span<const TopicRow> topics;
  absl::Span<const MeasureRow> practice_measures;
};

extern const CatalogueRows kBuiltInRows;

}  // namespace tallystick::expectation

#endif  // TALLYSTICK_CORE_EXPECTATION_CATALOGUE_ROWS_H_
