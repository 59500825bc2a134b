// SPDX-License-Identifier: Apache-2.0
#include "core/drift/series.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"

namespace tallystick::drift {
namespace {

auto KeyOf(const Reading& reading) {
  return std::tuple(reading.on, reading.reporter, reading.order);
}

// Works for readings and points alike.
template <typename Dated>
auto FirstNotBefore(std::vector<Dated>& all, const expectation::Date& on) {
  return std::lower_bound(
      all.begin(), all.end(), on,
      [](const Dated& a, const expectation::Date& day) { return a.on < day; });
}

auto FindPlace(std::vector<Reading>& all, const Reading& reading) {
  return std::lower_bound(
      all.begin(), all.end(), reading,
      [](const Reading& a, const Reading& b) { return KeyOf(a) < KeyOf(b); });
}

double ValueOf(const Point& point, v1::Party reporter) {
  if (!point.by_a) return point.by_b->ToDouble();
  if (!point.by_b) return point.by_a->ToDouble();
  if (reporter == v1::PARTY_A) return point.by_a->ToDouble();
  if (reporter == v1::PARTY_B) return point.by_b->ToDouble();
  return (point.by_a->ToDouble() + point.by_b->ToDouble()) / 2;
}

}  // namespace

absl::Status CheckReading(absl::string_view measure, const Reading& reading,
                          const expectation::Date& today) {
  const auto refuse = [measure](absl::string_view why) {
    return absl::InvalidArgumentError(
        absl::StrCat("reading of ", measure, ": ", why));
  };
  if (!expectation::IsCalendarDay(reading.on)) {
    return refuse("its day is not in the calendar");
  }
  if (reading.on > today) {
    return refuse(absl::StrCat(expectation::ToText(reading.on),
                               " is in the future; report it on that day"));
  }
  if (reading.reporter != v1::PARTY_A && reading.reporter != v1::PARTY_B) {
    return refuse("nobody reports it");
  }
  if (!expectation::IsValid(reading.value)) {
    return refuse("the number is too large or not in canonical form");
  }
  return absl::OkStatus();
}

Series::Change Series::Add(const Reading& reading) {
  const auto place = FindPlace(readings_, reading);
  if (place != readings_.end() && KeyOf(*place) == KeyOf(reading)) {
    *place = reading;
  } else {
    readings_.insert(place, reading);
  }
  return Recompute(reading.on);
}

Series::Change Series::Remove(const Reading& reading) {
  const auto place = FindPlace(readings_, reading);
  if (place == readings_.end() || !(*place == reading)) return {};
  readings_.erase(place);
  return Recompute(reading.on);
}

// The point of this day, from the readings of the day.
Series::Change Series::Recompute(const expectation::Date& on) {
  Point point = {.on = on};
  for (auto reading = FirstNotBefore(readings_, on);
       reading != readings_.end() && reading->on == on; ++reading) {
    (reading->reporter == v1::PARTY_A ? point.by_a : point.by_b) =
        reading->value;
  }
  const auto place = FirstNotBefore(points_, on);
  Change change = {.index = static_cast<size_t>(place - points_.begin())};
  const bool there = place != points_.end() && place->on == on;
  differing_days_ += (point.reports_differ() ? 1 : 0) -
                     (there && place->reports_differ() ? 1 : 0);
  if (!point.by_a && !point.by_b) {
    if (there) points_.erase(place);
    change.kind = there ? Change::Kind::kDayGone : Change::Kind::kNone;
    return change;
  }
  point.value = ValueOf(point, reporter_);
  if (!there) {
    points_.insert(place, point);
    change.kind = Change::Kind::kNewDay;
  } else if (!(*place == point)) {
    *place = point;
    change.kind = Change::Kind::kSameDay;
  }
  return change;
}

}  // namespace tallystick::drift
