// SPDX-License-Identifier: Apache-2.0
#include "core/decision/decision.h"

#include "core/evidence/refusal.h"

namespace tallystick::decision {
namespace {

using evidence::Digest;
using ledger::Position;

// The statements that are taken into account: all of them, or those the author
// at a position had in view.
class Scope {
 public:
  static Scope Everything() { return Scope(nullptr); }
  static Scope SeenFrom(const Position& at) { return Scope(&at); }

  template <typename Statement>
  bool Has(const Statement& statement) const {
    return at_ == nullptr || ledger::Saw(*at_, statement.at);
  }

 private:
  explicit Scope(const Position* at) : at_(at) {}
  const Position* at_;
};

bool Counts(const Verdict& verdict, const Digest& hash,
            v1::Verdict::Kind kind) {
  return verdict.content_hash == hash && verdict.kind == kind &&
         verdict.why_not.empty();
}

// A late approval is an offer; it takes one that had it in view to bind.
bool Bind(const Verdict& a, const Verdict& b) {
  if (!a.late && !b.late) return true;
  return (a.late && ledger::Saw(b.at, a.at)) ||
         (b.late && ledger::Saw(a.at, b.at));
}

// What the authors of both approvals had in view together.
struct Ratification {
  uint64_t size_a;
  uint64_t size_b;
  int64_t at_us;

