// SPDX-License-Identifier: Apache-2.0
#include "core/expectation/value.h"

#include <algorithm>
#include <chrono>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "core/expectation/unicode.h"

namespace tallystick::expectation {
namespace {

std::chrono::year_month_day Calendar(const Date& date) {
  return std::chrono::year(date.year) /
         std::chrono::month(static_cast<unsigned>(date.month)) /
         std::chrono::day(static_cast<unsigned>(date.day));
}

template <size_t kIndex>
void SetKindFrom(uint32_t index, Value& value) {
  if constexpr (kIndex < std::variant_size_v<decltype(value.kind)>) {
    if (index == kIndex) {
      value.kind.emplace<kIndex>();
    } else {
      SetKindFrom<kIndex + 1>(index, value);
    }
  }
}

}  // namespace

bool operator==(const ValueMap& a, const ValueMap& b) {
  return a.entries == b.entries;
}

bool operator==(const Value& a, const Value& b) { return a.kind == b.kind; }

const MapEntry* ValueMap::Find(absl::string_view key) const {
  const auto at = std::lower_bound(
      entries.begin(), entries.end(), key,
      [](const MapEntry& entry, absl::string_view k) { return entry.key < k; });
  return at == entries.end() || at->key != key ? nullptr : &*at;
}

bool IsCalendarDay(const Date& date) {
  return date.year >= 1900 && date.year <= 9999 && date.month >= 1 &&
         date.month <= 12 && date.day >= 1 && date.day <= 31 &&
         Calendar(date).ok();
}

int64_t DayNumber(const Date& date) {
  return std::chrono::sys_days(Calendar(date)).time_since_epoch().count();
}

absl::StatusOr<Date> ParseDate(absl::string_view text) {
  const auto refuse = [text] {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", Excerpt(text),
                     "\" is not a day of the calendar; write it like "
                     "2025-09-30"));
  };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return refuse();
  int numbers[3] = {0, 0, 0};
  size_t part = 0;
  for (const char c : text) {
    if (c == '-') {
      if (++part > 2) return refuse();
    } else if (absl::ascii_isdigit(static_cast<unsigned char>(c))) {
      numbers[part] = numbers[part] * 10 + (c - '0');
    } else {
      return refuse();
    }
  }
  const Date date = {numbers[0], numbers[1], numbers[2]};
  if (!IsCalendarDay(date)) return refuse();
  return date;
}

std::string ToText(const Date& date) {
  return absl::StrFormat("%04d-%02d-%02d", date.year, date.month, date.day);
}

absl::string_view KindName(const Value& value) {
  static constexpr absl::string_view kNames[] = {
      "an option", "a set",  "a ranking",   "a number", "a length of time",
      "money",     "a date", "an interval", "a map",    "a text"};
  return kNames[value.kind.index()];
}

void SetKind(uint32_t index, Value& value) { SetKindFrom<0>(index, value); }

}  // namespace tallystick::expectation
