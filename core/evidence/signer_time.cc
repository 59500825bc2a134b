// SPDX-License-Identifier: Apache-2.0

// Times as allowed_signers files write them.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"
#include "core/evidence/allowed_signers.h"
#include "core/evidence/refusal.h"

namespace tallystick::evidence {
namespace {

unsigned Digits(absl::string_view text, size_t start, size_t count) {
  unsigned value = 0;
  for (const char c : text.substr(start, count)) {
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value;
}

}  // namespace

absl::StatusOr<int64_t> ParseSignerTime(absl::string_view text) {
  const bool utc = absl::ConsumeSuffix(&text, "Z");
  const bool digits = std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
  if (!digits || (text.size() != 8 && text.size() != 12 && text.size() != 14)) {
    return Refuse("malformed", "a time is YYYYMMDD[HHMM[SS]]Z");
  }
  const std::chrono::year_month_day day(
      std::chrono::year(static_cast<int>(Digits(text, 0, 4))),
      std::chrono::month(Digits(text, 4, 2)),
      std::chrono::day(Digits(text, 6, 2)));
  const unsigned hour = text.size() > 8 ? Digits(text, 8, 2) : 0;
  const unsigned minute = text.size() > 8 ? Digits(text, 10, 2) : 0;
  const unsigned second = text.size() > 12 ? Digits(text, 12, 2) : 0;
  if (!day.ok() || hour > 23 || minute > 59 || second > 59) {
    return Refuse("malformed", "there is no such time");
  }
  if (!utc) {
    return Refuse("local_time", "a time without Z depends on where it is read");
  }
  const std::chrono::sys_seconds time =
      std::chrono::sys_days(day) + std::chrono::hours(hour) +
      std::chrono::minutes(minute) + std::chrono::seconds(second);
  return static_cast<int64_t>(time.time_since_epoch().count());
}

}  // namespace tallystick::evidence
