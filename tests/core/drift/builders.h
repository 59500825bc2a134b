// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_CORE_DRIFT_BUILDERS_H_
#define TALLYSTICK_TESTS_CORE_DRIFT_BUILDERS_H_

#include <string>
#include <vector>

#include "core/drift/monitor.h"

// Series in one line, for tests.
namespace tallystick::drift {

inline expectation::Date Day(const std::string& text) {
  return *expectation::ParseDate(text);
}

// The day so many days after 2025-01-06, at most 9 years on.
inline expectation::Date DayAfter(int days) {
  expectation::Date date = {2025, 1, 6};
  for (; days > 0; --days) {
    ++date.day;
    if (expectation::IsCalendarDay(date)) continue;
    date.day = 1;
    if (++date.month <= 12) continue;
    date.month = 1;
    ++date.year;
  }
  return date;
}

inline Reading ReadingOn(const expectation::Date& on, const std::string& value,
                         v1::Party reporter = v1::PARTY_A, uint64_t order = 1) {
  return {on, reporter, order, *expectation::ParseDecimal(value)};
}

// Agreed figure 0 and sigma 1, so that values are scores; h 4; bad is up.
inline Measure Standard() {
  return {.name = "test_measure",
          .weight = 4,
          .good = Good::kLower,
          .agreed = 0,
          .sigma = 1,
          .interval_days = 7,
          .h = 4};
}

// A figure has been agreed and no spread.
inline Measure WithoutSigma() {
  Measure measure = Standard();
  measure.sigma.reset();
  return measure;
}

// Nothing has been agreed.
inline Measure WithoutFigure() {
  Measure measure = WithoutSigma();
  measure.agreed.reset();
  return measure;
}

inline std::vector<std::string> Repeat(const std::string& value, size_t times) {
  return std::vector<std::string>(times, value);
}

inline std::vector<std::string> operator+(std::vector<std::string> a,
                                          const std::vector<std::string>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

// Values a week apart.
inline Monitor MonitorOf(const Measure& measure,
                         const std::vector<std::string>& values) {
  Monitor monitor = *Monitor::Create(measure);
  int day = 0;
  for (const std::string& value : values) {
    monitor.Add(ReadingOn(DayAfter(day), value));
    day += 7;
  }
  return monitor;
}

}  // namespace tallystick::drift

#endif  // TALLYSTICK_TESTS_CORE_DRIFT_BUILDERS_H_
