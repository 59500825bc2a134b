// SPDX-License-Identifier: Apache-2.0
#include "core/explain/explain_past_decision.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/decision/content.h"
#include "core/decision/past_decision.h"

namespace tallystick::explain {
namespace {

using alliance::PastTelling;
using decision::PastDecision;
using decision::PastStatus;
using expectation::Date;

std::string StatusInWords(PastStatus status) {
  switch (status) {
    case PastStatus::kProposed:
      return "It was proposed, and nobody has answered.";
    case PastStatus::kInForce:
      return "It is in force.";
    case PastStatus::kRejected:
      return "It was rejected; nothing was agreed.";
    case PastStatus::kRevokedBeforeAcceptance:
      return "It was taken back before it was accepted; nothing was agreed.";
    case PastStatus::kExpired:
      return "The time to answer passed; nothing was agreed.";
    case PastStatus::kLateAcceptance:
      return "It was accepted too late, which is a new offer; nothing was "
             "agreed.";
  }
  return "";
}

class PastExplainer {
 public:
  PastExplainer(const alliance::AllianceState& state,
                const expectation::PartyNames& names,
                const PastTelling& telling, const Date& day)
      : state_(state),
        names_(names),
        past_(telling.past),
        day_(day),
        status_(decision::StatusOn(telling.past, day)),
        acknowledged_(state.IsAcknowledged(telling)) {}

  Explanation Explain() const {
    Explanation explanation;
    explanation.id = past_.reference;
    const auto terms = decision::ParseContent(past_.content);
    if (terms.ok()) explanation.title = terms->title();
    explanation.result = Result();
    explanation.rule =
        "It was taken before these logs, so nobody has signed it; it counts if "
        "both companies tell the same of it. An acceptance takes effect when "
        "it is sent. Taking an offer back takes effect when that arrives, if "
        "no acceptance was sent before. An acceptance after the time to "
        "answer is a new offer, until the other company confirms it.";
    AddTellings(explanation.inputs);
    AddDates(explanation.inputs);
    explanation.steps = Steps();
    explanation.next_step = NextStep();
    return explanation;
  }

 private:
  std::string Name(v1::Party party) const {
    return std::string(names_.NameOf(party));
  }

  std::string Result() const {
    if (acknowledged_) return StatusInWords(status_);
    return absl::StrCat(
        "It has no effect: the two companies do not tell the "
        "same of it. As told: ",
        StatusInWords(status_));
  }

  void AddTellings(std::vector<Input>& inputs) const {
    for (const v1::Party party : {v1::PARTY_A, v1::PARTY_B}) {
      const PastTelling* told = state_.FindPast(party, past_.reference);
      if (told == nullptr) {
        inputs.push_back({absl::StrCat(Name(party), " tells"), "nothing of it",
                          std::nullopt});
      } else {
        inputs.push_back({absl::StrCat(Name(party), " tells"),
                          told->past.note.empty() ? "of it" : told->past.note,
                          Source{told->at, told->past.proposed_on}});
      }
    }
  }

  void AddDates(std::vector<Input>& inputs) const {
    const v1::Party offerer = decision::OffererOf(past_);
    const std::string other = Name(ledger::Other(offerer));
    const auto add = [&](const std::string& label,
                         const std::optional<Date>& on) {
      if (on && *on <= day_) {
        inputs.push_back({label, expectation::ToText(*on), std::nullopt});
      }
    };
    add(absl::StrCat(Name(past_.proposed_by), " proposed"), past_.proposed_on);
    add(absl::StrCat(Name(offerer), " offered other terms"),
        past_.countered_on);
    if (past_.respond_by_on) {
      inputs.push_back({"to be answered by",
                        expectation::ToText(*past_.respond_by_on),
                        std::nullopt});
    }
    add(absl::StrCat(other, " sent its acceptance"), past_.accepted_on);
    add("which arrived", past_.acceptance_received_on);
    add(absl::StrCat(Name(offerer), " took it back"), past_.revoked_on);
    add("which arrived", past_.revocation_received_on);
    add(absl::StrCat(other, " rejected it"), past_.rejected_on);
    add(absl::StrCat(Name(offerer), " confirmed the late acceptance"),
        past_.confirmed_on);
  }

  // The dates that decide, held against each other.
  std::vector<std::string> Steps() const {
    std::vector<std::string> steps;
    const auto compare = [&](absl::string_view what,
                             const std::optional<Date>& on,
                             absl::string_view before, absl::string_view after,
                             const std::optional<Date>& limit) {
      if (!on || !limit || *on > day_) return;
      steps.push_back(absl::StrCat(what, " ", expectation::ToText(*on), " is ",
                                   *on <= *limit ? before : after, " ",
                                   expectation::ToText(*limit)));
    };
    compare("the acceptance of", past_.accepted_on,
            "in time: the time to answer ended on",
            "too late: the time to answer ended on", past_.respond_by_on);
    compare("its taking back, which arrived on", past_.revocation_received_on,
            "no later than the acceptance of",
            "too late: after the acceptance of", past_.accepted_on);
    if (const auto agreed = decision::AgreedOn(past_, day_)) {
      steps.push_back(
          absl::StrCat("both had agreed on ", expectation::ToText(*agreed)));
    }
    return steps;
  }

  std::string NextStep() const {
    if (!acknowledged_) {
      return "Import the same on both sides (tally decisions import FILE), or "
             "propose it anew and sign it (tally propose).";
    }
    if (status_ == PastStatus::kInForce) {
      return "Act by it. To have it signed as well, propose the same terms "
             "(tally propose).";
    }
    return "Propose it anew if it is still wanted (tally propose).";
  }

  const alliance::AllianceState& state_;
  const expectation::PartyNames& names_;
  const PastDecision& past_;
  const Date& day_;
  PastStatus status_;
  bool acknowledged_;
};

}  // namespace

Explanation ExplainPastDecision(const alliance::AllianceState& state,
                                const expectation::PartyNames& names,
                                const PastTelling& telling, const Date& day) {
  return PastExplainer(state, names, telling, day).Explain();
}

}  // namespace tallystick::explain
