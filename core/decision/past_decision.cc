// SPDX-License-Identifier: Apache-2.0
#include "core/decision/past_decision.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/decision/content.h"
#include "core/evidence/plain_text.h"
#include "core/status_macros.h"

namespace tallystick::decision {
namespace {

using expectation::Date;
using Day = std::optional<Date>;

constexpr size_t kReferenceSizeMax = 40;
constexpr size_t kNoteSizeMax = 2000;

template <typename... Parts>
absl::Status Refuse(const Parts&... parts) {
  return absl::InvalidArgumentError(absl::StrCat(parts...));
}

absl::Status ReadDay(bool present, const v1::Date& message,
                     absl::string_view what, Day& day) {
  if (!present) return absl::OkStatus();
  const auto date = expectation::DateFromProto(message);
  if (!date.ok()) return Refuse(what, ": ", date.status().message());
  day = *date;
  return absl::OkStatus();
}

absl::Status ReadDays(const v1::PastDecision& message, PastDecision& past) {
  if (!message.has_proposed_on()) {
    return Refuse("it is not said when it was proposed");
  }
  Day proposed;
  TALLYSTICK_RETURN_IF_ERROR(
      ReadDay(true, message.proposed_on(), "proposed", proposed));
  past.proposed_on = *proposed;
  TALLYSTICK_RETURN_IF_ERROR(ReadDay(message.has_countered_on(),
                                     message.countered_on(), "countered",
                                     past.countered_on));
  TALLYSTICK_RETURN_IF_ERROR(
      ReadDay(message.has_respond_by_on(), message.respond_by_on(),
              "the limit to respond", past.respond_by_on));
  TALLYSTICK_RETURN_IF_ERROR(ReadDay(message.has_accepted_on(),
                                     message.accepted_on(), "accepted",
                                     past.accepted_on));
  TALLYSTICK_RETURN_IF_ERROR(ReadDay(
      message.has_acceptance_received_on(), message.acceptance_received_on(),
      "acceptance received", past.acceptance_received_on));
  TALLYSTICK_RETURN_IF_ERROR(ReadDay(message.has_revoked_on(),
                                     message.revoked_on(), "revoked",
                                     past.revoked_on));
  TALLYSTICK_RETURN_IF_ERROR(ReadDay(
      message.has_revocation_received_on(), message.revocation_received_on(),
      "revocation received", past.revocation_received_on));
  TALLYSTICK_RETURN_IF_ERROR(ReadDay(message.has_rejected_on(),
                                     message.rejected_on(), "rejected",
                                     past.rejected_on));
  TALLYSTICK_RETURN_IF_ERROR(ReadDay(message.has_confirmed_on(),
                                     message.confirmed_on(), "confirmed",
                                     past.confirmed_on));
  return ReadDay(message.has_done_on(), message.done_on(), "done",
                 past.done_on);
}

Date OfferedOn(const PastDecision& past) {
  return past.countered_on.value_or(past.proposed_on);
}

// `later`, if it is there, must have an `earlier` that is not after it.
absl::Status CheckOrder(const Day& earlier, absl::string_view earlier_name,
                        const Day& later, absl::string_view later_name) {
  if (!later) return absl::OkStatus();
  if (!earlier) {
    return Refuse(later_name, ", but it is not said when it was ",
                  earlier_name);
  }
  if (*later < *earlier) {
    return Refuse(later_name, " on ", expectation::ToText(*later), ", before ",
                  earlier_name, " on ", expectation::ToText(*earlier));
  }
  return absl::OkStatus();
}

absl::Status CheckOrders(const PastDecision& past) {
  const Day proposed = past.proposed_on;
  const Day offered = OfferedOn(past);
  TALLYSTICK_RETURN_IF_ERROR(
      CheckOrder(proposed, "proposed", past.countered_on, "countered"));
  TALLYSTICK_RETURN_IF_ERROR(CheckOrder(
      proposed, "proposed", past.respond_by_on, "the limit to respond is"));
  TALLYSTICK_RETURN_IF_ERROR(
      CheckOrder(offered, "offered", past.accepted_on, "accepted"));
  TALLYSTICK_RETURN_IF_ERROR(CheckOrder(past.accepted_on, "accepted",
                                        past.acceptance_received_on,
                                        "acceptance received"));
  TALLYSTICK_RETURN_IF_ERROR(
      CheckOrder(offered, "offered", past.revoked_on, "revoked"));
  TALLYSTICK_RETURN_IF_ERROR(CheckOrder(past.revoked_on, "revoked",
                                        past.revocation_received_on,
                                        "revocation received"));
  TALLYSTICK_RETURN_IF_ERROR(
      CheckOrder(offered, "offered", past.rejected_on, "rejected"));
  return CheckOrder(past.accepted_on, "accepted", past.confirmed_on,
                    "confirmed");
}

bool Happened(const Day& what, const Date& day) { return what && *what <= day; }

}  // namespace

v1::Party OffererOf(const PastDecision& past) {
  if (!past.countered_on) return past.proposed_by;
  return past.proposed_by == v1::PARTY_A ? v1::PARTY_B : v1::PARTY_A;
}

bool IsPastReference(absl::string_view reference) {
  if (reference.empty() || reference.size() > kReferenceSizeMax) return false;
  const bool plain =
      std::all_of(reference.begin(), reference.end(), [](unsigned char c) {
        return absl::ascii_isalnum(c) || c == '.' || c == '_' || c == '-';
      });
  absl::ConsumePrefix(&reference, "d-");
  return plain &&
         !std::all_of(reference.begin(), reference.end(),
                      [](unsigned char c) { return absl::ascii_isdigit(c); });
}

absl::StatusOr<PastDecision> ReadPastDecision(const v1::PastDecision& message) {
  if (!IsPastReference(message.reference())) {
    return Refuse("the reference of a past decision is 1 to 40 letters, ",
                  "digits, \".\", \"_\" and \"-\", such as D1, and no d-7");
  }
  PastDecision past = {.reference = message.reference(),
                       .content = message.content(),
                       .proposed_by = message.proposed_by(),
                       .note = message.note()};
  TALLYSTICK_ASSIGN_OR_RETURN(const v1::DecisionContent terms,
                              ParseContent(past.content));
  if (terms.respond_by_us() != 0) {
    return Refuse("the limit to respond of a past decision is a day");
  }
  if (past.proposed_by != v1::PARTY_A && past.proposed_by != v1::PARTY_B) {
    return Refuse("it is not said who proposed it");
  }
  if (!evidence::IsPlainText(past.note, kNoteSizeMax)) {
    return Refuse("a note is plain text of at most 2000 bytes");
  }
  TALLYSTICK_RETURN_IF_ERROR(ReadDays(message, past));
  TALLYSTICK_RETURN_IF_ERROR(CheckOrders(past));
  return past;
}

v1::PastDecision PastDecisionToProto(const PastDecision& past) {
  v1::PastDecision message;
  message.set_reference(past.reference);
  message.set_content(past.content);
  message.set_proposed_by(past.proposed_by);
  message.set_note(past.note);
  *message.mutable_proposed_on() = expectation::DateToProto(past.proposed_on);
  const auto write = [](const Day& day, auto mutable_field) {
    if (day) *mutable_field() = expectation::DateToProto(*day);
  };
  write(past.countered_on, [&] { return message.mutable_countered_on(); });
  write(past.respond_by_on, [&] { return message.mutable_respond_by_on(); });
  write(past.accepted_on, [&] { return message.mutable_accepted_on(); });
  write(past.acceptance_received_on,
        [&] { return message.mutable_acceptance_received_on(); });
  write(past.revoked_on, [&] { return message.mutable_revoked_on(); });
  write(past.revocation_received_on,
        [&] { return message.mutable_revocation_received_on(); });
  write(past.rejected_on, [&] { return message.mutable_rejected_on(); });
  write(past.confirmed_on, [&] { return message.mutable_confirmed_on(); });
  write(past.done_on, [&] { return message.mutable_done_on(); });
  return message;
}

Date LatestDay(const PastDecision& past) {
  Date latest = past.proposed_on;
  for (const Day& day :
       {past.countered_on, past.accepted_on, past.acceptance_received_on,
        past.revoked_on, past.revocation_received_on, past.rejected_on,
        past.confirmed_on, past.done_on}) {
    if (day) latest = std::max(latest, *day);
  }
  return latest;
}

bool TellTheSame(const PastDecision& a, const PastDecision& b) {
  const auto told = [](PastDecision past) {
    past.done_on.reset();
    past.note.clear();
    return past;
  };
  return told(a) == told(b);
}

absl::string_view ToText(PastStatus status) {
  switch (status) {
    case PastStatus::kProposed:
      return "proposed";
    case PastStatus::kInForce:
      return "in_force";
    case PastStatus::kRejected:
      return "rejected";
    case PastStatus::kRevokedBeforeAcceptance:
      return "revoked_before_acceptance";
    case PastStatus::kExpired:
      return "expired";
    case PastStatus::kLateAcceptance:
      return "late_acceptance_needs_confirmation";
  }
  return "";
}

PastStatus StatusOn(const PastDecision& past, const Date& day) {
  const bool accepted = Happened(past.accepted_on, day);
  // What ends an offer does so only before an acceptance was sent.
  const Date end = accepted ? *past.accepted_on : day;
  if (Happened(past.revocation_received_on, end)) {
    return PastStatus::kRevokedBeforeAcceptance;
  }
  if (Happened(past.rejected_on, end)) return PastStatus::kRejected;
  const bool late = past.respond_by_on && *past.respond_by_on < end;
  if (!accepted) return late ? PastStatus::kExpired : PastStatus::kProposed;
  return late && !Happened(past.confirmed_on, day) ? PastStatus::kLateAcceptance
                                                   : PastStatus::kInForce;
}

std::optional<Date> AgreedOn(const PastDecision& past, const Date& day) {
  if (StatusOn(past, day) != PastStatus::kInForce) return std::nullopt;
  const bool late =
      past.respond_by_on && *past.respond_by_on < *past.accepted_on;
  return late ? past.confirmed_on : past.accepted_on;
}

}  // namespace tallystick::decision
