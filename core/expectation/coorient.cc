// SPDX-License-Identifier: Apache-2.0
#include "core/expectation/coorient.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace tallystick::expectation {
namespace {

bool IsStated(const Cell& cell) {
  return cell.kind == Cell::Kind::kStated && cell.value != nullptr;
}

// A topic, and what money of one currency is worth in another.
struct Scale {
  const Topic& topic;
  const ExchangeRates& rates;
};

Distance CompareCells(const Scale& scale, const Cell& a, const Cell& b) {
  return Compare(scale.topic, *a.value, *b.value, scale.rates);
}

std::optional<double> KnownOrNothing(const Distance& distance) {
  return distance.known() ? std::optional<double>(distance.d) : std::nullopt;
}

// What `speaker` said about the two texts, if they still are the same.
std::optional<bool> ValidVerdict(const PartyCells& speaker,
                                 const PartyCells& partner) {
  if (!speaker.verdict) return std::nullopt;
  const Text* own = speaker.own.value->As<Text>();
  const Text* other = partner.own.value->As<Text>();
  if (own == nullptr || other == nullptr ||
      speaker.verdict->own_hash != TextHash(own->text) ||
      speaker.verdict->partner_hash != TextHash(other->text)) {
    return std::nullopt;
  }
  return speaker.verdict->same_meaning;
}

// Both owns are stated, and `by_a`, `by_b` are what is said of two texts.
Distance Agreement(const Scale& scale, const PartyCells& a, const PartyCells& b,
                   std::optional<bool> by_a, std::optional<bool> by_b) {
  const Distance distance = CompareCells(scale, a.own, b.own);
  if (distance.kind != Distance::Kind::kUnconfirmed) return distance;
  if ((by_a && !*by_a) || (by_b && !*by_b)) return Distance::Known(1);
  return by_a && by_b ? Distance::Known(0) : distance;
}

// Own answer and prediction of `party` are stated.
Distance Congruency(const Scale& scale, const PartyCells& party) {
  const Distance distance = CompareCells(scale, party.own, party.prediction);
  if (distance.kind == Distance::Kind::kUnconfirmed &&
      party.declared_congruency) {
    return Distance::Known(*party.declared_congruency ? 0 : 1);
  }
  return distance;
}

State Unknown(const Distance& distance) {
  return distance.kind == Distance::Kind::kUnconfirmed ? State::kUnconfirmed
                                                       : State::kIncomparable;
}

State Classify(bool agree, bool congruent) {
  if (agree) return congruent ? State::kConsensus : State::kFalseConflict;
  return congruent ? State::kFalseConsensus : State::kDissensus;
}

// Both owns are stated and comparable.
State StateOf(const Scale& scale, const PartyCells& party, double agreement) {
  switch (party.prediction.kind) {
    case Cell::Kind::kSealed:
      return State::kSealed;
    case Cell::Kind::kDeclined:
      return State::kDeclined;
    case Cell::Kind::kAbsent:
    case Cell::Kind::kWithdrawn:
      return State::kUnpredicted;
    case Cell::Kind::kStated:
      break;
  }
  if (!IsStated(party.prediction)) return State::kUnpredicted;
  const Distance congruency = Congruency(scale, party);
  if (!congruency.known()) return Unknown(congruency);
  const double tolerance = scale.topic.tolerance;
  return Classify(Matches(agreement, tolerance),
                  Matches(congruency.d, tolerance));
}

bool IsClassified(State state) { return state >= State::kConsensus; }

bool IsFalse(State state) {
  return state == State::kFalseConsensus || state == State::kFalseConflict;
}

JointState JointOfEqual(State state) {
  switch (state) {
    case State::kUnstated:
      return JointState::kUnstated;
    case State::kUnpredicted:
      return JointState::kUnpredicted;
    case State::kSealed:
      return JointState::kSealed;
    case State::kDeclined:
      return JointState::kDeclined;
    case State::kIncomparable:
      return JointState::kIncomparable;
    case State::kUnconfirmed:
      return JointState::kUnconfirmed;
    case State::kConsensus:
      return JointState::kConsensus;
    case State::kDissensus:
      return JointState::kDissensus;
    case State::kFalseConsensus:
      return JointState::kMutualFalseConsensus;
    case State::kFalseConflict:
      return JointState::kMutualFalseConflict;
  }
  return JointState::kUnstated;
}

// The joint state when one party alone is classified as `state`, or when it is
// the one that is mistaken.
JointState JointOfOne(State state) {
  if (state == State::kFalseConsensus) {
    return JointState::kOneSidedFalseConsensus;
  }
  if (state == State::kFalseConflict) return JointState::kOneSidedFalseConflict;
  return JointOfEqual(state);
}

void SetJoint(Coorientation& result) {
  const State a = result.state_a;
  const State b = result.state_b;
  if (a == b) {
    result.joint = JointOfEqual(a);
  } else if (!IsClassified(a) && !IsClassified(b)) {
    // Both predictions are wanting, for different reasons.
    result.joint = JointState::kUnpredicted;
  } else {
    // Follows the one that is classified; if both are, the one mistaken.
    const bool follow_a = !IsClassified(b) || (IsClassified(a) && IsFalse(a));
    const State leading = follow_a ? a : b;
    result.joint = JointOfOne(leading);
    if (IsFalse(leading)) {
      result.joint_party = follow_a ? v1::PARTY_A : v1::PARTY_B;
    }
  }
}

// At least one own answer is not there: says why, and whose.
void SetMissing(const PartyCells& a, const PartyCells& b,
                Coorientation& result) {
  const auto set = [&](bool about_a, bool about_b, State state) {
    result.state_a = result.state_b = state;
    result.joint = JointOfEqual(state);
    if (about_a != about_b) {
      result.joint_party = about_a ? v1::PARTY_A : v1::PARTY_B;
    }
  };
  // What is final comes first: who declined will not answer, who sealed will.
  for (const auto& [kind, state] :
       {std::pair{Cell::Kind::kDeclined, State::kDeclined},
        std::pair{Cell::Kind::kSealed, State::kSealed}}) {
    if (a.own.kind == kind || b.own.kind == kind) {
      return set(a.own.kind == kind, b.own.kind == kind, state);
    }
  }
  set(!IsStated(a.own), !IsStated(b.own), State::kUnstated);
}

// Distances that need no more than the two cells they compare.
void SetPerceptions(const Scale& scale, const PartyCells& a,
                    const PartyCells& b, Coorientation& result) {
  const auto congruency = [&scale](const PartyCells& party) {
    return IsStated(party.own) && IsStated(party.prediction)
               ? KnownOrNothing(Congruency(scale, party))
               : std::nullopt;
  };
  const auto accuracy = [&scale](const PartyCells& party,
                                 const PartyCells& partner) {
    return IsStated(party.prediction) && IsStated(partner.own)
               ? KnownOrNothing(
                     CompareCells(scale, party.prediction, partner.own))
               : std::nullopt;
  };
  result.congruency_a = congruency(a);
  result.congruency_b = congruency(b);
  result.accuracy_a = accuracy(a, b);
  result.accuracy_b = accuracy(b, a);
  const double tolerance = scale.topic.tolerance;
  result.misread_a =
      result.accuracy_a && !Matches(*result.accuracy_a, tolerance);
  result.misread_b =
      result.accuracy_b && !Matches(*result.accuracy_b, tolerance);
}

int ClassFactor(JointState joint) {
  if (joint == JointState::kMutualFalseConsensus) return 3;
  return joint == JointState::kOneSidedFalseConsensus ? 2 : 1;
}

bool IsGap(JointState joint) { return joint >= JointState::kDissensus; }

void SetSeverities(const Topic& topic, Coorientation& result) {
  const auto severity = [&topic](double d, int class_factor) {
    return CoorientationSeverity(topic.weight, d, topic.tolerance,
                                 class_factor);
  };
  if (IsGap(result.joint) && result.agreement) {
    result.severity = severity(*result.agreement, ClassFactor(result.joint));
  }
  if (result.misread_a) {
    result.misread_severity_a = severity(*result.accuracy_a, 1);
  }
  if (result.misread_b) {
    result.misread_severity_b = severity(*result.accuracy_b, 1);
  }
}

}  // namespace

