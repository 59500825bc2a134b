// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_FOLDER_H_
#define TALLYSTICK_CORE_ALLIANCE_FOLDER_H_

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/alliance/state.h"
#include "core/evidence/digest.h"
#include "core/evidence/refusal.h"

// Inside of AllianceState: what each kind of statement does to the state.
namespace tallystick::alliance {

// Folds one entry. A rule that an entry breaks ends in a status with a reason;
// the entry is then set aside and the state is as if it were not there.
class Folder {
 public:
  // `writing`: the statement is about to be written, and what would not count
  // is not even kept.
  Folder(AllianceState& state, ledger::Position at, bool writing)
      : state_(state),
        at_(std::move(at)),
        own_(state.Of(at_.party)),
        writing_(writing) {}

  // Folds the statement, or refuses it with a reason and changes nothing.
  absl::Status Fold(const v1::Body& body, Touched* touched);

 private:
  absl::Status FoldOpening(const v1::Opening& opening);
  absl::Status FoldStance(const v1::Stance& stance, Touched* touched);
  absl::Status FoldText(const v1::TextConfirmation& confirmation);
  absl::Status FoldClaim(const v1::RecordClaim& claim, Touched* touched);
  absl::Status FoldAnswer(const v1::RecordAnswer& answer);
  absl::Status FoldBetterOff(const v1::BetterOffAnswer& answer);
  absl::Status FoldRosterChange(const v1::RosterChange& change);
  absl::Status FoldProposal(const v1::Proposal& proposal, Touched* touched);
  absl::Status FoldCounter(const v1::Counter& counter, Touched* touched);
  absl::Status FoldVerdict(const v1::Verdict& verdict, Touched* touched);
  absl::Status FoldWithdrawal(const v1::Withdrawal& withdrawal,
                              Touched* touched);

  absl::Status FoldPast(const v1::PastDecision& past, Touched* touched);
  absl::Status FoldFulfilment(const v1::Fulfilment& fulfilment,
                              Touched* touched);

  absl::StatusOr<v1::DecisionContent> ReadTerms(
      absl::string_view content) const;
  absl::Status CheckUnsigned(const v1::Verdict& verdict) const;
  absl::Status CheckSignature(const v1::Verdict& verdict,
                              const decision::Decision& decision) const;
  absl::StatusOr<decision::Decision*> SeenDecision(const v1::EntryRef& ref);
  void Ratify(const decision::Decision& decision,
              const decision::Outcome& before, Touched* touched);
  void Settle(const expectation::TopicRef& topic, Touched* touched);
  void Offer(decision::Revision revision, decision::Decision& decision,
             Touched* touched);
  void TouchDecision(const decision::Decision& decision, Touched* touched);

  // 1 + the largest number the author had in view.
  template <typename Numbered, typename PositionOf>
  uint64_t NextNumber(const std::vector<Numbered>& own,
                      const std::vector<Numbered>& others,
                      PositionOf position_of) const {
    uint64_t number = own.empty() ? 0 : own.back().number;
    const auto seen_end = std::partition_point(
        others.begin(), others.end(), [&](const Numbered& other) {
          return ledger::Saw(at_, position_of(other));
        });
    if (seen_end != others.begin()) {
      number = std::max(number, std::prev(seen_end)->number);
    }
    return number + 1;
  }

  AllianceState& state_;
  ledger::Position at_;
  AllianceState::PartyState& own_;
  bool writing_;
};

inline absl::Status RefuseStatement(absl::string_view detail) {
  return evidence::Refuse("bad_statement", detail);
}

// Why somebody answers, rejects or withdraws: plain text of at most 2000 bytes.
absl::Status CheckReason(absl::string_view reason);

// [a-z0-9][a-z0-9._-]{0,62}
bool IsPersonId(absl::string_view id);

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_FOLDER_H_
