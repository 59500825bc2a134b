// SPDX-License-Identifier: Apache-2.0
// Decisions that were taken before, and that what was decided has been done.
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "core/alliance/dates.h"
#include "core/alliance/folder.h"
#include "core/alliance/items.h"
#include "core/decision/content.h"
#include "core/decision/past_decision.h"
#include "core/evidence/plain_text.h"
#include "core/evidence/refusal.h"
#include "core/status_macros.h"

namespace tallystick::alliance {
namespace {

absl::Status RefuseDay() {
  return evidence::Refuse("bad_date",
                          "it tells of a day that had not come when it was "
                          "written");
}

// What a decision sets has another baseline, before and after.
void TouchTopics(const std::string& content, Touched* touched) {
  const auto terms = decision::ParseContent(content);
  if (!terms.ok()) return;
  for (const v1::CharterSetting& setting : terms->settings()) {
    touched->charter.push_back({setting.topic(), setting.about()});
  }
}

}  // namespace

// Each party tells of it in its own log, so what is kept does not depend on
// what has arrived; whether both tell the same is asked when it is read.
absl::Status Folder::FoldPast(const v1::PastDecision& message,
                              Touched* touched) {
  auto past = decision::ReadPastDecision(message);
  if (!past.ok()) {
    return evidence::Refuse("bad_terms", past.status().message());
  }
  TALLYSTICK_RETURN_IF_ERROR(ReadTerms(past->content).status());
  if (decision::LatestDay(*past) > DayOf(at_.time_us)) return RefuseDay();
  PastTelling& telling = own_.past[past->reference];
  TouchTopics(telling.past.content, touched);
  TouchTopics(past->content, touched);
  telling.at = at_;
  telling.past = *std::move(past);
  state_.digest_.Touch(PastItem(at_.party, telling.past.reference));
  touched->terms = true;
  return absl::OkStatus();
}

absl::Status Folder::FoldFulfilment(const v1::Fulfilment& message,
                                    Touched* touched) {
  decision::Fulfilment said = {.at = at_, .note = message.note()};
  TALLYSTICK_RETURN_IF_ERROR(CheckReason(message.note()));
  if (message.has_done_on()) {
    const auto day = expectation::DateFromProto(message.done_on());
    if (!day.ok() || *day > DayOf(at_.time_us)) return RefuseDay();
    said.done_on = *day;
  }
  switch (message.what_case()) {
    case v1::Fulfilment::kDecision: {
      TALLYSTICK_ASSIGN_OR_RETURN(decision::Decision * decision,
                                  SeenDecision(message.decision()));
      TALLYSTICK_RETURN_IF_ERROR(decision::CheckFulfilment(*decision, at_));
      decision::Replace(decision->fulfilments, std::move(said));
      TouchDecision(*decision, touched);
      return absl::OkStatus();
    }
    case v1::Fulfilment::kReference: {
      const auto found = own_.past.find(message.reference());
      if (found == own_.past.end()) {
        return evidence::Refuse("unknown_decision",
                                "this log tells of no such decision");
      }
      found->second.fulfilment = std::move(said);
      state_.digest_.Touch(PastItem(at_.party, message.reference()));
      return absl::OkStatus();
    }
    case v1::Fulfilment::WHAT_NOT_SET:
      break;
  }
  return RefuseStatement("it is not said what has been done");
}

}  // namespace tallystick::alliance
