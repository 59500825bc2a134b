// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/day_watch.h"

#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "core/alliance/balance_report.h"
#include "core/alliance/balance_terms.h"
#include "core/alliance/promise_report.h"
#include "core/alliance/statement_report.h"
#include "core/drift/findings.h"
#include "core/drift/hysteresis.h"

namespace tallystick::alliance {
namespace {

using drift::Finding;
using expectation::Date;
using expectation::PartyNames;

constexpr absl::string_view kAsymmetry = "asymmetry";
constexpr absl::string_view kOverclaim = "overclaim";

class DayWatcher {
 public:
  DayWatcher(const AllianceState& state, const PartyNames& names,
             const Date& today, int64_t now_us, drift::AlertBook& book)
      : state_(state),
        names_(names),
        today_(today),
        now_us_(now_us),
        book_(book) {
    for (const auto& [number, alert] : book.alerts()) {
      if (alert.state == drift::Alert::State::kOpen ||
          alert.state == drift::Alert::State::kAcknowledged) {
        open_.emplace(alert.finding.Key(), alert.finding);
      }
    }
  }

  void LookAtStatements() {
    for (const StatementRow& row : PromiseReport(state_, names_, today_)) {
      Found(drift::ToFinding(row.drift, row.subject));
    }
    std::set<expectation::TopicRef> topics;
    for (const auto& [key, cell] : state_.cells()) topics.insert(key.topic);
    for (const expectation::TopicRef& topic : topics) {
      for (const StatementRow& row :
           FindLateness(state_, topic, names_, today_)) {
        if (row.drift.kind == drift::StatementKind::kStaleness) continue;
        Found(drift::ToFinding(row.drift, row.subject));
      }
    }
    CloseOthers({drift::ToText(drift::StatementKind::kPromise),
                 drift::ToText(drift::StatementKind::kOutdatedPrediction)});
  }

  void LookAtBalance() {
    const BalanceReport report =
        MakeBalanceReport(state_, BalanceTermsOn(state_, names_, today_),
                          v1::PARTY_A, {}, today_);
    std::set<record::Dimension> seen;
    for (const DimensionRow& row : report.dimensions) {
      // The basis that counts overall comes first.
      if (seen.insert(row.dimension).second) LookAtDimension(row);
    }
    for (const OverclaimRow& row : report.overclaims) {
      if (row.rating) Found(OverclaimOf(row));
    }
    CloseOthers({kAsymmetry, kOverclaim});
  }

  std::vector<uint64_t> Take() { return std::move(changed_); }

 private:
  void LookAtDimension(const DimensionRow& row) {
    if (!row.symmetry.skew || !row.target) return;
    const double skew = *row.symmetry.skew;
    const Finding finding = AsymmetryOf(row);
    switch (drift::SkewCondition(std::abs(skew), row.target->target.band)) {
      case drift::Condition::kOn:
        if (row.rating) Found(finding);
        break;
      case drift::Condition::kHold:
        found_.insert(finding.Key());
        break;
      case drift::Condition::kOff:
        break;
    }
  }

  Finding AsymmetryOf(const DimensionRow& row) const {
    const double skew = *row.symmetry.skew;
    const std::string dimension(record::ToText(row.dimension));
    Finding finding = {.kind = std::string(kAsymmetry),
                       .subject = dimension,
                       .party = skew > 0 ? v1::PARTY_A : v1::PARTY_B,
                       .variant = drift::VariantOf(
                           skew > 0 ? drift::Side::kUp : drift::Side::kDown,
                           row.target->decision)};
    finding.text = absl::StrFormat(
        "The share of %s in %s is %.1f%%; agreed was %.1f%% (%s), within %.1f "
        "points. Talk about it: bring it back, or agree on another share. See: "
        "tally explain %s.",
        names_.a, dimension, *row.symmetry.share_of_a * 100,
        row.target->target.share_of_a * 100, row.target->decision,
        row.target->target.band * 100, dimension);
    if (row.rating) {
      finding.points = row.rating->points;
      finding.severity = row.rating->severity;
    }
    return finding;
  }

  Finding OverclaimOf(const OverclaimRow& row) const {
    return {.kind = std::string(kOverclaim),
            .subject = row.subject,
            .party = v1::PARTY_UNSPECIFIED,
            .variant = "",
            .points = row.rating->points,
            .severity = row.rating->severity,
            .text = absl::StrCat(
                "The shares of ", row.subject, " that ", names_.a, " and ",
                names_.b,
                " claim for themselves add up to another sum than the whole. "
                "Compare who did what. See: tally balance.")};
  }

  // What is open and has not become worse stays as it is: a look by itself is
  // no news.
  void Found(const Finding& finding) {
    const std::string key = finding.Key();
    found_.insert(key);
    const auto open = open_.find(key);
    if (open != open_.end() && finding.severity <= open->second.severity) {
      return;
    }
    changed_.push_back(book_.Raise(finding, now_us_).number);
  }

  // Of these kinds, what is open and was not found again is over.
  void CloseOthers(const std::set<absl::string_view>& kinds) {
    for (const auto& [key, finding] : open_) {
      if (!kinds.contains(finding.kind) || found_.contains(key)) continue;
      if (const drift::Alert* closed = book_.Close(key, now_us_)) {
        changed_.push_back(closed->number);
      }
    }
  }

  const AllianceState& state_;
  const PartyNames& names_;
  const Date& today_;
  int64_t now_us_;
  drift::AlertBook& book_;
  // As they were before this look.
  std::map<std::string, Finding> open_;
  std::set<std::string> found_;
  std::vector<uint64_t> changed_;
};

}  // namespace

std::vector<uint64_t> LookAtDay(const AllianceState& state,
                                const PartyNames& names, const Date& today,
                                int64_t now_us, drift::AlertBook& book) {
  DayWatcher watcher(state, names, today, now_us, book);
  watcher.LookAtStatements();
  watcher.LookAtBalance();
  return watcher.Take();
}

}  // namespace tallystick::alliance
