// SPDX-License-Identifier: Apache-2.0
#include "node/api/gap_encoding.h"

#include <string>

namespace tallystick::node {
namespace {

using expectation::JointState;
using expectation::SeverityGrade;
using expectation::State;

v1::Gap::State Encode(State state) {
  switch (state) {
    case State::kUnstated:
      return v1::Gap::UNSTATED;
    case State::kUnpredicted:
      return v1::Gap::UNPREDICTED;
    case State::kSealed:
      return v1::Gap::SEALED;
    case State::kDeclined:
      return v1::Gap::DECLINED;
    case State::kIncomparable:
      return v1::Gap::INCOMPARABLE;
    case State::kUnconfirmed:
      return v1::Gap::UNCONFIRMED;
    case State::kConsensus:
      return v1::Gap::CONSENSUS;
    case State::kDissensus:
      return v1::Gap::DISSENSUS;
    case State::kFalseConsensus:
      return v1::Gap::FALSE_CONSENSUS;
    case State::kFalseConflict:
      return v1::Gap::FALSE_CONFLICT;
  }
  return v1::Gap::STATE_UNSPECIFIED;
}

v1::Gap::Joint::State Encode(JointState joint) {
  switch (joint) {
    case JointState::kUnstated:
      return v1::Gap::Joint::UNSTATED;
    case JointState::kUnpredicted:
      return v1::Gap::Joint::UNPREDICTED;
    case JointState::kSealed:
      return v1::Gap::Joint::SEALED;
    case JointState::kDeclined:
      return v1::Gap::Joint::DECLINED;
    case JointState::kIncomparable:
      return v1::Gap::Joint::INCOMPARABLE;
    case JointState::kUnconfirmed:
      return v1::Gap::Joint::UNCONFIRMED;
    case JointState::kConsensus:
      return v1::Gap::Joint::CONSENSUS;
    case JointState::kDissensus:
      return v1::Gap::Joint::DISSENSUS;
    case JointState::kMutualFalseConsensus:
      return v1::Gap::Joint::MUTUAL_FALSE_CONSENSUS;
    case JointState::kOneSidedFalseConsensus:
      return v1::Gap::Joint::ONE_SIDED_FALSE_CONSENSUS;
    case JointState::kMutualFalseConflict:
      return v1::Gap::Joint::MUTUAL_FALSE_CONFLICT;
    case JointState::kOneSidedFalseConflict:
      return v1::Gap::Joint::ONE_SIDED_FALSE_CONFLICT;
  }
  return v1::Gap::Joint::STATE_UNSPECIFIED;
}

v1::Gap::Severity Encode(SeverityGrade grade) {
  switch (grade) {
    case SeverityGrade::kInfo:
      return v1::Gap::INFO;
    case SeverityGrade::kWatch:
      return v1::Gap::WATCH;
    case SeverityGrade::kWarning:
      return v1::Gap::WARNING;
    case SeverityGrade::kCritical:
      return v1::Gap::CRITICAL;
  }
  return v1::Gap::SEVERITY_UNSPECIFIED;
}

v1::GapNote::Kind Encode(alliance::GapNote::Kind kind) {
  switch (kind) {
    case alliance::GapNote::Kind::kLayerNeglected:
      return v1::GapNote::LAYER_NEGLECTED;
    case alliance::GapNote::Kind::kOneWay:
      return v1::GapNote::ONE_WAY;
    case alliance::GapNote::Kind::kAgreedOnPaper:
      return v1::GapNote::AGREED_ON_PAPER;
  }
  return v1::GapNote::KIND_UNSPECIFIED;
}

}  // namespace

v1::Gap EncodeGap(const alliance::GapRow& row,
                  const expectation::PartyNames& names) {
  v1::Gap gap;
  gap.set_topic(expectation::FormatTopicRef(row.ref, names));
  gap.set_title(row.topic->title);
  gap.set_layer(row.topic->layer);
  gap.set_weight(row.topic->weight);
  gap.set_tolerance(row.topic->tolerance);
  if (row.agreement) gap.set_agreement(*row.agreement);
  if (row.congruency_own) gap.set_congruency_own(*row.congruency_own);
  if (row.accuracy_own) gap.set_accuracy_own(*row.accuracy_own);
  if (row.congruency_partner) {
    gap.set_congruency_partner(*row.congruency_partner);
  }
  if (row.accuracy_partner) gap.set_accuracy_partner(*row.accuracy_partner);
  gap.set_state_own(Encode(row.state_own));
  gap.set_state_partner(Encode(row.state_partner));
  gap.set_joint_state(Encode(row.joint));
  if (row.joint_party) {
    gap.set_joint_party(std::string(names.NameOf(*row.joint_party)));
  }
  for (const v1::Party party : row.misread) {
    gap.add_misread(std::string(names.NameOf(party)));
  }
  gap.set_stale(row.stale);
  if (row.severity) {
    gap.set_points(row.severity->points);
    gap.set_severity(Encode(row.severity->grade));
  }
  if (row.own) gap.set_own(*row.own);
  if (row.prediction) gap.set_prediction(*row.prediction);
  if (row.partner_own) gap.set_partner_own(*row.partner_own);
  if (row.partner_prediction) {
    gap.set_partner_prediction(*row.partner_prediction);
  }
  if (row.agreed) gap.set_agreed(*row.agreed);
  if (row.prediction_blind) gap.set_prediction_blind(*row.prediction_blind);
  if (row.partner_prediction_blind) {
    gap.set_partner_prediction_blind(*row.partner_prediction_blind);
  }
  gap.set_private_(row.is_private);
  gap.set_agreed_on_paper(alliance::IsAgreedOnPaper(row));
  if (row.verdict_own) gap.set_own_says_same(*row.verdict_own);
  if (row.verdict_partner) gap.set_partner_says_same(*row.verdict_partner);
  return gap;
}

v1::GapNote EncodeNote(const alliance::GapNote& note,
                       const expectation::PartyNames& names) {
  v1::GapNote message;
  message.set_kind(Encode(note.kind));
  if (!note.layer.empty()) message.set_layer(note.layer);
  if (!note.empty_layer.empty()) message.set_empty_layer(note.empty_layer);
  if (note.party) message.set_party(std::string(names.NameOf(*note.party)));
  for (const expectation::TopicRef& topic : note.topics) {
    message.add_topics(expectation::FormatTopicRef(topic, names));
  }
  return message;
}

}  // namespace tallystick::node
