// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/day_watch.h"

#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "core/alliance/agreed_topics.h"
#include "core/alliance/balance_report.h"
#include "core/alliance/balance_terms.h"
#include "core/alliance/baseline.h"
#include "core/alliance/gap_report.h"
#include "core/alliance/ids.h"
#include "core/alliance/promise_report.h"
#include "core/alliance/statement_report.h"
#include "core/decision/overtaken.h"
#include "core/drift/exceeds.h"
#include "core/drift/findings.h"
#include "core/drift/hysteresis.h"

namespace tallystick::alliance {
namespace {

using drift::Finding;
using expectation::Date;
using expectation::PartyNames;

constexpr absl::string_view kAsymmetry = "asymmetry";
constexpr absl::string_view kOverclaim = "overclaim";
constexpr absl::string_view kOvertaken = "overtaken_by_approval";
// Long enough for companies that were out of reach when it happened.
constexpr int64_t kOvertakenUs = int64_t{90} * 24 * 3600 * 1'000'000;
constexpr absl::string_view kFalseConsensus = "false_consensus";
// A whole view gets old on one day; that is one matter, not one for each topic.
constexpr absl::string_view kWholeView = "view";

class DayWatcher {
 public:
  DayWatcher(const AllianceState& state, const PartyNames& names,
             const Date& today, int64_t now_us, drift::AlertBook& book)
      : state_(state),
        names_(names),
        today_(today),
        now_us_(now_us),
        agreed_(state, today),
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
    std::map<v1::Party, StaleView> stale;
    for (const expectation::TopicRef& topic : Topics()) {
      for (const StatementRow& row :
           FindLateness(state_, agreed_, topic, names_)) {
        if (row.drift.kind == drift::StatementKind::kStaleness) {
          if (!row.drift.notice) stale[row.drift.party].Add(row);
        } else {
          Found(drift::ToFinding(row.drift, row.subject));
        }
      }
    }
    for (const auto& [party, view] : stale) Found(StalenessOf(party, view));
    CloseOthers({drift::ToText(drift::StatementKind::kPromise),
                 drift::ToText(drift::StatementKind::kOutdatedPrediction),
                 drift::ToText(drift::StatementKind::kStaleness)});
  }

  // Where a party thinks they agree, and they do not.
  void LookAtViews() {
    const GapQuestion question = {.own_party = v1::PARTY_A,
                                  .names = names_,
                                  .on = today_,
                                  .position = std::nullopt,
                                  .private_answers = {}};
    for (const GapRow& row : CompareViews(state_, question).rows) {
      SupersedeOlder(kFalseConsensus,
                     expectation::FormatTopicRef(row.ref, names_),
                     Baseline(state_, agreed_, row.ref).Name());
      if (IsFalseConsensus(row)) {
        Found(FalseConsensusOf(row));
      } else if (row.agreement &&
                 drift::Exceeds(*row.agreement, row.topic->tolerance)) {
        // They know by now that they differ, or have not looked for long, and
        // still do.
        Hold(kFalseConsensus, expectation::FormatTopicRef(row.ref, names_));
      }
    }
    CloseOthers({kFalseConsensus});
  }