  uint64_t CausalDepth() const { return size_a + size_b; }
};

// The earliest pair of approvals that ratifies a revision.
std::optional<Ratification> RatificationOf(const Decision& decision,
                                           const Digest& hash,
                                           const Scope& scope) {
  std::optional<Ratification> first;
  for (const Verdict& a : decision.verdicts) {
    if (a.at.party != v1::PARTY_A || !scope.Has(a) ||
        !Counts(a, hash, v1::Verdict::APPROVE)) {
      continue;
    }
    for (const Verdict& b : decision.verdicts) {
      if (b.at.party != v1::PARTY_B || !scope.Has(b) ||
          !Counts(b, hash, v1::Verdict::APPROVE) || !Bind(a, b)) {
        continue;
      }
      const Ratification pair = {
          .size_a = std::max(a.at.index + 1, b.at.partner_size),
          .size_b = std::max(b.at.index + 1, a.at.partner_size),
          .at_us = std::max(a.at.time_us, b.at.time_us)};
      if (!first || pair.CausalDepth() < first->CausalDepth()) first = pair;
    }
  }
  return first;
}

// The counter that replaced a revision; of two that crossed, party A's. The
// list has party A's first.
const Revision* CounterTo(const Decision& decision, const Digest& hash,
                          const Scope& scope) {
  for (const Revision& revision : decision.revisions) {
    if (revision.replaces == hash && scope.Has(revision)) return &revision;
  }
  return nullptr;
}

bool IsWithdrawn(const Decision& decision, const Digest& hash,
                 const Scope& scope) {
  return std::any_of(decision.withdrawals.begin(), decision.withdrawals.end(),
                     [&](const Withdrawal& withdrawal) {
                       return withdrawal.content_hash == hash &&
                              scope.Has(withdrawal);
                     });
}

bool IsRejected(const Decision& decision, const Digest& hash,
                const Scope& scope) {
  return std::any_of(decision.verdicts.begin(), decision.verdicts.end(),
                     [&](const Verdict& verdict) {
                       return scope.Has(verdict) &&
                              Counts(verdict, hash, v1::Verdict::REJECT);
                     });
}

// A counter that crossed another one and lost was never on the table.
bool LostCrossing(const Decision& decision, const Digest& hash,
                  const Scope& scope) {
  return std::all_of(
      decision.revisions.begin(), decision.revisions.end(),
      [&](const Revision& revision) {
        if (revision.hash != hash || !scope.Has(revision)) {
          return true;
        }
        if (!revision.replaces) return false;
        return CounterTo(decision, *revision.replaces, scope)->hash != hash;
      });
}

// Whether the party had offered these terms, as seen from a position.
bool IsOfferOf(const Decision& decision, const Digest& hash, const Position& at,
               v1::Party party) {
  return std::any_of(decision.revisions.begin(), decision.revisions.end(),
                     [&](const Revision& revision) {
                       return revision.hash == hash &&
                              revision.at.party == party &&
                              ledger::Saw(at, revision.at);
                     });
}

absl::Status CheckOpen(const Decision& decision, const Position& at,
                       const Digest& hash) {
  const Scope seen = Scope::SeenFrom(at);
  if (decision.FindSeen(hash, at) == nullptr) {
    return evidence::Refuse("unknown_revision",
                            "these terms had not been offered");
  }
  for (const Revision& other : decision.revisions) {
    if (seen.Has(other) && RatificationOf(decision, other.hash, seen)) {
      return evidence::Refuse("already_ratified",
                              "the decision had been ratified before");
    }
  }
  if (IsWithdrawn(decision, hash, seen)) {
    return evidence::Refuse("revision_ended", "the offer had been withdrawn");
  }
  if (IsRejected(decision, hash, seen)) {
    return evidence::Refuse("revision_ended", "the offer had been rejected");
  }
  if (CounterTo(decision, hash, seen) != nullptr ||
      LostCrossing(decision, hash, seen)) {
    return evidence::Refuse("revision_ended",
                            "a counter-proposal had replaced the offer");
  }
  return absl::OkStatus();
}

}  // namespace

const Revision* Decision::Find(const Digest& hash) const {
  for (const Revision& revision : revisions) {
    if (revision.hash == hash) return &revision;
  }
  return nullptr;
}

const Revision* Decision::FindSeen(const Digest& hash,
                                   const Position& at) const {
  for (const Revision& revision : revisions) {
    if (revision.hash == hash && ledger::Saw(at, revision.at)) return &revision;
  }
  return nullptr;
}

absl::Status CheckCounter(const Decision& decision, const Position& at,
                          const Digest& replaces, const Digest& content_hash) {
  if (absl::Status open = CheckOpen(decision, at, replaces); !open.ok()) {
    return open;
  }
  if (decision.FindSeen(content_hash, at) != nullptr) {
    return evidence::Refuse(
        "same_terms", "exactly these terms have been offered; approve them");
  }
  return absl::OkStatus();
}

absl::Status CheckVerdict(const Decision& decision, const Position& at,
                          const Digest& content_hash, v1::Verdict::Kind kind) {
  if (absl::Status open = CheckOpen(decision, at, content_hash); !open.ok()) {
    return open;
  }
  if (kind == v1::Verdict::REJECT &&
      !IsOfferOf(decision, content_hash, at, ledger::Other(at.party))) {
    return evidence::Refuse("own_revision",
                            "an own offer is withdrawn, not rejected");
  }
  return absl::OkStatus();
}

absl::Status CheckWithdrawal(const Decision& decision, const Position& at,
                             const Digest& content_hash) {
  if (absl::Status open = CheckOpen(decision, at, content_hash); !open.ok()) {
    return open;
  }
  if (!IsOfferOf(decision, content_hash, at, at.party)) {
    return evidence::Refuse("not_the_offerer",
                            "only who offered the terms can withdraw them");
  }
  return absl::OkStatus();
}

absl::Status CheckFulfilment(const Decision& decision, const Position& at) {
  const Scope seen = Scope::SeenFrom(at);
  for (const Revision& revision : decision.revisions) {
    if (seen.Has(revision) && RatificationOf(decision, revision.hash, seen)) {
      return absl::OkStatus();
    }
  }
  return evidence::Refuse("not_ratified",
                          "only what both have approved can be done");
}

std::optional<expectation::Date> DoneOn(
    const std::vector<Fulfilment>& fulfilments) {
  std::optional<expectation::Date> done;
  for (const Fulfilment& said : fulfilments) {
    if (said.done_on && (!done || *said.done_on < *done)) done = said.done_on;
  }
  return done;
}

void Replace(std::vector<Fulfilment>& fulfilments, Fulfilment said) {
  std::erase_if(fulfilments, [&](const Fulfilment& earlier) {
    return earlier.at.party == said.at.party;
  });
  InsertByPosition(fulfilments, std::move(said));
}

namespace {

// The newest revision that stands, following the counters from the first.
const Revision& Standing(const Decision& decision) {
  const Scope everything = Scope::Everything();
  const Revision* standing = &decision.revisions.front();
  for (const Revision& revision : decision.revisions) {
    if (!revision.replaces) standing = &revision;
  }
  // Each step goes to a later entry, so this ends.
  for (size_t i = 0; i < decision.revisions.size(); ++i) {
    const Revision* next = CounterTo(decision, standing->hash, everything);
    if (next == nullptr) break;
    standing = next;
  }
  return *standing;
}

void NoteApprovals(const Decision& decision, Outcome* outcome) {
  for (const Verdict& verdict : decision.verdicts) {
    if (!Counts(verdict, outcome->current, v1::Verdict::APPROVE)) continue;
    if (verdict.late && outcome->state != State::kRatified) {
      if (outcome->state == State::kLapsed ||
          outcome->state == State::kProposed) {
        outcome->state = State::kLateAcceptance;
      }
    }
    (verdict.at.party == v1::PARTY_A ? outcome->approved_by_a
                                     : outcome->approved_by_b) = true;
  }
}

}  // namespace

Outcome Evaluate(const Decision& decision, int64_t now_us) {
  const Scope everything = Scope::Everything();
  Outcome outcome;
  for (const Revision& revision : decision.revisions) {
    const auto ratified = RatificationOf(decision, revision.hash, everything);
    if (!ratified) continue;
    outcome.state = State::kRatified;
    outcome.current = revision.hash;
    outcome.ratified =
        RatificationKey{ratified->CausalDepth(), decision.party, decision.uid};
    outcome.ratified_at_us = ratified->at_us;
    outcome.size_a = ratified->size_a;
    outcome.size_b = ratified->size_b;
    NoteApprovals(decision, &outcome);
    return outcome;
  }
  const Revision& standing = Standing(decision);
  outcome.current = standing.hash;
  if (IsWithdrawn(decision, standing.hash, everything)) {
    outcome.state = State::kWithdrawn;
  } else if (IsRejected(decision, standing.hash, everything)) {
    outcome.state = State::kRejected;
  } else if (standing.respond_by_us > 0 && now_us > standing.respond_by_us) {
    outcome.state = State::kLapsed;
  }
  NoteApprovals(decision, &outcome);
  return outcome;
}

}  // namespace tallystick::decision
