// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_DECISION_DECISION_H_
#define TALLYSTICK_CORE_DECISION_DECISION_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "core/canonical.h"
#include "core/evidence/digest.h"
#include "core/expectation/value.h"
#include "core/ledger/position.h"
#include "tallystick/v1/agree.pb.h"

// One decision: its revisions, what people said of them, and what follows.
//
// The rules are those of offer and acceptance (domain.md, section 17):
//  * An approval counts when it is written, if its author knew of nothing that
//    had ended the revision: no withdrawal, rejection or counter in view.
//  * A revision is ratified by one counting approval of each party.
//  * An approval after the limit is a new offer: it counts together with an
//    approval by the other party that was written with the late one in view.
//  * When two counters to the same revision cross, party A's stands.
//
// Whether a statement counts depends only on what its author had seen, so it is
// settled when the statement is folded and never changes; and a decision is a
// function of the set of its statements, whatever order they arrived in.
namespace tallystick::decision {

struct Revision {
  ledger::Position at;
  // A serialised v1::DecisionContent.
  std::string content;
  evidence::Digest hash = {};
  // The revision it replaced; none for the first.
  std::optional<evidence::Digest> replaces;
  // Answers written later than this are late; 0: no limit.
  int64_t respond_by_us = 0;
};

struct Verdict {
  ledger::Position at;
  evidence::Digest content_hash = {};
  v1::Verdict::Kind kind = v1::Verdict::KIND_UNSPECIFIED;
  std::string person;
  std::string text;
  std::string signature;
  std::string reason;
  // Why it does not count; empty: it does.
  std::string why_not;
  // It counts, but was written after the limit.
  bool late = false;
};

struct Withdrawal {
  ledger::Position at;
  evidence::Digest content_hash = {};
  std::string reason;
};

// What was decided is done, as one party says.
struct Fulfilment {
  ledger::Position at;
  // None: it is not done after all.
  std::optional<expectation::Date> done_on;
  std::string note;
};

struct Decision {
  // Identifies it: who opened it and the uid that party chose.
  v1::Party party = v1::PARTY_UNSPECIFIED;
  std::string uid;
  // The number in "d-7".
  uint64_t number = 0;
  // Each in the order of InsertByPosition, so that equal sets are equal lists.
  std::vector<Revision> revisions;
  std::vector<Verdict> verdicts;
  std::vector<Withdrawal> withdrawals;
  // What each party said last.
  std::vector<Fulfilment> fulfilments;

  // The terms with this hash; null if they were never offered. Both parties may
  // offer the same terms without knowing.
  const Revision* Find(const evidence::Digest& hash) const;
  // The same, as far as the author at a position had seen them.
  const Revision* FindSeen(const evidence::Digest& hash,
                           const ledger::Position& at) const;
};

// When it was done: the earliest day of those that the parties say. None: it is
// not, as far as anyone says.
std::optional<expectation::Date> DoneOn(
    const std::vector<Fulfilment>& fulfilments);

// Puts what a party says in the place of what it said before.
void Replace(std::vector<Fulfilment>& fulfilments, Fulfilment said);

// Adds a statement of a decision: party A's before party B's, each in the order
// of its log.
template <typename Statement>
void InsertByPosition(std::vector<Statement>& statements, Statement added) {
  auto before = [](const Statement& a, const Statement& b) {
    return std::pair(a.at.party, a.at.index) <
           std::pair(b.at.party, b.at.index);
  };
  statements.insert(
      std::upper_bound(statements.begin(), statements.end(), added, before),
      std::move(added));
}

enum class State {
  kProposed = 1,
  kRatified = 2,
  kRejected = 3,
  kWithdrawn = 4,
  kLapsed = 5,
  kLateAcceptance = 6,
};

// Orders ratifications, causes before effects; total.
struct RatificationKey {
  uint64_t causal_depth = 0;
  v1::Party party = v1::PARTY_UNSPECIFIED;
  std::string uid;

  friend auto operator<=>(const RatificationKey&,
                          const RatificationKey&) = default;
};

struct Outcome {
  State state = State::kProposed;
  // The ratified revision if there is one, else the newest that stands.
  evidence::Digest current = {};
  // Parties with a counting approval of `current`.
  bool approved_by_a = false;
  bool approved_by_b = false;
  // Of the ratified revision.
  std::optional<RatificationKey> ratified;
  // When the later of the two approvals was written, by its author's clock.
  int64_t ratified_at_us = 0;
  // How much of each log the two approvals had in view, themselves included.
  uint64_t size_a = 0;
  uint64_t size_b = 0;
};

// What the decision has come to. `now_us` decides only whether a limit passed.
Outcome Evaluate(const Decision& decision, int64_t now_us);

// May a statement at `at` do this, given what its author had seen? A refusal
// carries a reason (evidence/refusal.h) and a sentence for a person:
// "unknown_revision", "revision_ended", "already_ratified", "same_terms",
// "not_the_offerer", "own_revision", "not_ratified".
absl::Status CheckCounter(const Decision& decision, const ledger::Position& at,
                          const evidence::Digest& replaces,
                          const evidence::Digest& content_hash);
absl::Status CheckVerdict(const Decision& decision, const ledger::Position& at,
                          const evidence::Digest& content_hash,
                          v1::Verdict::Kind kind);
absl::Status CheckWithdrawal(const Decision& decision,
                             const ledger::Position& at,
                             const evidence::Digest& content_hash);

absl::Status CheckFulfilment(const Decision& decision,
                             const ledger::Position& at);

template <typename Archive>
void Visit(Archive& archive, Revision& revision) {
  archive(revision.at);
  archive(revision.content);
  archive(revision.hash);
  archive(revision.replaces);
  archive(revision.respond_by_us);
}

template <typename Archive>
void Visit(Archive& archive, Verdict& verdict) {
  archive(verdict.at);
  archive(verdict.content_hash);
  archive(verdict.kind);
  archive(verdict.person);
  archive(verdict.text);
  archive(verdict.signature);
  archive(verdict.reason);
  archive(verdict.why_not);
  archive(verdict.late);
}

template <typename Archive>
void Visit(Archive& archive, Withdrawal& withdrawal) {
  archive(withdrawal.at);
  archive(withdrawal.content_hash);
  archive(withdrawal.reason);
}

template <typename Archive>
void Visit(Archive& archive, Fulfilment& fulfilment) {
  archive(fulfilment.at);
  archive(fulfilment.done_on);
  archive(fulfilment.note);
}

template <typename Archive>
void Visit(Archive& archive, Decision& decision) {
  archive(decision.party);
  archive(decision.uid);
  archive(decision.number);
  archive(decision.revisions);
  archive(decision.verdicts);
  archive(decision.withdrawals);
  archive(decision.fulfilments);
}

template <typename Archive>
void Visit(Archive& archive, RatificationKey& key) {
  archive(key.causal_depth);
  archive(key.party);
  archive(key.uid);
}

}  // namespace tallystick::decision

#endif  // TALLYSTICK_CORE_DECISION_DECISION_H_
