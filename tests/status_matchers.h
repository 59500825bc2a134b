// SPDX-License-Identifier: Apache-2.0
#ifndef TALLYSTICK_TESTS_STATUS_MATCHERS_H_
#define TALLYSTICK_TESTS_STATUS_MATCHERS_H_

// Matchers for absl::Status and absl::StatusOr, which the system's Abseil does
// not have yet. Inside namespace tallystick write ::testing for GoogleTest's.
//
//   EXPECT_THAT(Save(), IsOk());
//   EXPECT_THAT(Load("x"), StatusIs(absl::StatusCode::kNotFound));
//   EXPECT_THAT(Load("x"), StatusIs(code, HasSubstr("no file")));
//   EXPECT_THAT(Load("y"), IsOkAndHolds(7));

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"

namespace tallystick::testing {

inline const absl::Status& GetStatus(const absl::Status& status) {
  return status;
}
template <typename T>
const absl::Status& GetStatus(const absl::StatusOr<T>& status_or) {
  return status_or.status();
}

MATCHER(IsOk, "is OK") {
  *result_listener << GetStatus(arg).ToString();
  return GetStatus(arg).ok();
}

MATCHER_P(StatusIs, code, "has the code " + absl::StatusCodeToString(code)) {
  *result_listener << GetStatus(arg).ToString();
  return GetStatus(arg).code() == code;
}

MATCHER_P2(StatusIs, code, message_matcher,
           "has the code " + absl::StatusCodeToString(code) +
               " and a message that matches") {
  *result_listener << GetStatus(arg).ToString();
  return GetStatus(arg).code() == code &&
         ::testing::Matches(message_matcher)(
             std::string(GetStatus(arg).message()));
}

MATCHER_P(IsOkAndHolds, value_matcher, "is OK and holds a matching value") {
  if (!arg.ok()) {
    *result_listener << arg.status().ToString();
    return false;
  }
  return ::testing::ExplainMatchResult(value_matcher, *arg, result_listener);
}

}  // namespace tallystick::testing

#endif  // TALLYSTICK_TESTS_STATUS_MATCHERS_H_
