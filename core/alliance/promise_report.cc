// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/promise_report.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "core/alliance/ids.h"
#include "core/decision/content.h"
#include "core/drift/lateness.h"

namespace tallystick::alliance {
namespace {

using expectation::Date;
using expectation::PartyNames;

constexpr v1::Party kParties[] = {v1::PARTY_A, v1::PARTY_B};

class PromiseReporter {
 public:
  PromiseReporter(const AllianceState& state, const PartyNames& names,
                  const Date& on)
      : state_(state), names_(names), on_(on) {}

  void Signed(const decision::Decision& decision) {
    if (decision::DoneOn(decision.fulfilments)) return;
    const decision::Outcome outcome = decision::Evaluate(decision, 0);
    if (!outcome.ratified) return;
    const decision::Revision* agreed = decision.Find(outcome.current);
    if (agreed == nullptr) return;
    Look(FormatDecisionId(state_, names_, decision), agreed->content);
  }

  void Past(const PastTelling& telling) {
    if (decision::StatusOn(telling.past, on_) !=
            decision::PastStatus::kInForce ||
        !state_.IsAcknowledged(telling) || IsDone(telling)) {
      return;
    }
    Look(telling.past.reference, telling.past.content);
  }

  std::vector<StatementRow> Take() {
    std::stable_sort(rows_.begin(), rows_.end(),
                     [](const StatementRow& a, const StatementRow& b) {
                       return *a.drift.days > *b.drift.days;
                     });
    return std::move(rows_);
  }

 private:
  // One party's word that it is done is enough.
  bool IsDone(const PastTelling& telling) const {
    for (const v1::Party party : kParties) {
      const PastTelling* told = state_.FindPast(party, telling.past.reference);
      if (told == nullptr) continue;
      const std::optional<Date> done =
          told->fulfilment ? told->fulfilment->done_on : told->past.done_on;
      if (done && *done <= on_) return true;
    }
    return false;
  }

  void Look(const std::string& id, absl::string_view content) {
    const auto terms = decision::ParseContent(content);
    if (!terms.ok() || !terms->has_due_on()) return;
    const auto due_on = expectation::DateFromProto(terms->due_on());
    if (!due_on.ok()) return;
    const auto overdue =
        drift::FindOverdue(drift::kWeightDefault, *due_on, on_);
    if (!overdue) return;
    StatementRow row{.ref = {}, .topic = nullptr, .drift = *overdue};
    row.subject = {.id = id,
                   .title = terms->title(),
                   .names = names_,
                   .baseline = "due:" + expectation::ToText(*due_on),
                   .agreed = true};
    rows_.push_back(std::move(row));
  }

  const AllianceState& state_;
  const PartyNames& names_;
  const Date& on_;
  std::vector<StatementRow> rows_;
};

}  // namespace

std::vector<StatementRow> PromiseReport(const AllianceState& state,
                                        const PartyNames& names,
                                        const Date& on) {
  PromiseReporter reporter(state, names, on);
  for (const v1::Party party : kParties) {
    for (const decision::Decision& decision : state.decisions(party)) {
      reporter.Signed(decision);
    }
  }
  // Told alike by both, so the founder's telling stands for both.
  for (const auto& [reference, telling] : state.past(v1::PARTY_A)) {
    reporter.Past(telling);
  }
  return reporter.Take();
}

}  // namespace tallystick::alliance
