// SPDX-License-Identifier: Apache-2.0
#include "core/alliance/dates.h"

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "core/evidence/refusal.h"

namespace tallystick::alliance {

expectation::Date DayOf(int64_t time_us) {
  const absl::CivilDay day =
      absl::ToCivilDay(absl::FromUnixMicros(time_us), absl::UTCTimeZone());
  return {static_cast<int32_t>(day.year()), day.month(), day.day()};
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
  } else if (body.has_record_claim()) {
    named = &body.record_claim().on();
  }
  if (named != nullptr) {
    if (const auto date = expectation::DateFromProto(*named); date.ok()) {
      return *date;
    }
  }
  return DayOf(written_us);
}

}  // namespace tallystick::alliance
