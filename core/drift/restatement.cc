// SPDX-License-Identifier: Apache-2.0
#include "core/drift/restatement.h"

#include "core/drift/findings.h"
#include "core/drift/statement_drift.h"
#include "core/expectation/answer.h"

namespace tallystick::drift {
namespace {

Subject SubjectOf(const StanceMove& move) {
  return {.id = expectation::FormatTopicRef(move.ref, move.names),
          .names = move.names,
          .baseline = move.baseline_version};
}

}  // namespace

std::string RestatementKey(const StanceMove& move) {
  return StatementKey(StatementKind::kRestatement, move.party, SubjectOf(move));
}

std::optional<Finding> FindRestatement(const StanceMove& move) {
  const std::optional<StatementDrift> drift =
      FindMove(move.topic, move.party, {&move.baseline, &move.now});
  if (!drift) return std::nullopt;
  Subject subject = SubjectOf(move);
  subject.title = move.topic.title;
  subject.agreed = move.agreed;
  subject.before =
      expectation::AnswerToText(move.topic, move.baseline, move.names);
  subject.now = expectation::AnswerToText(move.topic, move.now, move.names);
  return ToFinding(*drift, subject);
}

}  // namespace tallystick::drift
