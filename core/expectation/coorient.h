// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_EXPECTATION_COORIENT_H_
#define TALLYSTICK_CORE_EXPECTATION_COORIENT_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "core/expectation/catalogue.h"
#include "core/expectation/distance.h"
#include "core/expectation/value.h"
#include "tallystick/v1/value.pb.h"

// Coorientation: do the parties agree, do they think they agree, are they right
// about each other? After Newcomb (1953), Laing, Phillipson and Lee (1966),
// McLeod and Chaffee (1973) and Broom (1977). One topic instance has four
// cells, each party's own answer and its prediction of the partner's, and five
// comparisons:
//
//   agreement     own A, own B            do we want the same?
//   congruency P  own P, prediction P     does P think so?
//   accuracy P    prediction P, partner's own   does P read the partner?
namespace tallystick::expectation {

struct Cell {
  enum class Kind { kAbsent, kStated, kDeclined, kWithdrawn, kSealed };

  Kind kind = Kind::kAbsent;
  // Not owned; not null exactly if kStated.
  const Value* value = nullptr;
  // Older than the topic's review_days.
  bool stale = false;

  static Cell Stated(const Value& value, bool stale = false) {
    return {Kind::kStated, &value, stale};
  }
  static Cell Of(Kind kind) { return {kind, nullptr, false}; }
};

// What a party said about a pair of texts: void unless both hashes are those of
// the present texts.
struct TextVerdict {
  // Of the party that speaks, and of its partner.
  TextDigest own_hash = {};
  TextDigest partner_hash = {};
  bool same_meaning = false;

  friend bool operator==(const TextVerdict&, const TextVerdict&) = default;
};

// What one party contributes to a topic instance.
struct PartyCells {
  Cell own;
  Cell prediction;
  // Text topics only. Whether the party takes its own text and its prediction
  // to mean the same, and what it said about the partner's own text.
  std::optional<bool> declared_congruency;
  std::optional<TextVerdict> verdict;
};

// Of one party.
enum class State {
  kUnstated,
  kUnpredicted,
  kSealed,
  kDeclined,
  kIncomparable,
  kUnconfirmed,
  kConsensus,
  kDissensus,
  // Believes in an agreement that is not there.
  kFalseConsensus,
  // Sees a difference that is not there.
  kFalseConflict
};

// Of the topic instance.
enum class JointState {
  kUnstated,
  kUnpredicted,
  kSealed,
  kDeclined,
  kIncomparable,
  kUnconfirmed,
  kConsensus,
  kDissensus,
  kMutualFalseConsensus,
  kOneSidedFalseConsensus,
  kMutualFalseConflict,
  kOneSidedFalseConflict
};

enum class SeverityGrade { kInfo, kWatch, kWarning, kCritical };

// points = weight x band x class factor;
// info < 5 <= watch < 12 <= warning < 24 <= critical.
struct Severity {
  int points = 0;
  SeverityGrade grade = SeverityGrade::kInfo;
  // What the points are made of, for whoever explains them.
  double excess = 0;
  int band = 1;
  int class_factor = 1;

  friend bool operator==(const Severity& a, const Severity& b) {
    return a.points == b.points && a.grade == b.grade;
  }
};

struct Coorientation {
  // Distances, 0 to 1; absent where they cannot be known.
  std::optional<double> agreement;
  std::optional<double> congruency_a;
  std::optional<double> accuracy_a;
  std::optional<double> congruency_b;
  std::optional<double> accuracy_b;

  State state_a = State::kUnstated;
  State state_b = State::kUnstated;
  JointState joint = JointState::kUnstated;
  // Whom a one-sided state is about, or whose own answer is unstated, sealed
  // or declined. Absent if that is both, or neither.
  std::optional<v1::Party> joint_party;
  // The prediction is off by more than the tolerance.
  bool misread_a = false;
  bool misread_b = false;
  // A cell that was used is older than the topic's review_days.
  bool stale = false;
  // Texts: whether the party says that both own answers mean the same. Absent:
  // it has not said, or a text has changed since.
  std::optional<bool> verdict_a;
  std::optional<bool> verdict_b;

  // Of the joint state; absent for consensus and where nothing is known.
  std::optional<Severity> severity;
  // Of a misread on its own, whatever the joint state.
  std::optional<Severity> misread_severity_a;
  std::optional<Severity> misread_severity_b;
};

Coorientation Coorient(const Topic& topic, const PartyCells& a,
                       const PartyCells& b, const ExchangeRates& rates = {});

// Excess is (d - tolerance) / (1 - tolerance): band 1 to .25, 2 to .5, else 3.
// `class_factor`: 3 mutual false consensus, 2 one-sided false consensus, 1
// else.
Severity CoorientationSeverity(int weight, double d, double tolerance,
                               int class_factor);
SeverityGrade GradePoints(int points);

// "false_consensus", "one_sided_false_conflict", "critical".
absl::string_view ToText(State state);
absl::string_view ToText(JointState joint);
absl::string_view ToText(SeverityGrade grade);

}  // namespace tallystick::expectation

#endif  // TALLYSTICK_CORE_EXPECTATION_COORIENT_H_
