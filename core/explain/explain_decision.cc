// SPDX-License-Identifier: Apache-2.0
#include "core/explain/explain_decision.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/alliance/dates.h"
#include "core/alliance/ids.h"
#include "core/decision/content.h"
#include "core/decision/overtaken.h"
#include "core/evidence/digest.h"

namespace tallystick::explain {
namespace {

using decision::Decision;
using decision::Outcome;
using decision::Revision;
using decision::State;
using decision::Verdict;

// Enough of a hash to tell revisions apart.
std::string Short(const evidence::Digest& hash) {
  return evidence::DigestToHex(hash).substr(0, 8);
}

std::string TitleOf(const Revision* revision) {
  if (revision == nullptr) return "";
  const auto terms = decision::ParseContent(revision->content);
  return terms.ok() ? terms->title() : "";
}

absl::string_view WhyNotInWords(absl::string_view why_not) {
  if (why_not == "already_ratified") return "it had been ratified before";
  if (why_not == "own_revision") return "it is that company's own offer";
  if (why_not == "revision_ended") {
    return "its author had seen that this revision had ended";
  }
  if (why_not == "unknown_revision") return "this revision was never offered";
  return why_not;
}

class DecisionExplainer {
 public:
  DecisionExplainer(const expectation::PartyNames& names,
                    const Decision& decision, int64_t now_us)
      : names_(names),
        decision_(decision),
        outcome_(decision::Evaluate(decision, now_us)) {}

  void Fill(Explanation* explanation) {
    explanation->title = TitleOf(decision_.Find(outcome_.current));
    explanation->result = Result();
    explanation->rule =
        "A decision is ratified when both companies have a person's counting "
        "approval of the very same revision. An approval counts unless its "
        "author had seen that the revision had ended: withdrawn, rejected or "
        "replaced. What crosses on the way is judged by what each author had "
        "seen, so both nodes come to the same.";
    for (const Revision& revision : decision_.revisions) Add(revision);
    for (const Verdict& verdict : decision_.verdicts) Add(verdict);
    for (const decision::Withdrawal& withdrawal : decision_.withdrawals) {
      inputs_.push_back({absl::StrCat(Name(withdrawal.at.party), " withdrew"),
                         Short(withdrawal.content_hash),
                         Source{withdrawal.at, std::nullopt}});
    }
    for (const decision::Overtaken& act :
         decision::FindOvertaken(decision_, outcome_)) {
      steps_.push_back(
          InWords(act, Name(act.at.party), Name(ledger::Other(act.at.party))));
    }
    AddApproval(v1::PARTY_A, outcome_.approved_by_a);
    AddApproval(v1::PARTY_B, outcome_.approved_by_b);
    explanation->inputs = std::move(inputs_);
    explanation->steps = std::move(steps_);
    explanation->next_step = NextStep(explanation->id);
  }

 private:
  std::string Name(v1::Party party) const {
    return std::string(names_.NameOf(party));
  }

  void Add(const Revision& revision) {
    inputs_.push_back(
        {absl::StrCat(Name(revision.at.party),
                      revision.replaces ? " countered with" : " proposed"),
         absl::StrCat(Short(revision.hash), " \"", TitleOf(&revision), "\""),
         Source{revision.at, std::nullopt}});
  }

  void Add(const Verdict& verdict) {
    const bool approves = verdict.kind == v1::Verdict::APPROVE;
    const std::string who =
        verdict.person.empty()
            ? Name(verdict.at.party)
            : absl::StrCat(verdict.person, " of ", Name(verdict.at.party));
    inputs_.push_back(
        {absl::StrCat(who, approves ? " approved" : " rejected"),
         absl::StrCat(Short(verdict.content_hash),
                      verdict.signature.empty() ? ", not signed" : ", signed"),
         Source{verdict.at, std::nullopt}});
    std::string step = absl::StrCat(who, approves ? "'s approval" : "'s no",
                                    " of ", Short(verdict.content_hash));
    if (!verdict.why_not.empty()) {
      absl::StrAppend(&step,
                      " does not count: ", WhyNotInWords(verdict.why_not));
    } else if (verdict.late) {
      absl::StrAppend(&step,
                      " came after the time to respond: it is a new offer, and "
                      "the other company has to approve knowing of it");
    } else {
      absl::StrAppend(&step, " counts");
    }
    steps_.push_back(std::move(step));
  }

  void AddApproval(v1::Party party, bool approved) {
    steps_.push_back(absl::StrCat(Name(party),
                                  approved ? " has approved "
                                           : " has not "
                                             "approved ",
                                  Short(outcome_.current)));
  }

  std::string Result() const {
    switch (outcome_.state) {
      case State::kRatified:
        return absl::StrCat(
            "It is ratified, since ",
            expectation::ToText(alliance::DayOf(outcome_.ratified_at_us)), ".");
      case State::kRejected:
        return "It was rejected; nothing has been agreed.";
      case State::kWithdrawn:
        return "It was withdrawn before both had approved.";
      case State::kLapsed:
        return "The time to respond has passed; nothing has been agreed.";
      case State::kLateAcceptance:
        return "It was approved too late, which is a new offer.";
      case State::kProposed:
        return "It is open.";
    }
    return "";
  }

  std::string NextStep(const std::string& id) const {
    switch (outcome_.state) {
      case State::kRatified:
        return "Act by it. Either company can prove it to anyone (tally "
               "decision " +
               id + ").";
      case State::kProposed:
      case State::kLateAcceptance: {
        std::vector<std::string> missing;
        if (!outcome_.approved_by_a) missing.push_back(Name(v1::PARTY_A));
        if (!outcome_.approved_by_b) missing.push_back(Name(v1::PARTY_B));
        if (missing.empty()) missing.push_back("whoever offered it first");
        return absl::StrCat("Waiting for ", absl::StrJoin(missing, " and "),
                            " (tally approve ", id, ").");
      }
      case State::kRejected:
      case State::kWithdrawn:
      case State::kLapsed:
        return "Propose it anew if it is still wanted (tally propose).";
    }
    return "";
  }

  const expectation::PartyNames& names_;
  const Decision& decision_;
  Outcome outcome_;
  std::vector<Input> inputs_;
  std::vector<std::string> steps_;
};

}  // namespace

Explanation ExplainDecision(const alliance::AllianceState& state,
                            const expectation::PartyNames& names,
                            const Decision& decision, int64_t now_us) {
  Explanation explanation;
  explanation.id = alliance::FormatDecisionId(state, names, decision);
  DecisionExplainer(names, decision, now_us).Fill(&explanation);
  return explanation;
}

}  // namespace tallystick::explain
