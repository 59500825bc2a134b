// SPDX-License-Identifier: Apache-2.0
#include "node/api/score_encoding.h"

#include <algorithm>
#include <string>

namespace tallystick::node {
namespace {

using expectation::JointState;
using expectation::Mean;

v1::GetGapsResponse::PositionSource Encode(alliance::PositionSource source) {
  switch (source) {
    case alliance::PositionSource::kNone:
      return v1::GetGapsResponse::NONE;
    case alliance::PositionSource::kAsked:
      return v1::GetGapsResponse::ASKED;
    case alliance::PositionSource::kAgreed:
      return v1::GetGapsResponse::AGREED;
  }
  return v1::GetGapsResponse::POSITION_SOURCE_UNSPECIFIED;
}

v1::LayerScore EncodeLayer(const expectation::LayerScore& layer, bool own_is_a,
                           const expectation::Catalogue& catalogue) {
  v1::LayerScore message;
  message.set_layer(layer.layer);
  message.set_title(catalogue.FindLayer(layer.layer)->title);
  message.set_weight(layer.weight);
  message.set_required(layer.required);
  const Mean& own = own_is_a ? layer.accuracy_a : layer.accuracy_b;
  const Mean& partner = own_is_a ? layer.accuracy_b : layer.accuracy_a;
  const auto coverage = layer.agreement.coverage();
  if (coverage) {
    // All three are over the same topics.
    message.set_coverage(*coverage);
    message.set_accuracy_own_coverage(*own.coverage());
    message.set_accuracy_partner_coverage(*partner.coverage());
  }
  if (layer.agreement.value) message.set_agreement(*layer.agreement.value);
  if (own.value) message.set_accuracy_own(*own.value);
  if (partner.value) message.set_accuracy_partner(*partner.value);
  return message;
}

v1::AllianceScore EncodeBasis(const expectation::AllianceScore& score) {
  v1::AllianceScore message;
  message.set_state(score.sufficient() ? v1::AllianceScore::SUFFICIENT
                                       : v1::AllianceScore::INSUFFICIENT);
  if (score.coverage) message.set_coverage(*score.coverage);
  if (score.partial) message.set_partial(*score.partial);
  for (const std::string& layer : score.left_out) {
    message.add_layers_left_out(layer);
  }
  for (const std::string& layer : score.wanting) {
    message.add_layers_wanting(layer);
  }
  return message;
}

v1::GapCounts EncodeCounts(const alliance::GapReport& report) {
  const auto count = [&report](JointState state) {
    const auto found = report.scores.counts.find(state);
    return found == report.scores.counts.end() ? 0 : found->second;
  };
  v1::GapCounts message;
  message.set_consensus(count(JointState::kConsensus));
  message.set_dissensus(count(JointState::kDissensus));
  message.set_mutual_false_consensus(count(JointState::kMutualFalseConsensus));
  message.set_one_sided_false_consensus(
      count(JointState::kOneSidedFalseConsensus));
  message.set_mutual_false_conflict(count(JointState::kMutualFalseConflict));
  message.set_one_sided_false_conflict(
      count(JointState::kOneSidedFalseConflict));
  message.set_unstated(count(JointState::kUnstated));
  message.set_unpredicted(count(JointState::kUnpredicted));
  message.set_sealed(count(JointState::kSealed));
  message.set_declined(count(JointState::kDeclined));
  message.set_incomparable(count(JointState::kIncomparable));
  message.set_unconfirmed(count(JointState::kUnconfirmed));
  message.set_stale(report.scores.stale);
  message.set_private_(static_cast<int>(std::count_if(
      report.rows.begin(), report.rows.end(),
      [](const alliance::GapRow& row) { return row.is_private; })));
  return message;
}

void EncodeReadings(const expectation::Reading& own,
                    const expectation::Reading& partner,
                    v1::GetGapsResponse& response) {
  if (own.insight.value) response.set_insight_own(*own.insight.value);
  if (const auto coverage = own.insight.coverage()) {
    response.set_insight_own_coverage(*coverage);
  }
  if (partner.insight.value) {
    response.set_insight_partner(*partner.insight.value);
  }
  if (const auto coverage = partner.insight.coverage()) {
    response.set_insight_partner_coverage(*coverage);
  }
  if (own.projection.value) response.set_projection_own(*own.projection.value);
  if (partner.projection.value) {
    response.set_projection_partner(*partner.projection.value);
  }
}

}  // namespace

void EncodeScores(const alliance::GapReport& report, v1::Party own,
                  const expectation::Catalogue& catalogue,
                  v1::GetGapsResponse& response) {
  const expectation::Scores& scores = report.scores;
  const bool own_is_a = own == v1::PARTY_A;
  const auto& accuracy_own = own_is_a ? scores.accuracy_a : scores.accuracy_b;
  const auto& accuracy_partner =
      own_is_a ? scores.accuracy_b : scores.accuracy_a;
  if (report.position) response.set_position(*report.position);
  response.set_position_source(Encode(report.position_source));
  for (const expectation::LayerScore& layer : scores.layers) {
    *response.add_layers() = EncodeLayer(layer, own_is_a, catalogue);
  }
  if (scores.agreement.value) {
    response.set_agreement(*scores.agreement.value);
  }
  *response.mutable_score() = EncodeBasis(scores.agreement);
  if (accuracy_own.value) response.set_accuracy_own(*accuracy_own.value);
  *response.mutable_accuracy_own_score() = EncodeBasis(accuracy_own);
  if (accuracy_partner.value) {
    response.set_accuracy_partner(*accuracy_partner.value);
  }
  *response.mutable_accuracy_partner_score() = EncodeBasis(accuracy_partner);
  if (scores.false_consensus.value) {
    response.set_false_consensus_rate(*scores.false_consensus.value);
  }
  if (!scores.weakest_layer.empty()) {
    response.set_weakest_layer(scores.weakest_layer);
  }
  EncodeReadings(own_is_a ? scores.a : scores.b, own_is_a ? scores.b : scores.a,
                 response);
  *response.mutable_counts() = EncodeCounts(report);
}

}  // namespace tallystick::node