Coorientation Coorient(const Topic& topic, const PartyCells& a,
                       const PartyCells& b, const ExchangeRates& rates) {
  const Scale scale = {topic, rates};
  Coorientation result;
  for (const Cell* cell : {&a.own, &a.prediction, &b.own, &b.prediction}) {
    result.stale = result.stale || (IsStated(*cell) && cell->stale);
  }
  SetPerceptions(scale, a, b, result);
  if (!IsStated(a.own) || !IsStated(b.own)) {
    SetMissing(a, b, result);
    return result;
  }
  result.verdict_a = ValidVerdict(a, b);
  result.verdict_b = ValidVerdict(b, a);
  const Distance agreement =
      Agreement(scale, a, b, result.verdict_a, result.verdict_b);
  if (!agreement.known()) {
    result.state_a = result.state_b = Unknown(agreement);
    result.joint = JointOfEqual(result.state_a);
    return result;
  }
  result.agreement = agreement.d;
  result.state_a = StateOf(scale, a, agreement.d);
  result.state_b = StateOf(scale, b, agreement.d);
  SetJoint(result);
  SetSeverities(topic, result);
  return result;
}

Severity CoorientationSeverity(int weight, double d, double tolerance,
                               int class_factor) {
  Severity severity = {.class_factor = class_factor};
  if (tolerance < 1) {
    severity.excess = std::max(0.0, (d - tolerance) / (1 - tolerance));
    severity.band = Matches(severity.excess, 0.25)  ? 1
                    : Matches(severity.excess, 0.5) ? 2
                                                    : 3;
  }
  severity.points = weight * severity.band * class_factor;
  severity.grade = GradePoints(severity.points);
  return severity;
}

SeverityGrade GradePoints(int points) {
  if (points < 5) return SeverityGrade::kInfo;
  if (points < 12) return SeverityGrade::kWatch;
  return points < 24 ? SeverityGrade::kWarning : SeverityGrade::kCritical;
}

absl::string_view ToText(State state) {
  static constexpr absl::string_view kNames[] = {
      "unstated",        "unpredicted",   "sealed",    "declined",
      "incomparable",    "unconfirmed",   "consensus", "dissensus",
      "false_consensus", "false_conflict"};
  return kNames[static_cast<size_t>(state)];
}

absl::string_view ToText(JointState joint) {
  static constexpr absl::string_view kNames[] = {"unstated",
                                                 "unpredicted",
                                                 "sealed",
                                                 "declined",
                                                 "incomparable",
                                                 "unconfirmed",
                                                 "consensus",
                                                 "dissensus",
                                                 "mutual_false_consensus",
                                                 "one_sided_false_consensus",
                                                 "mutual_false_conflict",
                                                 "one_sided_false_conflict"};
  return kNames[static_cast<size_t>(joint)];
}

absl::string_view ToText(SeverityGrade grade) {
  static constexpr absl::string_view kNames[] = {"info", "watch", "warning",
                                                 "critical"};
  return kNames[static_cast<size_t>(grade)];
}

}  // namespace tallystick::expectation
