// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_DECISION_PAST_DECISION_H_
#define TALLYSTICK_CORE_DECISION_PAST_DECISION_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/expectation/value.h"
#include "tallystick/v1/agree.pb.h"

// Decisions that were taken before the alliance used its logs, told by dates.
// Nobody has signed them; they count only if both parties tell the same.
namespace tallystick::decision {

// As one party tells it.
struct PastDecision {
  // "D1"
  std::string reference;
  // A serialised v1::DecisionContent.
  std::string content;
  v1::Party proposed_by = v1::PARTY_UNSPECIFIED;
  expectation::Date proposed_on;
  // The other party offered other terms, those of `content`.
  std::optional<expectation::Date> countered_on;
  // The last day for an answer.
  std::optional<expectation::Date> respond_by_on;
  // When the acceptance was sent, and when it arrived.
  std::optional<expectation::Date> accepted_on;
  std::optional<expectation::Date> acceptance_received_on;
  // When the offer was taken back, and when that arrived.
  std::optional<expectation::Date> revoked_on;
  std::optional<expectation::Date> revocation_received_on;
  std::optional<expectation::Date> rejected_on;
  // The offerer agreed to an acceptance that came too late.
  std::optional<expectation::Date> confirmed_on;
  std::optional<expectation::Date> done_on;
  std::string note;

  friend bool operator==(const PastDecision&, const PastDecision&) = default;
};

// Whose terms those of `content` are.
v1::Party OffererOf(const PastDecision& past);

// 1 to 40 of A-Z, a-z, 0-9, ".", "_" and "-", and no id of a signed decision.
bool IsPastReference(absl::string_view reference);

// Reads what anyone wrote. INVALID_ARGUMENT names the bound of agree.proto it
// breaks, or the two dates that cannot both be.
absl::StatusOr<PastDecision> ReadPastDecision(const v1::PastDecision& message);

// Reads back as `past`.
v1::PastDecision PastDecisionToProto(const PastDecision& past);

// The latest day on which something happened, limits aside.
expectation::Date LatestDay(const PastDecision& past);

// Whether two parties tell the same: terms and dates. A note, and that it has
// been done, may be told by one of them alone.
bool TellTheSame(const PastDecision& a, const PastDecision& b);

// What its dates make of it, by the rules of offer and acceptance that
// decision.h has for signed ones:
//  * an acceptance takes effect when it is sent;
//  * a revocation takes effect when it arrives, against an acceptance sent
//    after that day; on the same day nobody can tell, and nothing was agreed;
//  * an acceptance after the limit is a new offer until it is confirmed.
enum class PastStatus {
  kProposed = 1,
  kInForce = 2,
  kRejected = 3,
  kRevokedBeforeAcceptance = 4,
  kExpired = 5,
  kLateAcceptance = 6,
};

// "in_force", "late_acceptance_needs_confirmation".
absl::string_view ToText(PastStatus status);

// As of the end of `day`: what happened later does not count.
PastStatus StatusOn(const PastDecision& past, const expectation::Date& day);

// The day on which both had agreed; none while it is not in force.
std::optional<expectation::Date> AgreedOn(const PastDecision& past,
                                          const expectation::Date& day);

template <typename Archive>
void Visit(Archive& archive, PastDecision& past) {
  archive(past.reference);
  archive(past.content);
  archive(past.proposed_by);
  archive(past.proposed_on);
  archive(past.countered_on);
  archive(past.respond_by_on);
  archive(past.accepted_on);
  archive(past.acceptance_received_on);
  archive(past.revoked_on);
  archive(past.revocation_received_on);
  archive(past.rejected_on);
  archive(past.confirmed_on);
  archive(past.done_on);
  archive(past.note);
}

}  // namespace tallystick::decision

#endif  // TALLYSTICK_CORE_DECISION_PAST_DECISION_H_
