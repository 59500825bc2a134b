// SPDX-License-Identifier: Apache-2.0
#include "core/explain/topic_words.h"

#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/explain/explanation.h"

namespace tallystick::explain {
namespace {

using alliance::GapRow;
using expectation::JointState;
using expectation::PartyNames;
using expectation::State;

// The company a one-sided or missing state is about.
std::string About(const GapRow& row, const PartyNames& names) {
  return row.joint_party ? std::string(names.NameOf(*row.joint_party))
                         : std::string("each company");
}

std::string OfStale(const GapRow& row) {
  return row.stale ? " An answer is older than it should be." : "";
}

std::string Days(const drift::StatementDrift& drift) {
  return absl::StrCat(*drift.days, " days, from ", Number(drift.days_limit),
                      " on it is shown");
}

std::string Figures(const drift::StatementDrift& drift) {
  if (drift.days) return Days(drift);
  if (drift.at_baseline && drift.now) {
    return absl::StrCat(Number(*drift.at_baseline), " at the baseline, ",
                        Number(*drift.now), " now, tolerance ",
                        Number(drift.tolerance));
  }
  const std::string total =
      absl::StrCat(Number(drift.distance.value_or(0)), " from the baseline");
  if (drift.steps.empty()) {
    return absl::StrCat(total, ", tolerance ", Number(drift.tolerance));
  }
  return absl::StrCat("steps ",
                      absl::StrJoin(drift.steps, ", ",
                                    [](std::string* out, double step) {
                                      absl::StrAppend(out, Number(step));
                                    }),
                      "; ", total, ", tolerance ", Number(drift.tolerance));
}

}  // namespace

absl::string_view InWords(State state) {
  static constexpr absl::string_view kWords[] = {
      "not stated",
      "has not said what it believes of the other",
      "sealed",
      "declined to answer",
      "cannot be compared",
      "texts that nobody has compared",
      "agrees, and knows it",
      "differs, and knows it",
      "FALSE CONSENSUS, believes in an agreement that is not there",
      "FALSE CONFLICT, sees a difference that is not there"};
  return kWords[static_cast<size_t>(state)];
}

absl::string_view InWords(JointState joint) {
  static constexpr absl::string_view kWords[] = {
      "not stated",
      "nobody has said what it believes of the other",
      "sealed",
      "declined",
      "not comparable",
      "unconfirmed texts",
      "agreement that both know of",
      "a difference that both know of",
      "mutual false consensus",
      "one-sided false consensus",
      "mutual false conflict",
      "one-sided false conflict"};
  return kWords[static_cast<size_t>(joint)];
}

std::string ResultInWords(const GapRow& row, const PartyNames& names,
                          v1::Party own) {
  const std::string who = About(row, names);
  const std::string partner(names.NameOf(ledger::Other(own)));
  switch (row.joint) {
    case JointState::kMutualFalseConsensus:
      return absl::StrCat("Both believe that they agree, and they do not.",
                          OfStale(row));
    case JointState::kOneSidedFalseConsensus:
      return absl::StrCat(who, " believes that they agree, and they do not.",
                          OfStale(row));
    case JointState::kMutualFalseConflict:
      return absl::StrCat("Both see a difference, and they agree.",
                          OfStale(row));
    case JointState::kOneSidedFalseConflict:
      return absl::StrCat(who, " sees a difference, and they agree.",
                          OfStale(row));
    case JointState::kConsensus:
      return absl::StrCat("They agree, and they know it.", OfStale(row));
    case JointState::kDissensus:
      return absl::StrCat("They differ, and they know it.", OfStale(row));
    case JointState::kUnstated:
      return absl::StrCat(who, " has not stated its answer.");
    case JointState::kDeclined:
      return absl::StrCat(who, " has declined to answer.");
    case JointState::kSealed:
      return absl::StrCat("The answer of ", who, " is sealed.");
    case JointState::kUnpredicted:
      return "Neither has said what it believes of the other.";
    case JointState::kIncomparable:
      return "The answers are of another type, unit or currency.";
    case JointState::kUnconfirmed:
      return absl::StrCat("Whether the two texts mean the same is for you and ",
                          partner, " to say.");
  }
  return "";
}

std::string NextStepInWords(const GapRow& row, const PartyNames& names,
                            v1::Party own) {
  const std::string topic = expectation::FormatTopicRef(row.ref, names);
  const std::string partner(names.NameOf(ledger::Other(own)));
  switch (row.joint) {
    case JointState::kMutualFalseConsensus:
    case JointState::kOneSidedFalseConsensus:
      return absl::StrCat(
          "Talk about it before anybody acts on it: show each other the two "
          "answers and why, then settle on one (tally propose --set ",
          topic, "=VALUE).");
    case JointState::kDissensus:
      return absl::StrCat(
          "Decide who settles it and by when (tally propose --set ", topic,
          "=VALUE), or leave it as a difference you can live with.");
    case JointState::kMutualFalseConflict:
    case JointState::kOneSidedFalseConflict:
      return absl::StrCat(
          "Say that you agree; then state what you believe anew (tally expect ",
          topic, " VALUE --of partner).");
    case JointState::kConsensus:
      return row.stale ? absl::StrCat(
                             "State it anew, changed or not (tally "
                             "expect ",
                             topic, " VALUE).")
                       : "Nothing.";
    case JointState::kUnstated:
      return row.own ? absl::StrCat("Ask ", partner, " for its answer.")
                     : absl::StrCat("State yours (tally expect ", topic,
                                    " VALUE).");
    case JointState::kUnpredicted:
      return absl::StrCat("State what you believe of ", partner,
                          " (tally expect ", topic, " VALUE --of partner).");
    case JointState::kUnconfirmed:
      return absl::StrCat(
          "Read both texts, and say whether they mean the same "
          "(tally confirm ",
          topic, ", or with --differs).");
    case JointState::kIncomparable:
      return "Agree on one unit or currency, and state the answers anew.";
    case JointState::kSealed:
    case JointState::kDeclined:
      break;
  }
  return absl::StrCat("Ask ", partner, ".");
}

std::string DriftInWords(const drift::StatementDrift& drift,
                         const drift::Subject& subject) {
  std::string kind(drift::ToText(drift.kind));
  for (char& c : kind) {
    if (c == '_') c = ' ';
  }
  const absl::string_view who = subject.names.NameOf(drift.party);
  return absl::StrCat(kind, who.empty() ? "" : absl::StrCat(" of ", who), ": ",
                      Figures(drift), "; ", drift.rating.points, " points, ",
                      drift.notice ? "shown only" : "severity ",
                      drift.notice ? "" : drift::ToText(drift.rating.severity));
}

}  // namespace tallystick::explain
