// SPDX-License-Identifier: Apache-2.0
#include "core/drift/restatement.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "core/expectation/answer.h"
#include "core/expectation/distance.h"

namespace tallystick::drift {
namespace {

int BandOf(double distance, double tolerance) {
  if (distance <= 1.5 * tolerance + expectation::kSlack) return 1;
  if (distance <= 2 * tolerance + expectation::kSlack) return 2;
  return 3;
}

Finding Describe(const StanceMove& move) {
  return {.kind = std::string(kRestatementDrift),
          .subject = expectation::FormatTopicRef(move.ref, move.names),
          .party = move.party,
          .variant = move.baseline_version};
}

}  // namespace

std::string RestatementKey(const StanceMove& move) {
  return Describe(move).Key();
}

std::optional<Finding> FindRestatement(const StanceMove& move) {
  const expectation::Distance distance =
      expectation::Compare(move.topic, move.now, move.baseline);
  if (!distance.known() ||
      expectation::Matches(distance.d, move.topic.tolerance)) {
    return std::nullopt;
  }
  Finding finding = Describe(move);
  finding.points = move.topic.weight * BandOf(distance.d, move.topic.tolerance);
  finding.severity = SeverityOf(finding.points);
  finding.text = absl::StrFormat(
      "%s now expects \"%s\" on %s (%s). %s: \"%s\". Distance %.4f, tolerance "
      "%.4g. Talk about it, and %s.",
      std::string(move.names.NameOf(move.party)),
      expectation::AnswerToText(move.topic, move.now, move.names),
      finding.subject, move.topic.title,
      move.agreed ? "Agreed was" : "First stated was",
      expectation::AnswerToText(move.topic, move.baseline, move.names),
      distance.d, move.topic.tolerance,
      move.agreed ? "propose a new decision if the change is meant"
                  : "make it a decision so that both know");
  return finding;
}

}  // namespace tallystick::drift
