// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_CORE_ALLIANCE_DATES_H_
#define TALLYSTICK_CORE_ALLIANCE_DATES_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "core/expectation/value.h"
#include "tallystick/v1/entry.pb.h"

// The two dates of a statement: when it was written, and the day it speaks of.
namespace tallystick::alliance {

// The UTC day of a moment in microseconds since the Unix epoch.
expectation::Date DayOf(int64_t time_us);

// The day an answer speaks for: `stated` if given, else the day it was written.
// Refuses with "bad_date" what is no date or lies after the day of writing.
absl::StatusOr<expectation::Date> StatedOn(const v1::Date* stated,
                                           int64_t written_us);

// The day a statement speaks of, for reports as of a day: that of a stance and
// of what is said of texts as stated, of a record when it happened, of an
// answer to a record or of being better off as it says, of a decision taken
// before when it was proposed, of a fulfilment when it was done, of all else
// when it was written.
expectation::Date SpeaksOf(const v1::Body& body, int64_t written_us);

}  // namespace tallystick::alliance

#endif  // TALLYSTICK_CORE_ALLIANCE_DATES_H_
