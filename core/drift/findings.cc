// SPDX-License-Identifier: Apache-2.0
#include "core/drift/findings.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace tallystick::drift {
namespace {

std::string Titled(const Subject& subject) {
  return subject.title.empty()
             ? subject.id
             : absl::StrCat(subject.id, " (", subject.title, ")");
}

absl::string_view Advice(const Subject& subject) {
  return subject.agreed ? "propose a new decision if the change is meant"
                        : "make it a decision so that both know";
}

std::string MoveText(const StatementDrift& drift, const Subject& subject,
                     absl::string_view who) {
  std::string text = absl::StrFormat(
      "%s now expects \"%s\" on %s. %s: \"%s\". Distance %.4f, tolerance %.4g.",
      std::string(who), subject.now, Titled(subject),
      subject.agreed ? "Agreed was" : "First stated was", subject.before,
      *drift.distance, drift.tolerance);
  if (drift.kind == StatementKind::kCreep) {
    absl::StrAppend(&text, " It came in ", drift.steps.size(),
                    " steps, none of them beyond the tolerance.");
  }
  absl::StrAppend(&text, " Talk about it, and ", Advice(subject), ".");
  return text;
}

std::string DistanceText(const StatementDrift& drift, const Subject& subject,
                         absl::string_view who) {
  if (drift.kind == StatementKind::kDivergence) {
    return absl::StrFormat(
        "The two answers on %s have moved apart: distance %.4f, at the "
        "baseline %.4f, tolerance %.4g. Talk about it, and %s.",
        Titled(subject), *drift.now, *drift.at_baseline, drift.tolerance,
        std::string(Advice(subject)));
  }
  if (drift.kind == StatementKind::kMisread) {
    return absl::StrFormat(
        "%s used to read its partner rightly on %s and no longer does: "
        "distance "
        "%.4f, tolerance %.4g. Look at the partner's answer again.",
        std::string(who), Titled(subject), *drift.distance, drift.tolerance);
  }
  return absl::StrFormat(
      "%s already goes by what has only been proposed on %s: \"%s\" instead of "
      "\"%s\". Distance %.4f, tolerance %.4g. Decide it together, or go back.",
      std::string(who), Titled(subject), subject.now, subject.before,
      *drift.distance, drift.tolerance);
}

std::string DaysText(const StatementDrift& drift, const Subject& subject,
                     absl::string_view who) {
  if (drift.kind == StatementKind::kOutdatedPrediction) {
    return absl::StrFormat(
        "The partner restated %s %d days ago, and %s has not looked again. "
        "Look "
        "at the new answer and predict anew.",
        Titled(subject), *drift.days, std::string(who));
  }
  if (drift.kind == StatementKind::kStaleness) {
    return absl::StrFormat(
        "The answer of %s on %s is %d days old; it was to be reviewed after "
        "%d. "
        "State it anew, changed or not.",
        std::string(who), Titled(subject), *drift.days,
        static_cast<int64_t>(drift.days_limit));
  }
  return absl::StrFormat(
      "%s is %d days late. Do it and say so, or agree on another day.",
      Titled(subject), *drift.days);
}

std::string TextOf(const StatementDrift& drift, const Subject& subject) {
  const absl::string_view who = subject.names.NameOf(drift.party);
  if (drift.days) return DaysText(drift, subject, who);
  const bool move = drift.kind == StatementKind::kRestatement ||
                    drift.kind == StatementKind::kCreep;
  return move ? MoveText(drift, subject, who)
              : DistanceText(drift, subject, who);
}

std::string HeldAgainst(const Practice& practice) {
  return practice.reference.agreed
             ? absl::StrFormat("the agreed %.6g", *practice.reference.agreed)
             : std::string("its own past");
}

std::string TextOf(const OpenDrift& drift, const Practice& practice,
                   const Subject& subject) {
  const std::string way(ToText(drift.side));
  if (drift.found_by == Method::kRuleOfTwo) {
    return absl::StrFormat(
        "%s was out of tolerance (%.6g, %s) in two of the last three readings "
        "on %s, against %s. Too few for statistics: look at it together.",
        Titled(subject), practice.reference.tolerance.value_or(0), way,
        expectation::ToText(drift.signal_on), HeldAgainst(practice));
  }
  return absl::StrFormat(
      "%s is drifting %s from %s, probably since %s; noticed with reading %d, "
      "on %s. The cumulative sum is %.4g, %.4g times its limit %.4g. Talk "
      "about "
      "it: bring practice back, or agree on another figure.",
      Titled(subject), way, HeldAgainst(practice),
      expectation::ToText(*drift.onset_on), drift.signal_at,
      expectation::ToText(drift.signal_on), *drift.statistic, *drift.ratio,
      practice.reference.h);
}

Finding Named(absl::string_view kind, v1::Party party, const Subject& subject,
              std::string variant) {
  return {.kind = std::string(kind),
          .subject = subject.id,
          .party = party,
          .variant = std::move(variant)};
}

void SetRating(const Rating& rating, Finding& finding) {
  finding.points = rating.points;
  finding.severity = rating.severity;
}

}  // namespace

std::string VariantOf(Side side, absl::string_view baseline) {
  return absl::StrCat(ToText(side), "@", baseline);
}

Finding ToFinding(const StatementDrift& drift, const Subject& subject) {
  Finding finding =
      Named(ToText(drift.kind), drift.party, subject, subject.baseline);
  SetRating(drift.rating, finding);
  finding.text = TextOf(drift, subject);
  return finding;
}

Finding ToFinding(const OpenDrift& drift, const Practice& practice,
                  v1::Party about, const Subject& subject) {
  Finding finding = Named(kPracticeDrift, about, subject,
                          VariantOf(drift.side, subject.baseline));
  SetRating(drift.rating, finding);
  finding.text = TextOf(drift, practice, subject);
  return finding;
}

std::string StatementKey(StatementKind kind, v1::Party party,
                         const Subject& subject) {
  return Named(ToText(kind), party, subject, subject.baseline).Key();
}

std::string PracticeKey(Side side, v1::Party about, const Subject& subject) {
  return Named(kPracticeDrift, about, subject,
               VariantOf(side, subject.baseline))
      .Key();
}

}  // namespace tallystick::drift