  // What a party did and the other's approval crossed: for a while somebody has
  // to be told that it came to nothing.
  void LookAtDecisions() {
    for (const v1::Party opener : {v1::PARTY_A, v1::PARTY_B}) {
      for (const decision::Decision& decision : state_.decisions(opener)) {
        const decision::Outcome outcome = decision::Evaluate(decision, 0);
        if (now_us_ - outcome.ratified_at_us > kOvertakenUs) continue;
        for (const decision::Overtaken& act :
             decision::FindOvertaken(decision, outcome)) {
          Found(OvertakenOf(decision, act));
        }
      }
    }
    CloseOthers({kOvertaken});
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
  // The answers of one party that should have been reviewed long ago.
  struct StaleView {
    void Add(const StatementRow& row) {
      ++answers;
      if (!oldest || *row.drift.days > *oldest->drift.days) oldest = row;
      if (row.drift.rating.points >= rating.points) rating = row.drift.rating;
    }

    int answers = 0;
    std::optional<StatementRow> oldest;
    drift::Rating rating;
  };

  std::set<expectation::TopicRef> Topics() const {
    std::set<expectation::TopicRef> topics;
    for (const auto& [key, cell] : state_.cells()) topics.insert(key.topic);
    return topics;
  }

  Finding StalenessOf(v1::Party party, const StaleView& view) const {
    return {
        .kind = std::string(drift::ToText(drift::StatementKind::kStaleness)),
        .subject = std::string(kWholeView),
        .party = party,
        .variant = "",
        .points = view.rating.points,
        .severity = view.rating.severity,
        .text = absl::StrFormat(
            "%d answers of %s are older than one and a half times the time "
            "after which they were to be reviewed; the oldest, on %s, is "
            "%d days old. State them anew, changed or not. See: tally "
            "drift.",
            view.answers, names_.NameOf(party), view.oldest->subject.id,
            *view.oldest->drift.days)};
  }

  static bool IsFalseConsensus(const GapRow& row) {
    return !row.stale && row.severity &&
           (row.joint == expectation::JointState::kMutualFalseConsensus ||
            row.joint == expectation::JointState::kOneSidedFalseConsensus);
  }

  Finding FalseConsensusOf(const GapRow& row) const {
    const v1::Party party = row.joint_party.value_or(v1::PARTY_UNSPECIFIED);
    const std::string id = expectation::FormatTopicRef(row.ref, names_);
    const std::string who = row.joint_party
                                ? absl::StrCat(names_.NameOf(party), " thinks")
                                : "both think";
    return {
        .kind = std::string(kFalseConsensus),
        .subject = id,
        .party = party,
        .variant = Baseline(state_, agreed_, row.ref).Name(),
        .points = row.severity->points,
        .severity = drift::SeverityOf(row.severity->points),
        .text = absl::StrFormat(
            "%s and %s want different things of %s (%s), and %s that they "
            "agree. Distance %.4f, tolerance %.4g. Talk about it, and state "
            "anew what you expect. See: tally explain %s.",
            names_.a, names_.b, id, row.topic->title, who, *row.agreement,
            row.topic->tolerance, id)};
  }

  // A decision is a new baseline: what was open against another one is over.
  void SupersedeOlder(absl::string_view kind, absl::string_view subject,
                      absl::string_view baseline) {
    for (const v1::Party party :
         {v1::PARTY_UNSPECIFIED, v1::PARTY_A, v1::PARTY_B}) {
      for (const drift::Alert& alert :
           book_.Supersede(kind, subject, party, baseline, now_us_)) {
        open_.erase(alert.finding.Key());
        changed_.push_back(alert.number);
      }
    }
  }

  // What is open of this kind and subject is not over, unless it was found
  // again as something else.
  void Hold(absl::string_view kind, absl::string_view subject) {
    for (const auto& [key, finding] : open_) {
      if (finding.kind == kind && finding.subject == subject) {
        found_.insert(key);
      }
    }
  }

  void LookAtDimension(const DimensionRow& row) {
    if (row.symmetry.balance == record::Balance::kNegative) {
      // A loss has made no balance of what was out of it.
      Hold(kAsymmetry, record::ToText(row.dimension));
    }
    if (!row.symmetry.skew || !row.target) return;
    const double skew = *row.symmetry.skew;
    const Finding finding = AsymmetryOf(row);
    SupersedeOlder(kAsymmetry, finding.subject, row.target->decision);
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

  Finding OvertakenOf(const decision::Decision& decision,
                      const decision::Overtaken& act) const {
    const std::string id = FormatDecisionId(state_, names_, decision);
    return {
        .kind = std::string(kOvertaken),
        .subject = id,
        .party = act.at.party,
        .variant = absl::StrCat(act.at.index),
        .severity = drift::Severity::kWarning,
        .text = absl::StrCat(
            InWords(act, std::string(names_.NameOf(act.at.party)),
                    std::string(names_.NameOf(ledger::Other(act.at.party)))),
            " Talk about it; to change it, propose it anew. See: tally "
            "explain ",
            id, ".")};
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
  AgreedTopics agreed_;
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
  watcher.LookAtViews();
  watcher.LookAtStatements();
  watcher.LookAtDecisions();
  watcher.LookAtBalance();
  return watcher.Take();
}

}  // namespace tallystick::alliance
