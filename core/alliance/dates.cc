// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/dates.h"

#include <chrono>  // The calendar only; no clock is read.

#include "core/evidence/refusal.h"

namespace tallystick::alliance {

expectation::Date DayOf(int64_t time_us) {
  const std::chrono::sys_time<std::chrono::microseconds> time{
      std::chrono::microseconds(time_us)};
  const std::chrono::year_month_day day(
      std::chrono::floor<std::chrono::days>(time));
  return {static_cast<int>(day.year()),
          static_cast<int32_t>(static_cast<unsigned>(day.month())),
          static_cast<int32_t>(static_cast<unsigned>(day.day()))};
}

absl::StatusOr<expectation::Date> StatedOn(const v1::Date* stated,
                                           int64_t written_us) {
  const expectation::Date written = DayOf(written_us);
  if (stated == nullptr) return written;
  const auto date = expectation::DateFromProto(*stated);
  if (!date.ok() || *date > written) {
    return evidence::Refuse("bad_date",
                            "an answer is stated on a day that has not come");
  }
  return *date;
}

expectation::Date SpeaksOf(const v1::Body& body, int64_t written_us) {
  const v1::Date* named = nullptr;
  if (body.has_stance() && body.stance().has_stated_on()) {
    named = &body.stance().stated_on();
  } else if (body.has_text_confirmation() &&
             body.text_confirmation().has_stated_on()) {
    named = &body.text_confirmation().stated_on();
  } else if (body.has_record_claim()) {
    named = &body.record_claim().on();
  } else if (body.has_record_answer() &&
             body.record_answer().has_answered_on()) {
    named = &body.record_answer().answered_on();
  } else if (body.has_better_off() && body.better_off().has_stated_on()) {
    named = &body.better_off().stated_on();
  } else if (body.past_decision().has_proposed_on()) {
    named = &body.past_decision().proposed_on();
  } else if (body.fulfilment().has_done_on()) {
    named = &body.fulfilment().done_on();
  }
  if (named != nullptr) {
    if (const auto date = expectation::DateFromProto(*named); date.ok()) {
      return *date;
    }
  }
  return DayOf(written_us);
}

}  // namespace tallystick::alliance
